package session

import (
	"slices"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"iceexplorer/app/disk"
)

// idDisk brings the IDs of four points into memory when it is let, and all else at once.
type idDisk struct {
	disk.System
	shut atomic.Bool
	gate chan struct{} // takes one wait away
}

func (d *idDisk) Populate(b []byte) {
	if len(b) == 4*4 && d.shut.Load() {
		<-d.gate
	}
}

// IDs of all points were read by the loop, from whatever disk they are on.
func TestSelectingByIDsThatAreReadSlowly(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d, posted := &idDisk{gate: make(chan struct{})}, make(chan func(), 16)
		s, p, l := open(t, Options{Disk: d, Patience: 5 * time.Millisecond}, 1, 2)
		s.prefetches.Store(maxPrefetches)
		deliver(t, p, 1, []int32{10, 20, 30, 40}, 0)
		deliver(t, p, 2, []int32{40, 30, 20, 10}, 0)
		s.post = func(f func()) { posted <- f }
		is := func(what string, choosing bool, want ...uint64) {
			t.Helper()
			if got := selected(s, l); !slices.Equal(got, want) || s.Choosing() != choosing {
				t.Errorf("%s: %v, choosing %v, want %v", what, got, s.Choosing(), want)
			}
		}
		let := func() {
			d.gate <- struct{}{}
			(<-posted)()
		}
		s.Select(SelectOnly, picks(l, 1, 0, 1))
		is("a quick disk", false, 0, 1)

		d.shut.Store(true)
		begun := time.Now()
		s.Select(SelectAdd, picks(l, 1, 3))
		s.Select(SelectRemove, picks(l, 1, 0))
		s.InvertSelection()
		if waited := time.Since(begun); waited > 5*time.Millisecond {
			t.Errorf("the loop waited for %v", waited)
		}
		is("the last selection", true, 0, 1)
		d.shut.Store(false)
		let()
		is("one after the other", false, 0, 2)

		d.shut.Store(true)
		s.Seek(2)
		is("the last points in another frame", true, 0, 2)
		let()
		is("those of the frame", false, 1, 3)

		s.SelectAll()
		s.Select(SelectAdd, picks(l, 2, 0))
		s.ClearSelection()
		is("given up", false)
		let()
		is("given up, and found", false)

		s.SelectAll()
		s.CloseLayer(l)
		let()
		if s.SelectionSize() > 0 || s.Choosing() {
			t.Errorf("%d points selected of what is closed", s.SelectionSize())
		}
	})
}
