package expr

import (
	"context"
	"os"
	"regexp"
	"strings"
	"testing"

	"iceexplorer/cache"
)

// The examples of docs/expressions.md are the first cells of its tables, and a few that
// stand in its sentences.
func TestExamplesOfTheDocumentation(t *testing.T) {
	t.Parallel()
	doc, err := os.ReadFile("../../../docs/expressions.md")
	if err != nil {
		t.Fatal(err)
	}
	f := documented(t)
	examples := 0
	for _, line := range strings.Split(string(doc), "\n") {
		for _, m := range regexp.MustCompile("^\\| `([^`]+)` \\|").FindAllStringSubmatch(line, 1) {
			examples++
			p := bind(t, f, m[1])
			if e, err := Parse(m[1]); err == nil {
				bind(t, Frame{Frame: f.Only(e.Attributes()), FPS: f.FPS}, m[1])
			}
			if err := p.Float64s(context.Background(), 0, nil, make([]float64, p.Rows())); p.Type() != String && err != nil {
				t.Errorf("%s: %v", m[1], err)
			}
		}
	}
	for _, text := range []string{"P * 2 + v", "0 < Age <= 1", "Age == 0.1", "ID / 2", "Heat[-1]", "`my attribute`", "AGE_", "@Age", "atan2(P.y, P.x)"} {
		bind(t, f, text)
	}
	if examples < 40 {
		t.Errorf("only %d examples were found", examples)
	}
	for _, name := range functionNames() {
		if !regexp.MustCompile("\\b" + name + "\\b").Match(doc) {
			t.Errorf("the function %s is not in the documentation", name)
		}
	}
	for _, s := range cache.ShortNames() {
		if of, _, _ := Short(s); !regexp.MustCompile("(?i)`" + s + "` \\| " + of).Match(doc) {
			t.Errorf("the short name %s is not in the documentation", s)
		}
	}
}

// documented is the sample frame with the attributes that short names stand for.
func documented(t *testing.T) Frame {
	t.Helper()
	b := cache.NewBuilder(cache.Header{Points: 2})
	for _, n := range []string{"PointPosition", "PointVelocity", "PointNormal"} {
		b.Float32s(n, cache.TypeVector3, make([]float32, 6))
	}
	for _, n := range []string{"Age", "AgeLimit", "Size", "Mass", "my attribute"} {
		b.Float32s(n, cache.TypeFloat, []float32{0.1, 2})
	}
	b.Float32s("Color", cache.TypeColor4, make([]float32, 8))
	b.Float32s("Orientation", cache.TypeRotation, make([]float32, 8))
	b.Float32s("M3", cache.TypeMatrix33, make([]float32, 18))
	b.Int32s("ID", []int32{1, 2})
	b.Bools("Dead", []byte{0, 1})
	b.Strings("Name", []string{"ash", "fire"})
	b.Shapes("Shape", make([]cache.ShapeRecord, 2))
	b.Add(cache.Column{Name: "Heat", Type: cache.TypeFloat, Structure: cache.Array}, floats(1), []uint64{0, 1, 1})
	f, err := b.Frame()
	if err != nil {
		t.Fatal(err)
	}
	return Frame{Frame: f}
}
