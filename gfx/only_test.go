package gfx

import (
	"bytes"
	"image"
	"slices"
	"testing"
)

// rowsOf are the rows of a column of comps values each.
func rowsOf[T any](values []T, comps int, rows []int) (out []T) {
	for _, i := range rows {
		out = append(out, values[i*comps:(i+1)*comps]...)
	}
	return out
}

// A cloud of which some points are drawn looks as a cloud of those points.
func TestOnlyThePointsThatAreWantedAreDrawn(t *testing.T) {
	f := newFountain(3000)
	var rows []int
	only := make([]uint64, (3000+63)/64)
	for i := range 2500 { // bits are missing at the end
		if i%7 < 3 || i > 1900 && i < 2100 {
			rows = append(rows, i)
			only[i/64] |= 1 << (i % 64)
		}
	}
	only = only[:2500/64+1]
	shapes := make([]int32, 3000)
	for i := range shapes {
		shapes[i] = []int32{int32(ShapePoint), int32(ShapeBox), int32(ShapeSphere)}[i%3]
	}
	offsets, hair := []uint64{0}, []float32{}
	for i := range 3000 {
		hair = append(hair, f.pos[3*i]+0.1, f.pos[3*i+1]+0.1, f.pos[3*i+2])
		offsets = append(offsets, uint64(i+1))
	}
	whole, part := f.cloud(), f.cloud()
	whole.Only, whole.OnlyKey = only, 1
	part.N, part.Position = len(rows), rowsOf(f.pos, 3, rows)
	part.Color.F, part.Size.F = rowsOf(f.col, 4, rows), rowsOf(f.size, 1, rows)
	if n := whole.Shown(); n != len(rows) {
		t.Errorf("%d shown, want %d", n, len(rows))
	}
	for name, change := range map[string]func(*View, *Cloud, *Cloud){
		"points":  func(*View, *Cloud, *Cloud) {},
		"density": func(v *View, _, _ *Cloud) { v.Density.On = true },
		"shapes": func(_ *View, a, b *Cloud) {
			a.Shape = Attrib{I: shapes, Comps: 1}
			b.Shape = Attrib{I: rowsOf(shapes, 1, rows), Comps: 1}
		},
		"vectors": func(v *View, a, b *Cloud) {
			v.Vectors = VectorOptions{On: true, Scale: 0.05}
			a.Vector = Attrib{F: f.vel, Comps: 3}
			b.Vector = Attrib{F: rowsOf(f.vel, 3, rows), Comps: 3}
		},
		"strands": func(_ *View, a, b *Cloud) {
			a.Strands = Strands{Offsets: offsets, Points: hair}
			b.Strands = Strands{Offsets: offsets[:len(rows)+1], Points: rowsOf(hair, 3, rows)}
		},
		"selected": func(_ *View, a, b *Cloud) {
			a.Selected, b.Selected = bitsOf(rows[5], rows[5]+4, rows[700]), bitsOf(5, 700)
			if slices.Contains(rows, rows[5]+4) {
				t.Fatal("the second is to be hidden")
			}
		},
	} {
		for _, chunk := range []int{0, 1000} { // chunks that begin within a word
			if chunk > 0 && name == "strands" {
				continue
			}
			r := newTestRenderer(t, Options{ChunkPoints: chunk})
			v, a, b := testView(f.box, 320, 200), whole, part
			change(&v, &a, &b)
			var pictures [2]*image.RGBA
			for i, c := range []Cloud{a, b} {
				c.Key = uint64(i + 1)
				if err := r.Draw(&v, []Cloud{c}, 320, 200); err != nil {
					t.Fatal(err)
				}
				pictures[i] = r.Image()
			}
			if !bytes.Equal(pictures[0].Pix, pictures[1].Pix) {
				t.Errorf("%s in chunks of %d: the picture is another than that of the points alone", name, chunk)
			}
		}
	}
}

func TestPointsThatAreNotDrawnAreNotFound(t *testing.T) {
	r := newTestRenderer(t, Options{})
	f := newFountain(500)
	c := f.cloud()
	c.Only, c.OnlyKey = bitsOf(3, 64, 400), 1
	v := testView(f.box, 320, 200)
	if err := r.Draw(&v, []Cloud{c}, 320, 200); err != nil {
		t.Fatal(err)
	}
	all := PickQuery{Rect: image.Rect(0, 0, 320, 200)}
	var got []int
	for _, h := range r.Pick(all) {
		got = append(got, int(h.Index))
	}
	if !slices.Equal(got, []int{3, 64, 400}) {
		t.Errorf("picked %v", got)
	}
	through, err := v.Through(t.Context(), &all, &c, 320, 200)
	if err != nil || countBits(through) != 3 || through[0] != 1<<3 || through[1] != 1 {
		t.Errorf("through: %x, %v", through, err)
	}
}
