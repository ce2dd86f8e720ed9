package app

import (
	"time"

	"iceexplorer/app/action"
	"iceexplorer/app/session"
	"iceexplorer/app/undo"
	"iceexplorer/cache"
)

// timingActions say where the frames of a sequence lie in time.
func (a *App) timingActions() []action.Action {
	return []action.Action{
		{
			ID: "layer-offset", Also: "shift delay start time compare slip", Label: "Set sequence's offset", Help: "Have the frames of a sequence come earlier or later than they are called", Enabled: a.hasLayers,
			Params: append([]action.Param{{Name: "frames", Kind: action.Number, Min: -session.MaxOffset, Max: session.MaxOffset, Help: "Frames later; below 0 earlier"}}, a.layerParam(orActive, true)...),
			Do:     a.retime("Offset", func(t *session.Timing, args action.Args) { t.Offset = cache.Number(args.Number("frames")).Round(6) }),
		},
		{
			ID: "layer-scale", Also: "retime slow fast stretch speed", Label: "Set sequence's time scale", Help: "Have a sequence go faster or more slowly than the play head", Enabled: a.hasLayers,
			Params: append([]action.Param{{Name: "factor", Kind: action.Number, Min: session.MinScale, Max: session.MaxScale, Help: "2 is twice as fast, 0.5 half as fast; its first frame stays where it is"}}, a.layerParam(orActive, true)...),
			Do:     a.retime("Time scale", func(t *session.Timing, args action.Args) { t.Scale = args.Number("factor") }),
		},
		{
			ID: "layer-hold", Label: "Hold sequence outside of its frames", Help: "Show the first frame of a sequence before it begins, and the last one after its end", Enabled: a.hasLayers,
			Params: append([]action.Param{{Name: "where", Kind: action.Choice, Choices: []string{"none", "before", "after", "both"}}}, a.layerParam(orActive, true)...),
			Do: a.retime("Hold", func(t *session.Timing, args action.Args) {
				where := args.Text("where")
				t.Before, t.After = where == "before" || where == "both", where == "after" || where == "both"
			}),
		},
		{
			ID: "layer-time-reset", Label: "Reset sequence's time", Help: "Have the frames of a sequence lie where their numbers say", Enabled: a.hasLayers,
			Params: a.layerParam(orActive, true),
			Do:     a.retime("Reset time", func(t *session.Timing, _ action.Args) { *t = session.Timing{Scale: 1} }),
		},
	}
}

// retime makes an action's Do that changes the timing of a sequence.
func (a *App) retime(label string, change func(*session.Timing, action.Args)) func(action.Args) error {
	return func(args action.Args) error {
		var err error
		named := a.onNamed(args, func(l *session.Layer) {
			t := l.Timing()
			change(&t, args)
			err = a.setTiming(l, t, label)
		})
		if named != nil {
			return named
		}
		return err
	}
}

// setTiming changes the timing of a sequence, so that it can be undone.
func (a *App) setTiming(l *session.Layer, t session.Timing, label string) error {
	old := l.Timing()
	if err := a.session.SetTiming(l, t); err != nil || t == old {
		return err
	}
	a.noteMove(time.Now())
	set := func(t session.Timing) func() {
		return func() {
			_ = a.session.SetTiming(l, t) // it was a timing before
			a.wake()
		}
	}
	key, held := "", a.window.MouseHeld()
	if held { // one drag is one step
		key = label + " " + a.session.NameOf(l)
	}
	a.changes.history.Did(undo.Step{Label: label, Key: key, Held: held, Undo: set(old), Redo: set(t)}, time.Now())
	a.wake()
	return nil
}
