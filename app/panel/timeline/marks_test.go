package timeline

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"iceexplorer/app/session"
	"iceexplorer/cache"
	"iceexplorer/jobs"
)

// brokenPool answers each load of a frame with an odd number with an error, and no other.
type brokenPool struct{}

func (brokenPool) Submit(r jobs.Request) jobs.ID {
	if int(r.Frame)%2 == 1 {
		r.Done(jobs.Result{ID: 1, Request: r, Err: &jobs.Error{Code: jobs.CodeCrash, Text: "broken"}})
	}
	return 1
}
func (brokenPool) Cancel(jobs.ID)                       {}
func (brokenPool) CancelLayer(int)                      {}
func (brokenPool) Reprioritise(func(*jobs.Request) int) {}
func (brokenPool) Forgive(string)                       {}
func (brokenPool) Retry()                               {}
func (brokenPool) Stats() jobs.Stats                    { return jobs.Stats{} }

// Of several sequences nobody saw which one lacked a frame: the ruler showed that another had it.
func TestABarHasTheHolesAndFaultsOfItsSequence(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for _, n := range []string{"2", "3", "3.5", "7", "8"} {
		if err := os.WriteFile(filepath.Join(dir, "a_"+n+".icecache"), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	found, err := cache.Discover(dir)
	if err != nil {
		t.Fatal(err)
	}
	posted := make(chan func(), 100)
	s := session.New(brokenPool{}, func(f func()) { posted <- f }, session.Options{Budget: 1 << 30})
	l := s.Add(found.Sequences)[0]
	for l.Count(session.Failed) < 3 { // 3, 3.5 and 7
		select {
		case f := <-posted:
			f()
		case <-t.Context().Done():
			t.Fatal("too few frames failed")
		}
	}
	if got, want := fmt.Sprint(holesOf(l), faultsOf(l)), "[[3.5 6.5]] [3 3.5 7]"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	if err := s.SetTiming(l, session.Timing{Offset: 10, Scale: 2}); err != nil {
		t.Fatal(err)
	}
	if got, want := fmt.Sprint(holesOf(l), faultsOf(l)), "[[12.75 14.25]] [12.5 12.75 14.5]"; got != want {
		t.Errorf("moved: %s, want %s", got, want)
	}
}
