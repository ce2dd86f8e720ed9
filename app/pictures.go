package app

import (
	"time"

	"iceexplorer/app/action"
	"iceexplorer/app/export/film"
	"iceexplorer/app/panel/save"
	"iceexplorer/app/stage"
)

// pictureParams are the parameters of the actions that save pictures.
func pictureParams(help string) []action.Param {
	return []action.Param{
		{Name: "file", Kind: action.Path, Optional: true, Help: help},
		{Name: "size", Optional: true, Help: "Width and height in pixels, such as 1920x1080; if omitted, the size of the scene"},
		{Name: "plain", Kind: action.Switch, Optional: true, Help: "Particles alone, without grid, axes, legend and texts"},
		{Name: "transparent", Kind: action.Switch, Optional: true, Help: "No background"},
	}
}

// sequenceParams are those of the action that saves a sequence.
func sequenceParams(help string) []action.Param {
	return append(pictureParams(help),
		action.Param{Name: "camera", Optional: true, Help: "turntable, turntable:180, bookmarks (through the remembered cameras) or bookmarks:NAME@FRAME,NAME@FRAME"},
		action.Param{Name: "straight", Kind: action.Switch, Optional: true, Help: "Between bookmarks straight, and not on a curve that begins and ends slowly"},
		action.Param{Name: "film", Kind: action.Choice, Choices: []string{"gif", "apng", "mp4", "prores"}, Optional: true, Help: "A film of this kind; if omitted, as the file's ending says: .gif, .apng, .mp4, .mov, or a .png or .exr for each frame"},
		action.Param{Name: "missing", Kind: action.Choice, Choices: stage.Missings, Optional: true, Help: "What numbers that no frame has give: skip (no picture, as if omitted), hold (one of the frame before) or empty (one without points)"},
	)
}

// savePictures saves to the file that a script gives, or asks where to.
func (a *App) savePictures(args action.Args, sequence bool) error {
	if !args.Has("file") {
		given := save.Given{}
		if sequence {
			given = save.Given{Film: args.Text("film"), Camera: args.Text("camera")}
		}
		a.saving.Ask(sequence, given)
		return nil
	}
	opt := stage.SaveOptions{Path: args.Text("file"), Sequence: sequence}
	opt.Plain, opt.Transparent = args.Has("plain") && args.Switch("plain", false), args.Has("transparent") && args.Switch("transparent", false)
	if args.Has("size") {
		var err error
		if opt.W, opt.H, err = stage.ParseSize(args.Text("size")); err != nil {
			return err
		}
	}
	if sequence {
		if err := a.filmed(&opt, args); err != nil {
			return err
		}
		opt.First, opt.Last, _ = a.session.Range()
	}
	return a.saver.Save(opt, func(err error) { a.doErr = err })
}

// filmed takes what a script says on the camera's course, and on which film there is to be.
func (a *App) filmed(opt *stage.SaveOptions, args action.Args) (err error) {
	if opt.Film, _ = film.Of(opt.Path); args.Has("film") {
		opt.Film, _ = film.Find(args.Text("film"))
	}
	if args.Has("camera") {
		if opt.Course, err = stage.ParseCourse(args.Text("camera"), a.settings.Cameras); err != nil {
			return err
		}
	}
	if args.Has("missing") {
		opt.Missing, _ = stage.ParseMissing(args.Text("missing"))
	}
	opt.Course.Straight = args.Has("straight") && args.Switch("straight", false)
	return nil
}

// endWait is how long the end of the program waits for pictures being written.
const endWait = 5 * time.Second

// finishPictures waits for pictures being written; one that takes too long leaves no file.
func (a *App) finishPictures() {
	if a.saver == nil {
		return
	}
	written := make(chan struct{})
	go func() {
		a.saver.Wait()
		close(written)
	}()
	select {
	case <-written:
	case <-time.After(endWait):
	}
}

// exists reports whether there is a file with a name.
func (a *App) exists(path string) bool {
	_, err := a.opt.Disk.Stat(path)
	return err == nil
}
