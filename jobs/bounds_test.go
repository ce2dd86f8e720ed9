package jobs_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"iceexplorer/cache"
	"iceexplorer/jobs"
)

func TestBudgetMakesRoomOrWaitsOrDenies(t *testing.T) {
	t.Parallel()
	t.Run("host makes room", func(t *testing.T) {
		t.Parallel()
		held := make(chan *cache.Frame, 100)
		b := newBench(t, "good", func(o *jobs.Options) {
			o.Scratch.Budget = 3 * fakeBytes
			o.MakeRoom = func(need jobs.Need, r jobs.Request) bool {
				select {
				case f := <-held:
					f.Close()
					return true
				case <-time.After(5 * time.Second):
					return false
				}
			}
		})
		for i := range 20 {
			b.load(fmt.Sprintf("frame %d", i))
		}
		for range 20 {
			r := b.next()
			if r.Err != nil {
				t.Fatal(r.Err)
			}
			if s := b.Stats(); s.Scratch > 3*fakeBytes {
				t.Errorf("%d bytes in use, budget %d", s.Scratch, 3*fakeBytes)
			}
			held <- r.Frame
		}
		for len(held) > 0 {
			(<-held).Close()
		}
	})
	t.Run("denied", func(t *testing.T) {
		t.Parallel()
		b := newBench(t, "good", func(o *jobs.Options) {
			o.Scratch.Budget, o.RoomTimeout = fakeBytes, 50*time.Millisecond
		})
		b.load("one")
		one := b.next()
		b.load("two")
		if r := b.next(); jobs.CodeOf(r.Err) != jobs.CodeBudget {
			t.Errorf("error %v", r.Err)
		}
		one.Frame.Close()
		b.load("two")
		if r := b.next(); r.Err != nil {
			t.Error(r.Err)
		} else {
			r.Frame.Close()
		}
	})
}

func TestSetWorkersWhileRunning(t *testing.T) {
	t.Parallel()
	b := newBench(t, "good", func(o *jobs.Options) { o.Workers = 1 })
	for i := range 12 {
		b.load(fmt.Sprintf("slow %d", i))
	}
	b.SetWorkers(4)
	for range 12 {
		r := b.next()
		if r.Err != nil {
			t.Fatal(r.Err)
		}
		r.Frame.Close()
	}
	if n := len(b.Stats().Workers); n != 4 {
		t.Errorf("%d workers, want 4", n)
	}
	b.SetWorkers(1)
	deadline := time.Now().Add(5 * time.Second)
	for len(b.Stats().Workers) != 1 {
		if time.Now().After(deadline) {
			t.Fatalf("%d workers, want 1", len(b.Stats().Workers))
		}
		time.Sleep(5 * time.Millisecond)
	}
}

func TestFewerWorkersKeepTheRest(t *testing.T) {
	t.Parallel()
	b := newBench(t, "deaf", func(o *jobs.Options) { o.Workers, o.CloseGrace = 3, 300*time.Millisecond })
	idle := func() (pids []int) {
		for _, w := range b.Stats().Workers {
			if w.State == "idle" {
				pids = append(pids, w.PID)
			}
		}
		return pids
	}
	for len(idle()) != 3 {
		time.Sleep(time.Millisecond)
	}
	before := idle()
	for range 5 {
		b.SetWorkers(1)
	}
	left := idle()
	if len(left) != 1 || !slices.Contains(before, left[0]) {
		t.Fatalf("idle workers %v of %v", left, before)
	}
	for deadline := time.Now().Add(5 * time.Second); len(b.Stats().Workers) != 1; time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("%d workers: one that does not end when asked is to be made to", len(b.Stats().Workers))
		}
	}
	if now := idle(); len(now) != 1 || now[0] != left[0] {
		t.Errorf("idle workers %v, want %v", now, left)
	}
}

func TestCancelWhileWaitingForMemory(t *testing.T) {
	t.Parallel()
	b := newBench(t, "good", func(o *jobs.Options) {
		o.Workers, o.Scratch.Budget, o.RoomTimeout, o.CancelGrace = 1, fakeBytes, time.Hour, 5*time.Second
	})
	b.load("one")
	one := b.next()
	for _, end := range []func(jobs.ID){b.Cancel, func(jobs.ID) { b.Close() }} {
		id := b.load("two")
		for b.Stats().Running == 0 {
			time.Sleep(time.Millisecond)
		}
		time.Sleep(50 * time.Millisecond)
		begin := time.Now()
		end(id)
		if r := b.next(); jobs.CodeOf(r.Err) != jobs.CodeCanceled {
			t.Errorf("error %v", r.Err)
		}
		if took := time.Since(begin); took > 4*time.Second {
			t.Errorf("took %v", took)
		}
	}
	if s := b.Stats(); s.Crashes != 0 {
		t.Errorf("%d crashes", s.Crashes)
	}
	one.Frame.Close()
}

func TestWaitingForRoomIsNoHang(t *testing.T) {
	t.Parallel()
	held := make(chan *cache.Frame, 1)
	b := newBench(t, "good", func(o *jobs.Options) {
		o.Scratch.Budget, o.HangTimeout = fakeBytes, 300*time.Millisecond
		o.MakeRoom = func(jobs.Need, jobs.Request) bool {
			time.Sleep(time.Second)
			(<-held).Close()
			return true
		}
	})
	b.load("one")
	held <- b.next().Frame
	b.load("two")
	r := b.next()
	if r.Err != nil {
		t.Fatal(r.Err)
	}
	r.Frame.Close()
	if s := b.Stats(); s.Crashes != 0 {
		t.Errorf("%d crashes", s.Crashes)
	}
}

func TestBusyWorkerIsNotStuckUntilSpinTimeout(t *testing.T) {
	t.Parallel()
	for spin, want := range map[time.Duration]string{0: "", 700 * time.Millisecond: "without progress"} {
		b := newBench(t, "spin", func(o *jobs.Options) {
			o.Workers, o.HangTimeout, o.SpinTimeout = 1, time.Second, spin
		})
		b.load("bad")
		r := b.next()
		if r.Frame != nil {
			r.Frame.Close()
		}
		if got := fmt.Sprint(r.Err); r.Err == nil && want != "" || !strings.Contains(got, want) {
			t.Errorf("spin timeout %v: %v", spin, r.Err)
		}
	}
}

// A file of 145 KB kept libhdf5 busy for as long as the largest file may take. How much a job may
// compute without a step goes by the size of its file.
func TestSmallFilesAreComputedForLessLongThanLargeOnes(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for size, want := range map[int64]string{1000: "without progress while reading", 100_000_000: ""} {
		b := newBench(t, "compute", func(o *jobs.Options) { o.Workers, o.SpinWork = 1, 100*time.Millisecond })
		path := filepath.Join(dir, fmt.Sprint("bad-", size))
		if err := errors.Join(os.WriteFile(path, nil, 0o600), os.Truncate(path, size)); err != nil {
			t.Fatal(err)
		}
		b.load(path)
		r := b.next()
		if r.Frame != nil {
			r.Frame.Close()
		}
		if got := fmt.Sprint(r.Err); (r.Err == nil) != (want == "") || !strings.Contains(got, want) {
			t.Errorf("%d bytes: %v", size, r.Err)
		}
	}
}

func TestNoMoreCoresThanAllowed(t *testing.T) {
	t.Parallel()
	b := newBench(t, "threads", func(o *jobs.Options) { o.Workers, o.Cores = 1, 1 })
	b.load("alone")
	r := b.next()
	if r.Err != nil || r.Bytes != 1 {
		t.Errorf("%d threads, %v", r.Bytes, r.Err)
	}
	r.Frame.Close()
}

func TestCoresAreShared(t *testing.T) {
	t.Parallel()
	n := runtime.GOMAXPROCS(0)
	b := newBench(t, "threads", func(o *jobs.Options) { o.Workers = n })
	b.load("alone")
	r := b.next()
	if r.Err != nil || r.Bytes != uint64(n) {
		t.Errorf("alone: %d threads of %d, %v", r.Bytes, n, r.Err)
	}
	r.Frame.Close()
	const jobsPerCore = 3
	for i := range jobsPerCore * n {
		b.load(fmt.Sprint("slow ", i))
	}
	least := uint64(n)
	for range jobsPerCore * n {
		r := b.next()
		if r.Err != nil {
			t.Fatal(r.Err)
		}
		least = min(least, r.Bytes)
		r.Frame.Close()
	}
	if least != 1 {
		t.Errorf("%d threads each with all cores busy", least)
	}
}
