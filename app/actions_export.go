package app

import (
	"fmt"
	"path/filepath"
	"strings"

	"iceexplorer/app/action"
	"iceexplorer/app/dialog"
	"iceexplorer/app/export"
	"iceexplorer/app/session"
	"iceexplorer/app/settings"
	"iceexplorer/assets"
	"iceexplorer/cache/export/formats"
	"iceexplorer/cache/pathname"
)

// exportParams are what export takes beside the format and the folder. They are words as on the command line of the
// verb, docs/export.md.
func exportParams() []action.Param {
	text := func(name, help string) action.Param { return action.Param{Name: name, Optional: true, Help: help} }
	choice := func(name string, of []string, help string) action.Param {
		return action.Param{Name: name, Kind: action.Choice, Choices: of, Optional: true, Help: help}
	}
	var names []string
	for _, k := range export.Caches(formats.All()) {
		names = append(names, k.Name)
	}
	return []action.Param{
		choice("format", names, "What to write; without it a dialog asks"),
		{Name: "folder", Kind: action.Path, Optional: true, Help: "To write to, made if it is missing; without it beside the sources"},
		choice("of", settings.ExportOf, "The active sequence, all open ones, or those of the folder source"),
		{Name: "source", Kind: action.Path, Optional: true, Help: "A folder of caches, which need not be open"},
		choice("range", settings.ExportRanges, "All frames, those between the in and out points, the one being shown, or those of frames"),
		text("frames", "Only these, such as 1-100x2"),
		choice("points", settings.ExportPoints, "All points, those of the spreadsheet's filter, or those that are selected"),
		text("where", "Only points that meet this condition"),
		text("attrs", "Only these attributes, with commas between them"),
		text("name", "Names of the files, such as {name}.{frame:04}"),
		text("map", "Names of attributes in the files, such as Mass=density"),
		text("derive", "Further attributes, such as speed=v.mag; semicolons are between several"),
		text("scale", "Multiply lengths by this"),
		choice("up", []string{"y", "z"}, "z: turn from Y-up to Z-up"),
		text("kind", "What attributes mean to scale and up, such as Rest=position"),
		text("offset", "Add this to the frames' numbers"),
		text("fps", "Frames per second, for files that tell and for $time"),
		choice("existing", settings.ExportExisting, "What becomes of files that exist; without it nothing is begun if there are any"),
		{Name: "option", Many: true, Optional: true, Help: "Of the format, such as option=compress=zstd; several may follow"},
	}
}

func (a *App) exportActions() []action.Action {
	idle := func() bool { return !a.exports.Busy() }
	return []action.Action{
		{
			ID: "export", Also: "convert alembic usd houdini maya", Label: "Export...", Menu: "File", Group: "export", Icon: assets.IconExport, Keys: []string{"Ctrl+E"},
			Help: "Write frames as files for other programs", Params: exportParams(), Do: a.exportFrames,
		},
		{
			ID: "export-open-caches", Label: "Export open caches...", Menu: "File/Export more", Group: "export", Help: "Export all frames of all open sequences",
			Enabled: func() bool { return a.hasLayers() && idle() },
			Do: do(func() {
				a.exporter.Preset(func(e *settings.Export) {
					e.Of, e.Range, e.Points = settings.OfAll, settings.RangeAll, settings.PointsAll
				})
			}),
		},
		{
			ID: "export-selection", Label: "Export selection...", Menu: "File/Export more", Group: "export", Help: "Export the selected points of the active sequence",
			Enabled: func() bool { return a.hasSelection() && idle() },
			Do: do(func() {
				a.exporter.Preset(func(e *settings.Export) { e.Of, e.Points = settings.OfActive, settings.PointsSelected })
			}),
		},
		{
			ID: "export-folder", Label: "Export folder...", Menu: "File/Export more", Group: "export", Help: "Export all caches of a folder, without opening them", Enabled: idle,
			Params: []action.Param{{Name: "source", Kind: action.Path, Optional: true, Help: "The folder of caches; without it a dialog asks"}},
			Do: func(args action.Args) error {
				a.exporter.Folder(args.Text("source"))
				return nil
			},
		},
		{
			ID: "export-cancel", Label: "Cancel export", Help: "Stop exporting, and keep the files that are complete", Enabled: func() bool { return a.exports.Busy() },
			Do: do(func() { a.exports.Cancel() }),
		},
	}
}

// exportFrames exports as a script says, or asks how.
func (a *App) exportFrames(args action.Args) error {
	if !args.Has("format") {
		a.exporter.Open()
		return nil
	}
	e := settings.Export{
		Format: args.Text("format"), Of: args.Text("of"), Source: pathname.Text(a.absolute(args.Text("source"))), Folder: pathname.Text(a.absolute(args.Text("folder"))),
		Name: args.Text("name"), Existing: args.Text("existing"), Scale: args.Text("scale"), Up: args.Text("up"), FPS: args.Text("fps"),
		Range: args.Text("range"), Frames: args.Text("frames"), Points: args.Text("points"), Where: args.Text("where"), Kinds: args.Text("kind"), Offset: args.Text("offset"),
		Derive: strings.Split(args.Text("derive"), ";"), Attrs: words(args.Text("attrs")),
	}
	if e.Source != "" && e.Of == "" {
		e.Of = settings.OfFolder
	}
	if e.Frames != "" && e.Range == "" {
		e.Range = settings.RangeFrames
	}
	if args.Has("map") {
		e.SetOption("map", args.Text("map"))
	}
	for _, text := range args.Texts("option") {
		name, value, ok := strings.Cut(text, "=")
		if !ok {
			return fmt.Errorf("option %q: want a name and a value, such as option=compress=zstd", text)
		}
		e.SetOption(name, value)
	}
	return a.exports.Start(e, func(err error) { a.doErr = err })
}

// words are the names in a list with commas.
func words(list string) (out []string) {
	for name := range strings.SplitSeq(list, ",") {
		if name = strings.TrimSpace(name); name != "" {
			out = append(out, name)
		}
	}
	return out
}

// absolute is a path from the folder that the program was started in; "" stays.
func (a *App) absolute(path string) string {
	if path == "" || filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(a.folder, path)
}

// progress is how far pictures or files are that are being written.
func (a *App) progress() (part float64, text string, on bool) {
	if part, text, on = a.saver.Progress(); on {
		return part, text, on
	}
	return a.exports.Progress()
}

// revealPath shows where a file or folder lies: its folder, or of what is gone the nearest one
// that is there.
func (a *App) revealPath(path string) {
	if !filepath.IsAbs(path) {
		path = filepath.Join(a.folder, path)
	}
	go func() {
		for {
			st, err := a.opt.Disk.Stat(path)
			if up := filepath.Dir(path); (err != nil || !st.IsDir()) && up != path {
				path = up
				continue
			}
			break
		}
		a.post(func() { a.reveal(path) })
	}()
}

// reveal shows a folder in the system's file manager.
func (a *App) reveal(folder string) {
	go func() {
		err := dialog.Reveal(folder)
		a.post(func() {
			if err != nil {
				a.session.TellOf(session.About("reveal"), session.Error, err.Error())
			} else {
				a.session.Settle(session.About("reveal"))
			}
			a.wake()
		})
	}()
}
