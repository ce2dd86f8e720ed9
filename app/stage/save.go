package stage

import (
	"context"
	"fmt"
	"image"
	"path/filepath"
	"sync"

	"iceexplorer/app/export"
	"iceexplorer/app/export/film"
	"iceexplorer/app/session"
	"iceexplorer/cache"
	"iceexplorer/cache/atomicfile"
	"iceexplorer/gfx"
)

// SaveOptions say which pictures are saved, and how.
type SaveOptions struct {
	PictureOptions
	Path    string // .png or .exr; for several frames with a place for the number
	Folders bool   // make the folders that a Sequence's path lacks

	Sequence    bool
	Film        *film.Kind   // a Sequence is one file; nil: a picture of each frame
	Course      Course       // of a Sequence's camera
	First, Last cache.Number // frames of a Sequence
	Missing     Missing      // what numbers between them give that no frame has

	Numbers []cache.Number // of a Sequence, whatever else is said; between frames too, if the session interpolates
}

// What messages on saving are about: the actions, which fail and succeed alike.
var (
	aboutPicture  = session.About("save-picture")
	aboutSequence = session.About("save-sequence")
)

// Saver saves what a stage shows: one picture, or a sequence of them. They are drawn by
// the stage's goroutine, to which the Saver belongs, and written beside it.
type Saver struct {
	stage *Stage
	write func(path string, of *atomicfile.Sources, img *image.RGBA) error

	single  sync.WaitGroup // pictures beside sequences, on their way
	singles int

	series *series        // under way, if any
	report *export.Report // of the last
}

// NewSaver makes the saver of a stage.
func NewSaver(s *Stage) *Saver { return &Saver{stage: s, write: WritePNG} }

// Save begins to save. What it can tell at once is wrong it returns; else ended, unless
// it is nil, is called when all is written or why not, which the session has been told.
func (v *Saver) Save(opt SaveOptions, ended func(error)) error {
	if ended == nil {
		ended = func(error) {}
	}
	if opt.Sequence {
		return v.begin(opt, ended)
	}
	return v.one(opt, ended)
}

// Saving reports that a sequence is being saved.
func (v *Saver) Saving() bool { return v.series != nil }

// Report is what came of the sequence that was saved last; nil: there was none.
func (v *Saver) Report() *export.Report { return v.report }

// Writing reports that a picture is being written that is none of a sequence.
func (v *Saver) Writing() bool { return v.singles > 0 }

// Wait waits for the pictures that are being written, but for those of a sequence.
func (v *Saver) Wait() { v.single.Wait() }

// one draws a picture, which is written beside the loop.
func (v *Saver) one(opt SaveOptions, ended func(error)) error {
	if why := v.stage.Incomplete(); why != "" {
		return fmt.Errorf("%s: no picture was saved", why)
	}
	opt.Path = PictureName(opt.Path)
	kind, _ := export.PictureOf(opt.Path)
	plan, err := (&export.Order{
		Kind: kind, Pattern: export.Named(opt.Path), Inputs: []export.Input{{Name: "scene"}},
		Options: export.Options{Existing: export.Replace}, FolderExists: true,
	}).Plan()
	if err != nil {
		return err
	}
	sources := v.stage.sources(false)
	of := sync.OnceValue(func() *atomicfile.Sources { return atomicfile.From(sources) })
	drawn, err := v.draw(kind, opt.PictureOptions, v.stage.Target(), of)
	if err != nil {
		return err
	}
	v.singles++
	v.single.Add(1)
	go func() {
		defer v.single.Done()
		err := v.writeOne(plan, of, drawn)
		v.stage.opt.Post(func() {
			v.singles--
			s := v.stage.session
			s.Settle(aboutPicture)
			if err != nil {
				s.TellWith(aboutPicture, session.Error, err.Error(), v.again(opt))
			} else {
				s.TellWith(session.Subject{}, session.Info, "Picture saved: "+opt.Path, session.Remedy{Path: opt.Path})
			}
			ended(err)
			v.stage.opt.Wake()
		})
	}()
	return nil
}

// draw draws a picture of a kind, of some files.
func (v *Saver) draw(kind *export.Kind, opt PictureOptions, camera gfx.Camera, of func() *atomicfile.Sources) (export.Drawn, error) {
	if kind.Name == export.Layered().Name {
		l, err := v.stage.Layered(opt, camera)
		if err != nil {
			return export.Drawn{}, err
		}
		s := v.stage.session
		l.Rate = s.FPS() * s.Speed()
		return export.Drawn{Write: func(path string) error { return l.Write(path, of()) }, Drop: l.Release}, nil
	}
	img, err := v.stage.Picture(opt, camera)
	return export.Drawn{Image: img}, err
}

func (v *Saver) writeOne(plan *export.Plan, of func() *atomicfile.Sources, drawn export.Drawn) error {
	if err := plan.Prepare(); err != nil {
		if drawn.Drop != nil {
			drawn.Drop()
		}
		return err
	}
	loop := export.NewLoop()
	run := export.Start(context.Background(), plan, &export.Pictures{
		Fetch: func(_ context.Context, _ *export.Job, ready func(error)) { ready(nil) },
		Draw:  func(*export.Job) (export.Drawn, error) { return drawn, nil },
		Write: func(_ context.Context, path string, img *image.RGBA) error { return v.write(path, of(), img) },
	}, export.RunOptions{Post: loop.Post})
	loop.Until(run.Ended)
	return run.Report().Stopped()
}

// again is what can be done where pictures could not be saved.
func (v *Saver) again(opt SaveOptions) session.Remedy {
	return session.Remedy{Path: filepath.Dir(opt.Path), Retry: func() {
		if err := v.Save(opt, nil); err != nil {
			v.stage.session.TellWith(session.About(opt.action()), session.Error, err.Error(), v.again(opt))
		}
	}}
}

// action is that which saves so.
func (opt *SaveOptions) action() string {
	if opt.Sequence {
		return "save-sequence"
	}
	return "save-picture"
}

// sources are the files of what is shown, at the play head or at any time.
func (s *Stage) sources(all bool) (paths []string) {
	for _, l := range s.session.Layers() {
		if !l.Visible {
			continue
		}
		shown := s.session.Shown(l)
		for i := range l.Seq.Frames {
			if f := &l.Seq.Frames[i]; all || shown.Frame != nil && shown.Number == f.Number {
				paths = append(paths, f.Path())
			}
		}
	}
	return paths
}

// PictureName is the path with the ending that a picture needs.
func PictureName(path string) string {
	kind, ok := export.PictureOf(path)
	if ok {
		return path
	}
	return path + kind.Ext
}
