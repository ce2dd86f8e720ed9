package frames

import (
	"context"
	"errors"
	"math/rand/v2"
	"slices"
	"sync"
	"sync/atomic"
	"testing"

	"iceexplorer/cache"
	"iceexplorer/jobs"
)

// fake answers requests in any order, from another goroutine.
type fake struct {
	t    *testing.T
	mu   sync.Mutex
	wait []jobs.Request
	open atomic.Int32 // frames that are not closed
	most int          // requests that waited at a time
	hold bool         // answers nothing but what is canceled
	ids  jobs.ID
}

func (p *fake) Submit(r jobs.Request) jobs.ID {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.ids++
	r.Priority = int(p.ids)
	p.wait = append(p.wait, r)
	p.most = max(p.most, len(p.wait))
	if !p.hold {
		go p.answer()
	}
	return p.ids
}

func (p *fake) Cancel(id jobs.ID) {
	p.mu.Lock()
	i := slices.IndexFunc(p.wait, func(r jobs.Request) bool { return r.Priority == int(id) })
	var r jobs.Request
	if i >= 0 {
		r = p.wait[i]
		p.wait = slices.Delete(p.wait, i, i+1)
	}
	p.mu.Unlock()
	if i >= 0 {
		go r.Done(jobs.Result{Request: r, Err: &jobs.Error{Code: jobs.CodeCanceled}})
	}
}

func (p *fake) answer() {
	p.mu.Lock()
	if len(p.wait) == 0 {
		p.mu.Unlock()
		return
	}
	i := rand.IntN(len(p.wait))
	r := p.wait[i]
	p.wait = slices.Delete(p.wait, i, i+1)
	p.mu.Unlock()
	if r.Frame == 3 {
		r.Done(jobs.Result{Request: r, Err: errors.New("broken")})
		return
	}
	p.open.Add(1)
	f, err := cache.NewFrame(&cache.Index{Header: cache.Header{Points: uint32(r.Frame)}}, nil, func() error {
		p.open.Add(-1)
		return nil
	})
	if err != nil {
		p.t.Error(err)
	}
	r.Done(jobs.Result{Request: r, Frame: f})
}

func files(n int) []File {
	out := make([]File, n)
	for i := range out {
		out[i].Number = cache.Number(i)
	}
	return out
}

func TestFramesComeInOrderAndAreClosed(t *testing.T) {
	t.Parallel()
	p := &fake{t: t}
	var got []uint32
	err := Each(t.Context(), p, files(40), 4, func(i int, f *cache.Frame, err error) bool {
		switch {
		case i == 3 && (f != nil || err == nil):
			t.Error("a broken frame was handed over")
		case i != 3:
			got = append(got, f.Header.Points)
		}
		return true
	})
	if err != nil || len(got) != 39 || !slices.IsSorted(got) || p.open.Load() != 0 || p.most > 4 {
		t.Error(err, got, p.open.Load(), p.most)
	}
}

func TestFramesThatAreNotWantedAnyMoreAreClosed(t *testing.T) {
	t.Parallel()
	p := &fake{t: t}
	seen := 0
	if err := Each(t.Context(), p, files(40), 8, func(i int, _ *cache.Frame, _ error) bool { seen++; return i < 5 }); err != nil || seen != 6 || p.open.Load() != 0 {
		t.Error(err, seen, p.open.Load())
	}
	ctx, cancel := context.WithCancel(t.Context())
	p = &fake{t: t, hold: true}
	done := make(chan error)
	go func() { done <- Each(ctx, p, files(9), 2, func(int, *cache.Frame, error) bool { return true }) }()
	cancel()
	if err := <-done; !errors.Is(err, context.Canceled) || p.open.Load() != 0 {
		t.Error(err)
	}
}
