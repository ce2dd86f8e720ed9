package jobs_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"iceexplorer/jobs"
)

// gate kills workers before their hello as long as it is shut.
type gate struct {
	t    *testing.T
	path string
}

func newGate(t *testing.T) gate { return gate{t, filepath.Join(t.TempDir(), "gate")} }

func (g gate) shut() {
	if err := os.WriteFile(g.path, nil, 0o600); err != nil {
		g.t.Fatal(err)
	}
}

func (g gate) open() {
	if err := os.Remove(g.path); err != nil {
		g.t.Fatal(err)
	}
}

// bench is a pool behind the gate that never gives up.
func (g gate) bench(change func(*jobs.Options)) *bench {
	return newBench(g.t, "good", func(o *jobs.Options) {
		o.Env, o.StartTries, o.StartPause = []string{"ICE_TEST_GATE=" + g.path}, -1, 10*time.Millisecond
		if change != nil {
			change(o)
		}
	})
}

func (b *bench) waitFor(what string, ok func(jobs.Stats) bool) {
	b.t.Helper()
	for begun := time.Now(); !ok(b.Stats()); time.Sleep(time.Millisecond) {
		if time.Since(begun) > 30*time.Second {
			b.t.Fatalf("waited in vain for %s; stats %+v", what, b.Stats())
		}
	}
}

func (b *bench) loadWell(names ...string) {
	b.t.Helper()
	for _, n := range names {
		b.load(n)
	}
	for range names {
		r := b.next()
		if r.Err != nil {
			b.t.Fatal(r.Err)
		}
		r.Frame.Close()
	}
}

func failedStarts(n int) func(jobs.Stats) bool {
	return func(s jobs.Stats) bool { return s.Trouble.Fails >= n }
}

// Three workers in a row that were killed before their hello ended the pool for good.
func TestThePoolGoesOnOnceWorkersStartAgain(t *testing.T) {
	t.Parallel()
	g := newGate(t)
	g.shut()
	b := g.bench(nil)
	for i := range 5 {
		b.load(fmt.Sprint(i))
	}
	b.waitFor("six failures", failedStarts(6))
	if s := b.Stats(); s.Queued != 5 || s.Failed != 0 || !strings.Contains(s.Trouble.Reason, killed) {
		t.Errorf("stats %+v", s)
	}
	if b.Broken() == nil {
		t.Error("Broken() is nil while no worker lives")
	}
	g.open()
	for range 5 {
		r := b.next()
		if r.Err != nil {
			t.Fatal(r.Err)
		}
		r.Frame.Close()
	}
	b.waitFor("both workers", func(s jobs.Stats) bool { return len(s.Workers) == 2 })
	if s := b.Stats(); s.Trouble != (jobs.Trouble{}) || b.Broken() != nil {
		t.Errorf("trouble is left: %+v, %v", s.Trouble, b.Broken())
	}
}

// Workers that live are used, and no job fails, while others do not start.
func TestLivingWorkersWorkWhileOthersDoNotStart(t *testing.T) {
	t.Parallel()
	for _, tries := range []int{-1, 2} {
		t.Run(fmt.Sprint(tries, " tries"), func(t *testing.T) {
			t.Parallel()
			g := newGate(t)
			hold := filepath.Join(t.TempDir(), "hold")
			if err := os.WriteFile(hold, nil, 0o600); err != nil {
				t.Fatal(err)
			}
			b := g.bench(func(o *jobs.Options) { o.Workers, o.StartTries = 1, tries })
			b.loadWell("a")
			g.shut()
			b.SetWorkers(3)
			b.load("hold " + hold)
			b.load("b")
			b.waitFor("four failures", failedStarts(4))
			if b.Broken() != nil {
				t.Errorf("broken with a living worker: %v", b.Broken())
			}
			if err := os.Remove(hold); err != nil {
				t.Fatal(err)
			}
			for range 2 {
				r := b.next()
				if r.Err != nil {
					t.Fatal(r.Err)
				}
				r.Frame.Close()
			}
			g.open()
			b.loadWell("c", "d")
		})
	}
}

// What nobody waits for is not tried again and again.
func TestNoWorkerIsTriedWithoutWork(t *testing.T) {
	t.Parallel()
	g := newGate(t)
	g.shut()
	b := g.bench(nil)
	b.waitFor("a failure", failedStarts(1))
	time.Sleep(100 * time.Millisecond) // ten pauses
	if n := b.Stats().Trouble.Fails; n != 1 {
		t.Errorf("%d rounds of starts failed without a job", n)
	}
	g.open()
	b.loadWell("a")
}

// A machine that is busy may take longer than usual, again and again.
func TestALateHelloIsWaitedForLongerTheNextTime(t *testing.T) {
	t.Parallel()
	b := newBench(t, "start-late", func(o *jobs.Options) {
		o.Workers, o.StartTimeout, o.StartPause, o.StartTries = 1, 300*time.Millisecond, 10*time.Millisecond, -1
	})
	b.loadWell("a")
}

func TestRetryTriesAtOnce(t *testing.T) {
	t.Parallel()
	for _, tries := range []int{-1, 1} {
		g := newGate(t)
		g.shut()
		b := g.bench(func(o *jobs.Options) { o.StartPause, o.StartTries = time.Hour, tries })
		b.load("a")
		b.waitFor("a failure", failedStarts(1))
		if again := b.Stats().Trouble.Again; tries < 0 && time.Until(again) < time.Minute {
			t.Errorf("the next try is at %v", again)
		}
		if tries > 0 {
			if r := b.next(); jobs.CodeOf(r.Err) != jobs.CodePool {
				t.Errorf("after the last try: %v", r.Err)
			}
		}
		g.open()
		b.Retry()
		if tries > 0 {
			b.load("a")
		}
		r := b.next()
		if r.Err != nil {
			t.Fatal(r.Err)
		}
		r.Frame.Close()
	}
}

// Who shows the trouble hears when it comes and when it goes.
func TestTroubleIsTold(t *testing.T) {
	t.Parallel()
	g := newGate(t)
	g.shut()
	told := make(chan struct{}, 1000)
	b := g.bench(func(o *jobs.Options) { o.TroubleChanged = func() { told <- struct{}{} } })
	b.load("a")
	for b.Stats().Trouble.Fails == 0 {
		<-told
	}
	g.open()
	for b.Stats().Trouble.Fails > 0 {
		<-told
	}
	b.next().Frame.Close()
}
