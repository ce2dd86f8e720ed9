package app

import (
	"slices"
	"testing"

	"iceexplorer/app/action"
	"iceexplorer/app/look"
	"iceexplorer/app/session"
	"iceexplorer/app/settings"
)

// The menu Edit began with the path of a folder.
func TestEditBeginsWithUndo(t *testing.T) {
	t.Parallel()
	a := &App{settings: settings.Default(""), look: look.NewDesk()}
	a.session = session.New(nil, nil, session.Options{})
	a.actions = action.NewRegistry()
	a.makePanels()
	all := a.list()
	first := slices.IndexFunc(all, func(x action.Action) bool { return x.Menu == "Edit" })
	if got := all[first].ID; got != "undo" {
		t.Errorf("it begins with %s", got)
	}
}
