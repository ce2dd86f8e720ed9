package export

import (
	"fmt"
	"time"

	"iceexplorer/cache/unit"
)

// Progress is how far something is that takes frame after frame.
type Progress struct {
	Done, Total int
	Idle        int    // of Done: those that took no work, as they were there
	Bytes       uint64 // of values; 0: they are not counted
	Took        time.Duration
}

// Rate is how many frames are done in a second; 0 is not known.
func (p Progress) Rate() float64 {
	if s := p.Took.Seconds(); s > 0 {
		return float64(p.Done-p.Idle) / s
	}
	return 0
}

// Left is how long the rest will take; ok is false as long as that is not known.
func (p Progress) Left() (left time.Duration, ok bool) {
	worked := p.Done - p.Idle
	if worked <= 0 || p.Took <= 0 {
		return 0, false
	}
	return time.Duration(float64(p.Took) / float64(worked) * float64(p.Total-p.Done)), true
}

// String is a line for a terminal.
func (p Progress) String() string {
	line := fmt.Sprintf("%s of %s, %d %%", unit.Count(p.Done), unit.Plural(p.Total, "frame"), 100*p.Done/max(p.Total, 1))
	left, known := p.Left()
	if !known {
		return line
	}
	line += fmt.Sprintf(", %.1f frames/s", p.Rate())
	if p.Bytes > 0 {
		line += ", " + unit.Rate(float64(p.Bytes), p.Took.Seconds())
	}
	return line + fmt.Sprintf(", %.0f s left", left.Seconds())
}
