package style

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Stop is a colour of a user's own colormap.
type Stop struct {
	At    float32    // 0 to 1, from the low end to the high one
	Color [3]float32 // each component 0 to 1
}

// MaxStops is how many a colormap may have.
const MaxStops = 32

// mapSize is how many colours the table of a colormap has.
const mapSize = 256

// IsStops reports whether the name of a colormap is a list of stops, as ParseStops reads it.
func IsStops(name string) bool { return strings.Contains(name, ":") }

// ParseStops reads the stops of a colormap such as "0:000000 0.5:ff8800 1:ffffff", in
// ascending order of their places. The error is written for users.
func ParseStops(text string) ([]Stop, error) {
	var out []Stop
	for _, word := range strings.Fields(text) {
		place, hex, ok := strings.Cut(word, ":")
		at, err := strconv.ParseFloat(place, 32)
		n, errColor := strconv.ParseUint(strings.TrimPrefix(hex, "#"), 16, 24)
		if !ok || err != nil || errColor != nil || len(strings.TrimPrefix(hex, "#")) != 6 {
			return nil, fmt.Errorf("%q is not a stop of a colormap: want a place and a colour such as 0.5:ff8800", word)
		}
		s := Stop{At: float32(at), Color: [3]float32{float32(n>>16) / 255, float32(n>>8&255) / 255, float32(n&255) / 255}}
		switch {
		case !(s.At >= 0 && s.At <= 1):
			return nil, fmt.Errorf("a stop of a colormap must lie between 0 and 1, not at %v", place)
		case len(out) > 0 && s.At < out[len(out)-1].At:
			return nil, errors.New("the stops of a colormap must be in ascending order")
		case len(out) == MaxStops:
			return nil, fmt.Errorf("a colormap has at most %d stops", MaxStops)
		}
		out = append(out, s)
	}
	if len(out) < 2 {
		return nil, errors.New("a colormap has at least two stops, such as 0:000000 1:ffffff")
	}
	return out, nil
}

// FormatStops writes stops as ParseStops reads them, in the order of their places.
func FormatStops(stops []Stop) string {
	stops = slices.Clone(stops)
	slices.SortStableFunc(stops, func(a, b Stop) int {
		switch {
		case a.At < b.At:
			return -1
		case a.At > b.At:
			return 1
		}
		return 0
	})
	words := make([]string, len(stops))
	for i, s := range stops {
		at := strconv.FormatFloat(float64(min(max(s.At, 0), 1)), 'g', 4, 32)
		words[i] = at + ":"
		for _, c := range s.Color {
			words[i] += fmt.Sprintf("%02x", uint8(min(max(c, 0), 1)*255+0.5))
		}
	}
	return strings.Join(words, " ")
}

// StopsOf are evenly spaced stops of a colormap, as a start for a user's own.
func StopsOf(name string, n int) ([]Stop, error) {
	if IsStops(name) {
		return ParseStops(name)
	}
	colors, err := ColormapColors(name)
	if err != nil {
		return nil, err
	}
	n = min(max(n, 2), MaxStops)
	out := make([]Stop, n)
	for i := range out {
		out[i] = Stop{At: float32(i) / float32(n-1), Color: colors[i*(len(colors)-1)/(n-1)]}
	}
	return out, nil
}

// table is the table of a colormap with these stops.
func table(stops []Stop) [][3]float32 {
	out := make([][3]float32, mapSize)
	next := 0
	for i := range out {
		t := float32(i) / (mapSize - 1)
		for next < len(stops) && stops[next].At <= t {
			next++
		}
		switch next {
		case 0:
			out[i] = stops[0].Color
		case len(stops):
			out[i] = stops[next-1].Color
		default:
			a, b := stops[next-1], stops[next]
			k := (t - a.At) / (b.At - a.At)
			for c := range 3 {
				out[i][c] = a.Color[c] + (b.Color[c]-a.Color[c])*k
			}
		}
	}
	return out
}
