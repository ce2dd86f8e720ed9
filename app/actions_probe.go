package app

import (
	"fmt"
	"strconv"
	"strings"

	"iceexplorer/app/action"
	"iceexplorer/app/inspect/expr"
	"iceexplorer/app/inspect/probing"
	"iceexplorer/app/panel/probe"
	"iceexplorer/app/session"
	"iceexplorer/assets"
	"iceexplorer/cache"
	"iceexplorer/gfx/style"
)

// probeActions are about the points that are followed over all frames.
func (a *App) probeActions() []action.Action {
	p := a.probe
	return []action.Action{
		{
			ID: "probe", Also: "graph curve plot trace track", Label: "Probe selection", Menu: "Edit", Group: "select", Icon: assets.IconCrosshairs, Enabled: func() bool { return a.hasSelection() || p.Given() },
			Help: "Show the values of the selected points over all frames, as curves and as a table",
			Do: func(action.Args) error {
				a.panels.Reveal(probe.Name)
				return p.Selection()
			},
		},
		{
			ID: "probe-points", Label: "Probe points", Help: "Show the values of some points over all frames, by their IDs or their indices", Enabled: a.hasLayers,
			Params: []action.Param{
				{Name: "points", Help: "IDs with commas between them, such as 1234,77"},
				{Name: "by", Kind: action.Choice, Choices: []string{"id", "index"}, Optional: true, Help: "What the numbers are; without it IDs, or indices in a cache without IDs"},
			},
			Do: func(args action.Args) error {
				points, err := wholeNumbers(args.Text("points"))
				if err != nil {
					return err
				}
				a.panels.Reveal(probe.Name)
				return p.Points(points, args.Text("by") == "id" || args.Text("by") == "" && p.HasIDs())
			},
		},
		{
			ID: "probe-columns", Label: "Columns of the probe", Help: "Follow these attributes and expressions of the points", Enabled: a.hasLayers,
			Params: []action.Param{{Name: "expression", Kind: action.Expression, Optional: true, Help: "Such as Age, v.mag, P; without it Age and what points are coloured by", Suggest: a.names}},
			Do: func(args action.Args) error {
				a.panels.Reveal(probe.Name)
				return p.SetColumns(written(args))
			},
		},
		{
			ID: "probe-copy", Label: "Copy the probe", Help: "Copy the values of the followed points, a row for each frame and point", Icon: assets.IconFiles,
			Enabled: func() bool { return p.Trace() != nil },
			Params:  []action.Param{{Name: "format", Kind: action.Choice, Choices: probing.Formats, Optional: true, Help: "Without it TSV, which spreadsheet programs take"}},
			Do: func(args action.Args) error {
				format := args.Text("format")
				if format == "" {
					format = probing.Formats[0]
				}
				return p.Copy(format, func(text, told string, err error) {
					if err != nil {
						a.failedBeside("probe-copy", err)
						return
					}
					a.window.Copy(text)
					a.session.TellOf(session.About("probe-copy"), session.Info, told)
				})
			},
		},
		{
			ID: "probe-cancel", Label: "Cancel the probe", Help: "Stop looking for the followed points; what is found stays", Icon: assets.IconCancel,
			Enabled: func() bool { _, _, _, busy := p.Busy(); return busy }, Do: do(p.Cancel),
		},
	}
}

// wholeNumbers reads numbers with commas or spaces between them.
func wholeNumbers(text string) ([]int32, error) {
	var out []int32
	for _, part := range strings.Split(text, ",") {
		words := strings.Fields(part)
		if len(words) == 0 {
			return nil, fmt.Errorf("points %q: want whole numbers, such as 1234,77", text)
		}
		for _, word := range words {
			n, err := strconv.ParseInt(word, 10, 32)
			if err != nil {
				return nil, fmt.Errorf("points %q: want whole numbers, such as 1234,77", text)
			}
			out = append(out, int32(n))
		}
	}
	return out, nil
}

// probeDefaults are the columns of the probe as long as none are chosen.
func (a *App) probeDefaults() []probing.Column {
	out := []probing.Column{{Attribute: "Age", Text: "Age"}}
	if l := a.look.Now(); l.ColorMode == style.ColorScalar {
		if l.Expression != "" {
			return append(out, probing.Column{Text: l.Expression})
		}
		name := cache.TrimPadding(l.Scalar)
		out = append(out, probing.Column{Attribute: l.Scalar, Text: expr.Quote(name) + strings.TrimPrefix(l.ScalarTitle, name)})
	}
	return out
}
