package cores

import (
	"runtime"
	"sync/atomic"
	"testing"

	"golang.org/x/sys/unix"
)

// niceOf is the niceness of the calling thread.
func niceOf(t *testing.T) int {
	n, err := unix.Getpriority(unix.PRIO_PROCESS, 0)
	if err != nil {
		t.Error(err)
	}
	return 20 - n // the system call counts from 20 down
}

func TestThreadsThatComputeGiveWayAndNoOthers(t *testing.T) {
	Yield()
	defer func() {
		runtime.GOMAXPROCS(runtime.GOMAXPROCS(0) - spare)
		yielding.Store(false)
	}()
	before := niceOf(t)
	var lowered atomic.Int32
	for range 20 {
		Together(3, func(int) {
			if niceOf(t) == min(before+niceness, 19) {
				lowered.Add(1)
			}
		})
		done := make(chan int)
		go func() { done <- niceOf(t) }()
		if n := <-done; n != before {
			t.Fatalf("a goroutine that does not compute runs at niceness %d, not %d", n, before)
		}
	}
	if lowered.Load() != 60 {
		t.Errorf("%d of 60 threads were lowered", lowered.Load())
	}
}
