package pathname

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
)

// Reason is why package os could not do something, without the path that its errors contain: in
// our messages the path comes last, and only once.
func Reason(err error) error {
	if _, reason := cut(err); reason != nil {
		return reason
	}
	return err
}

// Step is Reason with what was being done if that is useful: "rename: permission denied".
func Step(err error) error {
	if step, reason := cut(err); reason != nil {
		return fmt.Errorf("%s: %w", step, reason)
	}
	return err
}

// cut takes an error of package os apart; reason is nil for other errors.
func cut(err error) (step string, reason error) {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Op, p.Err
	}
	var l *os.LinkError
	if errors.As(err, &l) {
		return l.Op, l.Err
	}
	return "", nil
}
