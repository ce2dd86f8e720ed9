package session

import (
	"slices"
	"testing"

	"iceexplorer/cache"
	"iceexplorer/jobs"
)

// deliver answers the request for a frame with points that have these IDs; without
// IDs there are n points.
func deliver(t *testing.T, p *fakePool, number int, ids []int32, n int) {
	t.Helper()
	i := slices.IndexFunc(p.waiting, func(r jobs.Request) bool { return r.Frame == number && r.Task == jobs.Load })
	if i < 0 {
		t.Fatalf("frame %d was not asked for", number)
	}
	if ids != nil {
		n = len(ids)
	}
	b := cache.NewBuilder(cache.Header{Version: 103, Points: uint32(n)})
	b.Float32s("PointPosition", cache.TypeVector3, make([]float32, 3*n))
	if ids != nil {
		b.Int32s("ID", ids)
	}
	f, err := b.Frame()
	if err != nil {
		t.Fatal(err)
	}
	if ids != nil {
		f.Attribute("ID").Ranges = []cache.Range{{Min: float64(slices.Min(ids)), Max: float64(slices.Max(ids)), Finite: uint64(n)}}
	}
	r, id := p.take(i)
	r.Done(jobs.Result{ID: id, Request: r, Frame: f, Mapped: true})
}

func selected(s *Session, l *Layer) []uint64 {
	indices, _ := s.Selected(l, s.Shown(l))
	return indices
}

func picks(l *Layer, number int, indices ...uint64) []Picked {
	var out []Picked
	for _, i := range indices {
		out = append(out, Picked{l.ID, number, i})
	}
	return out
}

func TestSelectionFollowsTheIDFromFrameToFrame(t *testing.T) {
	t.Parallel()
	s, p, l := open(t, Options{}, 1, 2)
	deliver(t, p, 1, []int32{10, 20, 30}, 0)
	deliver(t, p, 2, []int32{30, 40, 20, 20}, 0)
	s.Select(SelectOnly, picks(l, 1, 0, 1))
	if got := selected(s, l); !slices.Equal(got, []uint64{0, 1}) {
		t.Errorf("frame 1: %v", got)
	}
	_, before := s.Selected(l, s.Shown(l))
	s.MoveHead(2, 1)
	if got := selected(s, l); !slices.Equal(got, []uint64{2, 3}) {
		t.Errorf("frame 2: %v", got)
	}
	if _, key := s.Selected(l, s.Shown(l)); key == before || key == 0 {
		t.Errorf("other indices have the key %d again", key)
	}
	if s.SelectionSize() != 2 {
		t.Errorf("%d selected", s.SelectionSize())
	}
}

func TestSelectionAddsRemovesAndClears(t *testing.T) {
	t.Parallel()
	s, p, l := open(t, Options{}, 1, 1)
	deliver(t, p, 1, []int32{5, 6, 7, 8}, 0)
	for _, step := range []struct {
		mode SelectMode
		pick []uint64
		want []uint64
	}{
		{SelectOnly, []uint64{1}, []uint64{1}},
		{SelectAdd, []uint64{3, 0}, []uint64{0, 1, 3}},
		{SelectRemove, []uint64{1, 2}, []uint64{0, 3}},
		{SelectAdd, []uint64{3, 99}, []uint64{0, 3}}, // 99: there is no such point
		{SelectOnly, []uint64{2}, []uint64{2}},
		{SelectOnly, nil, nil},
	} {
		s.Select(step.mode, picks(l, 1, step.pick...))
		if got := selected(s, l); !slices.Equal(got, step.want) {
			t.Errorf("mode %d of %v: %v, want %v", step.mode, step.pick, got, step.want)
		}
	}
	s.Select(SelectAdd, picks(l, 1, 1))
	s.ClearSelection()
	if got := selected(s, l); got != nil || s.SelectionSize() != 0 {
		t.Errorf("cleared: %v", got)
	}
}

func TestSelectionWithoutIDsStaysInItsFrame(t *testing.T) {
	t.Parallel()
	s, p, l := open(t, Options{}, 1, 2)
	deliver(t, p, 1, nil, 3)
	deliver(t, p, 2, nil, 3)
	s.Select(SelectOnly, picks(l, 1, 2, 0))
	if got := selected(s, l); !slices.Equal(got, []uint64{0, 2}) || s.SelectionSize() != 2 {
		t.Errorf("frame 1: %v", got)
	}
	s.MoveHead(2, 1)
	if got := selected(s, l); got != nil || s.SelectionSize() != 0 {
		t.Errorf("frame 2: %v: these are other points", got)
	}
	s.MoveHead(1, 1)
	if got := selected(s, l); !slices.Equal(got, []uint64{0, 2}) {
		t.Errorf("frame 1 again: %v", got)
	}
}

func TestPicksOfWhatIsGoneAreForgotten(t *testing.T) {
	t.Parallel()
	s, p, l := open(t, Options{}, 1, 1)
	deliver(t, p, 1, []int32{5}, 0)
	s.Select(SelectOnly, []Picked{{l.ID + 7, 1, 0}, {l.ID, 9, 0}})
	if s.SelectionSize() != 0 {
		t.Errorf("%d selected", s.SelectionSize())
	}
	s.Select(SelectOnly, picks(l, 1, 0))
	s.CloseLayer(l)
	if s.SelectionSize() != 0 {
		t.Errorf("%d selected of a closed sequence", s.SelectionSize())
	}
}

func TestRangeOverTheSequenceTakesInFramesNotShownYet(t *testing.T) {
	t.Parallel()
	s, p, l := open(t, Options{}, 1, 2)
	deliver(t, p, 1, []int32{5, 6}, 0)
	s.View.ColorMode, s.View.Scalar, s.View.Component, s.View.RangeMode = ColorScalar, "ID", 0, RangeSequence
	if lo, hi := s.ScalarRange(l, s.Shown(l)); lo != 5 || hi != 6 {
		t.Errorf("one frame: %g to %g", lo, hi)
	}
	deliver(t, p, 2, []int32{-3, 90}, 0)
	if lo, hi := s.ScalarRange(l, s.Shown(l)); lo != -3 || hi != 90 {
		t.Errorf("two frames, the first one shown: %g to %g", lo, hi)
	}
}

func TestResetViewKeepsThePreferredSize(t *testing.T) {
	t.Parallel()
	s, _, _ := open(t, Options{}, 1, 1)
	s.View.PointSize, s.View.Trails, s.View.Grid = 7, 3, false
	s.ResetView()
	want := DefaultView()
	want.PointSize = 7
	if s.View != want {
		t.Errorf("%+v", s.View)
	}
}
