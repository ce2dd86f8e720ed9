package jobs_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"iceexplorer/jobs"
)

func TestLoadDeliversFramesOverScratch(t *testing.T) {
	t.Parallel()
	b := newBench(t, "good", nil)
	for i := range 50 {
		b.load(fmt.Sprintf("frame%0*d", i, 0))
	}
	for range 50 {
		r := b.next()
		if r.Err != nil {
			t.Fatal(r.Err)
		}
		if err := checkFake(r.Frame, r.Request.Source); err != nil {
			t.Errorf("%s: %v", r.Request.Source, err)
		}
		if err := r.Frame.Close(); err != nil {
			t.Error(err)
		}
	}
	s := b.Stats()
	if s.Done != 50 || s.Decoded != 50 || s.Scratch != 0 || len(s.Workers) != 2 {
		t.Errorf("stats %+v", s)
	}
}

// Every way a worker can go wrong costs one attempt, and after two the file; the
// next file is read all the same.
func TestMisbehaviourCostsTheFileAndNothingElse(t *testing.T) {
	t.Parallel()
	for mode, want := range map[string]string{
		"die-job": killed, "die-alloc": killed, "die-grant": killed, "die-fill": killed,
		"panic-fill": "panic: decoder met fill",
		"hang-job":   "made no progress", "hang-fill": "made no progress",
		"garbage": "protocol", "greedy": "alloc of 1125899906842624 bytes", "two-allocs": "second alloc",
		"stale": "not this worker's", "unknown": "does not send quit",
		"outside": "does not fit", "overflow": "does not fit", "no-index": "without an index", "other-file": "not asked for",
		"file-told": "load wrote a file", "rows-told": "load ended with other rows", "own-told": "answer of load",
		"other-scratch": "was not granted", "outside-scratch": "of a scratch file of",
		"eat": "over its limit",
	} {
		t.Run(mode, func(t *testing.T) {
			t.Parallel()
			b := newBench(t, mode, func(o *jobs.Options) {
				o.Workers = 1
				o.HangTimeout = time.Minute // on a busy machine, and in Wine, others are slow to do what is wrong with them
				if strings.HasPrefix(mode, "hang-") {
					o.HangTimeout = 300 * time.Millisecond
				}
				if mode == "eat" {
					o.WorkerMemory = 200 << 20
				}
			})
			b.load("bad")
			r := b.next()
			if r.Err == nil || !strings.Contains(r.Err.Error(), want) || !strings.HasSuffix(r.Err.Error(), " while reading bad") {
				t.Errorf("error %v, want one with %q and the path last", r.Err, want)
			}
			if jobs.CodeOf(r.Err) != jobs.CodeCrash {
				t.Errorf("code %q", jobs.CodeOf(r.Err))
			}
			b.load("bad") // quarantined: no worker is spent on it
			if r := b.next(); jobs.CodeOf(r.Err) != jobs.CodeCrash {
				t.Errorf("quarantined file: %v", r.Err)
			}
			b.load("good one")
			r = b.next()
			if r.Err != nil {
				t.Fatalf("next file: %v", r.Err)
			}
			r.Frame.Close()
			if s := b.Stats(); s.Crashes != 2 || s.Scratch != 0 {
				t.Errorf("stats %+v, want 2 crashes and no scratch in use", s)
			}
			b.Forgive("bad")
			b.load("bad")
			if b.next(); b.Stats().Crashes != 4 {
				t.Errorf("a forgiven file was not tried again")
			}
		})
	}
}

func TestOneCrashIsTriedOnceMore(t *testing.T) {
	t.Parallel()
	once := filepath.Join(t.TempDir(), "once")
	b := newBench(t, "die-fill", func(o *jobs.Options) { o.Env = []string{"ICE_TEST_ONCE=" + once} })
	b.load("bad")
	r := b.next()
	if r.Err != nil {
		t.Fatal(r.Err)
	}
	if err := checkFake(r.Frame, "bad"); err != nil {
		t.Error(err)
	}
	r.Frame.Close()
	if s := b.Stats(); s.Crashes != 1 {
		t.Errorf("crashes %d, want 1", s.Crashes)
	}
}

// A death or a second answer after the job is nobody's fault but the worker's.
func TestWorkerThatDiesBetweenJobsIsReplaced(t *testing.T) {
	t.Parallel()
	for _, mode := range []string{"die-loaded", "twice", "flood"} {
		t.Run(mode, func(t *testing.T) {
			t.Parallel()
			b := newBench(t, mode, func(o *jobs.Options) { o.Workers = 1 })
			for range 3 {
				b.load("bad")
				r := b.next()
				if r.Err != nil {
					t.Fatal(r.Err)
				}
				r.Frame.Close()
			}
			b.load("good")
			if r := b.next(); r.Err != nil {
				t.Error(r.Err)
			} else {
				r.Frame.Close()
			}
		})
	}
}

func TestWorkersThatDoNotStartStopThePoolWithOneReason(t *testing.T) {
	t.Parallel()
	for mode, want := range map[string]string{
		"start-exit": "no such library", "start-silent": "said nothing", "start-other-build": "start the program again", "start-garbage": "protocol",
	} {
		t.Run(mode, func(t *testing.T) {
			t.Parallel()
			b := newBench(t, mode, func(o *jobs.Options) {
				o.StartPause = 10 * time.Millisecond
				if mode == "start-silent" {
					o.StartTries = 3
					o.StartTimeout = 300 * time.Millisecond
				}
			})
			b.load("a")
			b.load("b")
			for range 2 {
				r := b.next()
				if jobs.CodeOf(r.Err) != jobs.CodePool || !strings.Contains(r.Err.Error(), want) {
					t.Errorf("error %v, want %q", r.Err, want)
				}
			}
			b.load("c")
			if r := b.next(); jobs.CodeOf(r.Err) != jobs.CodePool {
				t.Errorf("submit to a stopped pool: %v", r.Err)
			}
			if b.Broken() == nil {
				t.Error("Broken() is nil")
			}
		})
	}
	t.Run("no such program", func(t *testing.T) {
		t.Parallel()
		b := newBench(t, "", func(o *jobs.Options) {
			o.Command, o.StartPause = []string{filepath.Join(t.TempDir(), "nothing")}, 10*time.Millisecond
		})
		b.load("a")
		if r := b.next(); jobs.CodeOf(r.Err) != jobs.CodePool || !strings.Contains(r.Err.Error(), noProgram) {
			t.Errorf("error %v", r.Err)
		}
	})
}

// order runs requests on one worker that is kept busy until all are queued, and
// returns the sources in the order they were served.
func order(t *testing.T, requests []jobs.Request, between func(*bench)) []string {
	t.Helper()
	b := newBench(t, "good", func(o *jobs.Options) { o.Workers = 1 })
	hold := filepath.Join(t.TempDir(), "hold")
	if err := os.WriteFile(hold, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	first := "hold " + hold
	started := make(chan struct{})
	b.submit(jobs.Request{Task: jobs.Load, Source: first, Priority: -1000, Started: func(jobs.ID) { close(started) }})
	<-started
	for _, r := range requests {
		b.submit(r)
	}
	if between != nil {
		between(b)
	}
	os.Remove(hold)
	var got []string
	for range len(requests) + 1 {
		r := b.next()
		if r.Frame != nil {
			r.Frame.Close()
		}
		if r.Request.Source != first && r.Err == nil {
			got = append(got, r.Request.Source)
		}
	}
	return got
}

func TestQueueOrder(t *testing.T) {
	t.Parallel()
	load := func(src string, layer, prio int) jobs.Request {
		return jobs.Request{Task: jobs.Load, Source: src, Layer: layer, Priority: prio}
	}
	for _, tc := range []struct {
		name     string
		requests []jobs.Request
		between  func(*bench)
		want     string
	}{
		{"by priority", []jobs.Request{load("c", 1, 3), load("a", 1, 1), load("b", 1, 2)}, nil, "a b c"},
		{"layers take turns", []jobs.Request{load("a1", 1, 0), load("a2", 1, 0), load("a3", 1, 0), load("b1", 2, 0), load("b2", 2, 0)}, nil, "a1 b1 a2 b2 a3"},
		{"a tag replaces", []jobs.Request{{Task: jobs.Load, Source: "old", Tag: "x"}, {Task: jobs.Load, Source: "new", Tag: "x"}, load("other", 0, 0)}, nil, "new other"},
		{"reprioritised", []jobs.Request{load("a", 1, 1), load("b", 1, 2), load("c", 1, 3)}, func(b *bench) {
			b.Reprioritise(func(r *jobs.Request) int { return -r.Priority })
		}, "c b a"},
		{"canceled layer", []jobs.Request{load("a", 1, 0), load("b", 2, 0), load("c", 1, 0)}, func(b *bench) { b.CancelLayer(1) }, "b"},
		{"loading before conversion", []jobs.Request{{Task: jobs.Measure, Source: "m", Priority: -5}, load("a", 1, 9)}, nil, "a m"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			got := strings.Join(order(t, tc.requests, tc.between), " ")
			if got != tc.want {
				t.Errorf("served %q, want %q", got, tc.want)
			}
		})
	}
}

func TestCancelStopsARunningJobAtOnce(t *testing.T) {
	t.Parallel()
	b := newBench(t, "hang-fill", func(o *jobs.Options) { o.Workers = 1 })
	id := b.load("bad")
	for b.Stats().Scratch == 0 {
		time.Sleep(time.Millisecond)
	}
	start := time.Now()
	b.Cancel(id)
	r := b.next()
	if jobs.CodeOf(r.Err) != jobs.CodeCanceled {
		t.Errorf("error %v", r.Err)
	}
	if took := time.Since(start); took > 2*time.Second {
		t.Errorf("took %v", took)
	}
	b.load("good")
	if r := b.next(); r.Err != nil {
		t.Errorf("after a cancel: %v", r.Err)
	} else {
		r.Frame.Close()
	}
	if s := b.Stats(); s.Crashes != 0 {
		t.Errorf("a cancel counted as %d crashes", s.Crashes)
	}
}

func TestCloseTwiceAndWithDeafWorkers(t *testing.T) {
	t.Parallel()
	b := newBench(t, "deaf", func(o *jobs.Options) { o.CloseGrace = 200 * time.Millisecond })
	b.load("slow a")
	start := time.Now()
	done := make(chan error, 2)
	for range 2 {
		go func() { done <- b.Close() }()
	}
	for range 2 {
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
	if took := time.Since(start); took > 3*time.Second {
		t.Errorf("took %v", took)
	}
	r := b.next()
	if r.Frame != nil {
		r.Frame.Close()
	}
	b.load("late")
	if r := b.next(); jobs.CodeOf(r.Err) != jobs.CodePool {
		t.Errorf("submit after close: %v", r.Err)
	}
}

func TestFramesOutliveThePool(t *testing.T) {
	t.Parallel()
	b := newBench(t, "good", nil)
	b.load("frame")
	r := b.next()
	if r.Err != nil {
		t.Fatal(r.Err)
	}
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	if err := checkFake(r.Frame, "frame"); err != nil {
		t.Error(err)
	}
	if err := r.Frame.Close(); err != nil {
		t.Error(err)
	}
}

// Workers that are told to end and have not yet are not counted twice: those that
// shall stay do.
func TestStartedComesBeforeDoneAndDoneOnce(t *testing.T) {
	t.Parallel()
	b := newBench(t, "good", nil)
	const n = 100
	var log []string // written by one goroutine at a time
	done := make(chan struct{})
	left := n
	for i := range n {
		b.Submit(jobs.Request{
			Task: jobs.Load, Source: fmt.Sprint("frame ", i),
			Started: func(id jobs.ID) { log = append(log, fmt.Sprint("started ", id)) },
			Done: func(r jobs.Result) {
				log = append(log, fmt.Sprint("done ", r.ID))
				if r.Frame != nil {
					r.Frame.Close()
				}
				if left--; left == 0 {
					close(done)
				}
			},
		})
	}
	select {
	case <-done:
	case <-time.After(2 * time.Minute):
		t.Fatal("not all jobs ended")
	}
	for id := 1; id <= n; id++ {
		s, d := slices.Index(log, fmt.Sprint("started ", id)), slices.Index(log, fmt.Sprint("done ", id))
		if s < 0 || d < s {
			t.Errorf("job %d: started at %d, done at %d", id, s, d)
		}
	}
	if len(log) != 2*n {
		t.Errorf("%d calls, want %d", len(log), 2*n)
	}
}

func TestStopInsideDone(t *testing.T) {
	t.Parallel()
	b := newBench(t, "good", nil)
	const n = 10
	ended := make(chan struct{}, n+1)
	b.Submit(jobs.Request{Task: jobs.Load, Source: "a", Done: func(r jobs.Result) {
		r.Frame.Close()
		b.Stop()
		b.Stop()
		ended <- struct{}{}
	}})
	for range n {
		b.Submit(jobs.Request{Task: jobs.Load, Source: "slow", Done: func(r jobs.Result) {
			if r.Frame != nil {
				r.Frame.Close()
			}
			ended <- struct{}{}
		}})
	}
	for range n + 1 {
		select {
		case <-ended:
		case <-time.After(10 * time.Second):
			t.Fatal("deadlock")
		}
	}
}

// A job that waits for memory hears a cancel at once, and so does the pool's end.
// The host may take its time to make room: the worker that waits is not stuck.
