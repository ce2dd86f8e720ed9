package session

import (
	"sync"

	"iceexplorer/jobs"
)

// deliveries are results of jobs on their way to the loop. Their frames hold memory, and on
// Windows keep their files from being removed, also if the loop ends before it takes them.
type deliveries struct {
	mu  sync.Mutex
	all map[*jobs.Result]bool
}

// deliver has the loop take a job's result. It may be called from any goroutine.
func (s *Session) deliver(r jobs.Result, take func(jobs.Result)) {
	d := &s.deliveries
	d.mu.Lock()
	if d.all == nil {
		d.all = map[*jobs.Result]bool{}
	}
	d.all[&r] = true
	d.mu.Unlock()
	s.post(func() {
		d.mu.Lock()
		due := d.all[&r]
		delete(d.all, &r)
		d.mu.Unlock()
		if due {
			take(r)
		}
	})
}

// DropResults closes the frames of results that no loop will take any more: it has ended, and so
// has the pool.
func (s *Session) DropResults() {
	d := &s.deliveries
	d.mu.Lock()
	defer d.mu.Unlock()
	for r := range d.all {
		if r.Frame != nil {
			r.Frame.Close()
		}
	}
	d.all = nil
}
