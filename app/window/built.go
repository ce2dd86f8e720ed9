package window

import (
	"slices"
	"time"
)

// builds is how long the latest frames took to build: panels, bars and dialogs, without the
// work of OpenGL and the display.
type builds struct {
	took [256]time.Duration
	n    int64
}

func (b *builds) note(d time.Duration) {
	b.took[b.n%int64(len(b.took))] = d
	b.n++
}

// BuildTime is how long the window's contents take to build, as the median of the
// latest frames; 0 before the first.
func (w *Window) BuildTime() time.Duration {
	took := slices.Sorted(slices.Values(w.builds.took[:min(w.builds.n, int64(len(w.builds.took)))]))
	if len(took) == 0 {
		return 0
	}
	return took[len(took)/2]
}
