package preferences

import (
	"fmt"
	"time"

	"github.com/AllenDang/giu"

	"iceexplorer/app/panel"
	"iceexplorer/app/session"
	"iceexplorer/app/widget"
)

// trialTime is how long a new scale is shown before it goes back: it may be one at which nothing
// can be clicked any more.
const trialTime = 10 * time.Second

// trial is a scale that is shown but not kept yet.
type trial struct {
	scale float64
	until time.Time // zero: there is none
}

func (t *trial) on() bool { return !t.until.IsZero() }

// begin shows a scale; one that is the kept one ends the trial.
func (t *trial) begin(kept, scale float64, now time.Time) {
	*t = trial{}
	if scale != kept {
		*t = trial{scale, now.Add(trialTime)}
	}
}

// over reports that the time is up.
func (t *trial) over(now time.Time) bool { return t.on() && !now.Before(t.until) }

// left is the rest of the time, in whole seconds.
func (t *trial) left(now time.Time) int {
	return int((t.until.Sub(now) + time.Second - 1) / time.Second)
}

// due is when the rest, which is shown, changes.
func (t *trial) due(now time.Time) (time.Time, bool) {
	if !t.on() {
		return now, false
	}
	return t.until.Add(-time.Duration(max(t.left(now)-1, 0)) * time.Second), true
}

// keepScale asks whether the scale that is shown is to be kept.
func (d *dialog) keepScale() giu.Widget {
	text := fmt.Sprintf("Keep this size, %.2f x? It goes back to %.2f x in %d s.", d.trial.scale, d.now().ThemeScale, max(d.trial.left(time.Now()), 0))
	return giu.Layout{
		panel.Note(session.Warning, text),
		widget.Beside{Gap: 8, Of: []giu.Widget{
			giu.Button("Keep it").OnClick(d.keep), giu.Button("Go back").OnClick(d.back),
		}},
	}
}

// keep makes the scale that is shown the preference.
func (d *dialog) keep() {
	next := *d.now()
	next.ThemeScale = d.trial.scale
	d.trial = trial{}
	d.put(next)
}
