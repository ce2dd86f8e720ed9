package cache_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"iceexplorer/cache"
)

// A file that was named in capitals too was two frames of two sequences.
func TestCapitalsMakeNoOtherFile(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path := filepath.Join(dir, "a_1.icecache")
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	found, err := cache.Discover(path, strings.ToUpper(path), filepath.ToSlash(path), dir, strings.ToUpper(dir))
	if err != nil || len(found.Sequences) != 1 || len(found.Sequences[0].Frames) != 1 || found.Sequences[0].Name != "a" {
		t.Errorf("%+v, %v", found.Sequences, err)
	}
}
