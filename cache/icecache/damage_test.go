package icecache

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"iceexplorer/cache"
)

// A frame of which half could be read looked as healthy as any other.
func TestAFileCutInHalfSaysWhatIsMissingAndWhere(t *testing.T) {
	t.Parallel()
	whole := fountain(t, 5000)
	for name, opt := range map[string]EncodeOptions{"gzip": {}, "plain": {Storage: cache.StoragePlain}, "text": {Storage: cache.StorageText}} {
		path := filepath.Join(t.TempDir(), "a_1.icecache")
		if err := WriteFile(t.Context(), path, whole, opt); err != nil {
			t.Fatal(err)
		}
		if f, err := Decode(t.Context(), path, Options{}); err != nil || f.Damage != nil {
			t.Fatalf("%s: whole: damage %v, error %v", name, f.Damage, err)
		}
		info, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		half := info.Size() / 2
		if err := os.Truncate(path, half); err != nil {
			t.Fatal(err)
		}
		f, err := Decode(t.Context(), path, Options{})
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if f.Damage == nil || f.Damage.What != "the file ends" || f.Damage.At != half {
			t.Fatalf("%s: damage %+v, cut at %d", name, f.Damage, half)
		}
		for _, a := range whole.Attributes {
			missing := false
			for _, m := range f.Damage.Missing {
				missing = missing || m == a.Name
			}
			if missing == (f.Attribute(a.Name) != nil) {
				t.Errorf("%s: %s is missing: %v, and read: %v", name, a.Name, missing, f.Attribute(a.Name) != nil)
			}
		}
		target := filepath.Join(t.TempDir(), "b_1.icecache")
		err = WriteFile(t.Context(), target, f, EncodeOptions{})
		var format *cache.FormatError
		if !errors.As(err, &format) || !strings.Contains(err.Error(), f.Damage.String()) || !strings.HasSuffix(err.Error(), ": "+target) {
			t.Errorf("%s: a damaged frame written as if it were whole: %v", name, err)
		}
		if _, err := os.Stat(target); err == nil {
			t.Errorf("%s: the file is there", name)
		}
	}
}
