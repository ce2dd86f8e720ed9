package reshape

import (
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"

	"github.com/RoaringBitmap/roaring/v2"
	"github.com/bits-and-blooms/bitset"

	"iceexplorer/cache"

	"iceexplorer/cache/export"
	"iceexplorer/cache/pathname"
	"iceexplorer/jobs/task"
)

func points(t *testing.T, ids []int32, mass ...float32) *cache.Frame {
	t.Helper()
	b := cache.NewBuilder(cache.Header{Version: 103, Points: uint32(len(mass))})
	if ids != nil {
		b.Int32s("ID", ids)
	}
	b.Float32s("Mass", cache.TypeFloat, mass)
	f, err := b.Frame()
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// A selection follows IDs, and is of the frame that it was made in where there are none.
func TestSelectedPointsAreWritten(t *testing.T) {
	t.Parallel()
	minus := int32(-4)
	s := Selection{IDs: roaring.BitmapOf(7, 9, uint32(minus)), Rows: map[cache.Number]*bitset.BitSet{7: bitset.New(4).Set(0).Set(3), 8: bitset.New(4).Set(1)}}
	path := filepath.Join(t.TempDir(), "selected")
	if err := s.Save(path); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, where string
		ids         []int32
		want        []float32
	}{
		{"by ID", "", []int32{9, 1, -4, 7}, []float32{1, 3, 4}},
		{"by ID, and a condition", "Mass > 1", []int32{9, 1, -4, 7}, []float32{3, 4}},
		{"by ID, none of them", "", []int32{1, 2, 3, 4}, nil},
		{"by row", "", nil, []float32{1, 4}},
	} {
		g, _ := apply(t, points(t, c.ids, 1, 2, 3, 4), task.Change{Where: c.where, Selected: pathname.Text(path)})
		if got := g.Attribute("Mass").Float32s(); !slices.Equal(got, c.want) || int(g.Header.Points) != len(c.want) {
			t.Errorf("%s: %v of %d points, want %v", c.name, got, g.Header.Points, c.want)
		}
	}
	for name, c := range map[string]struct {
		file, want string
		number     cache.Number
	}{
		"no file":       {path + "_", "read the selection: " + pathname.Reason(&fs.PathError{Err: syscall.ENOENT}).Error(), 7},
		"another frame": {path, "another number of points", 7},
	} {
		ix, mem := copied(t, points(t, nil, 1, 2, 3))
		if _, _, err := Apply(t.Context(), ix, mem, c.number, &task.Change{Selected: pathname.Text(c.file)}); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	ix, mem := copied(t, points(t, nil, 1, 2, 3))
	if g, _, err := Apply(t.Context(), ix, mem, 5, &task.Change{Selected: pathname.Text(path)}); err != nil || g.Header.Points != 0 {
		t.Errorf("of a frame in which nothing is selected: %v", err)
	}
}

// What is foretold of a frame is what is told when it is written.
func TestWhatIsForetoldIsTold(t *testing.T) {
	t.Parallel()
	b := cache.NewBuilder(cache.Header{Version: 103, Points: 2, Edges: 1})
	b.Float32s("PointPosition", cache.TypeVector3, make([]float32, 6))
	b.Float32s("Rest", cache.TypeVector3, make([]float32, 6))
	b.Float32s("Size", cache.TypeFloat, make([]float32, 2))
	f, err := b.Frame()
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]task.Change{
		"nothing":   {},
		"turned":    {Up: "z"},
		"scaled":    {Scale: 2, Kinds: map[string]string{"Rest": "position", "Other": "length"}},
		"some":      {Where: "$index == 0", Attrs: []string{"Size", "Mass"}},
		"derived":   {Derive: []string{"Mass=1.5"}, Attrs: []string{"Mass"}},
		"all of it": {Where: "true", Up: "z", Scale: 3, Kinds: map[string]string{"Size": "position"}},
	} {
		g, want := apply(t, f, c)
		ix, told := Foretell(f, &c)
		if len(told.LeftOut) != len(want.LeftOut) || len(told.AsIs) != len(want.AsIs) || len(told.LeftOut)+len(told.AsIs) > 0 && !slices.EqualFunc(append(told.LeftOut, told.AsIs...), append(want.LeftOut, want.AsIs...), sameLeft) {
			t.Errorf("%s: foretold %+v, told %+v", name, told, want)
		}
		if n := len(c.Derive); len(ix.Columns)+n != len(g.Attributes) {
			t.Errorf("%s: %d columns are foretold, %d are there", name, len(ix.Columns), len(g.Attributes))
		}
	}
}

func sameLeft(a, b export.Left) bool {
	return a.Why == b.Why && slices.Equal(a.Attributes, b.Attributes)
}
