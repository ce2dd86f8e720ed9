package cli

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"iceexplorer/app/disk"
	"iceexplorer/app/inspect/expr"
	"iceexplorer/app/look"
	"iceexplorer/app/reopen"
	"iceexplorer/app/session"
	"iceexplorer/app/sessionfile"
	"iceexplorer/app/stage"
	"iceexplorer/cache"
	"iceexplorer/cache/pathname"
	"iceexplorer/cache/unit"
	"iceexplorer/gfx"
	"iceexplorer/gfx/still"
)

// renderSession draws a session as the window would show it, but for what flags say.
func renderSession(ctx context.Context, f *flags, env Env) error {
	path := f.args[0]
	if len(f.args) > 1 {
		return usagef("a session is drawn alone, without other files and folders")
	}
	if f.isGiven("measure") {
		return usagef("--measure is for files and folders: what a session ranges over is as it says there, or --range")
	}
	file, err := sessionfile.Open(path)
	if err != nil {
		return err
	}
	p, err := parsePicture(f, file)
	if err != nil {
		return err
	}
	p.arg = path
	found, err := sequencesOf(file, path)
	if err != nil {
		return err
	}
	began := time.Now()
	sc := openScene(ctx, f, env, found)
	defer sc.close()
	opt, err := sc.setUp(f, p, file, found)
	if err != nil {
		return err
	}
	p.settleFilm(env)
	opt.W, opt.H = p.pic.W, p.pic.H
	if f.isSet("dry-run") {
		return p.tellPlan(env)
	}
	if err := p.missing(); err != nil {
		return err
	}
	studio, err := still.Open(gfx.Options{})
	if err != nil {
		return err
	}
	defer studio.Close()
	sc.stage.Attach(picturesOnly{studio.Renderer()})
	if !p.pic.Plain {
		addFonts(studio, env, sc.names())
	}
	if err := sc.measure(); err != nil {
		return err
	}
	if err := sc.paint(p, f); err != nil {
		return err
	}
	report, err := sc.save(opt)
	sc.tell()
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case report == nil:
		return err
	case err != nil && report.Written == 0:
		return errReported
	}
	if told := p.tellWritten(env, report, time.Since(began)); told != nil {
		return told
	}
	if f.isSet("stats") {
		writeStats(env.Stderr, sc.pool.Stats())
	}
	if err != nil {
		return errReported
	}
	return nil
}

// sequencesOf finds the sequences of a session. All must be there: nobody is asked where the
// others are.
func sequencesOf(f *sessionfile.File, path string) ([]sessionfile.Found, error) {
	abs, err := filepath.Abs(path)
	if err != nil {
		return nil, fmt.Errorf("open: %w: %s", pathname.Reason(err), path)
	}
	found, missing := sessionfile.Find(disk.System{}, abs, f.Sequences)
	switch {
	case len(missing) > 0:
		is := "are"
		if len(missing) == 1 {
			is = "is"
		}
		lost := pathname.Display(filepath.Join(string(missing[0].Was), string(missing[0].File)))
		return nil, fmt.Errorf("%d of %s %s not where the session says, such as %s; in the window File > Find missing sequences asks where they are: %s",
			len(missing), unit.Plural(len(f.Sequences), "sequence"), is, lost, path)
	case len(found) == 0:
		return nil, fmt.Errorf("no sequence is open in the session: %s", path)
	}
	return found, nil
}

// setUp has the scene be as the session and the flags say, and plans its pictures.
func (sc *openedScene) setUp(f *flags, p *picture, file *sessionfile.File, found []sessionfile.Found) (opt stage.SaveOptions, err error) {
	for _, fault := range reopen.Layers(sc.session, sc.desk, sc.session.Layers(), found) {
		sc.env.say("warning: %s", fault)
	}
	if err := sc.look(f, p); err != nil {
		return opt, err
	}
	reopen.Time(sc.session, file)
	if f.isGiven("fps") {
		sc.session.SetFPS(p.fps)
	}
	p.fps = sc.session.FPS()
	if sc.where = p.where; sc.where == nil {
		sc.spread.SetOnly(file.Rows.Only)
		if err := sc.spread.Filter(file.Rows.Filter); err != nil {
			sc.env.say("warning: filter: %s", err)
		}
	}
	sc.stage.SetSize(stage.Size{W: float64(p.pic.W), H: float64(p.pic.H), Pixels: 1, Scale: stage.TextScale(p.pic.W, p.pic.H)})
	sc.stage.SetZUp(p.view.Camera.ZUp)
	sc.stage.Put(p.view.Camera, !p.placed)

	opt = stage.SaveOptions{PictureOptions: p.pic, Path: f.text("output"), Sequence: true, Folders: true, Film: p.film, Course: p.course, Missing: p.absent}
	opt.First, opt.Last, _ = sc.session.Range()
	if p.frames != nil {
		if opt.Numbers, err = sc.numbers(p); err != nil {
			return opt, err
		}
	}
	p.files, err = stage.PlanSequence(sc.session, &opt)
	return opt, placeless(err, 2)
}

// look has the scene, and sequences with looks of their own, be drawn as flags say.
func (sc *openedScene) look(f *flags, p *picture) error {
	common := p.desk.Now()
	sc.desk.Prefer(float64(common.PointSize))
	if err := sc.desk.PutCommon(common); err != nil {
		return err
	}
	for _, l := range sc.session.Layers() {
		if !sc.desk.HasOwn(l.ID) {
			continue
		}
		of := &picture{desk: look.NewDesk(), session: true}
		own := sc.desk.Of(l.ID)
		if err := of.parseLook(f, &own); err != nil {
			return err
		}
		if err := sc.desk.PutOwn(l.ID, of.desk.Now()); err != nil {
			return err
		}
	}
	return nil
}

// numbers are those that --frames asks for.
func (sc *openedScene) numbers(p *picture) (all []cache.Number, err error) {
	s := sc.session
	frames := s.ShownTrack().Frames()
	if len(frames) == 0 {
		return nil, fmt.Errorf("no sequence of the session is shown: %s", p.arg)
	}
	first, last := frames[0], frames[len(frames)-1]
	slow := false // frames between whole numbers are asked for
	for _, span := range p.frames {
		there, err := stage.Pictured(s, span.First, span.Last, p.absent)
		if err != nil {
			return nil, usagef("--frames: %v", err)
		}
		for _, n := range there {
			if span.Contains(n) {
				all = append(all, n)
			}
		}
		between, err := partsOf(span)
		if err != nil {
			return nil, err
		}
		slow = slow || len(between) > 0
		for _, n := range between {
			if n >= first && n <= last && !slices.Contains(frames, n) {
				s.SetInterpolate(true)
				all = append(all, n)
			}
		}
	}
	slices.Sort(all)
	if all = slices.Compact(all); len(all) == 0 {
		return nil, fmt.Errorf("none of these frames exists, only %v to %v: %s", first, last, p.arg)
	}
	if p.film != nil && !slow {
		all = stage.EachPeriod(all)
	}
	return all, nil
}

// paint colours by what --color-by says, now that attributes are known.
func (sc *openedScene) paint(p *picture, f *flags) error {
	text := f.text("color-by")
	if text == "" || text == stage.OwnColor || text == stage.OneColor {
		return nil
	}
	attributes := sc.session.Attributes()
	by := func(d *look.Desk) { d.ColorByExpression(text) }
	if scalar, lacks := stage.ParseScalar(attributes, text); stage.IsOwn(attributes, text) {
		by = (*look.Desk).ColorByAttribute
	} else if lacks == nil {
		by = func(d *look.Desk) { d.ColorByScalar(scalar) }
	} else if e, err := expr.Parse(text); err != nil {
		return faulty("color-by", err)
	} else if e.Name() != "" {
		return fmt.Errorf("%w: %s", lacks, p.arg)
	}
	by(sc.desk)
	for _, l := range sc.session.Layers() {
		if sc.desk.HasOwn(l.ID) {
			sc.desk.Layer = func() int { return l.ID }
			by(sc.desk)
		}
	}
	sc.desk.Layer = nil
	return nil
}

// names are those in captions and legends.
func (sc *openedScene) names() string {
	var all strings.Builder
	for _, l := range sc.session.Layers() {
		all.WriteString(pathname.Display(l.Name()))
	}
	return all.String()
}

// tell says what went wrong.
func (sc *openedScene) tell() {
	if sc.fault != nil {
		sc.env.say("warning: --where cannot be asked of some frames, which show no points: %s", sc.fault)
	}
	for _, m := range sc.session.Messages() {
		switch {
		case m.Past:
		case m.Level == session.Error:
			sc.env.say("%s", m.Text)
		case m.Level == session.Warning:
			sc.env.say("warning: %s", m.Text)
		}
	}
}
