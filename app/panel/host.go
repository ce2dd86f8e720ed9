package panel

import (
	"errors"

	"iceexplorer/app/action"
	"iceexplorer/app/look"
	"iceexplorer/app/session"
	"iceexplorer/app/settings"
	"iceexplorer/cache"
)

// Host is what panels share: what is open, what can be done, and what is remembered.
type Host struct {
	Session  *session.Session
	Look     *look.Desk
	Actions  *action.Registry
	Settings *settings.Settings
	Scale    func() float32  // of pixels, the window's
	Ask      func(id string) // asks for the values that an action needs, and carries it out

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

// ActiveNumber is where the play head is in the active layer's own time, 0 if none is open.
func (h *Host) ActiveNumber() cache.Number {
	head, ok := h.Session.Number()
	if !ok {
		return 0
	}
	return h.Session.Active().ToOwn(head)
}

// SeekActive moves the play head to a number of the active layer's own time.
func (h *Host) SeekActive(own cache.Number) {
	if l := h.Session.Active(); l != nil && h.ActiveNumber() != own {
		h.Session.Seek(l.ToHead(own))
	}
}
