package cores

import (
	"runtime"
	"slices"
	"sync"
	"testing"
)

func TestTogetherCallsWithEveryNumberOnce(t *testing.T) {
	for _, n := range []int{0, 1, 2, 7} {
		var mu sync.Mutex
		var got []int
		Together(n, func(w int) {
			mu.Lock()
			defer mu.Unlock()
			got = append(got, w)
		})
		slices.Sort(got)
		for i, w := range got {
			if w != i {
				t.Errorf("%d: called with %v", n, got)
			}
		}
		if len(got) != n {
			t.Errorf("%d: called %d times", n, len(got))
		}
	}
}

// The loop waited up to 30 ms for one of Go's processors after each call of C, as those
// were held by what computes.
func TestProcessorsAreLeftForTheLoop(t *testing.T) {
	before := Count()
	Yield()
	defer func() {
		runtime.GOMAXPROCS(runtime.GOMAXPROCS(0) - spare)
		yielding.Store(false)
	}()
	if n := Count(); n != before {
		t.Errorf("%d goroutines compute, %d before", n, before)
	}
	if n := runtime.GOMAXPROCS(0); n < before+1 {
		t.Errorf("%d processors for %d goroutines that compute", n, before)
	}
}
