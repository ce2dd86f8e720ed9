package app

import (
	"slices"

	"iceexplorer/app/action"
	"iceexplorer/app/inspect/expr"
	"iceexplorer/app/inspect/sheet"
	"iceexplorer/app/inspect/spread"
	"iceexplorer/app/panel/spreadsheet"
	"iceexplorer/app/session"
	"iceexplorer/app/settings"
	"iceexplorer/app/stage"
	"iceexplorer/assets"
	"iceexplorer/cache"
)

// sheetActions are about the rows of the spreadsheet.
func (a *App) sheetActions() []action.Action {
	return slices.Concat(a.rowActions(), a.columnActions(), a.pointActions())
}

// onSheet makes an action's Do of one that is about the spreadsheet, which it shows.
func (a *App) onSheet(f func(action.Args) error) func(action.Args) error {
	return func(args action.Args) error {
		a.panels.Open(spreadsheet.Name)
		a.spread.Follow(true)
		err := f(args)
		a.spread.Follow(true)
		return err
	}
}

// expression is a parameter that is one, as it is written.
func (a *App) expression(help string, suggest func() []string) action.Param {
	return action.Param{Name: "expression", Kind: action.Expression, Help: help, Suggest: suggest}
}

// written is what an expression parameter was given.
func written(args action.Args) string { return args.Text("expression") }

// names are the attributes of the active sequence, as expressions.
func (a *App) names() []string {
	var out []string
	if l := a.session.Active(); l != nil {
		for _, x := range l.Attributes() {
			out = append(out, expr.Quote(cache.TrimPadding(x.Name)))
		}
	}
	return out
}

// sortFastest sorts by speed, which is a column beside the first.
func (a *App) sortFastest() error {
	const speed = "v.mag"
	if err := a.spread.Sort(sheet.Order{By: speed, Descending: true}); err != nil {
		return err
	}
	if slices.Contains(a.spread.Columns(), speed) {
		return nil
	}
	if err := a.spread.AddColumn(speed); err != nil {
		return err
	}
	return a.spread.MoveColumn(speed, 1)
}

func (a *App) rowActions() []action.Action {
	return []action.Action{
		{
			ID: "filter", Also: "where query find search condition", Label: "Filter rows", Help: "Show only the points in the spreadsheet for which an expression is yes, such as Age > 1 and P.y < 0",
			Icon: assets.IconFilter, Enabled: a.hasLayers,
			Params: []action.Param{a.expression("A condition, such as Age > 1 and P.y < 0", func() []string { return append(slices.Clone(a.settings.Spreadsheet.Filters), a.names()...) })},
			Do:     a.onSheet(func(args action.Args) error { return a.spread.Filter(written(args)) }),
		},
		{
			ID: "filter-clear", Label: "Filter nothing", Help: "Show all points in the spreadsheet again", Enabled: a.hasLayers,
			Do: a.onSheet(func(action.Args) error { return a.spread.Filter("") }),
		},
		{
			ID: "sort", Also: "order largest smallest maximum minimum", Label: "Sort rows", Help: "Sort the spreadsheet by an expression, such as v.mag; it stays sorted when the frame changes", Icon: assets.IconSort, Enabled: a.hasLayers,
			Params: []action.Param{
				a.expression("What to sort by, such as v.mag", a.names),
				{Name: "direction", Kind: action.Choice, Choices: []string{"up", "down"}, Optional: true, Help: "From the least, or from the greatest"},
			},
			Do: a.onSheet(func(args action.Args) error {
				return a.spread.Sort(sheet.Order{By: args.Text("expression"), Descending: args.Text("direction") == "down"})
			}),
		},
		{
			ID: "sort-fastest", Also: "speed velocity quickest slowest", Label: "Find the fastest points", Menu: "Edit", Group: "find", Help: "Show the spreadsheet with the speed of points, the fastest of the frame first", Icon: assets.IconSort, Enabled: a.hasLayers,
			Do: a.onSheet(func(action.Args) error { return a.sortFastest() }),
		},
		{
			ID: "sort-clear", Label: "Sort nothing", Help: "Show the spreadsheet's rows as in the file", Enabled: a.hasLayers,
			Do: a.onSheet(func(action.Args) error { return a.spread.Sort(sheet.Order{}) }),
		},
		{
			ID: "sheet-scope", Label: "Rows of the spreadsheet", Help: "Show all points of the frame, those of the filter, or those of them that are selected", Enabled: a.hasLayers,
			Params: []action.Param{{Name: "rows", Kind: action.Choice, Choices: spread.Scopes}},
			Do: a.onSheet(func(args action.Args) error {
				a.spread.SetScope(sheet.Scope(slices.Index(spread.Scopes, args.Text("rows"))))
				return nil
			}),
		},
		{
			ID: "sheet-cancel", Label: "Cancel filter or sort", Help: "Stop looking for rows; those of before stay", Icon: assets.IconCancel,
			Enabled: func() bool { return a.spread.Busy() }, Do: do(func() { a.spread.Cancel() }),
		},
		{
			ID: "copy-rows", Label: "Copy rows", Help: "Copy the selected rows of the spreadsheet, or all that it shows if none is", Icon: assets.IconFiles,
			Enabled: func() bool { return a.hasLayers() && a.panels.Shown(spreadsheet.Name) },
			Menu:    "Edit", Group: "copy", Keys: []string{"Ctrl+C"},
			Params: []action.Param{
				{Name: "format", Kind: action.Choice, Choices: spread.Formats, Optional: true, Help: "How rows are written; without it tsv, which spreadsheets paste"},
				{Name: "header", Kind: action.Switch, Optional: true, Help: "Whether the titles are copied too; without it they are"},
				{Name: "of", Kind: action.Choice, Choices: []string{"selected", "shown"}, Optional: true, Help: "Which rows"},
			},
			Do: a.onSheet(a.copyRows),
		},
	}
}

func (a *App) copyRows(args action.Args) error {
	format := args.Text("format")
	if format == "" {
		format = spread.Formats[0]
	}
	selected := args.Text("of") == "selected" || args.Text("of") == "" && a.spread.HasSelected()
	return a.spread.Copy(format, args.Switch("header", false), selected, func(text, told string, err error) {
		if err != nil {
			a.failedBeside("copy-rows", err)
			return
		}
		a.window.Copy(text)
		a.session.TellOf(session.About("copy-rows"), session.Info, told)
	})
}

// failedBeside tells of an action that failed when it went on beside the loop.
func (a *App) failedBeside(id string, err error) {
	a.doErr = err
	a.session.TellOf(session.About(id), session.Error, err.Error())
}

func (a *App) columnActions() []action.Action {
	shown := func() []string { return a.spread.Columns() }
	column := a.expression("A column of the spreadsheet", shown)
	keep := &a.settings.Spreadsheet
	return []action.Action{
		{
			ID: "columns", Label: "Columns of the spreadsheet", Help: "Show these attributes and expressions side by side, with commas between them", Icon: assets.IconColumns, Enabled: a.hasLayers,
			Params: []action.Param{a.expression("Such as ID, Age, v.mag, P * 2", a.names)},
			Do:     a.onSheet(func(args action.Args) error { return a.spread.ListColumns(written(args)) }),
		},
		{
			ID: "columns-default", Label: "All columns of the spreadsheet", Help: "Show all attributes of the frame in the spreadsheet", Enabled: a.hasLayers,
			Do: a.onSheet(func(action.Args) error { return a.spread.SetColumns(nil) }),
		},
		{
			ID: "column-add", Label: "Add a column", Help: "Show another attribute or expression in the spreadsheet", Enabled: a.hasLayers,
			Params: []action.Param{a.expression("Such as v.mag", a.names)},
			Do:     a.onSheet(func(args action.Args) error { return a.spread.AddColumn(written(args)) }),
		},
		{
			ID: "column-remove", Label: "Remove a column", Help: "Show a column of the spreadsheet no more", Enabled: a.hasLayers, Params: []action.Param{column},
			Do: a.onSheet(func(args action.Args) error { return a.spread.RemoveColumn(args.Text("expression")) }),
		},
		{
			ID: "column-move", Label: "Move a column", Help: "Put a column of the spreadsheet at another place", Enabled: a.hasLayers,
			Params: []action.Param{column, {Name: "place", Kind: action.Integer, Min: 1, Max: cache.MaxAttributes, Help: "Counted from 1 at the left"}},
			Do: a.onSheet(func(args action.Args) error {
				return a.spread.MoveColumn(args.Text("expression"), args.Integer("place")-1)
			}),
		},
		{
			ID: "show-array", Label: "Values of an array", Help: "Show all values of the array that a column of the spreadsheet holds in a row", Enabled: a.hasLayers,
			Params: []action.Param{column, {Name: "row", Kind: action.Integer, Min: 0, Max: 1 << 32, Help: "Counted from 0"}},
			Do: a.onSheet(func(args action.Args) error {
				return a.spread.Expand(args.Text("expression"), int64(args.Number("row")), func(err error) { a.failedBeside("show-array", err) })
			}),
		},
		{
			ID: "column-width", Label: "Width of a column", Help: "Make a column of the spreadsheet wider or narrower",
			Params: []action.Param{
				{Name: "title", Kind: action.Expression, Help: "The column's title, such as PointPosition.x", Suggest: a.names},
				{Name: "width", Kind: action.Number, Min: settings.MinColumn, Max: settings.MaxColumn, Help: "In pixels at scale 1"},
			},
			Do: func(args action.Args) error {
				keep.SetWidth(args.Text("title"), args.Number("width"))
				return nil
			},
		},
		{
			ID: "sheet-decimals", Label: "Decimals of the spreadsheet", Help: "How many decimals numbers have in the spreadsheet",
			Params: []action.Param{{Name: "decimals", Kind: action.Integer, Optional: true, Min: 0, Max: sheet.MaxDecimals, Help: "Without it as many as it takes"}},
			Do: func(args action.Args) error {
				if keep.Decimals = -1; args.Has("decimals") {
					keep.Decimals = args.Integer("decimals")
				}
				return nil
			},
		},
		{
			ID: "sheet-hex", Label: "Hexadecimal numbers", Help: "Write the whole numbers of the spreadsheet in hexadecimal", Params: onOff,
			Checked: func() bool { return keep.Hex },
			Do: func(args action.Args) error {
				keep.Hex = args.Switch("state", keep.Hex)
				return nil
			},
		},
		{
			ID: "sheet-summary", Label: "Summary of the rows", Help: "Show count, range, mean, deviation and median of the spreadsheet's rows below them", Icon: assets.IconChart, Params: onOff,
			Checked: func() bool { return keep.Summary },
			Do: func(args action.Args) error {
				keep.Summary = args.Switch("state", keep.Summary)
				return nil
			},
		},
	}
}

// drawnOnly is what the scene draws of a layer's frame.
func (a *App) drawnOnly(l *session.Layer, sh session.Shown) stage.Only {
	return stage.Only(a.spread.Drawn(l, sh))
}

// pointActions go from rows to points and back.
func (a *App) pointActions() []action.Action {
	row := func(name, help string, optional bool) action.Param {
		return action.Param{Name: name, Kind: action.Integer, Optional: optional, Min: 0, Max: 1 << 32, Help: help}
	}
	return []action.Action{
		{
			ID: "show-only-rows", Label: "Show only these points", Menu: "View", Group: "drawing", Icon: assets.IconEye, Params: onOff,
			Help:    "Hide the points of the active sequence that the spreadsheet's filter leaves out",
			Checked: func() bool { return a.spread.Only() },
			Do: func(args action.Args) error {
				a.spread.SetOnly(args.Switch("state", a.spread.Only()))
				return nil
			},
		},
		{
			ID: "goto-point", Label: "Go to point", Help: "Bring the row of a point into view, by its index or its ID", Enabled: a.hasLayers,
			Params: []action.Param{
				{Name: "number", Kind: action.Integer, Help: "The point's index, or its ID"},
				{Name: "by", Kind: action.Choice, Choices: []string{"index", "id"}, Optional: true, Help: "What the number is; without it the index"},
			},
			Do: a.onSheet(func(args action.Args) error {
				return a.spread.GoTo(int64(args.Number("number")), args.Text("by") == "id", func(err error) { a.failedBeside("goto-point", err) })
			}),
		},
		{
			ID: "scroll-to-selection", Label: "Scroll to selection", Help: "Bring the next row into view whose point is selected", Icon: assets.IconCrosshairs, Enabled: a.hasSelection,
			Do: a.onSheet(func(action.Args) error {
				return a.spread.GoToSelected(func(err error) { a.failedBeside("scroll-to-selection", err) })
			}),
		},
		{
			ID: "select-rows", Label: "Select rows", Help: "Select the points of some rows of the spreadsheet, or of all it shows", Enabled: a.hasLayers,
			Params: []action.Param{
				row("first", "The first row, counted from 0; without it all rows are meant", true), row("last", "The last row", true),
				selectMode(true),
			},
			Do: a.onSheet(func(args action.Args) error {
				if !args.Has("first") {
					return a.spread.SelectShown()
				}
				p := spread.Pick{From: int64(args.Number("first")), Mode: modeOf(args)}
				if p.To = p.From; args.Has("last") {
					p.To = int64(args.Number("last"))
				}
				return a.spread.Select(p)
			}),
		},
	}
}
