package cache

import (
	"fmt"
	"math"
	"slices"
	"strings"
)

// Absent names the frames of spans that are not among some numbers: "7, 21-30, 41-49x2"; "" if all are there. In a span
// without a step they are whole ones, which those between them and the next stand for.
func Absent(spans []FrameSpan, numbers []Number) string {
	var parts []string
	add := func(text string) {
		if !slices.Contains(parts, text) {
			parts = append(parts, text)
		}
	}
	for _, s := range spans {
		step := s.Step
		if step == 0 {
			step = 1
		}
		at := func(k int) Number { return s.First + Number(k)*step }
		var there []int // of the span's places, in order
		for _, n := range numbers {
			switch k := float64((n - s.First) / step); {
			case !s.Contains(n):
			case s.Step == 0:
				there = append(there, int(math.Floor(k)))
			default:
				there = append(there, int(math.Round(k)))
			}
		}
		slices.Sort(there)
		last, next := int(math.Floor(float64((s.Last-s.First)/step)+1e-6)), 0
		for _, k := range append(there, last+1) {
			if k > next {
				text := span(at(next), at(k-1))
				if step != 1 && k > next+1 {
					text += fmt.Sprintf("x%v", step)
				}
				add(text)
			}
			next = max(next, k+1)
		}
	}
	if len(parts) > maxListed {
		parts = append(parts[:maxListed], "...")
	}
	return strings.Join(parts, ", ")
}
