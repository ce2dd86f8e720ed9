package pathname

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"testing"
)

func TestErrorsOfTheSystemLoseTheirPath(t *testing.T) {
	t.Parallel()
	path, link := &fs.PathError{Op: "open", Path: "/a", Err: fs.ErrPermission}, &os.LinkError{Op: "rename", Old: "/a", New: "/b", Err: fs.ErrExist}
	for _, tc := range []struct {
		err          error
		reason, step string
	}{
		{path, "permission denied", "open: permission denied"},
		{link, "file already exists", "rename: file already exists"},
		{fmt.Errorf("deep in a writer: %w", path), "permission denied", "open: permission denied"},
		{errors.New("no more coffee"), "no more coffee", "no more coffee"},
	} {
		if got := Reason(tc.err).Error(); got != tc.reason {
			t.Errorf("%v: %q, want %q", tc.err, got, tc.reason)
		}
		if got := Step(tc.err).Error(); got != tc.step {
			t.Errorf("%v: %q, want %q", tc.err, got, tc.step)
		}
	}
	if !errors.Is(Reason(path), fs.ErrPermission) || !errors.Is(Step(link), fs.ErrExist) || Reason(nil) != nil || Step(nil) != nil {
		t.Error("what kind of error it is got lost")
	}
}

// "The system cannot find the file specified.: C:\a", it said on Windows.
func TestAFullStopOfTheSystemIsNotInTheMiddleOfASentence(t *testing.T) {
	t.Parallel()
	system := errors.New("The system cannot find the file specified.")
	err := Reason(&fs.PathError{Op: "open", Path: "/a", Err: system})
	if err.Error() != "The system cannot find the file specified" || !errors.Is(err, system) {
		t.Errorf("%v", err)
	}
}
