// Package exporting has what is open in a session exported: it knows what will be written before anything is,
// how far it is, and what came of it. The dialog shows that, and actions ask for it.
package exporting

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"iceexplorer/app/export"
	"iceexplorer/app/session"
	"iceexplorer/app/settings"
	"iceexplorer/cache"
	"iceexplorer/cache/unit"
	"iceexplorer/jobs"
	"iceexplorer/jobs/scratch"
)

// Pool is what is needed of a jobs.Pool.
type Pool interface {
	export.Queue
	Stats() jobs.Stats
}

// Options of a Desk.
type Options struct {
	Session *session.Session
	Pool    Pool
	Kinds   []*export.Kind
	Filter  func() string // of the spreadsheet, that is in force; "": none
	Post    func(func())  // has a function called on the loop
	Wake    func()        // has the window built anew
}

// Desk exports one order at a time. It belongs to the loop.
type Desk struct {
	opt     Options
	outlook outlook
	run     *run // the last one; nil: there was none
}

// New makes a desk.
func New(opt Options) *Desk { return &Desk{opt: opt} }

// Kinds are what frames can be exported as.
func (d *Desk) Kinds() []*export.Kind { return d.opt.Kinds }

// Filter is that of the spreadsheet, "" if none is in force.
func (d *Desk) Filter() string { return d.opt.Filter() }

// run is an order that is carried out.
type run struct {
	ask      settings.Export
	ctx      context.Context
	cancel   context.CancelFunc
	plan     *export.Plan
	export   *export.Run // nil: the disk is looked at
	report   *export.Report
	failed   error         // why nothing was begun
	failures []export.File // in the order of the files
	over     bool
	selected *scratch.Folder // for workers; nil: all points are written
	ended    func(error)
}

// about is what messages on exports are about.
var about = session.About("export")

var errBusy = errors.New("an export is under way already")

// Start begins to export. What it can tell at once is wrong it returns; else ended, unless it is nil, is called when
// all is written or why not, which the session has been told.
func (d *Desk) Start(ask settings.Export, ended func(error)) error {
	if d.Busy() {
		return errBusy
	}
	s := d.snap(ask)
	if ended == nil {
		ended = func(error) {}
	}
	r := &run{ask: ask, ended: ended}
	r.ctx, r.cancel = context.WithCancel(context.Background())
	d.run = r
	go func() {
		plan, folder, err := s.plan(r.ctx, d.opt.Pool)
		d.opt.Post(func() { d.begin(r, plan, folder, err) })
	}()
	d.opt.Wake()
	return nil
}

// plan makes all ready to begin. It takes its time.
func (s *snapshot) plan(ctx context.Context, q export.Queue) (plan *export.Plan, folder *scratch.Folder, err error) {
	o, err := s.order()
	if err != nil {
		return nil, nil, err
	}
	if s.ask.Points == settings.PointsSelected {
		if folder, err = scratch.TempFolder("selected"); err != nil {
			return nil, nil, err
		}
		if err := s.keep(o, folder.Path()); err != nil {
			return nil, folder, err
		}
	}
	if plan, err = o.Plan(); err != nil {
		return nil, folder, refused(err)
	}
	if len(plan.Jobs) == 0 {
		return nil, folder, errNoFrames
	}
	if err := plan.Seek(ctx, q); err != nil {
		return nil, folder, refused(err)
	}
	if ctx.Err() == nil {
		err = plan.Prepare()
	}
	return plan, folder, refused(err)
}

// begin begins the jobs.
func (d *Desk) begin(r *run, plan *export.Plan, folder *scratch.Folder, err error) {
	r.plan, r.selected = plan, folder
	if err == nil && d.run != r { // closed
		err = context.Canceled
	}
	if err != nil {
		r.failed = err
		d.end(r, nil)
		return
	}
	r.export = export.Start(r.ctx, plan, &export.Pool{Plan: plan, Pool: d.opt.Pool}, export.RunOptions{
		Width: 2 * max(len(d.opt.Pool.Stats().Workers), 1), Post: d.opt.Post,
		Stepped: d.opt.Wake,
		Told:    func(report *export.Report, _ int, _ *export.Job, _ *export.Outcome) { d.told(r, report) },
		Ended:   func(report *export.Report) { d.end(r, report) },
	})
}

// told notes what became of another file.
func (d *Desk) told(r *run, report *export.Report) {
	if f := report.Files[len(report.Files)-1]; f.Outcome == export.FileFailed {
		r.failures = append(r.failures, f)
	}
	d.opt.Wake()
}

// end tells what came of it.
func (d *Desk) end(r *run, report *export.Report) {
	r.over, r.report = true, report
	r.cancel()
	d.forget(r)
	if r.export != nil {
		go r.plan.Tidy()
	}
	s := d.opt.Session
	if d.run == r {
		err := r.shortfall()
		if err == nil {
			s.Settle(about)
		} else if !r.Canceled() {
			s.TellWith(about, session.Error, err.Error(), d.again(r))
		}
		if report != nil {
			s.TellWith(session.Subject{}, session.Info, report.Line(r.where()), session.Remedy{Path: r.where()})
			if lacks := report.Lacks(); len(lacks) > 0 {
				s.TellOf(about, session.Warning, strings.Join(lacks, "\n"))
			}
		}
		r.ended(err)
	}
	d.opt.Wake()
}

// again is what can be done about an export that failed.
func (d *Desk) again(r *run) session.Remedy {
	return session.Remedy{Path: string(r.ask.Folder), Retry: func() {
		if err := d.Start(r.ask, nil); err != nil {
			d.opt.Session.TellWith(about, session.Error, err.Error(), d.again(r))
		}
	}}
}

// forget removes what workers were handed.
func (d *Desk) forget(r *run) {
	folder := r.selected
	r.selected = nil
	if folder != nil {
		go func() { _ = folder.Remove() }() // what stays goes when the program starts again
	}
}

// Canceled reports that the run was canceled.
func (r *run) Canceled() bool { return r.report != nil && r.report.Canceled }

// where is the folder of the first file.
func (r *run) where() string { return folderOf(r.plan) }

// shortfall is why not all was written, for scripts; nil if all was.
func (r *run) shortfall() error {
	switch {
	case r.failed != nil:
		return r.failed
	case r.report.Stopped() != nil:
		return r.report.Stopped()
	case r.report.Canceled:
		return errors.New("the export was canceled: " + r.report.Text())
	case r.report.OK():
		return nil
	}
	if len(r.failures) == 1 {
		return errors.New(r.failures[0].Why)
	}
	return fmt.Errorf("%s were not written; the first: %s", unit.Plural(len(r.failures), r.plan.Kind.Noun), r.failures[0].Why)
}

// Busy reports that an export is under way.
func (d *Desk) Busy() bool { return d.run != nil && !d.run.over }

// Cancel ends the export; what is written stays.
func (d *Desk) Cancel() {
	switch r := d.run; {
	case !d.Busy():
	case r.export == nil:
		r.cancel()
	default:
		r.export.Cancel()
	}
}

// Close ends it, and tells nobody.
func (d *Desk) Close() {
	r := d.run
	d.run = nil
	if r != nil && !r.over {
		r.cancel()
		if r.selected != nil {
			_ = r.selected.Remove()
			r.selected = nil
		}
	}
}

// Progress is how far an export is, on while one is under way.
func (d *Desk) Progress() (part float64, text string, on bool) {
	switch {
	case !d.Busy():
		return 0, "", false
	case d.run.export == nil:
		return 0, "looking at the folder", true
	}
	p := d.run.export.Progress()
	return float64(p.Done) / float64(max(p.Total, 1)), fmt.Sprintf("exporting %s of %s", unit.Count(p.Done), unit.Plural(p.Total, "frame")), true
}

// State is what is shown of an export.
type State struct {
	Target   string // the folder that is written to
	Format   *export.Kind
	Progress export.Progress
	Failures []export.File // so far
	Begun    bool          // the disk is known to take it
	Over     bool
	Failed   error          // why nothing was begun
	Report   *export.Report // so far, nil if nothing was begun
}

// State is that of the last export; ok is false if there was none.
func (d *Desk) State() (s State, ok bool) {
	r := d.run
	if r == nil {
		return s, false
	}
	s.Over, s.Failed, s.Begun = r.over, r.failed, r.export != nil
	if r.plan != nil {
		s.Target, s.Format = r.where(), r.plan.Kind
	}
	if r.export != nil {
		s.Progress, s.Report = r.export.Progress(), r.export.Report()
		s.Failures = r.failures
	}
	return s, true
}

// Dismiss forgets an export that is over.
func (d *Desk) Dismiss() {
	if !d.Busy() {
		d.run = nil
	}
}

// snap is what an order is made of.
func (d *Desk) snap(ask settings.Export) *snapshot {
	ask.Clean()
	ss := d.opt.Session
	s := &snapshot{ask: ask, kinds: d.opt.Kinds, filter: d.opt.Filter()}
	s.first, s.last, _ = ss.Range()
	s.head, _ = ss.Number()
	layers := ss.Layers()
	if ask.Of == settings.OfActive {
		layers = slices.DeleteFunc(slices.Clone(layers), func(l *session.Layer) bool { return l != ss.Active() })
	}
	if ask.Of == settings.OfFolder {
		layers = nil
	}
	for _, l := range layers {
		q := sequence{seq: l.Seq}
		q.seq.Frames = slices.Clone(framesOf(l, s))
		q.ids, q.rows = l.Selection()
		q.title = l.Title()
		s.sequences = append(s.sequences, q)
		s.damaged += damaged(l)
		s.failed += l.Count(session.Failed)
	}
	if len(layers) > 0 && known(layers) {
		for _, l := range layers {
			s.attributes = append(s.attributes, l.Attributes()...)
		}
	}
	if l := ss.Active(); l != nil && len(layers) > 0 {
		s.sample = ss.Shown(l).Frame
		if s.sample == nil {
			s.sample = ss.Current(l)
		}
	}
	return s
}

// framesOf are a layer's frames of which those that were asked for are exported. Points in time are the session's, where
// the layer may lie elsewhere than its numbers say.
func framesOf(l *session.Layer, s *snapshot) []cache.FrameFile {
	switch s.ask.Range {
	case settings.RangeInOut:
		return l.Between(s.first, s.last)
	case settings.RangeFrame:
		if f := l.FrameAt(s.head); f != nil {
			return []cache.FrameFile{*f}
		}
		return nil
	}
	return l.Seq.Frames
}

// known reports that all is known of what attributes there are.
func known(layers []*session.Layer) bool {
	return !slices.ContainsFunc(layers, func(l *session.Layer) bool { return l.Measured()+l.Count(session.Failed) < len(l.Seq.Frames) })
}

// damaged is how many frames of a layer formats must not take that cannot say so.
func damaged(l *session.Layer) (n int) {
	if l.Count(session.Partial) == 0 {
		return 0
	}
	for i := range l.Seq.Frames {
		if d := l.Damage(l.Seq.Frames[i].Number); d != nil && !d.Foreign {
			n++
		}
	}
	return n
}
