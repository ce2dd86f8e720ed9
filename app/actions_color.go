package app

import (
	"errors"
	"fmt"
	"slices"

	"iceexplorer/app/action"
	"iceexplorer/app/inspect"
	"iceexplorer/app/inspect/derived"
	"iceexplorer/app/inspect/expr"
	"iceexplorer/app/look"
	"iceexplorer/app/session"
	"iceexplorer/app/stage"
	"iceexplorer/gfx/style"
)

// colorActions say what points are coloured by, and how.
func (a *App) colorActions() []action.Action {
	tint := func(id, help string, t look.Tint) action.Action {
		return action.Action{
			ID: id, Label: t.String(), Help: help, Params: []action.Param{{Name: "color", Kind: action.Color, Help: "RRGGBB, such as ff8800"}},
			Do: func(args action.Args) error {
				a.look.Paint(t, args.Color("color"))
				return nil
			},
		}
	}
	return append([]action.Action{
		{
			ID: "color-by", Also: "shade paint attribute", Label: "Colour by attribute or expression", Help: "Colour by Color, constant, an attribute such as PointVelocity.mag, or an expression such as Age / AgeLimit",
			Params: []action.Param{{Name: "name", Kind: action.Expression, Suggest: func() []string { return stage.Colorings(a.activeAttributes()) }, Help: "An attribute, one of its components, its magnitude, or any expression that gives numbers"}},
			Do:     func(args action.Args) error { return a.colorBy(args.Text("name")) },
		},
		{
			ID: "colormap", Label: "Colormap", Help: "Choose the colours that numbers have",
			Params: []action.Param{{Name: "name", Kind: action.Choice, Choices: style.Colormaps(), Help: "categorical is for whole numbers such as IDs"}},
			Do:     func(args action.Args) error { return a.look.SetColormap(args.Text("name")) },
		},
		{
			ID: "color-stops", Label: "Stops of the colormap", Help: "Make a colormap of your own: places from 0 to 1 with a colour each",
			Params: []action.Param{{Name: "stops", Help: "Such as '0:000000 0.5:ff8800 1:ffffff'"}},
			Do: func(args action.Args) error {
				if text := args.Text("stops"); style.IsStops(text) {
					return a.look.SetColormap(text)
				}
				return errors.New("write stops such as '0:000000 0.5:ff8800 1:ffffff'")
			},
		},
		{
			ID: "color-range", Label: "Range of the colours", Help: "Which values the ends of the colormap stand for: those of this frame, of all frames, two of your own, or percentiles of this frame or of all frames (percent-all), which for several sequences reach from the least of theirs to the greatest",
			Params: []action.Param{
				{Name: "of", Kind: action.Choice, Choices: look.RangeModes, Help: "fixed takes two values, percent and percent-all may"},
				{Name: "low", Kind: action.Number, Optional: true, Help: "Of the colormap's first colour"},
				{Name: "high", Kind: action.Number, Optional: true, Help: "Of its last colour; it may be less than the first"},
			},
			Do: a.colorRange,
		},
		{
			ID: "color-invert", Label: "Invert the colours", Help: "Swap the ends of a fixed range of the colours",
			Enabled: func() bool { return a.look.Now().RangeMode == look.RangeFixed }, Do: func(action.Args) error { return a.look.Invert() },
		},
		{
			ID: "color-measure", Label: "Measure the range of all frames", Help: "Go on with measuring what an expression ranges over in all frames, or the percentiles of all frames; or stop it",
			Checked: a.stage.Measuring, Params: onOff,
			Do: func(args action.Args) error {
				a.stage.Measure(args.Switch("state", a.stage.Measuring()))
				return nil
			},
		},
		tint("constant-color", "Set the colour of points that have none of their own", look.Points),
		tint("below-color", "Set the colour of values below the range, which color-outside shows", look.Below),
		tint("above-color", "Set the colour of values above the range, which color-outside shows", look.Above),
		tint("no-number-color", "Set the colour of values that are no number, or infinite", look.NoNumber),
		tint("background-top", "Set the colour of the background at the top", look.BackgroundTop),
		tint("background-bottom", "Set the colour of the background at the bottom", look.BackgroundBottom),
	}, a.valueActions()...)
}

// valueActions show values as text in the scene.
func (a *App) valueActions() []action.Action {
	return []action.Action{{
		ID: "show-values", Label: "Values in the scene", Help: "Write values beside the selected points, or else beside those near the mouse",
		Params: []action.Param{{Name: "name", Kind: action.Expression, Suggest: func() []string {
			names := []string{noVectors}
			for _, at := range a.activeAttributes() {
				names = append(names, at.Name)
			}
			return names
		}, Help: "An attribute, an expression, or none"}},
		Do: func(args action.Args) error { return a.showValues(args.Text("name")) },
	}}
}

func (a *App) showValues(text string) error {
	if text == noVectors {
		a.look.ShowValues("")
		return nil
	}
	e, err := expr.Parse(text)
	if err != nil {
		return err
	}
	if err := a.onShown(func(f expr.Frame) error {
		_, err := e.Bind(f)
		return err
	}); err != nil {
		return err
	}
	a.look.ShowValues(text)
	return nil
}

// onShown checks an expression against the shown frames, the active layer's first: one of
// them must do, or what is known of the other frames of its sequence. Where none is there
// nothing is known, and it is taken as it is.
func (a *App) onShown(check func(expr.Frame) error) (first error) {
	layers := a.session.Layers()
	if active := a.session.Active(); active != nil {
		layers = append([]*session.Layer{active}, layers...)
	}
	for _, l := range layers {
		sh := a.session.Shown(l)
		if sh.Frame == nil {
			continue
		}
		err := inspect.Anywhere(expr.Frame{Frame: sh.Frame, Number: sh.Number, FPS: a.session.FPS()}, l.Attributes(), l.Measured(), len(l.Seq.Frames), check)
		if err == nil {
			return nil
		}
		if first == nil {
			first = err
		}
	}
	return first
}

// colorBy sets the colouring by its name or expression. The active layer's attributes come
// first, and those of the others are known too.
func (a *App) colorBy(name string) error {
	switch name {
	case stage.OwnColor:
		a.look.ColorByAttribute()
		return nil
	case stage.OneColor:
		a.look.ColorByConstant()
		return nil
	}
	if !a.hasLayers() {
		return fmt.Errorf("nothing open can be coloured by %q", name)
	}
	if stage.IsOwn(a.session.Attributes(), name) {
		a.look.ColorByAttribute()
		return nil
	}
	sc, lacks := stage.ParseScalar(a.session.Attributes(), name)
	if lacks == nil {
		a.look.ColorByScalar(sc)
		return nil
	}
	e, err := expr.Parse(name)
	if err != nil {
		return err
	}
	whole := "" // the attribute that is meant and nothing else
	err = a.onShown(func(f expr.Frame) error {
		p, err := e.Bind(f)
		if err == nil && p.Attribute() != nil && e.Name() != "" {
			whole = p.Attribute().Name
		}
		if err == nil {
			_, err = derived.Bind(name, f)
		}
		return err
	})
	switch {
	case err != nil && e.Name() != "":
		return a.lacking(lacks)
	case err != nil:
		return err
	}
	if sc, err := stage.ParseScalar(a.session.Attributes(), whole); err == nil && whole != "" {
		a.look.ColorByScalar(sc)
		return nil
	}
	a.look.ColorByExpression(name)
	return nil
}

// lacking adds to an error of an attribute that is missing how much is known so far.
func (a *App) lacking(err error) error {
	if text := a.session.MeasuredText(); text != "" {
		return fmt.Errorf("%w; %s so far", err, text)
	}
	return err
}

func (a *App) colorRange(args action.Args) error {
	mode := look.RangeMode(slices.Index(look.RangeModes, args.Text("of")))
	both := args.Has("low") && args.Has("high")
	percent := mode == look.RangePercent || mode == look.RangePercentAll
	if args.Has("low") != args.Has("high") || both != (mode == look.RangeFixed) && !percent {
		return errors.New("write two values after fixed, and none after frame and all")
	}
	switch {
	case mode == look.RangeFixed:
		return a.look.Fix(args.Number("low"), args.Number("high"))
	case percent:
		l := a.look.Now()
		if both {
			l.PercentLow, l.PercentHigh = args.Number("low"), args.Number("high")
		}
		return a.look.Percent(l.PercentLow, l.PercentHigh, mode == look.RangePercentAll)
	}
	a.look.RangeOf(mode == look.RangeSequence)
	return nil
}
