package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"iceexplorer/app/export"
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
	number cache.Number
	parts  []part
	err    error // why it cannot be drawn
}

// part is a sequence's share in a shot.
type part struct {
	in    input
	layer uint64
	seq   *sequence
	frame *cache.Frame // while it is kept
	reach *stage.Reach // nil: not loaded
	key   uint64
	own   cache.Number // of its file
	held  bool         // its file is one before the number, which the sequence lacks

	next      *input       // what lies behind a number between frames; nil: it is a frame's
	apart     cache.Number // how far behind its own
	nextFrame *cache.Frame
	from      *cache.Frame // that frame was made of
}

// plan finds the frames to draw, in ascending order.
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
	var shots []*shot
	key := uint64(0)
	begin := func(number cache.Number) *shot {
		sh := byNumber[number]
		if sh == nil {
			sh = &shot{number: number}
			byNumber[number] = sh
			shots = append(shots, sh)
		}
		return sh
	}
	add := func(number cache.Number, pt part) {
		sh := begin(number)
		key++
		pt.key = key
		sh.parts = append(sh.parts, pt)
	}
	for i, s := range p.seqs {
		for _, f := range s.Frames {
			if p.wants(f.Number) {
				add(f.Number, part{in: p.inputOf(f), layer: uint64(i + 1), seq: s, own: f.Number})
			}
		}
	}
	if err := cmp.Or(p.betweens(add), p.gaps(begin, add)); err != nil {
		return nil, err
	}
	slices.SortFunc(shots, func(a, b *shot) int { return cmp.Compare(a.number, b.number) })
	if len(shots) == 0 {
		var have []string
		for _, s := range p.seqs {
			have = append(have, s.Summary())
		}
		return nil, fmt.Errorf("none of these frames exists, only %s: %s", strings.Join(have, "; "), strings.Join(args, " "))
	}
	p.all = p.measure == "all" || p.measure == "" && len(shots) > 1
	order := export.Order{Kind: p.kind(), Pattern: p.out, Options: export.Options{Existing: export.Replace}}
	for _, s := range shots {
		order.Inputs = append(order.Inputs, s.inputs()...)
	}
	p.files, err = order.Plan()
	return shots, placeless(err, len(shots))
}

// placeless says what several frames need whose names have no place for the number.
func placeless(err error, frames int) error {
	if errors.Is(err, export.ErrNoPlace) {
		return usagef("%s need a place for the number in the name, such as -o frame_%%04d.png, or become a film: -o film.mp4", unit.Plural(uint64(frames), "frame"))
	}
	return err
}

// inputOf is a frame's file as messages name it.
func (p *picture) inputOf(f cache.FrameFile) input {
	return input{Name: shown(p.arg, f.Path()), Source: f.Source, Converted: f.Converted, Number: f.Number}
}

// drawing is a run of render.
type drawing struct {
	*picture
	env      Env
	pool     *jobs.Pool
	at       []spot // every part of every shot, in order
	line     *progress
	idle     idle
	kept     uint64 // bytes of scratch memory held by frames
	maps     int    // mapped frames held
	byNumber map[cache.Number]*shot
	loop     *export.Loop

	whereOK    bool  // the filter can be asked of a frame
	whereFault error // of the first frame of which it cannot
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
	if !p.pic.Plain {
		addFonts(studio, env, namesIn(shots))
	}
	d := &drawing{picture: p, env: env, byNumber: map[cache.Number]*shot{}, loop: export.NewLoop()}
	for _, s := range shots {
		d.byNumber[s.number] = s
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
	report, err := d.shoot(ctx, studio)
	switch {
	case err != nil:
		return err
	case ctx.Err() != nil:
		return ctx.Err()
	case report.Stopped() != nil:
		return report.Stopped()
	}
	if err := p.tellWritten(env, report, time.Since(start)); err != nil {
		return err
	}
	if f.isSet("stats") {
		writeStats(env.Stderr, d.pool.Stats())
	}
	if !report.OK() {
		return errReported
	}
	return nil
}

// tellWritten prints what there is now.
func (p *picture) tellWritten(env Env, r *export.Report, took time.Duration) error {
	return env.print("%s of %dx%d in %s: %s\n", unit.Plural(r.Written, p.files.Kind.Noun), p.pic.W, p.pic.H, unit.Duration(took), p.written(r))
}

// written names the pictures: the only one, else the pattern.
func (p *picture) written(r *export.Report) string {
	files := r.Of(export.FileWritten, false)
	switch {
	case p.out.Numbered() && len(files) > 1:
		return p.out.String()
	case len(files) > 0:
		return files[0].To
	}
	return "none"
}

// each loads the parts that are not kept and hands every part over in order. The
// next ones are loaded meanwhile.
func (d *drawing) each(ctx context.Context, do func(i int, s spot, r *jobs.Result)) {
	wide := max(len(d.pool.Stats().Workers), 1) + 1
	d.line = newProgress(d.env.Stderr, len(d.at))
	forEach(ctx, d.pool, len(d.at), wide, func(i int) *jobs.Request {
		s := d.at[i]
		if s.part.frame != nil || s.shot.err != nil {
			return nil
		}
		return &jobs.Request{Task: jobs.Load, Source: s.part.in.Source, Converted: s.part.in.Converted}
	}, func(i int, r *jobs.Result) {
		s := d.at[i]
		switch {
		case r == nil:
		case r.Err == nil:
			s.part.frame = r.Frame
		case ctx.Err() != nil && jobs.CodeOf(r.Err) == jobs.CodeCanceled:
			return
		default:
			d.fail(s, &s.part.in, r.Err)
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

func (d *drawing) drop() {
	for _, s := range d.at {
		s.part.close()
	}
}

// warn says what is wrong with a part, or why none of its points will be seen.
func (d *drawing) warn(s spot, r *jobs.Result) {
	if s.part.held {
		return // its own number tells
	}
	trouble := stage.Trouble(s.part.seq.Name, s.shot.number, s.part.frame)
	if len(trouble) > 0 || len(r.Index.Warnings) > 0 {
		d.line.clear()
	}
	warn(d.env.Stderr, &s.part.in, r.Index.Notes())
	if r.Bypassed != nil {
		warnBypassed(d.env.Stderr, s.part.in.Explain(r.Bypassed))
	}
	if len(trouble) > 0 && r.Index.Damage == nil {
		d.env.say("warning: no point can be drawn, %s: %s", trouble[len(trouble)-1], s.part.in.Name)
	}
}

// shown is a part as the stage draws it.
func (p *part) shown(s *shot) stage.Part {
	return stage.Part{Name: pathname.Display(p.seq.Name), Numbered: p.seq.Numbered, Layer: p.layer, Number: s.number, Frame: p.frame, Key: p.key}
}

// namesIn are the names in captions.
func namesIn(shots []*shot) string {
	var names strings.Builder
	for _, s := range shots {
		for i := range s.parts {
			names.WriteString(pathname.Display(s.parts[i].seq.Name))
		}
	}
	return names.String()
}

// addFonts gives the studio fonts for names in captions that its own font cannot show.
func addFonts(studio *still.Studio, env Env, names string) {
	finder, err := fallback.New(assets.FontText, fallback.CacheDir())
	if err != nil {
		env.complain(err)
		return
	}
	fonts, missing, err := finder.Find(names)
	for _, f := range fonts {
		err = errors.Join(err, studio.Renderer().AddFont(f.Data, f.Index))
	}
	if len(missing) > 0 {
		err = errors.Join(err, errors.New(fallback.Missing(missing)))
	}
	env.complain(err)
}
