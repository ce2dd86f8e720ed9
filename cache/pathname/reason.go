package pathname

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
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
		return p.Op, ofSystem(p.Err)
	}
	var l *os.LinkError
	if errors.As(err, &l) {
		return l.Op, ofSystem(l.Err)
	}
	return "", nil
}

// ofSystem is what a system says, as part of a sentence of ours. Windows ends with a full stop: "The
// system cannot find the file specified.: C:\a".
func ofSystem(err error) error {
	if text := err.Error(); strings.HasSuffix(text, ".") {
		return stopless{err}
	}
	return err
}

type stopless struct{ err error }

func (s stopless) Error() string { return strings.TrimSuffix(s.err.Error(), ".") }
func (s stopless) Unwrap() error { return s.err }
