package cli

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"iceexplorer/cache"
	"iceexplorer/jobs"
)

// input is one file that a verb was asked to read, or why there is none.
type input struct {
	name      string // as messages show it: relative if the argument was
	source    string // .icecache
	converted string // .sih5, if there is no source
	err       error
}

func (in input) path() string {
	if in.source != "" {
		return in.source
	}
	return in.converted
}

// inputs finds the files behind each argument, in the order of the arguments and,
// within one, of the sequences and their frames. w is told what is left out.
func inputs(w io.Writer, args []string) []input {
	var out []input
	var finder cache.Finder
	for _, arg := range args {
		found, err := finder.Discover(arg)
		printNotes(w, arg, found.Notes)
		for _, e := range split(err) {
			out = append(out, input{name: arg, err: asWritten(e, arg)})
		}
		for _, s := range found.Sequences {
			for _, f := range s.Frames {
				in := input{name: shown(arg, f.Path()), source: f.Source}
				if f.Source == "" {
					in.converted = f.Converted
				}
				out = append(out, in)
			}
		}
	}
	return out
}

// printNotes tells what is not opened of folders.
func printNotes(w io.Writer, arg string, notes []cache.Note) {
	for _, n := range notes {
		kind := "note"
		if n.Cache {
			kind = "warning"
		}
		fmt.Fprintf(w, "iceexplorer: %s: %s: %s\n", kind, harmless(n.Text), harmless(shown(arg, n.Path)))
	}
}

// asWritten is an error about one of args with the path as it was given.
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

// shown is path as somebody who wrote arg would write it.
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

// explain is an error of in's job as the user shall read it: with the name that
// the user gave the file.
func (in input) explain(err error) string {
	return strings.ReplaceAll(strings.ReplaceAll(err.Error(), in.path(), in.name), "\n", " ")
}

// warnBypassed prints why a converted file was not read, and its source was.
func (in input) warnBypassed(w io.Writer, r *jobs.Result) {
	if r.Bypassed != nil {
		fmt.Fprintf(w, "iceexplorer: warning: the source is read, as the converted file cannot be: %s\n", in.explain(r.Bypassed))
	}
}

// warn prints what is to be known about a file that was read: that it is damaged,
// say.
func (in input) warn(w io.Writer, ix *cache.Index) {
	for _, text := range ix.Notes() {
		fmt.Fprintf(w, "iceexplorer: warning: %s: %s\n", harmless(strings.TrimSuffix(text, ".")), harmless(in.name))
	}
}
