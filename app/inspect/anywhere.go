package inspect

import (
	"errors"
	"fmt"

	"iceexplorer/app/inspect/expr"
	"iceexplorer/cache/unit"
)

// Anywhere checks something against a frame and, if that lacks an attribute, against all
// that the frames of its sequence are known to have. measured and frames are how many of
// them are known, and how many there are.
func Anywhere(f expr.Frame, attributes []Attribute, measured, frames int, check func(expr.Frame) error) error {
	err := check(f)
	if !lacks(err) {
		return err
	}
	err = check(expr.Frame{Frame: Schema(f.Frame, attributes), Number: f.Number, FPS: f.FPS})
	if e := (*expr.Error)(nil); lacks(err) && measured < frames && errors.As(err, &e) {
		more := *e
		more.Msg += fmt.Sprintf("; %s of %s measured so far", unit.Count(measured), unit.Plural(frames, "frame"))
		return &more
	}
	return err
}

// lacks reports whether an error is about an attribute that a frame does not have.
func lacks(err error) bool {
	e := (*expr.Error)(nil)
	return errors.As(err, &e) && e.Lacks
}
