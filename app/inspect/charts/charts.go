// Package charts is what is told of the attributes of the active layer without a table: a
// list of them with small histograms, a histogram of an expression over a frame and over
// the sequence, and the profile of something over all frames. What takes time is done
// beside the session's goroutine, to which all of this belongs; it draws nothing.
package charts

import (
	"iceexplorer/app/inspect/expr"
	"iceexplorer/app/session"
	"iceexplorer/cache"
)

// Charts belong to the session's goroutine.
type Charts struct {
	Histogram *Histogram
	Profile   *Profile
	Sparks    *Sparks

	session *session.Session
	listed  listKey
	list    []Attribute
}

// Options of New.
type Options struct {
	Session *session.Session
	Post    func(func())  // runs a function on the session's goroutine, soon
	Filter  func() string // the expression that rows are filtered by now; "": none
}

// New makes charts of nothing yet.
func New(opt Options) *Charts {
	return &Charts{
		Histogram: &Histogram{session: opt.Session, post: opt.Post, filter: opt.Filter},
		Profile:   &Profile{session: opt.Session},
		Sparks:    &Sparks{session: opt.Session, post: opt.Post},
		session:   opt.Session,
	}
}

// Update begins what is wanted and not done. It is called before each picture.
func (c *Charts) Update() {
	c.Histogram.update()
	c.Sparks.update()
}

// Busy reports whether something is being counted that will be shown.
func (c *Charts) Busy() bool { return c.Histogram.Busy() || c.Sparks.job != nil }

// Close ends what is being done.
func (c *Charts) Close() {
	c.Histogram.stop()
	c.Histogram.stopSequence()
	c.Histogram.stopSearch()
	c.Sparks.stop()
}

// frameOf is a frame as expressions take it.
func frameOf(s *session.Session, f *cache.Frame, number cache.Number) expr.Frame {
	return expr.Frame{Frame: f, Number: number, FPS: s.FPS()}
}
