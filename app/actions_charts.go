package app

import (
	"errors"
	"slices"
	"strconv"

	"iceexplorer/app/action"
	"iceexplorer/app/inspect"
	"iceexplorer/app/inspect/charts"
	curves "iceexplorer/app/inspect/profile"
	"iceexplorer/app/panel/histogram"
	"iceexplorer/app/panel/profile"
)

// chartActions are about the panels Histogram and Profile.
func (a *App) chartActions() []action.Action {
	h := a.charts.Histogram
	has := func() bool { return a.hasLayers() && h.Text() != "" }
	return []action.Action{
		{
			ID: "histogram", Also: "distribution statistics", Label: "Histogram", Help: "Show how the values of an attribute or an expression spread over the points of the frame and of the sequence", Enabled: a.hasLayers,
			Params: []action.Param{{Name: "expression", Kind: action.Expression, Optional: true, Help: "Such as Age or v.mag * 2, of vectors their lengths; without it no histogram is shown", Suggest: a.numbers}},
			Do: func(args action.Args) error {
				a.panels.Reveal(histogram.Name)
				return h.Show(written(args))
			},
		},
		{
			ID: "histogram-of", Label: "Points of the histogram", Help: "Count all points of the frame, those of the spreadsheet's filter, or those that are selected", Enabled: a.hasLayers,
			Params: []action.Param{{Name: "points", Kind: action.Choice, Choices: charts.Overs}},
			Do: func(args action.Args) error {
				h.SetOver(charts.Over(slices.Index(charts.Overs, args.Text("points"))))
				return nil
			},
		},
		{
			ID: "histogram-log", Label: "Counts by magnitude", Help: "Draw the counts of the histogram by their magnitude: 1, 10, 100", Params: onOff,
			Checked: func() bool { return h.Log },
			Do: func(args action.Args) error {
				h.Log = args.Switch("state", h.Log)
				return nil
			},
		},
		{
			ID: "histogram-to", Label: "Use a range of the histogram", Enabled: has,
			Help: "Colour by the histogram's values within a range, filter the spreadsheet by it, or select its points: those of the frame, or (selection-all) by ID those that have such a value in any frame",
			Params: []action.Param{
				{Name: "use", Kind: action.Choice, Choices: []string{toColours, toFilter, toSelection, toSelectionAll}},
				{Name: "low", Kind: action.Number, Optional: true, Help: "Without the two the range that was dragged"},
				{Name: "high", Kind: action.Number, Optional: true},
			},
			Do: a.useRange,
		},
		{
			ID: "histogram-sequence", Label: "Histogram of all frames", Help: "Count the values of all frames, one after the other, in the background", Enabled: has,
			Do: func(action.Args) error { return h.CountSequence() },
		},
		{
			ID: "histogram-cancel", Label: "Cancel", Help: "Stop counting the values of all frames, and searching them for points to be selected",
			Enabled: func() bool {
				_, counting := h.Counting()
				_, searching := h.Searching()
				return counting || searching
			},
			Do: do(func() {
				h.CancelSequence()
				h.CancelSearch()
			}),
		},
		{
			ID: "profile", Label: "Profile over time", Help: "Show how the number of points, or the values of an attribute, change over the frames",
			Params: []action.Param{{Name: "name", Kind: action.Expression, Help: "points, or an attribute, one of its components or its magnitude", Suggest: func() []string { return append([]string{curves.PointCount}, a.numbers()...) }}},
			Do: func(args action.Args) error {
				a.panels.Reveal(profile.Name)
				err := a.charts.Profile.Show(args.Text("name"))
				if err != nil && a.session.Active() != nil {
					return a.lacking(err)
				}
				return err
			},
		},
		{
			ID: "show-profile-strip", Label: "Profile in the timeline", Menu: "View", Group: "panels", Help: "Show the curve of Profile above the frames of the timeline", Params: onOff,
			Checked: func() bool { return a.settings.Preferences.ProfileStrip },
			Do: func(args action.Args) error {
				on := &a.settings.Preferences.ProfileStrip
				*on = args.Switch("state", *on)
				return nil
			},
		},
	}
}

// What a range of the histogram can be used for.
const (
	toColours   = "colours"
	toFilter    = "filter"
	toSelection = "selection"

	toSelectionAll = "selection-all"
)

// numbers are the components and magnitudes of the active layer's attributes.
func (a *App) numbers() []string {
	var out []string
	for _, of := range curves.All(a.activeAttributes())[1:] {
		out = append(out, of.Title)
	}
	return out
}

// useRange uses a range of the histogram's values.
func (a *App) useRange(args action.Args) error {
	h := a.charts.Histogram
	lo, hi, ok := h.Range()
	if args.Has("low") != args.Has("high") {
		return errors.New("write both ends of the range, or none")
	}
	if args.Has("low") {
		lo, hi, ok = args.Number("low"), args.Number("high"), true
	}
	if !ok {
		return errors.New("no range is given, and none was dragged on the histogram")
	}
	if lo > hi {
		lo, hi = hi, lo
	}
	switch args.Text("use") {
	case toSelection:
		return h.Select(lo, hi)
	case toSelectionAll:
		return h.SelectAnywhere(lo, hi)
	case toFilter:
		return a.actions.Run("filter", charts.Within(h.Text(), lo, hi))
	}
	by := h.Text()
	if at, c, ok := inspect.ParseComponent(a.activeAttributes(), by); ok {
		by = at.Title(c)
	}
	if err := a.actions.Run("color-by", by); err != nil {
		return err
	}
	number := func(v float64) string { return strconv.FormatFloat(v, 'g', -1, 64) }
	return a.actions.Run("color-range", "fixed", number(lo), number(hi))
}
