package record_test

import (
	"bytes"
	"fmt"
	"testing"

	"iceexplorer/cache"
	"iceexplorer/cache/export/record"
)

// The records are those that a plain loop makes, however many threads make them.
func TestRecordsHaveTheirFieldsInOrder(t *testing.T) {
	t.Parallel()
	for _, points := range []int{0, 1, 5, 20_001} {
		b := cache.NewBuilder(cache.Header{Version: 103, Points: uint32(points)})
		floats := func(n int) []float32 {
			v := make([]float32, n*points)
			for i := range v {
				v[i] = float32(i*37 + n)
			}
			return v
		}
		b.Bools("On", bytes.Repeat([]byte{1}, points))
		b.Float32s("Age", cache.TypeFloat, floats(1))
		b.Float32s("Place", cache.TypeVector2, floats(2))
		b.Float32s("PointPosition", cache.TypeVector3, floats(3))
		b.Float32s("Color", cache.TypeColor4, floats(4))
		b.Float32s("Turn", cache.TypeMatrix33, floats(9))
		frame, err := b.Frame()
		if err != nil {
			t.Fatal(err)
		}
		type part struct {
			name       string
			components []int // nil: all
		}
		for _, parts := range [][]part{
			{{name: "Age"}},
			{{name: "On"}, {name: "Age"}, {name: "Place"}, {name: "PointPosition"}, {name: "Color"}, {name: "Turn"}},
			{{"Color", []int{0, 1, 2}}, {"Color", []int{3}}, {"Color", []int{1, 2, 3, 0}}, {"Color", []int{0, 0, 2}}, {"Color", []int{2, 3}}},
		} {
			var fields []record.Field
			for _, p := range parts {
				a := frame.Attribute(p.name)
				if p.components == nil {
					fields = append(fields, record.Values(a))
				} else {
					fields = append(fields, record.Picked(a, p.components...))
				}
			}
			var want, turned []byte
			for row := range points {
				for _, p := range parts {
					a := frame.Attribute(p.name)
					value := a.Value(uint64(row))
					if p.components != nil {
						var picked []byte
						for _, c := range p.components {
							picked = append(picked, value[4*c:4*c+4]...)
						}
						value = picked
					}
					want = append(want, value...)
				}
			}
			for i := 0; i+4 <= len(want); i += 4 {
				turned = append(turned, want[i+3], want[i+2], want[i+1], want[i])
			}
			for _, threads := range []int{0, 1, 2, 7} {
				what := fmt.Sprintf("%d points of %v by %d threads", points, parts, threads)
				var got bytes.Buffer
				if err := record.Write(&got, threads, uint64(points), fields); err != nil || !bytes.Equal(got.Bytes(), want) {
					t.Errorf("%s: %v, or other bytes", what, err)
				}
				got.Reset()
				if len(want)%4 != 0 || parts[0].name == "On" {
					continue // of values of four bytes alone
				}
				if err := record.WriteBigEndian(&got, threads, uint64(points), fields); err != nil || !bytes.Equal(got.Bytes(), turned) {
					t.Errorf("%s: %v, or other bytes turned around", what, err)
				}
			}
		}
	}
}
