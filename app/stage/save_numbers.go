package stage

import (
	"errors"
	"fmt"
	"slices"

	"iceexplorer/app/export"
	"iceexplorer/app/session"
	"iceexplorer/cache"
	"iceexplorer/cache/unit"
)

// Missing says what a number that no frame has gives where pictures of a sequence are saved.
type Missing uint8

const (
	SkipMissing  Missing = iota // no picture
	HoldMissing                 // one of the frame before it
	EmptyMissing                // one without points
)

// Missings are their names.
var Missings = []string{SkipMissing: "skip", HoldMissing: "hold", EmptyMissing: "empty"}

func (m Missing) String() string { return Missings[m] }

// ParseMissing is the inverse of Missing.String; ok is false for unknown names.
func ParseMissing(name string) (m Missing, ok bool) {
	i := slices.Index(Missings, name)
	return Missing(max(i, 0)), i >= 0
}

// gaps is what the session shows meanwhile.
func (m Missing) gaps(now session.Gaps) session.Gaps {
	switch m {
	case HoldMissing:
		return session.HoldGaps
	case EmptyMissing:
		return session.EmptyGaps
	}
	return now
}

// maxPictures bounds what gaps and small steps can ask for.
const maxPictures = 1_000_000

// TooMany is the error of more pictures than anybody wants.
func TooMany() error {
	return fmt.Errorf("these would be more than %s", unit.Plural(maxPictures, "picture"))
}

// numbers are those that a sequence has pictures of.
func (opt *SaveOptions) numbers(s *session.Session) (all []cache.Number, err error) {
	if opt.Numbers != nil {
		return opt.Numbers, nil
	}
	all, err = Pictured(s, opt.First, opt.Last, opt.Missing)
	switch {
	case err != nil:
		return nil, err
	case len(s.ShownTrack().Frames()) == 0:
		return nil, errors.New("no sequence is shown")
	case len(all) == 0:
		return nil, fmt.Errorf("there are no frames from %v to %v", opt.First, opt.Last)
	case opt.Film != nil:
		return EachPeriod(all), nil
	}
	return all, nil
}

// EachPeriod are those of some rising numbers that a film has pictures of. All of its pictures last as long, which is
// the time from one whole number to the next: of the frames on the way there it has the last one.
func EachPeriod(all []cache.Number) (each []cache.Number) {
	for i, n := range all {
		if i+1 == len(all) || -(-n).Floor() < -(-all[i+1]).Floor() {
			each = append(each, n)
		}
	}
	return each
}

// Pictured are the numbers from first to last that have pictures: those of the sequences that
// are shown, as if the hidden ones were not open.
func Pictured(s *session.Session, first, last cache.Number, m Missing) (all []cache.Number, err error) {
	track := s.ShownTrack()
	if m == SkipMissing && !s.Stretched() { // all others lack frames
		frames := track.Frames()
		i, _ := slices.BinarySearch(frames, first)
		k, found := slices.BinarySearch(frames, last)
		if found {
			k++
		}
		return slices.Clone(frames[i:max(i, k)]), nil
	}
	seen := 0
	for n := range track.Places(first, last) {
		if seen++; seen > maxPictures {
			return nil, TooMany()
		}
		// A hidden frame between whole numbers may stand in for one of these.
		if there := s.Nearest(n) == n; there && (m != SkipMissing || !s.Lacks(n)) {
			all = append(all, n)
		}
	}
	return all, nil
}

// PlanSequence is the plan of the pictures that opt asks for.
func PlanSequence(s *session.Session, opt *SaveOptions) (*export.Plan, error) {
	var kind *export.Kind
	name, err := export.Named(opt.Path), error(nil)
	if opt.Film != nil {
		kind, err = opt.Film.Kind, opt.Film.Check(opt.Path)
	} else {
		name, kind, err = export.ParsePictures(opt.Path)
	}
	if err != nil {
		return nil, err
	}
	numbers, err := opt.numbers(s)
	if err != nil {
		return nil, err
	}
	order := export.Order{Kind: kind, Pattern: name, Options: export.Options{Existing: export.Replace}, FolderExists: !opt.Folders}
	for _, n := range numbers {
		order.Inputs = append(order.Inputs, export.Input{Name: n.String(), Number: n})
	}
	return order.Plan()
}

// gone reports that the head can stand at a number no more: what had it was closed.
func (v *Saver) gone(number cache.Number) bool {
	s := v.stage.session
	frames := s.Frames()
	if len(frames) == 0 || !s.Interpolate() {
		return len(frames) == 0 || s.Nearest(number) != number
	}
	return number < frames[0] || number > frames[len(frames)-1]
}

// ready reports that nothing more will come for a number.
func (v *Saver) ready(number cache.Number) bool {
	s := v.stage.session
	return s.Ready(number) && (!s.Interpolate() || s.ReadyBetween(number))
}

// state is that of the frames of a number or, where no frame has it, of those that are shown
// there.
func (v *Saver) state(number cache.Number) session.State {
	s := v.stage.session
	st, ok := s.StateAt(number)
	if !ok {
		st, _ = s.Shows(number)
	}
	return st
}
