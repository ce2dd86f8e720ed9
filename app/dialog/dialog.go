// Package dialog asks for files and folders with the system's own dialogs. It
// blocks nothing: the answer comes through a function that posts to the
// window's loop. Where the system has none, ErrUnavailable tells the caller to
// show its own.
package dialog

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"

	"github.com/ncruces/zenity"
)

// ErrUnavailable is reported where no native dialog can be shown.
var ErrUnavailable = errors.New("the system offers no file dialog")

// EnvDisable names the environment variable that, when not empty, makes every
// dialog unavailable: for tests, and for systems whose dialogs misbehave.
const EnvDisable = "ICEEXPLORER_NO_NATIVE_DIALOGS"

// Options says what is asked for.
type Options struct {
	Title   string
	Dir     string   // where the dialog begins; empty: the system's choice
	Folders bool     // a folder instead of files
	Multi   bool     // more than one
	Name    string   // what the endings are called, "Softimage caches"
	Endings []string // ".icecache"; none: all files
}

// Available reports whether a native dialog can be shown. It looks for
// programs on disk, so call it once.
func Available() bool { return os.Getenv(EnvDisable) == "" && zenity.IsAvailable() }

// Choose shows a dialog and returns at once. post carries done to the loop,
// where it is called once, with absolute paths (none: cancelled) or an error,
// ErrUnavailable among them. Ending ctx closes the dialog.
func Choose(ctx context.Context, o Options, post func(func()) bool, done func(paths []string, err error)) {
	go func() {
		paths, err := choose(ctx, o)
		post(func() { done(paths, err) })
	}()
}

func choose(ctx context.Context, o Options) ([]string, error) {
	if !Available() {
		return nil, ErrUnavailable
	}
	defer apartment()()
	options := []zenity.Option{zenity.Context(ctx), zenity.Title(o.Title)}
	if o.Dir != "" {
		// The separator at the end makes it a folder to begin in.
		options = append(options, zenity.Filename(filepath.Clean(o.Dir)+string(filepath.Separator)))
	}
	if len(o.Endings) > 0 && !o.Folders {
		var patterns []string
		for _, e := range o.Endings {
			patterns = append(patterns, "*"+e)
		}
		options = append(options, zenity.FileFilters{
			{Name: o.Name, Patterns: patterns, CaseFold: true},
			{Name: "All files", Patterns: []string{"*"}},
		})
	}
	if o.Folders {
		options = append(options, zenity.Directory())
	}
	var paths []string
	var err error
	if o.Multi {
		paths, err = zenity.SelectFileMultiple(options...)
	} else {
		var path string
		if path, err = zenity.SelectFile(options...); err == nil {
			paths = []string{path}
		}
	}
	switch {
	case errors.Is(err, zenity.ErrCanceled), ctx.Err() != nil:
		return nil, nil
	case errors.Is(err, exec.ErrNotFound), errors.Is(err, zenity.ErrUnsupported):
		return nil, ErrUnavailable
	case err != nil:
		return nil, fmt.Errorf("show the file dialog: %w", err)
	}
	return paths, nil
}
