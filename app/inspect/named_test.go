package inspect

import (
	"testing"

	"iceexplorer/cache"
	"iceexplorer/gfx/style"
)

// Profile, vectors and colours did not know the names that filters do.
func TestShortNamesOfHandsMeanWhatTheyDoInExpressions(t *testing.T) {
	t.Parallel()
	attributes := []Attribute{
		{Name: "PointPosition", Type: cache.TypeVector3}, {Name: "PointVelocity___", Type: cache.TypeVector3}, {Name: "Color", Type: cache.TypeColor4},
		{Name: "Orientation", Type: cache.TypeRotation}, {Name: "Age", Type: cache.TypeFloat}, {Name: "Size", Type: cache.TypeFloat}, {Name: "my heat", Type: cache.TypeFloat},
		{Name: "life", Type: cache.TypeFloat}, {Name: "AgeLimit", Type: cache.TypeFloat}, {Name: "Name", Type: cache.TypeString},
	}
	for text, want := range map[string]struct {
		attribute string
		component int
	}{
		"v.mag": {"PointVelocity___", style.Magnitude}, "@v": {"PointVelocity___", style.Magnitude}, "V.Y": {"PointVelocity___", 1}, "v@v.z": {"PointVelocity___", 2},
		"P.x": {"PointPosition", 0}, "@P.MAG": {"PointPosition", style.Magnitude}, "Cd.g": {"Color", 1}, "Cd.y": {"Color", 1}, "Alpha": {"Color", 3},
		"pscale": {"Size", 0}, "age": {"Age", 0}, "`my heat`": {"my heat", 0}, "my heat": {"my heat", 0}, "life": {"life", 0}, "PointVelocity.x": {"PointVelocity___", 0},
		" Age ": {"Age", 0},
	} {
		if a, c, ok := ParseComponent(attributes, text); !ok || a.Name != want.attribute || c != want.component {
			t.Errorf("%s: %v, %d, %v; want %+v", text, a, c, ok, want)
		}
	}
	for _, text := range []string{"", "N", "v.w", "Age.x", "Alpha.x", "v * 2", "P.x.y", "Name", "id", "orient.q"} {
		if a, c, ok := ParseComponent(attributes, text); ok {
			t.Errorf("%q is %v, %d", text, a, c)
		}
	}
	for text, want := range map[string]string{"v": "PointVelocity___", "@Cd": "Color", "pointvelocity": "PointVelocity___", "`my heat`": "my heat", "Name": "Name", "v.mag": "", "Alpha": "", "N": "", "P +": ""} {
		a, ok := Named(attributes, text)
		if ok != (want != "") || ok && a.Name != want {
			t.Errorf("%s is named %v, want %q", text, a, want)
		}
	}
}

func TestASchemaHasWhatAnyFrameHas(t *testing.T) {
	t.Parallel()
	b := cache.NewBuilder(cache.Header{Version: 103, Points: 2})
	b.Float32s("Age_", cache.TypeFloat, []float32{1, 2})
	f, err := b.Frame()
	if err != nil {
		t.Fatal(err)
	}
	s := Schema(f, []Attribute{{Name: "age", Type: cache.TypeString}, {Name: "Trail", Type: cache.TypeVector3, Structure: cache.Array, Context: cache.Context1D}})
	if s.Header.Points != 0 || len(s.Attributes) != 2 || s.Attribute("Age").Type != cache.TypeFloat || s.Attribute("Trail").Structure != cache.Array {
		t.Errorf("%+v", s)
	}
	if s := Schema(nil, []Attribute{{Name: "Odd", Type: 999}}); len(s.Attributes) != 0 {
		t.Error("an unknown type is known")
	}
}
