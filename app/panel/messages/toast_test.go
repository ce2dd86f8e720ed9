package messages

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"iceexplorer/app/session"
	"iceexplorer/cache"
	"iceexplorer/jobs"
)

// failing is a pool whose loads fail when the test says so.
type failing struct{ waiting []jobs.Request }

func (p *failing) Submit(r jobs.Request) jobs.ID {
	p.waiting = append(p.waiting, r)
	return jobs.ID(len(p.waiting))
}
func (*failing) Cancel(jobs.ID)                       {}
func (*failing) CancelLayer(int)                      {}
func (*failing) Reprioritise(func(*jobs.Request) int) {}
func (*failing) Forgive(string)                       {}
func (*failing) Retry()                               {}
func (*failing) Stats() jobs.Stats                    { return jobs.Stats{} }

// The toast went on saying that 4 frames could not be read when the status bar said 9.
func TestTheToastCountsTheFramesThatTheStatusBarCounts(t *testing.T) {
	t.Parallel()
	const frames = 9
	dir := t.TempDir()
	for i := range frames {
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("a_%d.icecache", i+1)), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	found, err := cache.Discover(dir)
	if err != nil {
		t.Fatal(err)
	}
	pool := &failing{}
	s := session.New(pool, func(f func()) { f() }, session.Options{Budget: 1 << 30, Window: frames})
	s.Add(found.Sequences)
	toast, failed := &toast{session: s}, 0
	for i := 0; i < len(pool.waiting); i++ {
		if r := pool.waiting[i]; r.Task == jobs.Load {
			r.Done(jobs.Result{ID: jobs.ID(i + 1), Request: r, Err: errors.New("no such file: " + r.Source)})
			failed++
		}
		if m, _ := s.Latest(); failed > 0 && (!toast.follow(time.Now()) || toast.shown.Text != m.Text) {
			t.Fatalf("after %d failures the toast says %q, the status bar %q", failed, toast.shown.Text, m.Text)
		}
	}
	if failed != frames {
		t.Errorf("%d of %d frames failed", failed, frames)
	}
}
