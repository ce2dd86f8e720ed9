package probing

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/bits-and-blooms/bitset"

	"iceexplorer/app/session"
	"iceexplorer/cache"
	"iceexplorer/jobs"
)

// pool answers loads at once with frames of 20 points: in frame n the IDs are 10n to
// 10n+19, and Age is n times 100 and the row.
type pool struct {
	t     *testing.T
	noIDs bool
	fails cache.Number

	mu     sync.Mutex
	held   bool // answers nothing
	loads  int
	shift  float32 // of Age
	waits  map[jobs.ID]jobs.Request
	closed int // loads that were canceled
}

func (p *pool) Submit(r jobs.Request) jobs.ID {
	p.mu.Lock()
	p.loads++
	id := jobs.ID(p.loads)
	if p.held {
		p.waits[id] = r
		p.mu.Unlock()
		return id
	}
	p.mu.Unlock()
	p.answer(id, r)
	return id
}

func (p *pool) answer(id jobs.ID, r jobs.Request) {
	if r.Frame == p.fails {
		r.Done(jobs.Result{ID: id, Request: r, Err: errors.New("it is broken")})
		return
	}
	p.mu.Lock()
	shift := p.shift
	p.mu.Unlock()
	age, ids := make([]float32, 20), make([]int32, 20)
	for i := range age {
		age[i], ids[i] = float32(r.Frame)*100+float32(i)+shift, int32(10*int(r.Frame)+i)
	}
	b := cache.NewBuilder(cache.Header{Version: 103, Points: 20})
	b.Float32s("PointPosition", cache.TypeVector3, make([]float32, 60))
	b.Float32s("Age", cache.TypeFloat, age)
	if r.Frame == 5 {
		b.Float32s("Heat", cache.TypeFloat, age)
	}
	if !p.noIDs {
		b.Int32s("ID", ids)
	}
	f, err := b.Frame()
	if err != nil {
		p.t.Error(err)
	}
	if r.Task == jobs.Measure {
		r.Done(jobs.Result{ID: id, Request: r, Index: f.Index()})
		return
	}
	r.Done(jobs.Result{ID: id, Request: r, Frame: f, Mapped: true})
}

func (p *pool) Cancel(id jobs.ID) {
	p.drop(func(of jobs.ID, _ jobs.Request) bool { return of == id })
}

func (p *pool) CancelLayer(layer int) {
	p.drop(func(_ jobs.ID, r jobs.Request) bool { return r.Layer == layer })
}

func (p *pool) drop(which func(jobs.ID, jobs.Request) bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for id, r := range p.waits {
		if which(id, r) {
			p.closed++
			delete(p.waits, id)
			go r.Done(jobs.Result{ID: id, Request: r, Err: &jobs.Error{Code: jobs.CodeCanceled}})
		}
	}
}

func (*pool) Reprioritise(func(*jobs.Request) int) {}
func (*pool) Forgive(string)                       {}
func (*pool) Retry()                               {}
func (*pool) Stats() jobs.Stats                    { return jobs.Stats{} }

type rig struct {
	*Probe
	t       *testing.T
	s       *session.Session
	pool    *pool
	posted  chan func()
	colours string
}

func newRig(t *testing.T, p *pool) *rig {
	t.Helper()
	p.t, p.waits = t, map[jobs.ID]jobs.Request{}
	r := &rig{t: t, pool: p, posted: make(chan func(), 1000)}
	post := func(f func()) { r.posted <- f }
	r.s = session.New(p, post, session.Options{Budget: 1 << 30, Patience: time.Minute})
	r.Probe = New(Options{Session: r.s, Pool: p, Post: post, Wake: func() {}, Defaults: func() []Column {
		return []Column{{"Age", "Age"}, {r.colours, r.colours}}
	}})
	dir := t.TempDir()
	for n := 1; n <= 6; n++ {
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("a_%d.icecache", n)), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	found, err := cache.Discover(dir)
	if err != nil {
		t.Fatal(err)
	}
	r.s.Add(found.Sequences)
	r.rest()
	return r
}

// rest turns the loop until all is answered.
func (r *rig) rest() {
	r.t.Helper()
	for {
		for len(r.posted) > 0 {
			(<-r.posted)()
		}
		r.s.Advance(time.Unix(1000, 0))
		if r.Answered() && r.s.Settled(false) && len(r.s.Readings()) == 0 && len(r.posted) == 0 {
			return
		}
		select {
		case f := <-r.posted:
			f()
		case <-time.After(10 * time.Second):
			r.t.Fatal("no answer came")
		}
	}
}

func (r *rig) selectRows(mode session.SelectMode, rows ...uint) {
	set := bitset.New(20)
	for _, row := range rows {
		set.Set(row)
	}
	number, _ := r.s.Number()
	r.s.Select(mode, session.Picked{Layer: r.s.Active().ID, Number: number, Rows: set})
}

// told is what is found of the first column.
func (r *rig) told() string {
	r.t.Helper()
	r.rest()
	s := r.State()
	if s == nil {
		return "nothing"
	}
	var b strings.Builder
	b.WriteString(s.By)
	for _, p := range s.Points {
		fmt.Fprintf(&b, "; %d: %v", p.Point, p.Values[s.Columns[0]])
		if p.Born {
			fmt.Fprintf(&b, " born %v", *p.First)
		}
		if p.Died {
			fmt.Fprintf(&b, " dies after %v", *p.Last)
		}
	}
	return b.String()
}

func (r *rig) must(err error) {
	r.t.Helper()
	if err != nil {
		r.t.Fatal(err)
	}
}

func TestTheSelectionIsFollowedByID(t *testing.T) {
	t.Parallel()
	r := newRig(t, &pool{fails: 5})
	if r.Selection() == nil || r.State() != nil {
		t.Error("nothing is selected")
	}
	r.s.Seek(3)
	r.rest()
	r.selectRows(session.SelectOnly, 2, 15)
	if got := r.told(); got != "nothing" {
		t.Error("followed though nobody looks:", got)
	}
	r.must(r.Selection())
	want := "id; 32: [<nil> 212 302 <nil> <nil> <nil>] born 2 dies after 3; 45: [<nil> <nil> 315 405 <nil> <nil>] born 3"
	if got := r.told(); got != want {
		t.Errorf("%s\nwant %s", got, want)
	}
	if s := r.State(); s.Failed != 1 || s.Why != "it is broken" || s.Open != 0 || s.Selected != 2 || fmt.Sprint(s.Points[0].Rows) != "[-1 12 2 -1 -1 -1]" {
		t.Errorf("%+v", s)
	}
	version := r.Version()
	r.s.Seek(1)
	if r.rest(); r.Version() != version {
		t.Error("another frame has it begin again")
	}
	r.Seen = true
	r.selectRows(session.SelectAdd, 0)
	if got := r.told(); !strings.HasPrefix(got, "id; 10: [100 <nil>") {
		t.Error("the selection has changed:", got)
	}
	r.pool.mu.Lock()
	r.pool.shift = 1000
	r.pool.mu.Unlock()
	r.s.Reload(r.s.Active())
	if got := r.told(); !strings.HasPrefix(got, "id; 10: [1100 <nil>") {
		t.Error("reloaded:", got)
	}
	r.s.ClearSelection()
	if got := r.told(); got != "nothing" {
		t.Error("cleared:", got)
	}
}

func TestPointsWithoutIDsAreFollowedByIndex(t *testing.T) {
	t.Parallel()
	r := newRig(t, &pool{noIDs: true, fails: -1})
	r.s.Seek(2)
	r.rest()
	r.selectRows(session.SelectOnly, 4)
	r.must(r.Selection())
	r.s.Seek(6)
	if got := r.told(); got != "index; 4: [104 204 304 404 504 604]" {
		t.Error(got)
	}
	if err := r.Points([]int32{7}, true); err == nil || r.HasIDs() {
		t.Error("there are no IDs")
	}
	r.must(r.Points([]int32{9, 40, 9}, false))
	if got := r.told(); got != "index; 9: [109 209 309 409 509 609]; 40: [<nil> <nil> <nil> <nil> <nil> <nil>]" || !r.Given() {
		t.Error(got)
	}
	r.must(r.Selection())
	if got := r.told(); got != "index; 4: [104 204 304 404 504 604]" {
		t.Error("the selection again:", got)
	}
}

// A column was refused that only other frames have, if it was more than a name.
func TestColumnsMayAskForWhatOtherFramesHave(t *testing.T) {
	t.Parallel()
	r := newRig(t, &pool{fails: -1})
	r.Seen = true
	r.rest()
	r.must(r.Points([]int32{50}, true))
	for _, text := range []string{"Heat", "Heat * 1", "Heat + Age - Age"} {
		r.must(r.SetColumns(text))
		if got := r.told(); got != "id; 50: [<nil> <nil> <nil> <nil> 500 <nil>] born 4 dies after 5" {
			t.Errorf("%s: %s", text, got)
		}
	}
	if err := r.SetColumns("Age, Haet * 2"); err == nil || !strings.Contains(err.Error(), "did you mean Heat?") {
		t.Error(err)
	}
}

func TestTheNewestWishWins(t *testing.T) {
	t.Parallel()
	r := newRig(t, &pool{fails: -1})
	for id := int32(10); id < 60; id++ {
		r.must(r.Points([]int32{id}, true))
	}
	r.must(r.SetColumns("Age - 100, $index"))
	r.Seen = true
	if got := r.told(); got != "id; 59: [<nil> <nil> <nil> 319 409 <nil>] born 4 dies after 5" {
		t.Error(got)
	}
	if err := r.SetColumns("Aeg + 1"); err == nil {
		t.Error("a column that is none")
	}
	r.must(r.SetColumns(""))
	r.colours = "PointPosition"
	if got := r.told(); !strings.HasPrefix(got, "id; 59: [<nil> <nil> <nil> 419") || fmt.Sprint(r.Columns()) != "[Age PointPosition]" {
		t.Error("default columns:", got, r.Columns())
	}
	var many []int32
	for i := range int32(65) {
		many = append(many, i)
	}
	if r.Points(many, true) == nil {
		t.Error("too many points")
	}
	r.s.SelectAll()
	r.must(r.Selection())
	r.s.Seek(4)
	r.s.SelectAll()
	if s := r.State(); len(s.Points) != 20 || r.Selected() != 20 {
		t.Error(len(s.Points), r.Selected())
	}
}

func TestFramesThatAreNotInMemoryAreLoadedForIt(t *testing.T) {
	t.Parallel()
	r := newRig(t, &pool{fails: -1})
	l := r.s.Active()
	r.pool.mu.Lock()
	r.pool.held = true
	r.pool.mu.Unlock()
	r.s.Reload(l)
	for len(r.s.Readings()) > 0 {
		(<-r.posted)()
	}
	r.s.Cancel()
	r.rest()
	r.must(r.Points([]int32{32}, true))
	if done, total, waits, busy := r.Busy(); !busy || waits || done != 0 || total != 6 {
		t.Error("loading:", done, total, waits, busy)
	}
	r.Cancel()
	r.rest()
	if s := r.State(); s.Open != 6 || r.pool.closed == 0 {
		t.Errorf("canceled: %+v, %d canceled", s, r.pool.closed)
	}
	r.pool.mu.Lock()
	r.pool.held = false
	r.pool.mu.Unlock()
	r.must(r.Points([]int32{32}, true))
	if got := r.told(); got != "id; 32: [<nil> 212 302 <nil> <nil> <nil>] born 2 dies after 3" {
		t.Error(got)
	}
}

func TestWhatIsFoundIsCopied(t *testing.T) {
	t.Parallel()
	r := newRig(t, &pool{fails: -1})
	got := func(format string) (text string) {
		r.must(r.Copy(format, func(copied, told string, err error) {
			r.must(err)
			text = copied + told
		}))
		r.rest()
		return text
	}
	if r.Copy("csv", nil) == nil {
		t.Error("there is nothing to copy")
	}
	r.must(r.Points([]int32{32, 40}, true))
	r.rest()
	if text := got("csv"); text != "frame,ID,index,Age\n2,32,12,212\n3,32,2,302\n3,40,10,310\n4,40,0,400\n4 rows copied" {
		t.Error(text)
	}
	if text := got("json"); !strings.Contains(text, `{"frame":3,"ID":40,"index":10,"Age":310}`) {
		t.Error(text)
	}
}
