package cache_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"iceexplorer/cache"
)

func TestStampTellsFilesApartBySizeAndTime(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "a")
	at := time.Unix(1000, 42)
	stamp := func(size int, at time.Time) cache.Stamp {
		if err := os.WriteFile(path, make([]byte, size), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(path, at, at); err != nil {
			t.Fatal(err)
		}
		info, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		return cache.StampOf(info)
	}
	first := stamp(3, at)
	for _, tc := range []struct {
		size int
		at   time.Time
		same bool
	}{{3, at, true}, {4, at, false}, {3, at.Add(time.Microsecond), false}} {
		if got := stamp(tc.size, tc.at); (got == first) != tc.same {
			t.Errorf("%d bytes at %v: %v beside %v", tc.size, tc.at, got, first)
		}
	}
}
