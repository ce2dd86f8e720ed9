package session

import (
	"math/rand/v2"
	"runtime"
	"slices"
	"testing"

	"github.com/bits-and-blooms/bitset"

	"iceexplorer/app/inspect"
	"iceexplorer/cache"
	"iceexplorer/jobs"
)

// deliver answers the request for a frame with points that have these IDs; without
// IDs there are n points.
func deliver(t *testing.T, p *fakePool, number cache.Number, ids []int32, n int) {
	t.Helper()
	i := slices.IndexFunc(p.waiting, func(r jobs.Request) bool { return r.Frame == number && r.Task == jobs.Load })
	if i < 0 {
		t.Fatalf("frame %v was not asked for", number)
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
	r, id := p.take(i)
	r.Done(jobs.Result{ID: id, Request: r, Frame: measured(f), Mapped: true})
}

func selected(s *Session, l *Layer) []uint64 {
	rows, _ := s.Selected(l, s.Shown(l))
	if rows == nil {
		return nil
	}
	var out []uint64
	for i := range rows.EachSet() {
		out = append(out, uint64(i))
	}
	return out
}

func picks(l *Layer, number cache.Number, indices ...uint64) Picked {
	rows := bitset.New(0)
	for _, i := range indices {
		rows.Set(uint(i))
	}
	return Picked{l.ID, number, rows}
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
	s.Seek(2)
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
	s.Seek(2)
	if got := selected(s, l); got != nil || s.SelectionSize() != 0 {
		t.Errorf("frame 2: %v: these are other points", got)
	}
	s.Seek(1)
	if got := selected(s, l); !slices.Equal(got, []uint64{0, 2}) {
		t.Errorf("frame 1 again: %v", got)
	}
}

func TestPicksOfWhatIsGoneAreForgotten(t *testing.T) {
	t.Parallel()
	s, p, l := open(t, Options{}, 1, 1)
	deliver(t, p, 1, []int32{5}, 0)
	s.Select(SelectOnly, Picked{Layer: l.ID + 7, Number: 1}, Picked{Layer: l.ID, Number: 9})
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
	s, p, _ := open(t, Options{}, 1, 2)
	deliver(t, p, 1, []int32{5, 6}, 0)
	if got := s.ValueRange("ID", 0, true); got != (inspect.Span{Lo: 5, Hi: 6}) {
		t.Errorf("one frame: %v", got)
	}
	deliver(t, p, 2, []int32{-3, 90}, 0)
	if got := s.ValueRange("ID", 0, true); got != (inspect.Span{Lo: -3, Hi: 90}) {
		t.Errorf("two frames, the first one shown: %v", got)
	}
}

func TestAllNoneAndInvert(t *testing.T) {
	t.Parallel()
	for name, ids := range map[string][]int32{
		"in a row": {100, 101, 102, 103}, "far apart": {-2147483648, -1, 7, 2147483647}, "negative": {-9, -8, -7, -6}, "none": nil,
	} {
		s, p, l := open(t, Options{}, 1, 1)
		deliver(t, p, 1, ids, 4)
		check := func(what string, want ...uint64) {
			t.Helper()
			if got := selected(s, l); !slices.Equal(got, want) || s.SelectionSize() != len(want) {
				t.Errorf("IDs %s, %s: %v (%d), want %v", name, what, got, s.SelectionSize(), want)
			}
		}
		s.InvertSelection()
		check("invert nothing", 0, 1, 2, 3)
		s.Select(SelectRemove, picks(l, 1, 1, 3))
		check("remove two", 0, 2)
		s.InvertSelection()
		check("invert two", 1, 3)
		s.SelectAll()
		check("all", 0, 1, 2, 3)
		s.InvertSelection()
		check("invert all")
		s.SetVisible(l, false)
		s.SelectAll()
		check("all of a hidden sequence")
	}
}

// The status bar told of a selection that had gone with its sequence.
func TestWhatWasToldOfASelectionGoesWithIt(t *testing.T) {
	t.Parallel()
	s, p, l := open(t, Options{}, 1, 2)
	deliver(t, p, 1, []int32{1, 2}, 0)
	tell := func() {
		s.SelectAll()
		s.TellSelection("2 points selected")
		if m, ok := s.Latest(); !ok || m.Text != "2 points selected" {
			t.Fatalf("latest is %q, %v", m.Text, ok)
		}
	}
	for _, gone := range []func(){
		s.ClearSelection, s.InvertSelection, func() { s.Select(SelectAdd, picks(l, 1, 0)) },
		func() { s.Step(1); s.Step(-1) }, func() { s.CloseLayer(l) },
	} {
		tell()
		gone()
		if m, _ := s.Latest(); m.Text == "2 points selected" {
			t.Error("still told")
		}
	}
}

// The selection's count took in the points of hidden sequences, and those that other frames
// have.
func TestOnlyWhatCanBeSeenCountsAsSelected(t *testing.T) {
	t.Parallel()
	s, p, l := open(t, Options{}, 1, 2)
	deliver(t, p, 1, []int32{10, 20, 30}, 0)
	deliver(t, p, 2, []int32{30, 40}, 0)
	check := func(what, want string, size int) {
		t.Helper()
		if got := s.SelectionText(); got != want || s.SelectionSize() != size || !s.HasSelection() {
			t.Errorf("%s: %q (%d), want %q (%d)", what, got, s.SelectionSize(), want, size)
		}
	}
	s.SelectAll()
	check("all of frame 1", "3 selected", 3)
	s.Seek(2)
	check("frame 2", "3 selected, 1 in this frame", 3)
	s.SetVisible(l, false)
	check("hidden", "", 0)
	s.SetVisible(l, true)
	check("shown again", "3 selected, 1 in this frame", 3)
}

// Random picks, against sets that are as plain as can be.
func TestSelectionAgreesWithPlainSets(t *testing.T) {
	t.Parallel()
	for seed := range uint64(40) {
		rnd := rand.New(rand.NewPCG(seed, 1))
		n := 1 + rnd.IntN(300)
		var ids []int32
		if step := []int{0, 1, 7, 1 << 20}[rnd.IntN(4)]; step > 0 {
			id := int32(rnd.Uint32())
			for range n {
				ids = append(ids, id)
				id += int32(rnd.IntN(step) + 1)
			}
		}
		s, p, l := open(t, Options{}, 1, 1)
		deliver(t, p, 1, ids, n)
		want := make([]bool, n)
		for range 12 {
			mode := SelectMode(rnd.IntN(3))
			if mode == SelectOnly {
				clear(want)
			}
			var indices []uint64
			for range rnd.IntN(n + 1) {
				i := rnd.IntN(n)
				indices = append(indices, uint64(i))
				want[i] = mode != SelectRemove
			}
			s.Select(mode, picks(l, 1, indices...))
			if rnd.IntN(4) == 0 {
				s.InvertSelection()
				for i := range want {
					want[i] = !want[i]
				}
			}
			var list []uint64
			for i, on := range want {
				if on {
					list = append(list, uint64(i))
				}
			}
			if got := selected(s, l); !slices.Equal(got, list) {
				t.Fatalf("seed %d, %d points, %d IDs: %v, want %v", seed, n, len(ids), got, list)
			}
		}
	}
}

// Selecting all of ten million points is to take 50 ms and 2 MB at most; the time is
// for make bench.
func TestSelectingAllOfManyPointsTakesLittleMemory(t *testing.T) {
	s, p, l := open(t, Options{}, 1, 1)
	const n = 10_000_000
	ids := make([]int32, n)
	for i := range ids {
		ids[i] = int32(i) + 5
	}
	deliver(t, p, 1, ids, 0)
	held := func() uint64 {
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	before := held()
	s.SelectAll()
	rows, _ := s.Selected(l, s.Shown(l))
	if after := held(); rows.Count() != n || after > before+2_000_000 {
		t.Errorf("%d selected in %d bytes", rows.Count(), after-before)
	}
	runtime.KeepAlive(ids)
}

func BenchmarkSelectAll(b *testing.B) {
	const n = 10_000_000
	f := manyPoints(b, n)
	a, ids := identities(f)
	b.Run("all", func(b *testing.B) {
		for b.Loop() {
			sel := selection{ids: idsOf(ids, a, nil)}
			if sel.ids.rows(ids, a).Count() != n {
				b.Fatal("not all")
			}
		}
	})
	b.Run("every second, found again", func(b *testing.B) {
		rows := bitset.New(n)
		for i := uint(0); i < n; i += 2 {
			rows.Set(i)
		}
		sel := selection{ids: idsOf(ids, a, rows)}
		for b.Loop() {
			if sel.ids.rows(ids, a).Count() != n/2 {
				b.Fatal("not half")
			}
		}
	})
}

func manyPoints(b *testing.B, n int) *cache.Frame {
	b.Helper()
	ids := make([]int32, n)
	for i := range ids {
		ids[i] = int32(i)
	}
	bd := cache.NewBuilder(cache.Header{Version: 103, Points: uint32(n)})
	bd.Int32s("ID", ids)
	f, err := bd.Frame()
	if err != nil {
		b.Fatal(err)
	}
	f.Attribute("ID").Ranges = []cache.Range{{Min: 0, Max: float64(n - 1), Finite: uint64(n)}}
	return f
}
