package beside

import (
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

func TestWorkIsWaitedForALittle(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		takes time.Duration
		done  bool
	}{
		"quick": {4 * time.Millisecond, true},
		"slow":  {time.Hour, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				var worked, late atomic.Int32
				begun := time.Now()
				done := Do(begun.Add(Patience), func() { time.Sleep(c.takes); worked.Add(1) }, func() { late.Add(1) })
				if took := time.Since(begun); took > Patience || done != c.done {
					t.Errorf("done %v after %v", done, took)
				}
				time.Sleep(c.takes)
				synctest.Wait()
				if n := late.Load(); worked.Load() != 1 || n == 1 == c.done {
					t.Errorf("worked %d times, late %d times", worked.Load(), n)
				}
			})
		})
	}
}
