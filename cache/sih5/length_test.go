package sih5

import (
	"context"
	"encoding/binary"
	"os"
	"path/filepath"
	"testing"

	"iceexplorer/cache"
	"iceexplorer/cache/sih5/check"
)

// The checksums say nothing of how long the file is, and need not: what is cut off is missing by the superblock, or
// that is another one, and what is added has no place among what was written.
func TestWhatIsCutOffOrAddedIsFound(t *testing.T) {
	t.Parallel()
	for name, f := range map[string]*cache.Frame{"many types": everything(t, 500), "large": simpleFrame(t, 5000), "tiny": simpleFrame(t, 1)} {
		written, _ := mustWrite(t, f, cache.Stamp{Size: 1, MTime: 2})
		b, err := os.ReadFile(written)
		if err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(t.TempDir(), "a.sih5")
		for _, n := range []int{1, 7, 8, 100, len(b) / 3, len(b) / 2, len(b) - 100, -1, -8, -4096} {
			for _, mended := range []bool{false, true} {
				changed := make([]byte, len(b)-n)
				copy(changed, b)
				if mended { // the superblock says how long the file is
					const end, sum = 28, 44
					binary.LittleEndian.PutUint64(changed[end:], uint64(len(changed)))
					binary.LittleEndian.PutUint32(changed[sum:], check.Checksum(changed[:sum]))
				}
				if err := os.WriteFile(path, changed, 0o600); err != nil {
					t.Fatal(err)
				}
				v, err := Verify(context.Background(), path, VerifyOptions{})
				if n > 0 && !cache.Permanent(err) || n < 0 && (err != nil || !v.Changed) {
					t.Errorf("%s, %d of %d bytes, mended %v: %+v, %v", name, len(changed), len(b), mended, v, err)
				}
			}
		}
	}
}
