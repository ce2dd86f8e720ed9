package exporting

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"iceexplorer/app/export"
	"iceexplorer/app/inspect"
	"iceexplorer/app/session"
	"iceexplorer/app/settings"
	"iceexplorer/cache"
	"iceexplorer/cache/export/formats"
	"iceexplorer/cache/pathname"
	"iceexplorer/jobs"
)

// workers are a pool whose jobs end when the test says so.
type workers struct {
	mu       sync.Mutex
	asked    []jobs.Request
	canceled []jobs.ID
}

func (w *workers) Submit(r jobs.Request) jobs.ID {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.asked = append(w.asked, r)
	return jobs.ID(len(w.asked))
}

func (w *workers) Cancel(id jobs.ID) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.canceled = append(w.canceled, id)
}

func (*workers) CancelLayer(int)                      {}
func (*workers) Reprioritise(func(*jobs.Request) int) {}
func (*workers) Forgive(string)                       {}
func (*workers) Retry()                               {}
func (*workers) Stats() jobs.Stats                    { return jobs.Stats{Workers: make([]jobs.WorkerStats, 1)} }

// end ends the i-th job.
func (w *workers) end(i int, err error) {
	w.mu.Lock()
	r := w.asked[i]
	w.mu.Unlock()
	r.Done(jobs.Result{ID: jobs.ID(i + 1), Request: r, Err: err, Written: err == nil, Index: &cache.Index{}, Bytes: 10})
}

// rig is a desk with a loop that the test turns.
type rig struct {
	desk    *Desk
	session *session.Session
	workers *workers
	posts   chan func()
	from    string
	to      string
}

// newRig has a folder of n frames, which are not open.
func newRig(t *testing.T, n int) *rig {
	t.Helper()
	r := &rig{workers: &workers{}, posts: make(chan func(), 100), from: t.TempDir(), to: filepath.Join(t.TempDir(), "new")}
	for i := range n {
		if err := os.WriteFile(filepath.Join(r.from, "a_"+string(rune('1'+i))+".icecache"), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	post := func(f func()) { r.posts <- f }
	r.session = session.New(r.workers, post, session.Options{})
	r.desk = New(Options{Session: r.session, Pool: r.workers, Kinds: export.Caches(formats.All()), Filter: func() string { return "" }, Post: post, Wake: func() {}})
	return r
}

// ask is for all frames of the folder.
func (r *rig) ask() settings.Export {
	return settings.Export{Format: "csv", Of: settings.OfFolder, Source: pathname.Text(r.from), Folder: pathname.Text(r.to)}
}

// until turns the loop.
func (r *rig) until(t *testing.T, what string, ok func() bool) {
	t.Helper()
	for !ok() {
		select {
		case f := <-r.posts:
			f()
		case <-t.Context().Done():
			t.Fatalf("no %s", what)
		}
	}
}

// told are the messages that hold.
func (r *rig) told(level session.Level) (texts []string) {
	for _, m := range r.session.Messages() {
		if m.Level == level && !m.Past {
			texts = append(texts, m.Text)
		}
	}
	return texts
}

// An answer that takes its time does not keep the loop waiting, and one to what was asked before does not count.
func TestTheOutlookIsFoundBesideTheLoop(t *testing.T) {
	t.Parallel()
	r := newRig(t, 3)
	first, second := r.ask(), r.ask()
	second.Frames, second.Range = "2", settings.RangeFrames
	if o, known := r.desk.Outlook(first); known || o.Files != 0 {
		t.Fatalf("known at once: %+v", o)
	}
	answer := <-r.posts // is there, and waits for its turn
	if _, known := r.desk.Outlook(second); known {
		t.Fatal("known before it was looked")
	}
	answer()
	if o, known := r.desk.Outlook(second); known || o.Files != 0 {
		t.Fatalf("the answer to another question: %+v", o)
	}
	r.until(t, "outlook", func() bool { _, known := r.desk.Outlook(second); return known })
	if o, _ := r.desk.Outlook(second); o.Err != nil || o.Files != 1 || o.First != filepath.Join(r.to, "a_2.csv") || !o.Looked || o.Exist != 0 {
		t.Errorf("%+v", o)
	}
	if _, err := os.Stat(r.to); err == nil {
		t.Error("the folder was made by a look")
	}
	// What is found stays until it is asked for anew.
	if err := os.MkdirAll(r.to, 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(r.to, "a_2.csv"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if o, known := r.desk.Outlook(second); !known || o.Exist != 0 {
		t.Errorf("%+v", o)
	}
	r.desk.Look()
	if o, known := r.desk.Outlook(second); known || o.Files != 1 {
		t.Errorf("what was found before is not shown meanwhile: %+v", o)
	}
	r.until(t, "another outlook", func() bool { o, known := r.desk.Outlook(second); return known && o.Exist == 1 })
}

func TestTheOutlookSaysWhyNothingCanBeWritten(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		change func(*settings.Export)
		want   string
	}{
		{func(e *settings.Export) { e.Format = "abc" }, `format "abc": want sih5, `},
		{func(e *settings.Export) { e.Of = settings.OfActive }, "nothing is open: open caches, or choose a folder of them"},
		{func(e *settings.Export) { e.Source = "" }, "choose the folder of caches that is exported"},
		{func(e *settings.Export) { e.Source += "/missing" }, "no such file or folder"},
		{func(e *settings.Export) { e.Points = settings.PointsFilter }, "no filter is in force: "},
		{func(e *settings.Export) { e.Points = settings.PointsSelected }, "no points of what is exported are selected"},
		{func(e *settings.Export) { e.Range, e.Frames = settings.RangeFrames, "5-" }, `frames "5-": want frames such as `},
		{func(e *settings.Export) { e.Range, e.Frames = settings.RangeFrames, "9" }, "none of these frames is there"},
		{func(e *settings.Export) { e.Where = "Age >" }, "column "},
		{func(e *settings.Export) { e.Scale = "0" }, `the scale "0": want a number above 0`},
		{func(e *settings.Export) { e.FPS = "x" }, `the rate "x": want `},
		{func(e *settings.Export) { e.Offset = "x" }, `the offset "x": want `},
		{func(e *settings.Export) { e.Kinds = "Rest" }, `"Rest": want an attribute and what it means`},
		{func(e *settings.Export) { e.Name = "{x}" }, "{x} is not known"},
		{func(e *settings.Export) { e.Format, e.Folder = "icecache", "" }, "choose a folder to write to: "},
	} {
		r := newRig(t, 2)
		ask := r.ask()
		c.change(&ask)
		r.until(t, "outlook", func() bool { _, known := r.desk.Outlook(ask); return known })
		if o, _ := r.desk.Outlook(ask); o.Err == nil || !strings.Contains(o.Err.Error(), c.want) || o.Files != 0 {
			t.Errorf("%+v, want %s", o, c.want)
		}
		// And it is not begun either.
		var got error
		if err := r.desk.Start(ask, func(err error) { got = err }); err != nil {
			t.Fatal(err)
		}
		r.until(t, "end", func() bool { return got != nil })
		if st, ok := r.desk.State(); !ok || !st.Over || st.Begun || st.Failed == nil || !strings.Contains(got.Error(), c.want) || len(r.workers.asked) > 0 {
			t.Errorf("%+v, %v, want %s", st, got, c.want)
		}
	}
}

func TestAnExportTellsHowFarItIsAndWhatFailed(t *testing.T) {
	t.Parallel()
	r := newRig(t, 3)
	var ended []error
	if err := r.desk.Start(r.ask(), func(err error) { ended = append(ended, err) }); err != nil {
		t.Fatal(err)
	}
	if _, text, on := r.desk.Progress(); !on || text != "looking at the folder" {
		t.Errorf("%q, %v", text, on)
	}
	if err := r.desk.Start(r.ask(), nil); !errors.Is(err, errBusy) {
		t.Errorf("two at once: %v", err)
	}
	asked := func(n int) func() bool { return func() bool { return len(r.workers.asked) == n } }
	r.until(t, "two jobs", asked(2)) // for one worker, so that it never waits
	r.workers.end(0, nil)
	r.until(t, "third job", asked(3))
	if part, text, on := r.desk.Progress(); !on || text != "exporting 1 of 3 frames" || part < 0.33 || part > 0.34 {
		t.Errorf("%v, %q", part, text)
	}
	if st, _ := r.desk.State(); st.Target != r.to || st.Format.Name != "csv" || !st.Begun || st.Over || st.Progress.Bytes != 10 {
		t.Errorf("%+v", st)
	}
	bad := filepath.Join(r.from, "a_2.icecache")
	r.workers.end(1, &jobs.Error{Code: jobs.CodeCrash, Text: "it is no cache: " + bad})
	r.workers.end(2, nil)
	r.until(t, "end", func() bool { return len(ended) > 0 })
	if ended[0] == nil || ended[0].Error() != "it is no cache: "+bad {
		t.Errorf("ended by %v", ended)
	}
	st, _ := r.desk.State()
	if !st.Over || st.Failed != nil || len(st.Failures) != 1 || st.Report.Written != 2 || st.Report.Failed != 1 || r.desk.Busy() {
		t.Errorf("%+v", st)
	}
	if got := r.told(session.Error); len(got) != 1 || got[0] != "it is no cache: "+bad {
		t.Errorf("told %q", got)
	}
	if got := r.told(session.Info); len(got) != 1 || !strings.HasPrefix(got[0], "2 of 3 files converted: ") {
		t.Errorf("told %q", got)
	}
	// What went wrong is settled by an export that goes well.
	r.desk.Dismiss()
	if _, ok := r.desk.State(); ok {
		t.Error("it is not forgotten")
	}
	if err := r.desk.Start(r.ask(), func(err error) { ended = append(ended, err) }); err != nil {
		t.Fatal(err)
	}
	r.until(t, "jobs", asked(5))
	r.workers.end(3, nil)
	r.workers.end(4, nil)
	r.until(t, "last job", asked(6))
	r.workers.end(5, nil)
	r.until(t, "end", func() bool { return len(ended) > 1 })
	if ended[1] != nil || len(r.told(session.Error)) > 0 {
		t.Errorf("ended by %v, told %q", ended[1], r.told(session.Error))
	}
}

func TestACanceledExportKeepsWhatIsDone(t *testing.T) {
	t.Parallel()
	r := newRig(t, 5)
	var ended error
	if err := r.desk.Start(r.ask(), func(err error) { ended = err }); err != nil {
		t.Fatal(err)
	}
	r.until(t, "jobs", func() bool { return len(r.workers.asked) == 2 })
	r.workers.end(0, nil)
	r.until(t, "next job", func() bool { return len(r.workers.asked) == 3 })
	r.desk.Cancel()
	r.desk.Cancel()                // a second time
	canceled := func() []jobs.ID { // by a goroutine of the context's
		r.workers.mu.Lock()
		defer r.workers.mu.Unlock()
		return slices.Sorted(slices.Values(r.workers.canceled))
	}
	for len(canceled()) < 2 {
		if t.Context().Err() != nil {
			t.Fatal("the jobs are not canceled")
		}
	}
	if got := canceled(); !slices.Equal(got, []jobs.ID{2, 3}) || !r.desk.Busy() {
		t.Errorf("canceled %v, busy %v", got, r.desk.Busy())
	}
	for i := 1; i < 3; i++ {
		r.workers.end(i, &jobs.Error{Code: jobs.CodeCanceled, Text: "canceled"})
	}
	r.until(t, "end", func() bool { return ended != nil })
	st, _ := r.desk.State()
	if !strings.HasPrefix(ended.Error(), "the export was canceled: ") || !st.Report.Canceled || st.Report.Written != 1 || len(st.Failures) > 0 || len(r.workers.asked) != 3 {
		t.Errorf("%v, %+v", ended, st)
	}
	if got := r.told(session.Error); len(got) > 0 { // who cancels knows
		t.Errorf("told %q", got)
	}
}

// One that is canceled while it looks at the disk is not begun, and one that is closed tells nobody.
func TestAnExportEndsBeforeItIsBegun(t *testing.T) {
	t.Parallel()
	for name, stop := range map[string]func(*Desk){"canceled": (*Desk).Cancel, "closed": (*Desk).Close} {
		r := newRig(t, 2)
		var ended error
		if err := r.desk.Start(r.ask(), func(err error) { ended = err }); err != nil {
			t.Fatal(err)
		}
		answer := <-r.posts
		stop(r.desk)
		answer()
		for i := range r.workers.asked { // of what is canceled too late
			r.workers.end(i, &jobs.Error{Code: jobs.CodeCanceled, Text: "canceled"})
		}
		r.until(t, "end", func() bool { return !r.desk.Busy() })
		if len(r.workers.asked) > 0 {
			t.Errorf("%s: %d jobs were begun", name, len(r.workers.asked))
		}
		if name == "closed" && (ended != nil || len(r.session.Messages()) > 0) || name == "canceled" && (ended == nil || r.desk.Busy()) {
			t.Errorf("%s: %v, told %+v", name, ended, r.session.Messages())
		}
		if name == "canceled" && !errors.Is(ended, context.Canceled) && !strings.Contains(ended.Error(), "canceled") {
			t.Errorf("%v", ended)
		}
	}
}

// Files were called as the sequence, whatever name it had been given.
func TestFilesAreCalledByTheNameThatASequenceWasGiven(t *testing.T) {
	t.Parallel()
	for title, want := range map[string]string{"": "a.1.csv", "Big smoke": "Big smoke.1.csv", "../up/x": "_up_x.1.csv", " . ": "a.1.csv", `C:\x?`: "C__x_.1.csv"} {
		r := newRig(t, 2)
		found := false
		r.session.Discover(func([]*session.Layer, error) { found = true }, r.from)
		r.until(t, "sequence", func() bool { return found })
		if err := r.session.Rename(r.session.Layers()[0], title); err != nil {
			t.Fatal(err)
		}
		ask := r.ask()
		ask.Of, ask.Name = settings.OfActive, "{name}.{frame}"
		r.until(t, "outlook", func() bool { _, known := r.desk.Outlook(ask); return known })
		if o, _ := r.desk.Outlook(ask); o.Err != nil || o.First != filepath.Join(r.to, want) {
			t.Errorf("%q: %+v, want %s", title, o, want)
		}
	}
}

// Of an attribute that no frame has it was said that some frames lack it.
func TestTheOutlookKnowsWhatNoFrameHas(t *testing.T) {
	t.Parallel()
	b := cache.NewBuilder(cache.Header{Version: 103, Points: 1})
	b.Float32s("Mass", cache.TypeFloat, []float32{1})
	frame, err := b.Frame()
	if err != nil {
		t.Fatal(err)
	}
	mass := inspect.Attribute{Name: "Mass", Type: cache.TypeFloat}
	rest := inspect.Attribute{Name: "Rest", Type: cache.TypeVector3}
	for _, c := range []struct {
		attrs     []string
		all       []inspect.Attribute // that are known; nil: not all are
		err, lack string
	}{
		{[]string{"Mass"}, []inspect.Attribute{mass}, "", ""},
		{[]string{"Mass", "Rest"}, []inspect.Attribute{mass, rest}, "", "left out of files of this kind: Rest: the frame being shown has no such attribute"},
		{[]string{"Mass", "Rest"}, nil, "", "left out of files of this kind: Rest: the frame being shown has no such attribute"},
		{[]string{"Mass", "Rest"}, []inspect.Attribute{mass}, "no frame has an attribute Rest", ""},
	} {
		r := newRig(t, 1)
		ask := r.ask()
		ask.Attrs = c.attrs
		s := r.desk.snap(ask)
		s.sample, s.attributes = frame, c.all
		o := s.outlook()
		if got := strings.Join(o.Lacks, ";"); got != c.lack || c.err == "" && o.Err != nil || c.err != "" && (o.Err == nil || !strings.HasPrefix(o.Err.Error(), c.err)) {
			t.Errorf("%v of %v: %v, %q", c.attrs, c.all, o.Err, got)
		}
	}
}
