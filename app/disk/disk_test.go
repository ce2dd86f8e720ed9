package disk

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"iceexplorer/cache"
)

func TestAWalkEndsWhenItIsCanceled(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "a_1.icecache"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	f := cache.Finder{Disk: Until(ctx, System{})}
	if found, err := f.Discover(dir); err != nil || len(found.Sequences) != 1 {
		t.Fatalf("%v, %d sequences", err, len(found.Sequences))
	}
	cancel()
	for _, p := range []string{dir, filepath.Join(dir, "*.icecache"), filepath.Join(dir, "a_[1..2].icecache")} {
		f := cache.Finder{Disk: Until(ctx, System{})}
		if found, err := f.Discover(p); !errors.Is(err, context.Canceled) || len(found.Sequences) != 0 {
			t.Errorf("%s: %v, %d sequences", p, err, len(found.Sequences))
		}
	}
}
