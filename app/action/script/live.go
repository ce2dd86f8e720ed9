package script

// NewLive returns a runner of a script whose lines come while it runs; name stands before
// its errors.
func NewLive(name string, host Host) *Runner {
	r := NewRunner(&Script{name: name}, host)
	r.live = true
	return r
}

// Add hands a live runner the next line, which Script.Check would accept; action and condition
// are those of Check. After an error the script should end.
func (r *Runner) Add(text string, action func(name, text string) error, condition func(name string) bool) error {
	r.lines++
	line := &Script{name: r.s.name}
	if err := line.add(r.lines, text); err != nil {
		return err
	}
	if err := line.Check(action, condition); err != nil {
		return err
	}
	r.s.steps = append(r.s.steps, line.steps...)
	return nil
}

// End says that no more lines will come.
func (r *Runner) End() { r.live = false }

// Acts reports that a line is being carried out. Whatever happens between the lines of a live script is
// not of the script's doing.
func (r *Runner) Acts() bool { return !r.live || r.busy }

// Waits reports that all lines of a live script that have come are carried out.
func (r *Runner) Waits() bool { return r.live && !r.done && r.next >= len(r.s.steps) }
