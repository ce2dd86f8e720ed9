package gfx

import (
	"fmt"
	"testing"
)

// Labels of ten thousand points in one place were a blot.
func TestLabelsDoNotOverlap(t *testing.T) {
	r := newTestRenderer(t, Options{})
	v := testView(Box{Vec3{-1, -1, -1}, Vec3{1, 1, 1}}, 400, 300)
	draw := func() int {
		t.Helper()
		if err := r.Draw(&v, nil, 400, 300); err != nil {
			t.Fatal(err)
		}
		return r.Stats().Labels
	}
	for i := range 10_000 {
		v.Labels = append(v.Labels, Label{Vec3{}, fmt.Sprint(i)})
	}
	if n := draw(); n != 1 {
		t.Errorf("%d labels of points in one place", n)
	}
	for i := range v.Labels {
		v.Labels[i].At = Vec3{float64(i%100)/25 - 2, float64(i/100)/25 - 2, 0}
	}
	if n := draw(); n < 50 || n > maxLabels {
		t.Errorf("%d labels in a picture full of points", n)
	}
	v.Clip = Clip{On: true, Box: Box{Vec3{5, 5, 5}, Vec3{6, 6, 6}}}
	if n := draw(); n != 0 {
		t.Errorf("%d labels of clipped points", n)
	}
}
