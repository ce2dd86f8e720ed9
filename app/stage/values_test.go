package stage

import (
	"fmt"
	"slices"
	"testing"

	"github.com/bits-and-blooms/bitset"

	"iceexplorer/app/inspect/expr"
	"iceexplorer/app/session"
	"iceexplorer/cache"
	"iceexplorer/gfx"
)

func labelTexts(labels []gfx.Label) (out []string) {
	for _, l := range labels {
		out = append(out, l.Text)
	}
	return out
}

func TestValuesStandBesideTheSelectedPoints(t *testing.T) {
	t.Parallel()
	r := newRig(t, corners(1))
	r.opt.Look.ShowValues("P * 2")
	r.session.Select(session.SelectOnly, session.Picked{Layer: r.session.Layers()[0].ID, Number: 1, Rows: bitset.New(8).Set(1).Set(6)})
	r.eventually(func() bool { return len(r.r.view.Labels) > 0 })
	if l := r.r.view.Labels; !slices.Equal(labelTexts(l), []string{"2  -2  -2", "-2  2  2"}) || l[0].At != (gfx.Vec3{1, -1, -1}) {
		t.Errorf("%+v", l)
	}
	draws := r.r.draws
	r.frame(frameTime)
	if r.r.draws != draws || r.Busy() {
		t.Error("labels that do not change are drawn again and again")
	}
	r.opt.Look.ShowValues("$index")
	r.eventually(func() bool { return slices.Equal(labelTexts(r.r.view.Labels), []string{"1", "6"}) })
	if !r.Prepare() {
		t.Error("a picture of what is shown has to wait")
	}
	if _, err := r.Picture(PictureOptions{W: 32, H: 32}, r.Camera()); err != nil || len(r.r.view.Labels) != 2 {
		t.Errorf("a picture has %d labels, %v", len(r.r.view.Labels), err)
	}
	r.opt.Look.ShowValues("Fog")
	r.eventually(func() bool { return len(r.r.view.Labels) == 0 && !r.Busy() })
	r.opt.Look.ShowValues("")
	r.frame(frameTime)
	if len(r.r.view.Labels) != 0 {
		t.Error("labels of nothing")
	}
}

func TestValuesStandBesideThePointsNearTheMouse(t *testing.T) {
	t.Parallel()
	r := newRig(t, corners(1))
	r.opt.Look.ShowValues("$index")
	r.frame(frameTime)
	if n := len(r.r.asked); n != 1 || r.r.asked[0].Tag != tagValues || r.r.asked[0].Rect.Empty() {
		t.Fatalf("asked %+v", r.r.asked)
	}
	res := gfx.PickResult{Query: r.r.asked[0]}
	id := uint64(r.session.Layers()[0].ID)
	for i, at := range [][2]int{{10, 10}, {400, 300}, {360, 300}, {401, 301}} {
		res.Hits = append(res.Hits, gfx.Hit{Layer: id, Index: uint64(i), X: at[0], Y: at[1]})
	}
	r.r.answers = append(r.r.answers, res)
	r.eventually(func() bool { return len(r.r.view.Labels) > 0 })
	if got := labelTexts(r.r.view.Labels); !slices.Equal(got, []string{"1", "2", "0"}) {
		t.Errorf("%q: the nearest to the middle comes first", got)
	}
	r.rest()
	if n := len(r.r.asked); n != 1 {
		t.Errorf("asked %d times about one picture", n)
	}
	r.Orbit(30, 0)
	r.eventually(func() bool { return len(r.r.asked) == 2 })
}

func TestLabelsAreWhatPeopleRead(t *testing.T) {
	t.Parallel()
	f := frameOf(t, 3, func(b *cache.Builder) {
		b.Float32s("Heat", cache.TypeFloat, []float32{0.5, 1e9, -2})
		b.Strings("Name", []string{"ash", "fire", "smoke"})
	})
	for text, want := range map[string][]string{
		"Heat": {"0.5", "-2"}, "Name": {"ash", "smoke"}, "Heat > 0": {"yes", "no"}, "[Heat, $index]": {"0.5  0", "-2  2"}, "7": {"7", "7"},
	} {
		got, err := labelsOf(t.Context(), expr.Frame{Frame: f}, text, []uint32{0, 2, 9})
		if err != nil || !slices.Equal(labelTexts(got), want) {
			t.Errorf("%s: %q, %v", text, labelTexts(got), err)
		}
	}
}

// Of ten million selected points ten million had a label.
func TestManySelectedPointsAreThinned(t *testing.T) {
	t.Parallel()
	words := make([]uint64, 10_000)
	for i := range words {
		words[i] = ^uint64(0)
	}
	sc := &scene{Scenery: Scenery{Parts: []Part{{Layer: 1, Selected: words}, {Layer: 2, Selected: []uint64{1}}}}}
	s := &Stage{}
	n := 0
	for _, l := range s.selectedRows(sc) {
		n += len(l.rows)
	}
	if n == 0 || n > mostLabelled {
		t.Error(fmt.Sprint(n, " labels"))
	}
}
