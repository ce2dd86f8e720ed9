// Package beside does work beside a loop that must not wait for it, but for a moment: what
// is quick is done in the same turn, and what is not arrives later.
package beside

import (
	"sync/atomic"
	"time"
)

// Patience is how long a turn of the loop waits, in all, for what is made beside it. Most
// of it a frame takes that is in memory and was not drawn before.
const Patience = 5 * time.Millisecond

// Do runs work on a goroutine of its own, and reports whether it has ended by a time. If
// not, late is called on that goroutine when it has.
func Do(until time.Time, work, late func()) (done bool) {
	var over atomic.Bool // one of the two sides has decided
	in := make(chan struct{})
	go func() {
		work()
		if over.CompareAndSwap(false, true) {
			close(in)
			return
		}
		late()
	}()
	wait := time.NewTimer(time.Until(until))
	defer wait.Stop()
	select {
	case <-in:
		return true
	case <-wait.C:
	}
	return !over.CompareAndSwap(false, true)
}
