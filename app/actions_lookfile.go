package app

import (
	"errors"
	"iceexplorer/app/action"
	"iceexplorer/app/look"
	"iceexplorer/app/session"
	"iceexplorer/cache/pathname"
)

// lookFileActions keep how things are drawn in files.
func (a *App) lookFileActions() []action.Action {
	file := func(help string) []action.Param {
		return []action.Param{{Name: "file", Kind: action.Path, Help: help}}
	}
	return []action.Action{
		{
			ID: "open-display", Label: "Open display settings", Help: "Draw and colour with settings saved in a file", Params: file("A file written by save-display"),
			Do: func(args action.Args) error {
				path := args.Text("file")
				a.beside("open-display", func() (func() error, error) {
					l, err := look.Open(path)
					return func() error { return a.look.Put(l) }, err
				})
				return nil
			},
		},
		{
			ID: "save-display", Label: "Save display settings", Help: "Save how things are drawn and coloured, for open-display and for render --look", Params: file("The JSON file to write"),
			Do: func(args action.Args) error {
				l, path := a.look.Now(), args.Text("file")
				a.beside("save-display", func() (func() error, error) {
					return func() error {
						a.session.TellOf(session.About("save-display"), session.Info, "Saved the display settings: "+pathname.Display(path))
						return nil
					}, l.Save(path)
				})
				return nil
			},
		},
	}
}

// mendable is an error that something can be done about.
type mendable struct {
	error
	session.Remedy
}

func (m mendable) Unwrap() error { return m.error }

// beside runs work that may wait for a disk beside the loop, and then, on the loop, the
// function that it returns. An error of either is reported as the action's; a script
// waits for both.
func (a *App) beside(id string, work func() (then func() error, err error)) {
	a.working++
	go func() {
		then, err := work()
		a.post(func() {
			a.working--
			if err == nil {
				err = then()
			}
			if err != nil {
				a.doErr = err
				mend := mendable{}
				errors.As(err, &mend)
				a.session.TellWith(session.About(id), session.Error, err.Error(), mend.Remedy)
			}
			a.wake()
		})
	}()
}
