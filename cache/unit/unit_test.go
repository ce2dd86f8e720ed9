package unit

import (
	"math"
	"testing"
	"time"
)

func TestCountsHaveSeparators(t *testing.T) {
	t.Parallel()
	for n, want := range map[int64]string{
		0: "0", 7: "7", 999: "999", 1000: "1,000", 999_999: "999,999", 1_234_567: "1,234,567",
		-1: "-1", -999: "-999", -1000: "-1,000", -123_456: "-123,456", math.MinInt64: "-9,223,372,036,854,775,808",
	} {
		if got := Count(n); got != want {
			t.Errorf("%d: %s, want %s", n, got, want)
		}
	}
	if got := Count(uint64(math.MaxUint64)); got != "18,446,744,073,709,551,615" {
		t.Error(got)
	}
	if Plural(1, "frame") != "1 frame" || Plural(0, "frame") != "0 frames" || Plural(uint64(2000), "frame") != "2,000 frames" {
		t.Error("plurals are wrong")
	}
}

func TestSizesSayTheirUnitTruly(t *testing.T) {
	t.Parallel()
	for n, want := range map[uint64]string{
		0: "0 B", 999: "999 B", 1000: "1.0 kB", 1024: "1.0 kB", 1_500_000: "1.5 MB", 1 << 20: "1.0 MB",
		999_940: "999.9 kB", 999_960: "1.0 MB", 120_000_000: "120.0 MB", 5_400_000_000: "5.4 GB", math.MaxUint64: "18.4 EB",
	} {
		if got := Bytes(n); got != want {
			t.Errorf("%d: %s, want %s", n, got, want)
		}
	}
	for _, c := range []struct {
		bytes, seconds float64
		want           string
	}{{560e6, 1, "560 MB/s"}, {1.24e9, 1, "1.2 GB/s"}, {500, 1, "500 B/s"}, {0, 0, "0 B/s"}, {1e6, 0.5, "2.0 MB/s"}} {
		if got := Rate(c.bytes, c.seconds); got != c.want {
			t.Errorf("%g in %g s: %s, want %s", c.bytes, c.seconds, got, c.want)
		}
	}
}

func TestDurationsHaveFewDigits(t *testing.T) {
	t.Parallel()
	for d, want := range map[time.Duration]string{
		0: "0.0 us", 800 * time.Nanosecond: "0.8 us", 17_300 * time.Microsecond: "17.30 ms", 240 * time.Millisecond: "240 ms",
		1240 * time.Millisecond: "1.24 s", 59 * time.Second: "59.0 s", 192 * time.Second: "3 min 12 s",
	} {
		if got := Duration(d); got != want {
			t.Errorf("%v: %s, want %s", d, got, want)
		}
	}
}

func TestSizesAreReadAsTheyAreWritten(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]uint64{
		"0": 0, "4096": 4096, "4096b": 4096, "64K": 64_000, "64kb": 64_000, "64KiB": 65536, "1.5G": 1_500_000_000, "16GiB": 16 << 30, "2Ti": 2 << 40, "500M": 500_000_000,
	} {
		if got, ok := ParseBytes(s); !ok || got != want {
			t.Errorf("%q: %d, %v, want %d", s, got, ok, want)
		}
	}
	for _, s := range []string{"", "B", "G", "-1", "1Q", "1KK", "1Kib b", "1iB", "1BB", "nan", "inf", "1e30", "5000000T", "0x10K", "1 G"} {
		if got, ok := ParseBytes(s); ok {
			t.Errorf("%q was read as %d", s, got)
		}
	}
}

func TestAChoiceReadsAsOne(t *testing.T) {
	t.Parallel()
	for want, choice := range map[string][]int{"": nil, "100": {100}, "100 or 102": {100, 102}, "100, 102 or 103": {100, 102, 103}} {
		if got := OneOf(choice); got != want {
			t.Errorf("%v: %q, want %q", choice, got, want)
		}
	}
}
