package stage

import (
	"context"
	"errors"
	"fmt"
	"image"
	"path/filepath"
	"slices"
	"strings"

	"iceexplorer/app/export"
	"iceexplorer/app/export/film"
	"iceexplorer/app/session"
	"iceexplorer/cache"
	"iceexplorer/cache/atomicfile"
	"iceexplorer/cache/unit"
	"iceexplorer/gfx"
)

// series is a sequence of pictures, one per frame of the window: the play head goes from
// frame to frame, and waits where one is not loaded yet.
type series struct {
	opt      SaveOptions
	camera   gfx.Camera
	at       gfx.Vec3 // where the point is that the camera follows
	plan     *export.Plan
	film     film.Film // nil: each picture is a file
	of       *atomicfile.Sources
	back     cache.Number // where the play head was
	gaps     session.Gaps // what was shown where frames are missing
	total    int
	run      *export.Run // nil: the disk is looked at
	canceled bool        // before there was a run
	known    bool        // all frames are measured: the colours' range and the bounds will stay
	wanted   *wanted     // nil: the picture before is being written
}

// wanted is the next picture of a series.
type wanted struct {
	ctx    context.Context
	number cache.Number
	ready  func(error)
}

func (v *Saver) begin(opt SaveOptions, ended func(error)) error {
	if v.Saving() {
		return errors.New("a sequence is being saved already")
	}
	s := v.stage.session
	plan, err := PlanSequence(s, &opt)
	if err != nil {
		return err
	}
	s.Stop()
	s.Resume()
	s.Hurry(true)
	head, _ := s.Position()
	if opt.Film != nil { // all its pictures are of one size, whatever becomes of the scene
		opt.W, opt.H = v.FilmSize(&opt)
	}
	r := &series{opt: opt, camera: v.stage.Target(), at: v.stage.chase.prey.at, plan: plan, back: head, gaps: s.Gaps(), total: len(plan.Jobs)}
	s.SetGaps(opt.Missing.gaps(r.gaps))
	v.series = r
	v.stage.opt.Wake()
	create := func() (film.Film, error) { return nil, nil }
	if opt.Film != nil {
		of := v.FilmOptions(&opt, r.total)
		create = func() (film.Film, error) {
			of.Of = r.of
			return opt.Film.Create(of)
		}
	}
	sources := v.stage.sources(true)
	go func() {
		r.of = atomicfile.From(sources)
		err := plan.Prepare()
		if err == nil {
			r.film, err = create()
		}
		v.stage.opt.Post(func() { v.start(r, plan, err, ended) })
	}()
	return nil
}

// FilmSize is how large the pictures of a film will be.
func (v *Saver) FilmSize(opt *SaveOptions) (w, h int) {
	if w, h = opt.W, opt.H; w <= 0 || h <= 0 {
		w, h = max(v.stage.w, 1), max(v.stage.h, 1)
	}
	return opt.Film.Size(w, h)
}

// FilmOptions are those of a film of so many pictures, which plays as the window does.
func (v *Saver) FilmOptions(opt *SaveOptions, pictures int) film.Options {
	w, h := v.FilmSize(opt)
	s := v.stage.session
	return film.Options{Path: opt.Path, W: w, H: h, Rate: s.FPS() * s.Speed(), Pictures: pictures, Transparent: opt.Transparent}
}

// start begins to draw, once the disk is known to take what is drawn.
func (v *Saver) start(r *series, plan *export.Plan, err error, ended func(error)) {
	if err != nil {
		v.end(r, export.NewReport(plan), err)
		ended(err)
		return
	}
	ctx, cancel := context.WithCancel(context.Background())
	if r.canceled {
		cancel()
	}
	pictures := &export.Pictures{
		Write: func(ctx context.Context, path string, img *image.RGBA) error {
			if r.film != nil {
				return r.film.Add(ctx, img)
			}
			return v.write(path, r.of, img)
		},
		Fetch: func(ctx context.Context, j *export.Job, ready func(error)) {
			r.wanted = &wanted{ctx, j.Number, ready}
			v.stage.opt.Wake()
		},
		Draw: func(j *export.Job) (export.Drawn, error) {
			st := v.state(j.Number)
			drawn, err := v.draw(plan.Kind, r.opt.PictureOptions, v.camera(r, j), func() *atomicfile.Sources { return r.of })
			if err != nil {
				v.stage.Fault(err)
			}
			drawn.Damaged = st == session.Partial
			return drawn, err
		},
	}
	run := export.RunOptions{Post: v.stage.opt.Post, Ended: func(report *export.Report) {
		cancel()
		v.end(r, report, report.Stopped())
		ended(shortfall(report))
	}}
	if r.film != nil {
		run.Finish = func(ctx context.Context, ok bool) error { return film.End(ctx, r.film, ok) }
	}
	r.run = export.Start(ctx, plan, pictures, run)
}

// camera is where a picture of a series is seen from.
func (v *Saver) camera(r *series, j *export.Job) gfx.Camera {
	c := r.camera
	if chase := &v.stage.chase; chase.found {
		c.Target = c.Target.Add(chase.prey.at.Sub(r.at))
	}
	return r.opt.Course.CameraOf(c, r.plan, j)
}

// Step gives the next picture what it needs, if that is there. It is called on each turn
// of the loop while the stage can draw.
func (v *Saver) Step() {
	r := v.series
	if r == nil || r.wanted == nil {
		return
	}
	w := r.wanted
	if there, err := v.fetch(r, w); there {
		r.wanted = nil
		w.ready(err)
	}
}

var errUnread = errors.New("the frame could not be read")

// fetch moves the play head to the frame wanted, and reports whether it can be drawn, or
// why it never will.
func (v *Saver) fetch(r *series, w *wanted) (there bool, err error) {
	s := v.stage.session
	switch {
	case w.ctx.Err() != nil:
		return true, w.ctx.Err()
	case v.gone(w.number):
		return true, export.Fatal{Err: errors.New("the sequence was closed")}
	case !v.surveyed(r):
		return false, nil
	}
	if head, _ := s.Position(); head != w.number || s.Playing() {
		s.Stop()
		s.Seek(w.number)
	}
	if !v.ready(w.number) {
		return false, nil
	}
	if v.state(w.number) == session.Failed {
		return true, errUnread
	}
	return v.stage.Prepare(), nil
}

// surveyed reports that all frames are measured, so that no picture has another scale
// than the one before.
func (v *Saver) surveyed(r *series) bool {
	if !r.known {
		done, failed, total := v.stage.session.Measured()
		r.known = done+failed == total
	}
	return r.known
}

// Due reports that Step has something to draw.
func (v *Saver) Due() bool {
	r := v.series
	return r != nil && r.wanted != nil && v.surveyed(r) && v.ready(r.wanted.number) && !v.stage.Preparing()
}

// Cancel ends a sequence; a picture that is being written is finished and counts.
func (v *Saver) Cancel() {
	r := v.series
	switch {
	case r == nil:
	case r.run == nil:
		r.canceled = true
	default:
		r.run.Cancel()
		v.Step()
	}
}

// end tells what was saved, or why no more was, and goes back to the frame looked at
// before.
func (v *Saver) end(r *series, report *export.Report, stopped error) {
	s := v.stage.session
	v.series, v.report = nil, report
	s.Hurry(false)
	s.SetGaps(r.gaps)
	s.Seek(r.back)
	if stopped == nil && !report.Canceled {
		s.Settle(aboutSequence) // as far as this one does not fail alike
	}
	s.TellWith(session.Subject{}, session.Info, report.Line(r.opt.Path), session.Remedy{Path: filepath.Dir(r.opt.Path)})
	// Why it is less than was asked for is what the status bar is left with.
	failed := slices.DeleteFunc(report.Of(export.FileFailed, false), func(f export.File) bool { return stopped != nil && f.Why == stopped.Error() })
	if len(failed) > 0 {
		s.TellWith(aboutSequence, session.Error, "frames that could not be read were not saved: "+list(failed), v.again(r.opt))
	}
	if damaged := report.Of(export.FileWritten, true); len(damaged) > 0 {
		s.TellOf(aboutSequence, session.Warning, "pictures of damaged files lack what could not be read, frames: "+list(damaged))
	}
	if stopped != nil {
		s.TellWith(aboutSequence, session.Error, stopped.Error(), v.again(r.opt))
	}
}

// shortfall is why not all pictures of a sequence were saved, nil if they were.
func shortfall(r *export.Report) error {
	saved := fmt.Sprintf("%d of %s saved", r.Written, unit.Plural(r.Total, "picture"))
	failed := r.Of(export.FileFailed, false)
	switch {
	case r.Stopped() != nil:
		return fmt.Errorf("%s: %w", saved, r.Stopped())
	case r.Canceled:
		return errors.New(saved + ": saving was canceled")
	case len(failed) > 0:
		return fmt.Errorf("%s: frames that could not be read: %s", saved, list(failed))
	}
	return nil
}

// list writes the first few frames of files.
func list(files []export.File) string {
	const most = 8
	var text []string
	for _, f := range files[:min(len(files), most)] {
		text = append(text, cache.Number(f.Frame).String())
	}
	if more := len(files) - most; more > 0 {
		text = append(text, fmt.Sprintf("and %d more", more))
	}
	return strings.Join(text, ", ")
}

// Count is how many pictures of a sequence are done, of how many.
func (v *Saver) Count() (done, of int) {
	r := v.series
	if r == nil || r.run == nil {
		return 0, 0
	}
	return r.run.Progress().Done, r.total
}

// Progress is how far a sequence is, for the status bar.
func (v *Saver) Progress() (part float64, text string, on bool) {
	r := v.series
	if r == nil {
		return 0, "", false
	}
	if done, _, total := v.stage.session.Measured(); !r.known && total > 0 {
		return float64(done) / float64(total), fmt.Sprintf("measuring %d of %d", done, total), true
	}
	done := 0
	if r.run != nil && r.run.Finishing() {
		return 1, "finishing the film", true
	}
	if r.run != nil {
		done = r.run.Progress().Done
	}
	return float64(done) / float64(r.total), fmt.Sprintf("saving %d of %d", min(done+1, r.total), r.total), true
}
