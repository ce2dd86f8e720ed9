package jobs_test

import (
	"math"
	"runtime"
	"strings"
	"testing"

	"iceexplorer/jobs"
)

// 9,999 workers became 256 processes on two cores, and nobody was told.
func TestWorkersAreBoundedByTheCoresAndThatIsSaid(t *testing.T) {
	t.Parallel()
	cores := runtime.NumCPU()
	for _, tc := range []struct{ asked, want int }{
		{0, cores}, {-3, cores}, {1, 1}, {cores, cores}, {4 * cores, 4 * cores}, {4*cores + 1, 4 * cores}, {9999, 4 * cores}, {math.MaxInt, 4 * cores},
	} {
		if cores > 2000 && tc.asked == 9999 {
			continue
		}
		got, note := jobs.Workers(tc.asked)
		if got != tc.want || (note != "") != (tc.asked > tc.want) || strings.HasSuffix(note, ".") {
			t.Errorf("of %d: %d workers, %q", tc.asked, got, note)
		}
	}
	b := newBench(t, "good", func(o *jobs.Options) { o.Workers = 9999 })
	b.SetWorkers(9999)
	if got := len(b.Stats().Workers); got != jobs.MaxWorkers() {
		t.Errorf("%d processes", got)
	}
}
