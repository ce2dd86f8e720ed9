package cli

import (
	"context"
	"fmt"
	"image"
	"os"
	"strings"

	"iceexplorer/app/export"
	"iceexplorer/app/export/film"
	"iceexplorer/app/reopen"
	"iceexplorer/app/sessionfile"
	"iceexplorer/app/stage"
	"iceexplorer/cache"
	"iceexplorer/cache/atomicfile"
	"iceexplorer/cache/unit"
	"iceexplorer/gfx"
)

// parseTarget finds out what is to be written: a film or pictures.
func (p *picture) parseTarget(f *flags) (err error) {
	out := f.text("output")
	if out == "" {
		return usagef("render needs a picture or a film to write: -o FILE.png")
	}
	if p.film, _ = film.Of(out); f.isGiven("film") {
		ok := false
		if p.film, ok = film.Find(f.text("film")); !ok {
			return usagef("--film %q: want %s", f.text("film"), film.Names())
		}
	}
	if p.film != nil {
		p.out = export.Named(out)
		if err := p.film.Check(out); err != nil {
			return usagef("-o %v", err)
		}
		return nil
	}
	if _, known := export.PictureOf(out); !known {
		return usagef("-o %q: want a name that ends in .png or .exr or, of a film, in .gif, .apng, .mp4 or .mov", out)
	}
	if p.out, p.image, err = export.ParsePictures(out); err != nil {
		return usagef("-o %v", err)
	}
	return nil
}

// kind is what pictures are written as.
func (p *picture) kind() *export.Kind {
	if p.film != nil {
		return p.film.Kind
	}
	return p.image
}

// parseCourse finds out how the camera moves.
func (p *picture) parseCourse(f *flags) (err error) {
	if f.isSet("turntable") {
		p.course.Degrees = stage.FullTurn
	}
	if s := f.text("camera"); s != "" {
		if p.course, err = stage.ParseCourse(s, p.cameras); err != nil {
			if len(p.cameras) == 0 && strings.HasPrefix(s, "bookmarks") {
				return usagef("--camera %s goes through the cameras of a session: add --view FILE%s", s, sessionfile.Ending)
			}
			return usagef("--camera %v", err)
		}
	}
	p.course.Straight = f.isSet("straight")
	return nil
}

// setView takes the camera of a session, and those that it remembers.
func (p *picture) setView(path string) error {
	s, err := sessionfile.Open(path)
	if err != nil {
		return err
	}
	p.see(s, true)
	return nil
}

// see has pictures seen as in a session, by its camera too, and the camera pass those that the
// session remembers.
func (p *picture) see(s *sessionfile.File, camera bool) {
	p.cameras = s.Cameras
	zUp := p.view.Camera.ZUp || s.ZUp
	if p.view.Camera.ZUp = zUp; camera && s.Camera != nil {
		p.view.Camera, p.placed = reopen.Camera(s.Camera, zUp), true
	}
}

// filmOptions are those of the film of all pictures.
func (p *picture) filmOptions() film.Options {
	return film.Options{
		Path: p.files.Jobs[0].Target, W: p.pic.W, H: p.pic.H, Rate: p.fps,
		Pictures: len(p.files.Jobs), Transparent: p.pic.Transparent,
	}
}

// settleFilm has the pictures drawn as large as the film needs them, and says what it cannot
// be.
func (p *picture) settleFilm(env Env) {
	if p.film == nil {
		return
	}
	of := p.filmOptions()
	for _, note := range p.film.Notes(&of) {
		env.say("note: %s", note)
	}
	p.pic.W, p.pic.H = p.film.Size(p.pic.W, p.pic.H)
}

// missing is the error that the film cannot be made here.
func (p *picture) missing() error {
	if p.film != nil {
		if why := p.film.Missing(); why != "" {
			return fmt.Errorf("%s", why)
		}
	}
	return nil
}

// tellPlan prints what would be done.
func (p *picture) tellPlan(env Env) error {
	jobs := p.files.Jobs
	where := p.out.String()
	if p.film != nil || len(jobs) == 1 {
		where = jobs[0].Target
	}
	if _, err := os.Lstat(jobs[0].Target); err == nil {
		where += " (exists, would be replaced)"
	}
	frames := jobs[0].Number.String()
	if len(jobs) > 1 {
		frames += " to " + jobs[len(jobs)-1].Number.String()
	}
	text := fmt.Sprintf("would draw %s of %dx%d, frames %s: %s\n", unit.Plural(len(jobs), "picture"), p.pic.W, p.pic.H, frames, where)
	if p.film != nil {
		of := p.filmOptions()
		if command := p.film.CommandText(&of); command != "" {
			text += command + "\n"
		}
	}
	if err := env.print("%s", text); err != nil {
		return err
	}
	return p.missing()
}

// sources are the files of all that is drawn.
func (p *picture) sources() *atomicfile.Sources {
	var paths []string
	for i := range p.files.Jobs {
		for k := range p.files.Jobs[i].Inputs {
			paths = append(paths, p.files.Jobs[i].Inputs[k].Path())
		}
	}
	return atomicfile.From(paths)
}

// sink is where pictures go: each to a file, or all to a film.
type sink struct {
	write  func(ctx context.Context, path string, img *image.RGBA) error
	finish func(ctx context.Context, ok bool) error // nil: there is nothing to finish
}

func (p *picture) open() (sink, error) {
	p.of = p.sources()
	if p.film == nil {
		return sink{write: func(_ context.Context, path string, img *image.RGBA) error { return stage.WritePNG(path, p.of, img) }}, nil
	}
	opt := p.filmOptions()
	opt.Of = p.of
	f, err := p.film.Create(opt)
	if err != nil {
		return sink{}, err
	}
	return sink{
		write:  func(ctx context.Context, _ string, img *image.RGBA) error { return f.Add(ctx, img) },
		finish: func(ctx context.Context, ok bool) error { return film.End(ctx, f, ok) },
	}, nil
}

// cameraOf is where a picture is seen from.
func (p *picture) cameraOf(number cache.Number) gfx.Camera {
	return p.course.CameraOf(p.view.Camera, p.files, &export.Job{Number: number})
}
