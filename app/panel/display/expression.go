package display

import (
	"errors"

	"github.com/AllenDang/giu"

	"iceexplorer/app/action"
	"iceexplorer/app/inspect/expr"
	"iceexplorer/app/panel"
	"iceexplorer/app/session"
	"iceexplorer/app/widget"
)

// expression is a field for one, with what is wrong with it.
type expression struct {
	text  string
	shown string // what was in use when the text was taken over
	fault string
}

// field is the line of the field. Enter runs an action with the text; now is the
// expression that is in use, and none is what the action is told of an empty text; "": it
// is told nothing.
func (e *expression) field(h *panel.Host, id, label, help, now, none string) giu.Widget {
	if now != e.shown {
		e.text, e.shown, e.fault = now, now, ""
	}
	input := giu.InputText(&e.text).ID(giu.ID("##" + id)).Hint("Enter an expression").Flags(giu.InputTextFlagsEnterReturnsTrue).OnChange(func() { e.enter(h, id, none) })
	l := giu.Layout{row(label, help, widget.Tip{Text: help, Of: input})}
	if e.fault != "" {
		_, color := panel.LevelLook(session.Error)
		l = append(l, widget.Wrapped{Text: e.fault, Color: color})
	}
	return l
}

// enter carries the action out; a fault of the expression stands below the field.
func (e *expression) enter(h *panel.Host, id, none string) {
	e.fault = ""
	text := e.text
	if text == "" {
		text = none
	}
	if text == "" {
		return
	}
	err := h.Actions.Run(id, text)
	var fault *expr.Error
	var failed *action.Error
	switch {
	case errors.As(err, &fault):
		e.fault = fault.Error()
	case errors.As(err, &failed):
		e.fault = failed.Error()
	}
}
