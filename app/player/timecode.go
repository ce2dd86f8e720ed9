package player

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"iceexplorer/cache"
)

// Rates lists the frame rates of film, television and screens, in frames a second.
func Rates() []float64 { return []float64{23.976, 24, 25, 29.97, 30, 48, 50, 60} }

// Unit is what a ruler tells of a frame.
type Unit uint8

// Frames are numbers, Seconds count from frame 0 at the rate, Timecode is SMPTE's.
const (
	Frames Unit = iota
	Seconds
	Timecode
)

var unitNames = [...]string{Frames: "frames", Seconds: "seconds", Timecode: "timecode"}

func (u Unit) String() string { return nameOf(unitNames[:], int(u)) }

// ParseUnit is the inverse of Unit.String; ok is false for unknown names.
func ParseUnit(name string) (u Unit, ok bool) {
	i := slices.Index(unitNames[:], name)
	return Unit(max(i, 0)), i >= 0
}

// Text is a frame's number in a unit, at a rate in frames a second.
func (u Unit) Text(number cache.Number, fps float64) string {
	switch u {
	case Seconds:
		return strconv.FormatFloat(math.Round(float64(number)/fps*1000)/1000, 'f', -1, 64) + " s"
	case Timecode:
		return timecode(number, fps)
	}
	return number.String()
}

// timecode is HH:MM:SS:FF. At 29.97 and 59.94 frames a second it drops numbers, as SMPTE has
// it: two, or four, at each minute but every tenth, so that it keeps up with the clock; then
// FF follows a semicolon.
func timecode(number cache.Number, fps float64) string {
	base := wholeRate(fps)
	sign := ""
	if number < 0 {
		number, sign = -number, "-"
	}
	number = number.Round(3)
	frame, part := int(number.Floor()), float64(number-number.Floor())
	colon := ":"
	if drop := dropped(fps); drop > 0 {
		colon = ";"
		minute := 60*base - drop
		ten := 10*minute + drop
		tens, rest := frame/ten, frame%ten
		frame += 9 * drop * tens
		if rest >= drop {
			frame += drop * ((rest - drop) / minute)
		}
	}
	digits := max(len(strconv.Itoa(base-1)), 2)
	s := frame / base
	text := fmt.Sprintf("%s%02d:%02d:%02d%s%0*d", sign, s/3600, s/60%60, s%60, colon, digits, frame%base)
	if part = math.Round(part*1000) / 1000; part > 0 { // 12.25 is a quarter of a frame behind 12
		text += strconv.FormatFloat(part, 'f', -1, 64)[1:]
	}
	return text
}

// ParseTime reads a frame's number as people type it: a number, seconds such as 1.5s, or a
// timecode, of which hours and minutes may be left out. ok is false if it is none of them.
func ParseTime(text string, fps float64) (number cache.Number, ok bool) {
	text = strings.TrimSpace(text)
	if n, ok := cache.ParseNumber(text); ok {
		return n, true
	}
	if seconds, is := strings.CutSuffix(text, "s"); is {
		n, ok := cache.ParseNumber(strings.TrimSpace(seconds))
		return (n * cache.Number(fps)).Round(3), ok
	}
	rest, negative := strings.CutPrefix(text, "-")
	parts := strings.FieldsFunc(rest, func(r rune) bool { return r == ':' || r == ';' })
	if len(parts) < 2 || len(parts) > 4 || strings.Count(rest, ":")+strings.Count(rest, ";") != len(parts)-1 {
		return 0, false
	}
	base := float64(wholeRate(fps))
	frame, ok := cache.ParseNumber(parts[len(parts)-1])
	if !ok || frame < 0 || float64(frame) >= base {
		return 0, false
	}
	seconds := 0
	for _, p := range parts[:len(parts)-1] {
		n, err := strconv.Atoi(p)
		if err != nil || n < 0 || n > 999 {
			return 0, false
		}
		seconds = 60*seconds + n
	}
	minutes := seconds / 60
	number = frame + cache.Number(float64(seconds)*base-float64(dropped(fps)*(minutes-minutes/10)))
	if negative {
		number = -number
	}
	return number, true
}

// dropped is how many numbers are dropped each minute at a rate.
func dropped(fps float64) int {
	for _, base := range []int{30, 60} {
		if math.Abs(fps-float64(base)*1000/1001) < 0.005 {
			return base / 15
		}
	}
	return 0
}
