//go:build cgo

package jobs_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"iceexplorer/cache"
	"iceexplorer/jobs"
)

// soakRound is how long the storm blows before everything is counted.
const soakRound = 20 * time.Second

// TestSoak opens, seeks, cancels, kills and converts at random for as long as
// ICEEXPLORER_SOAK says ("10m"), counting what is left after every round.
func TestSoak(t *testing.T) {
	length, err := time.ParseDuration(os.Getenv("ICEEXPLORER_SOAK"))
	if err != nil {
		t.Skip("set ICEEXPLORER_SOAK to a duration such as 10m; make soak does")
	}
	s := newSoak(t)
	begun := time.Now()
	var first footprint
	for round := 1; ; round++ {
		s.storm(min(soakRound, max(length-time.Since(begun), time.Second)))
		s.calm()
		now := s.settled(first.descriptors)
		st := s.Stats()
		t.Logf("%7v: %d processes, %d descriptors, %d mappings, %d MB scratch in use and %d MB kept; %d done, %d failed, %d canceled, %d killed, %d crashes",
			time.Since(begun).Round(time.Second), len(now.children), now.descriptors, now.mappings, st.Scratch>>20, st.ScratchIdle>>20,
			st.Done, st.Failed, st.Canceled, s.kills, st.Crashes)
		if round == 1 {
			first = now
		}
		if !now.flat(first.descriptors) || st.Scratch != 0 || len(st.Workers) != soakWorkers {
			t.Fatalf("not flat: %+v, after the first round %+v, stats %+v; open: %q", now, first, st, opened(t))
		}
		if time.Since(begun) >= length {
			break
		}
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	after := footprintOf(t)
	t.Logf("closed: %d processes, %d descriptors, %d mappings; before: %d, %d, %d", len(after.children), after.descriptors, after.mappings,
		len(s.before.children), s.before.descriptors, s.before.mappings)
	if len(after.children) != 0 || after.descriptors != s.before.descriptors || after.mappings != s.before.mappings {
		t.Errorf("left %+v, before %+v", after, s.before)
	}
	wantFolder(t, s.root, "guard")
	for _, name := range folder(t, s.dir) {
		if filepath.Ext(name) == ".tmp" {
			t.Errorf("half a file is left: %s", name)
		}
	}
}

const (
	soakWorkers = 3
	soakFrames  = 30
	// Scratch files kept for reuse come and go: each is a descriptor and a mapping.
	soakKept = 2*soakWorkers + 2
)

// soak is a host of a pool: it holds frames as a session would.
type soak struct {
	*bench
	dir, root string
	before    footprint
	sources   []source
	kills     int

	mu    sync.Mutex
	held  []*cache.Frame
	ids   []jobs.ID
	under int // jobs under way
}

func newSoak(t *testing.T) *soak {
	s := &soak{dir: t.TempDir(), root: t.TempDir()}
	for i := range soakFrames {
		s.sources = append(s.sources, writeSource(t, s.dir, fmt.Sprintf("f%02d", i), 2000*(i+1), uint64(100+i)))
	}
	warm := newBench(t, "good", nil)
	warm.load("a")
	warm.next().Frame.Close()
	warm.Close()
	s.before = footprintOf(t)
	s.bench = newBench(t, "real", func(o *jobs.Options) {
		o.Workers = soakWorkers
		o.Scratch.Roots, o.Scratch.Budget = []string{s.root}, 24<<20
		o.MakeRoom = func(jobs.Need, jobs.Request) bool { return s.closeOne() }
	})
	return s
}

// closeOne closes a random frame.
func (s *soak) closeOne() bool {
	s.mu.Lock()
	if len(s.held) == 0 {
		s.mu.Unlock()
		time.Sleep(time.Millisecond)
		return true
	}
	i := rand.IntN(len(s.held))
	f := s.held[i]
	s.held[i] = s.held[len(s.held)-1]
	s.held = s.held[:len(s.held)-1]
	s.mu.Unlock()
	f.Close()
	return true
}

// begin submits a random job.
func (s *soak) begin() {
	i := rand.IntN(len(s.sources))
	src := s.sources[i]
	r := src.request(jobs.Load)
	r.Frame, r.Layer, r.Priority = cache.Number(i), rand.IntN(3), rand.IntN(100)
	switch rand.IntN(10) {
	case 0:
		r.Task, r.Params = jobs.Convert, jobs.ConvertParams{Again: true}
	case 1:
		r.Task, r.Params = jobs.Measure, jobs.MeasureParams{Checksums: true}
	case 2:
		r.Task, r.Params = jobs.Export, exportTo(filepath.Join(s.dir, fmt.Sprintf("out%d.icecache", i)), "icecache")
	case 3, 4, 5:
		r.SourceOnly = true
	case 6:
		r.Tag = "head"
	}
	r.Done = func(res jobs.Result) { s.done(src, res) }
	s.mu.Lock()
	s.under++
	s.mu.Unlock()
	id := s.Submit(r)
	s.mu.Lock()
	s.ids = append(s.ids, id)
	if len(s.ids) > 20 {
		s.ids = s.ids[1:]
	}
	s.mu.Unlock()
}

func (s *soak) done(src source, r jobs.Result) {
	switch code := jobs.CodeOf(r.Err); {
	case code == jobs.CodeCrash:
		s.Forgive(src.path)
	case r.Err != nil && code != jobs.CodeCanceled && code != jobs.CodeReplaced:
		s.t.Errorf("%v: %v", r.Request.Task, r.Err)
	case r.Frame != nil:
		if err := src.want.differ(r.Frame); err != nil {
			s.t.Errorf("%v of %s: %v", r.Request.Task, src.path, err)
		}
	}
	s.mu.Lock()
	s.under--
	if r.Frame != nil {
		s.held = append(s.held, r.Frame)
	}
	s.mu.Unlock()
}

// storm does something random every few milliseconds.
func (s *soak) storm(d time.Duration) {
	for begun := time.Now(); time.Since(begun) < d; time.Sleep(time.Duration(rand.IntN(4000)) * time.Microsecond) {
		s.mu.Lock()
		under, held := s.under, len(s.held)
		var id jobs.ID
		if len(s.ids) > 0 {
			id = s.ids[rand.IntN(len(s.ids))]
		}
		s.mu.Unlock()
		if under < 40 {
			s.begin()
		}
		if held > 20 {
			s.closeOne()
		}
		switch rand.IntN(200) {
		case 0:
			if killBusy(s.Pool) {
				s.kills++
			}
		case 1:
			s.CancelAll()
		case 2:
			s.CancelLayer(rand.IntN(3))
		case 3, 4, 5:
			s.Cancel(id)
		case 6:
			s.SetWorkers(1 + rand.IntN(5))
		case 7:
			s.SetBudget(uint64(8+rand.IntN(32)) << 20)
		case 8, 9, 10, 11:
			head := rand.IntN(soakFrames)
			s.Reprioritise(func(r *jobs.Request) int { return (int(r.Frame) - head + soakFrames) % soakFrames })
		}
	}
}

// calm waits until nothing is under way and gives every frame back.
func (s *soak) calm() {
	s.SetWorkers(soakWorkers)
	for begun := time.Now(); ; time.Sleep(5 * time.Millisecond) {
		s.mu.Lock()
		under := s.under
		s.mu.Unlock()
		ready := 0
		for _, w := range s.Stats().Workers {
			if w.State == "idle" {
				ready++
			}
		}
		if under == 0 && ready == soakWorkers && len(s.Stats().Workers) == soakWorkers {
			break
		}
		if time.Since(begun) > time.Minute {
			s.t.Fatalf("%d jobs do not end; stats %+v", under, s.Stats())
		}
	}
	s.mu.Lock()
	held := s.held
	s.held = nil
	s.mu.Unlock()
	for _, f := range held {
		if err := f.Close(); err != nil {
			s.t.Error(err)
		}
	}
}

// settled is what there is when it no longer changes: what is dropped is unmapped in the background, and
// the pipes of workers that have ended are closed there.
func (s *soak) settled(before int) footprint {
	for begun := time.Now(); ; time.Sleep(50 * time.Millisecond) {
		if now := footprintOf(s.t); now.flat(before) && footprintOf(s.t).descriptors == now.descriptors || time.Since(begun) > time.Minute {
			return now
		}
	}
}

// flat reports whether all is as after the first round, which left some descriptors; 0: this is the first.
func (f footprint) flat(before int) bool {
	return len(f.children) == soakWorkers && (before == 0 || f.descriptors <= before+soakKept) && f.mappings <= soakKept
}

// opened is what the descriptors of this process lead to.
func opened(t *testing.T) (to []string) {
	t.Helper()
	for _, fd := range folder(t, "/proc/self/fd") {
		if name, err := os.Readlink(filepath.Join("/proc/self/fd", fd)); err == nil {
			to = append(to, name)
		}
	}
	return to
}
