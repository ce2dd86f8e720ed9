package shortcuts

import "iceexplorer/app/action"

// asked is the action whose keys are waited for.
type asked struct {
	of     *action.Action  // nil: none
	old    action.Shortcut // to be replaced; empty: keys are added
	wanted action.Shortcut // what was pressed
	owner  *action.Action  // that has it; nil: nothing was pressed yet
}

// ask waits for the keys of an action.
func (w *Window) ask(a *action.Action, old action.Shortcut) { w.asked = asked{of: a, old: old} }

// listen takes the keys that are waited for. Those that another action has are asked about.
func (w *Window) listen() {
	if w.asked.of == nil {
		return
	}
	s, ok := w.opt.Pressed()
	switch {
	case !ok:
	case s == action.Shortcut{Key: action.KeyEscape}:
		w.asked = asked{}
	default:
		if w.asked.owner = w.opt.Keys.Owner(s, w.asked.of.ID); w.asked.owner != nil {
			w.asked.wanted = s
			return
		}
		w.put(s)
	}
}

// put gives the action what was pressed.
func (w *Window) put(s action.Shortcut) {
	q := w.asked
	w.asked = asked{}
	w.host.Failed(w.opt.Keys.Put(q.of.ID, q.old, s))
}
