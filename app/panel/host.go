package panel

import (
	"errors"

	"iceexplorer/app/action"
	"iceexplorer/app/look"
	"iceexplorer/app/session"
	"iceexplorer/app/settings"
)

// Host is what panels share: what is open, what can be done, and what is remembered.
type Host struct {
	Session  *session.Session
	Look     *look.Desk
	Actions  *action.Registry
	Settings *settings.Settings
	Scale    func() float32 // of pixels, the window's

	Dragged string // the expression that is dragged with the mouse, as DragExpression
}

// DragExpression is the kind of what is dragged from one panel to another: an expression.
const DragExpression = "expression"

// Run carries out an action and reports its error.
func (h *Host) Run(id string, words ...string) { h.Failed(h.Actions.Run(id, words...)) }

// Failed reports an error, if there is one.
func (h *Host) Failed(err error) {
	if err != nil {
		TellError(h.Session, err)
	}
}

// TellError reports an error; that of an action holds until the action succeeds.
func TellError(s *session.Session, err error) {
	about := session.Subject{}
	if failed := (*action.Error)(nil); errors.As(err, &failed) {
		about = session.About(failed.ID)
	}
	s.TellOf(about, session.Error, err.Error())
}
