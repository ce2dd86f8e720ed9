package expr

import (
	"context"
	"math/rand/v2"
	"testing"

	"iceexplorer/cache"
)

// large is a frame of n points with Age, P and ID.
func large(b testing.TB, n int) Frame {
	r := rand.New(rand.NewPCG(1, 2))
	age, pos, id := make([]float32, n), make([]float32, 3*n), make([]int32, n)
	for i := range age {
		age[i], id[i] = r.Float32()*2, int32(i)
	}
	for i := range pos {
		pos[i] = r.Float32() - 0.5
	}
	build := cache.NewBuilder(cache.Header{Points: uint32(n)})
	build.Float32s("PointPosition", cache.TypeVector3, pos)
	build.Float32s("Age", cache.TypeFloat, age)
	build.Int32s("ID", id)
	f, err := build.Frame()
	if err != nil {
		b.Fatal(err)
	}
	return Frame{Frame: f}
}

func BenchmarkFilter(b *testing.B) {
	const n = 10_000_000
	f := large(b, n)
	for _, text := range []string{"Age > 1", "Age > 1 and P.y < 0", "ID in [3, 7..20]", "v.mag > 1", "P.x * P.x + P.y * P.y < Age"} {
		if text == "v.mag > 1" {
			text = "P.mag > 1"
		}
		p := bind(b, f, text)
		b.Run(text, func(b *testing.B) {
			for b.Loop() {
				if _, err := p.Mask(context.Background()); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
	age, pos := f.Attribute("Age").Float32s(), f.Attribute("PointPosition").Float32s()
	b.Run("bare read", func(b *testing.B) {
		var sum float32
		for b.Loop() {
			var s, t float32
			for i, a := range age {
				s += a
				t += pos[3*i+1]
			}
			sum += s + t
		}
		_ = sum
	})
}
