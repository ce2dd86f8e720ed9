package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"image"
	"io"
	"slices"
	"strings"
	"time"

	"iceexplorer/app/fallback"
	"iceexplorer/app/inspect"
	"iceexplorer/app/stage"
	"iceexplorer/assets"
	"iceexplorer/cache"
	"iceexplorer/cache/pathname"
	"iceexplorer/cache/unit"
	"iceexplorer/gfx"
	"iceexplorer/gfx/still"
	"iceexplorer/jobs"
)

// shot is one picture: a frame number of one or more sequences.
type shot struct {
	number   cache.Number
	numbered bool
	parts    []part
	failed   bool
	warnings []string // lines on what its frames lack
}

// part is a sequence's share in a shot.
type part struct {
	in    input
	layer uint64
	seq   *sequence
	frame *cache.Frame // while it is kept
	reach *stage.Reach // nil: not loaded
	key   uint64
}

// plan finds the frames to draw, by rising number.
func (p *picture) plan(args []string, w io.Writer) ([]*shot, error) {
	found, err := cache.Discover(args...)
	if err != nil {
		var all []error
		for _, e := range split(err) {
			all = append(all, asWritten(e, args...))
		}
		return nil, errors.Join(all...)
	}
	p.arg = args[0]
	printNotes(w, args[0], found.Notes)
	for _, s := range found.Sequences {
		p.seqs = append(p.seqs, &sequence{Sequence: s, in: shown(args[0], s.Dir), survey: inspect.NewSurvey(), failed: map[cache.Number]bool{}})
	}
	byNumber := map[cache.Number]*shot{}
	var numbers []cache.Number
	var shots []*shot
	key := uint64(0)
	for i, s := range p.seqs {
		for _, f := range s.Frames {
			if !p.wants(f.Number) {
				continue
			}
			sh := byNumber[f.Number]
			if sh == nil {
				sh = &shot{number: f.Number}
				byNumber[f.Number] = sh
				shots = append(shots, sh)
				numbers = append(numbers, f.Number)
			}
			key++
			sh.parts = append(sh.parts, part{in: p.inputOf(f), layer: uint64(i + 1), seq: s, key: key})
			sh.numbered = sh.numbered || s.Numbered
		}
	}
	slices.SortFunc(shots, func(a, b *shot) int { return cmp.Compare(a.number, b.number) })
	p.out = p.out.For(numbers)
	if len(shots) == 0 {
		var have []string
		for _, s := range p.seqs {
			have = append(have, s.Summary())
		}
		return nil, fmt.Errorf("none of these frames is there, only %s: %s", strings.Join(have, "; "), strings.Join(args, " "))
	}
	p.all = p.measure == "all" || p.measure == "" && len(shots) > 1
	if len(shots) > 1 && !p.out.Numbered() {
		return nil, usagef("%s need a place for the number in the name, such as -o frame_%%04d.png", unit.Plural(uint64(len(shots)), "frame"))
	}
	return shots, nil
}

// inputOf is a frame's file as messages name it.
func (p *picture) inputOf(f cache.FrameFile) input {
	return input{name: shown(p.arg, f.Path()), source: f.Source, converted: f.Converted}
}

// drawing is a run of render on its way.
type drawing struct {
	*picture
	env    Env
	pool   *jobs.Pool
	shots  []*shot
	at     []spot // every part of every shot, in order
	line   *progress
	kept   uint64 // bytes of scratch memory held by frames
	maps   int    // mapped frames held
	failed int

	writes *writer
}

// spot is a part of a shot.
type spot struct {
	shot *shot
	part *part
}

func (p *picture) draw(ctx context.Context, f *flags, env Env, shots []*shot) error {
	studio, err := still.Open(gfx.Options{})
	if err != nil {
		return err
	}
	defer studio.Close()
	if !p.plain {
		addFonts(studio, env, shots)
	}
	d := &drawing{picture: p, env: env, shots: shots, writes: newWriter()}
	defer d.writes.wait()
	for _, s := range shots {
		for i := range s.parts {
			d.at = append(d.at, spot{s, &s.parts[i]})
		}
	}
	start := time.Now()
	d.pool = newPool(f, env, len(d.at))
	defer d.pool.Close()
	defer d.drop()
	if err := d.look(ctx); err != nil || ctx.Err() != nil {
		return err
	}
	d.frameCamera()
	done, err := d.shoot(ctx, studio)
	if err != nil || ctx.Err() != nil {
		return err
	}
	if err := env.print("%s of %dx%d in %s: %s\n", unit.Plural(uint64(done), "picture"), p.w, p.h, unit.Duration(time.Since(start)), d.written(done)); err != nil {
		return err
	}
	if f.isSet("stats") {
		writeStats(env.Stderr, d.pool.Stats())
	}
	if d.failed > 0 {
		return errReported
	}
	return nil
}

// written names the pictures: the only one, else the pattern.
func (d *drawing) written(n int) string {
	if d.out.Numbered() && n > 1 {
		return d.out.String()
	}
	for _, s := range d.shots {
		if !s.failed {
			return d.out.Of(s.number)
		}
	}
	return "none"
}

func (d *drawing) fail(s *shot, text string) {
	s.failed = true
	d.failed++
	d.line.clear()
	d.env.say("%s", text)
}

// each loads the parts that are not kept and hands every part over in order. The
// next ones are loaded meanwhile.
func (d *drawing) each(ctx context.Context, do func(i int, s spot, r *jobs.Result)) {
	wide := max(len(d.pool.Stats().Workers), 1) + 1
	d.line = newProgress(d.env.Stderr, len(d.at))
	forEach(ctx, d.pool, len(d.at), wide, func(i int) *jobs.Request {
		s := d.at[i]
		if s.part.frame != nil || s.shot.failed {
			return nil
		}
		return &jobs.Request{Task: jobs.Load, Source: s.part.in.source, Converted: s.part.in.converted}
	}, func(i int, r *jobs.Result) {
		s := d.at[i]
		switch {
		case r == nil:
		case r.Err == nil:
			s.part.frame = r.Frame
		case ctx.Err() != nil && jobs.CodeOf(r.Err) == jobs.CodeCanceled:
			return
		default:
			s.part.seq.failed[s.shot.number] = true
			d.fail(s.shot, s.part.in.explain(r.Err))
		}
		do(i, s, r)
		d.line.draw(i+1, 0)
	})
	d.line.clear()
}

// maxMaps bounds the mappings held, of which a process may have some 65,000.
const maxMaps = 4096

// keep reports whether a frame just loaded may stay for the second round: what fits
// into half the scratch memory does.
func (d *drawing) keep(r *jobs.Result) bool {
	if r.Mapped {
		d.maps++
		return d.maps <= maxMaps
	}
	if d.kept+r.Bytes > d.pool.Stats().ScratchBudget/2 {
		return false
	}
	d.kept += r.Bytes
	return true
}

func (p *part) close() {
	if p.frame != nil {
		p.frame.Close()
		p.frame = nil
	}
}

func (d *drawing) drop() {
	for _, s := range d.at {
		s.part.close()
	}
}

// warn tells what is wrong with a part, or why none of its points will be seen.
func (d *drawing) warn(s spot, r *jobs.Result) {
	trouble := stage.Trouble(s.part.seq.Name, s.shot.number, s.part.frame)
	s.shot.warnings = append(s.shot.warnings, trouble...)
	if len(trouble) > 0 || len(r.Index.Warnings) > 0 {
		d.line.clear()
	}
	s.part.in.warn(d.env.Stderr, r.Index)
	s.part.in.warnBypassed(d.env.Stderr, r)
	if len(trouble) > 0 && r.Index.Damage == nil {
		d.env.say("warning: no point can be drawn, %s: %s", trouble[len(trouble)-1], s.part.in.name)
	}
}

// shoot draws the pictures and counts them.
func (d *drawing) shoot(ctx context.Context, studio *still.Studio) (done int, err error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	var clouds []gfx.Cloud
	var names []string
	d.each(ctx, func(i int, s spot, _ *jobs.Result) {
		if s.part.frame != nil && !s.shot.failed && err == nil {
			clouds = append(clouds, stage.Cloud(s.part.frame, s.part.layer, s.part.key, &d.opts, d.scale(s.shot)))
			names = append(names, pathname.Display(s.part.seq.Name))
		}
		if i+1 < len(d.at) && d.at[i+1].shot == s.shot {
			return
		}
		defer func() {
			clouds, names = nil, nil
			for k := range s.shot.parts {
				s.shot.parts[k].close()
			}
		}()
		if s.shot.failed || err != nil {
			return
		}
		stage.NameLegends(clouds, names)
		stage.Apply(&d.opts, &d.view, clouds)
		if !d.plain {
			d.view.Texts = s.shot.caption(clouds)
		}
		img, drawErr := studio.Render(&d.view, clouds, d.w, d.h)
		if drawErr != nil {
			d.fail(s.shot, fmt.Sprintf("%v: %s", drawErr, s.part.in.name))
			return
		}
		if err = d.writes.put(d.out.Of(s.shot.number), img); err != nil {
			cancel()
			return
		}
		done++
	})
	if last := d.writes.wait(); err == nil {
		err = last
	}
	return done, err
}

func (s *shot) caption(clouds []gfx.Cloud) []gfx.Text {
	var names []string
	points := 0
	for i := range s.parts {
		names = append(names, pathname.Display(s.parts[i].seq.Name))
	}
	for i := range clouds {
		points += clouds[i].N
	}
	texts := stage.Caption(names, s.number, s.numbered, points)
	if len(s.warnings) > 0 {
		texts = append(texts, stage.Warning(s.warnings))
	}
	return texts
}

// writer encodes and writes pictures, one at a time, while the next one is drawn.
// After an error nothing more is written.
type writer struct {
	busy chan error // holds the last outcome unless a picture is being written
	err  error
}

func newWriter() *writer {
	w := &writer{busy: make(chan error, 1)}
	w.busy <- nil
	return w
}

// put begins to write a picture once the one before is written, and returns what
// came of that.
func (w *writer) put(path string, img *image.RGBA) error {
	if err := w.wait(); err != nil {
		return err
	}
	<-w.busy
	go func() { w.busy <- stage.WritePNG(path, img) }()
	return nil
}

// wait returns the first error so far, when all is written.
func (w *writer) wait() error {
	if err := <-w.busy; err != nil && w.err == nil {
		w.err = err
	}
	w.busy <- nil
	return w.err
}

// addFonts gives the studio what the names in captions need and its own font lacks.
func addFonts(studio *still.Studio, env Env, shots []*shot) {
	var names strings.Builder
	for _, s := range shots {
		for i := range s.parts {
			names.WriteString(pathname.Display(s.parts[i].seq.Name))
		}
	}
	finder, err := fallback.New(assets.FontText, fallback.CacheDir())
	if err != nil {
		env.complain(err)
		return
	}
	fonts, missing, err := finder.Find(names.String())
	for _, f := range fonts {
		err = errors.Join(err, studio.Renderer().AddFont(f.Data, f.Index))
	}
	if len(missing) > 0 {
		err = errors.Join(err, errors.New(fallback.Missing(missing)))
	}
	env.complain(err)
}
