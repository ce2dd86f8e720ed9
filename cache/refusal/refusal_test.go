package refusal

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

var reasons = map[string]func(error) bool{
	"full": NoSpace, "read-only": ReadOnly, "held": Held, "descriptors": NoDescriptor, "memory": NoMemory, "nowhere": Nowhere,
}

// check has each error recognised as what it is, wrapped as packages do, and as nothing else.
func check(t *testing.T, errs map[error]string) {
	t.Helper()
	for err, want := range errs {
		var got []string
		for name, is := range reasons {
			if is(fmt.Errorf("cannot be written: %w", &fs.PathError{Op: "open", Path: "a", Err: err})) {
				got = append(got, name)
			}
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%v is %q, want %q", err, got, want)
		}
	}
}

func TestReasonsOfEverySystem(t *testing.T) {
	t.Parallel()
	check(t, map[error]string{
		syscall.ENOSPC: "full", syscall.EDQUOT: "full", syscall.EROFS: "read-only", fs.ErrPermission: "read-only",
		syscall.EMFILE: "descriptors", syscall.ENFILE: "descriptors", syscall.ENOMEM: "memory", fs.ErrNotExist: "nowhere",
		errors.New("other"): "", syscall.EINVAL: "",
	})
	_, err := os.Open(filepath.Join(t.TempDir(), "none"))
	check(t, map[error]string{err: "nowhere"})
}

// libhdf5 tells C's numbers; on Windows 13 was read as "Invalid data." and 28 as "Out of paper."
func TestNumbersOfC(t *testing.T) {
	t.Parallel()
	if err := OfC(0); err != nil {
		t.Error(err)
	}
	check(t, map[error]string{OfC(13): "read-only", OfC(28): "full", OfC(24): "descriptors", OfC(12): "memory", OfC(2): "nowhere", OfC(30): "read-only", OfC(9999): ""})
}
