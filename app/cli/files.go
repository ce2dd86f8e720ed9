package cli

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"iceexplorer/app/export"
	"iceexplorer/cache"
	"iceexplorer/cache/printable"
	"iceexplorer/jobs"
)

// input is one file that a verb was asked to read, or why there is none.
type input = export.Input

// inputs finds the files behind each argument, in the order of the arguments and,
// within one, of the sequences and their frames. w is told what is left out.
func inputs(w io.Writer, args []string) []input {
	var out []input
	var finder cache.Finder
	for _, arg := range args {
		found, err := finder.Discover(arg)
		printNotes(w, arg, found.Notes)
		for _, e := range split(err) {
			out = append(out, input{Name: arg, Err: asWritten(e, arg)})
		}
		for _, s := range found.Sequences {
			for _, f := range s.Frames {
				out = append(out, export.InputOf(f, shown(arg, f.Path())))
			}
		}
	}
	return out
}

// printNotes says what was not opened in folders.
func printNotes(w io.Writer, arg string, notes []cache.Note) {
	for _, n := range notes {
		kind := "note"
		if n.Cache {
			kind = "warning"
		}
		fmt.Fprintf(w, "iceexplorer: %s: %s: %s\n", kind, printable.Line(n.Text), printable.Line(shown(arg, n.Path)))
	}
}

// asWritten is an error about one of args, with the path as the user wrote it.
func asWritten(err error, args ...string) error {
	text := err.Error()
	for _, arg := range args {
		abs, absErr := filepath.Abs(arg)
		if rest, ok := strings.CutSuffix(text, ": "+abs); ok && absErr == nil {
			return errors.New(rest + ": " + arg)
		}
	}
	return err
}

// shown is path in the way arg was written.
func shown(arg, path string) string {
	if filepath.IsAbs(arg) {
		return path
	}
	dir, err := os.Getwd()
	if err != nil {
		return path
	}
	rel, err := filepath.Rel(dir, path)
	if err != nil {
		return path
	}
	return rel
}

// warnBypassed prints why the source was read and not its converted file.
func warnBypassed(w io.Writer, bypassed error) {
	var doubted *jobs.Doubted
	var replaced *export.Replaced
	switch {
	case errors.As(bypassed, &replaced):
		fmt.Fprintf(w, "iceexplorer: warning: the converted file is written anew, as it %s\n", printable.Line(bypassed.Error()))
	case errors.As(bypassed, &doubted):
		fmt.Fprintf(w, "iceexplorer: warning: %s\n", printable.Line(bypassed.Error()))
	case bypassed != nil:
		fmt.Fprintf(w, "iceexplorer: warning: the source is read instead, as the converted file cannot be: %s\n", printable.Line(bypassed.Error()))
	}
}

// warn prints what a user should know about a file that was read, say that it is damaged.
func warn(w io.Writer, in *input, notes []string) {
	for _, text := range notes {
		fmt.Fprintf(w, "iceexplorer: warning: %s: %s\n", printable.Line(strings.TrimSuffix(text, ".")), printable.Line(in.Name))
	}
}
