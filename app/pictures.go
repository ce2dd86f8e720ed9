package app

import (
	"time"

	"iceexplorer/app/action"
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
	return append(pictureParams(help), action.Param{Name: "turntable", Kind: action.Switch, Optional: true, Help: "The camera goes once round the scene"})
}

// savePictures saves to the file that a script gives, or asks where to.
func (a *App) savePictures(args action.Args, sequence bool) error {
	if !args.Has("file") {
		a.saving.Ask(sequence)
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
		opt.Turntable = args.Has("turntable") && args.Switch("turntable", false)
		opt.First, opt.Last, _ = a.session.Range()
	}
	return a.saver.Save(opt, func(err error) { a.doErr = err })
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
