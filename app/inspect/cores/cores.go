// Package cores runs what computes on all cores. In a window's process it gives way to the
// loop: a goroutine that returns from C waits for one of Go's processors, up to 10 ms each
// time when computing ones hold all of them, and the renderer's threads share the cores.
package cores

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// spare is how many of Go's processors are kept for goroutines that do not compute.
const spare = 2

var yielding atomic.Bool

// Yield has all that is run from now on give way to the loop. It is called once.
func Yield() {
	runtime.GOMAXPROCS(runtime.GOMAXPROCS(0) + spare)
	yielding.Store(true)
}

// Count is how many goroutines compute at a time, at most.
func Count() int {
	n := runtime.GOMAXPROCS(0)
	if yielding.Load() {
		n -= spare
	}
	return max(n, 1)
}

// Together calls f with the numbers from 0 to n-1, each in a goroutine of its own, and waits
// for all of them. A single one is called at once.
func Together(n int, f func(worker int)) {
	if n == 1 {
		f(0)
		return
	}
	low := yielding.Load()
	var wg sync.WaitGroup
	for w := range n {
		wg.Go(func() {
			if low {
				// The thread ends with the goroutine: a lowered one is used for nothing else.
				runtime.LockOSThread()
				lower()
			}
			f(w)
		})
	}
	wg.Wait()
}
