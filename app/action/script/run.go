package script

import (
	"fmt"
	"strings"
	"time"
)

// Host is the program a script drives. Its methods are called from Tick, on
// the goroutine that calls it, and must not block.
type Host interface {
	// Do carries out an action by ID or alias, with what is written behind it.
	Do(name, text string) error
	// Pending reports whether work that the last Do began still runs beside the loop, and,
	// once it has ended, why it failed.
	Pending() (bool, error)
	// Met reports whether a condition ("loaded", "converted") holds now. An
	// error ends the script: the condition is unknown or cannot come true.
	Met(condition string) (bool, error)
	// Screenshot writes the window's next frame to a PNG file and then calls
	// done, once, on the goroutine that calls Tick.
	Screenshot(path string, done func(error))
	// Print writes a report ("state", "drawn", "faults") to standard output.
	Print(what string) error
}

// poll is how often a condition is looked at when nothing else wakes the loop.
const poll = 50 * time.Millisecond

// Runner executes a script, at most one line a tick, so that the window shows
// what a line did before the next one runs.
type Runner struct {
	s    *Script
	host Host

	next    int // index of the step to begin, or under way
	busy    bool
	begun   bool      // Do was called for the step under way
	since   time.Time // when the step under way began
	timeout time.Duration
	shot    *shot

	live  bool // lines may come
	lines int  // that came

	done, quit bool
	err        error
}

type shot struct {
	done bool
	err  error
}

// NewRunner returns a runner at the first line.
func NewRunner(s *Script, host Host) *Runner {
	return &Runner{s: s, host: host, timeout: DefaultTimeout}
}

// Tick goes on with the script. done is true after the last line, after quit
// and after an error, which names script and line; from then on Tick repeats
// its answer.
func (r *Runner) Tick(now time.Time) (done bool, err error) {
	if r.done {
		return true, r.err
	}
	if r.next >= len(r.s.steps) {
		r.done = !r.live
		return r.done, nil
	}
	st := &r.s.steps[r.next]
	if !r.busy {
		r.busy, r.since = true, now
	}
	finished, err := r.step(st, now)
	if err != nil {
		r.done, r.err = true, r.s.fail(st.line, err)
		return true, r.err
	}
	if finished {
		r.busy, r.begun, r.shot = false, false, nil
		r.next++
	}
	ended := r.next >= len(r.s.steps)
	if ended && r.live {
		r.s.steps, r.next = r.s.steps[:0], 0
	}
	r.done = r.quit || ended && !r.live
	return r.done, nil
}

func (r *Runner) step(st *step, now time.Time) (finished bool, err error) {
	elapsed := now.Sub(r.since)
	switch st.verb {
	case "wait":
		if st.delay > 0 {
			return elapsed >= st.delay, nil
		}
		met, err := r.host.Met(st.args[0])
		if err != nil || met {
			return met, err
		}
		return false, r.expired(elapsed, "waited %v for %q in vain", st.args[0])
	case "timeout":
		r.timeout = st.delay
	case "screenshot":
		if r.shot == nil {
			s := &shot{}
			r.shot = s
			r.host.Screenshot(st.args[0], func(err error) { s.done, s.err = true, err })
		}
		if r.shot.done {
			return true, r.shot.err
		}
		return false, r.expired(elapsed, "waited %v for the screenshot %q in vain", st.args[0])
	case "print":
		return true, r.host.Print(st.args[0])
	case "quit":
		r.quit = true
	default:
		if !r.begun {
			r.begun = true
			if err := r.host.Do(st.verb, st.text); err != nil {
				return true, err
			}
		}
		if pending, err := r.host.Pending(); err != nil || !pending {
			return true, err
		}
		return false, r.expired(elapsed, "waited %v for the end of %q in vain", st.verb)
	}
	return true, nil
}

func (r *Runner) expired(elapsed time.Duration, format, what string) error {
	if elapsed < r.timeout {
		return nil
	}
	return fmt.Errorf(format, r.timeout, what)
}

// NextDue returns when Tick has something to do if nothing else wakes the
// loop; ok is false when the script is done or has to wait for lines.
func (r *Runner) NextDue(now time.Time) (due time.Time, ok bool) {
	switch {
	case r.done || r.Waits():
		return time.Time{}, false
	case !r.busy:
		return now, true
	}
	st := &r.s.steps[r.next]
	if st.delay > 0 {
		return r.since.Add(st.delay), true
	}
	return now.Add(poll), true
}

// Quit reports whether the script ended with quit: the program should close.
func (r *Runner) Quit() bool { return r.quit }

// Line describes where the script is, "wait loaded", for the status bar and for
// messages; empty when done.
func (r *Runner) Line() string {
	if r.done || r.next >= len(r.s.steps) {
		return ""
	}
	st := r.s.steps[r.next]
	return strings.TrimSpace(st.verb + " " + st.text)
}
