//go:build cgo

package jobs_test

import (
	"errors"
	"os"
	"runtime"
	"testing"

	"iceexplorer/cache/fault"
	"iceexplorer/cache/refusal"
	"iceexplorer/jobs"
)

// Another program cuts a .sih5 that is on screen: the read is an error, not the end.
func TestConvertedFileCutWhileMapped(t *testing.T) {
	t.Parallel()
	src := writeSource(t, t.TempDir(), "a", 50_000, 11)
	b := newBench(t, "real", nil)
	r := b.one(src.request(jobs.Convert))
	if err := os.Truncate(src.sih5, 4096); runtime.GOOS == "windows" && refusal.Held(err) {
		if err := errors.Join(r.Frame.Probe(), src.want.differ(r.Frame)); err != nil {
			t.Errorf("it could not be cut, but %v", err)
		}
		r.Frame.Close()
		return // Wine lets it be cut
	} else if err != nil {
		t.Fatal(err)
	}
	if err := r.Frame.Probe(); !errors.Is(err, fault.Err) {
		t.Errorf("probe: %v", err)
	}
	a := r.Frame.Attribute("PointPosition")
	var sum float32
	if err := fault.Guard(func() {
		for _, v := range a.Float32s() {
			sum += v
		}
	}); !errors.Is(err, fault.Err) {
		t.Errorf("guarded read: %v, sum %v", err, sum)
	}
	r.Frame.Close()
	// Cut, it is no use to a worker either: the source is decoded.
	again := b.one(src.request(jobs.Load))
	if err := src.want.differ(again.Frame); err != nil || !again.Decoded {
		t.Errorf("decoded %v, %v", again.Decoded, err)
	}
	again.Frame.Close()
}
