package cache

import (
	"math"
	"strings"

	"iceexplorer/cache/lazy"
)

// FrameSpan is the numbers from First to Last; if Step is not 0, only those that are a multiple
// of it away from First.
type FrameSpan struct{ First, Last, Step Number }

// Contains reports whether a frame's number is in the span.
func (s FrameSpan) Contains(n Number) bool {
	if n < s.First || n > s.Last {
		return false
	}
	if s.Step == 0 {
		return true
	}
	steps := math.Round(float64((n - s.First) / s.Step))
	return math.Abs(float64(s.First-n)+steps*float64(s.Step)) < 1e-6
}

// number and span as people write them: 101.25, 1-48, -10..-1, 1-100x2.
const (
	numberText = `-?[0-9]+(?:\.[0-9]+)?`
	spanText   = `(` + numberText + `)(?:(?:-|\.\.)(` + numberText + `)(?:x([0-9]+(?:\.[0-9]+)?))?)?`
)

var wholeSpan = lazy.Regexp(`^\s*` + spanText + `\s*$`)

// ParseFrameSpans reads frames such as 12, 1-48, -10..-1, 1-100x2 (every second one), and lists
// of those separated by commas. ok is false for anything else.
func ParseFrameSpans(s string) (spans []FrameSpan, ok bool) {
	for part := range strings.SplitSeq(s, ",") {
		m := wholeSpan().FindStringSubmatch(part)
		if m == nil {
			return nil, false
		}
		sp := FrameSpan{}
		if sp.First, ok = ParseNumber(m[1]); !ok {
			return nil, false
		}
		sp.Last = sp.First
		if m[2] != "" {
			if sp.Last, ok = ParseNumber(m[2]); !ok || sp.Last < sp.First {
				return nil, false
			}
		}
		if m[3] != "" {
			if sp.Step, ok = ParseNumber(m[3]); !ok || sp.Step == 0 {
				return nil, false
			}
		}
		spans = append(spans, sp)
	}
	return spans, true
}

// ParseFrames reads frames as people and queues write them: what ParseFrameSpans reads, with steps behind
// a colon too (1-100:5), and blanks between several (1 2 3).
func ParseFrames(s string) (spans []FrameSpan, ok bool) {
	parts := strings.FieldsFunc(s, func(r rune) bool { return r == ',' || r == ';' || r == ' ' || r == '\t' || r == '\n' })
	for _, part := range parts {
		if strings.Count(part, ":") == 1 && !strings.Contains(part, "x") {
			part = strings.Replace(part, ":", "x", 1)
		}
		sp, ok := ParseFrameSpans(part)
		if !ok {
			return nil, false
		}
		spans = append(spans, sp...)
	}
	return spans, len(spans) > 0
}
