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

// A .sih5 made on Linux looked stale on Windows, whose clock counts in 100 ns.
func TestStampMatchesThroughACoarserClock(t *testing.T) {
	t.Parallel()
	const odd = 1_700_000_001_234_567_891
	at := func(ns int64) cache.Stamp { return cache.Stamp{Size: 3, MTime: ns} }
	for name, tc := range map[string]struct {
		a, b int64
		same bool
	}{
		"the same":                {odd, odd, true},
		"1 ns":                    {odd, odd + 1, false},
		"100 ns":                  {odd, odd - 91, true},
		"1 us":                    {odd, odd - 891, true},
		"1 ms":                    {odd, odd - 567_891, true},
		"1 s":                     {odd, odd - 234_567_891, true},
		"FAT, rounded down":       {odd, odd - 1_234_567_891, true},
		"FAT, rounded up":         {odd, odd + 765_432_109, true},
		"two units later, 100 ns": {odd, odd + 209, false},
		"2 s earlier":             {odd, odd - 2_234_567_891, false},
		"both set":                {1_700_000_000e9, 1_700_000_001e9, false},
		"both set to even":        {1_700_000_000e9, 1_700_000_002e9, false},
		"between two of Windows":  {odd - 91, odd - 191, false},
		"before 1970":             {-odd, -odd + 91, true},
	} {
		if a, b := at(tc.a), at(tc.b); a.Matches(b) != tc.same || b.Matches(a) != tc.same {
			t.Errorf("%s: %v", name, !tc.same)
		}
	}
	if at(odd).Matches(cache.Stamp{Size: 4, MTime: odd}) {
		t.Error("another size matches")
	}
}
