//go:build unix

package dialog

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"
)

// fake puts a zenity of our own first on the path: a script with this body.
func fake(t *testing.T, body string) (dir string) {
	t.Helper()
	dir = t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "zenity"), []byte("#!/bin/sh\n"+body+"\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", dir+string(os.PathListSeparator)+os.Getenv("PATH"))
	t.Setenv(EnvDisable, "")
	return dir
}

func ask(t *testing.T, ctx context.Context, o Options) ([]string, error) {
	t.Helper()
	type answer struct {
		paths []string
		err   error
	}
	got := make(chan answer, 2)
	Choose(ctx, o, func(f func()) bool { f(); return true }, func(paths []string, err error) { got <- answer{paths, err} })
	select {
	case a := <-got:
		return a.paths, a.err
	case <-time.After(10 * time.Second):
		t.Fatal("no answer")
		return nil, nil
	}
}

func TestChosenFilesArePosted(t *testing.T) {
	dir := fake(t, `printf '%s\n' "$@" > "$(dirname "$0")/args"; printf '/a b/1.icecache\0/a b/2.icecache\n' | tr '\0' "$(printf '\036')"`)
	paths, err := ask(t, t.Context(), Options{Title: "Open files", Dir: "/start", Multi: true, Name: "Caches", Endings: []string{".icecache"}})
	if err != nil || !slices.Equal(paths, []string{"/a b/1.icecache", "/a b/2.icecache"}) {
		t.Errorf("%q, %v", paths, err)
	}
	args, err := os.ReadFile(filepath.Join(dir, "args"))
	if err != nil || !slices.Contains(splitLines(string(args)), "/start/") {
		t.Errorf("called with %q, %v", args, err)
	}
}

func splitLines(s string) (lines []string) {
	for len(s) > 0 {
		i := slices.Index([]byte(s), '\n')
		if i < 0 {
			return append(lines, s)
		}
		lines, s = append(lines, s[:i]), s[i+1:]
	}
	return lines
}

func TestCancelGivesNoPathsAndNoError(t *testing.T) {
	fake(t, "exit 1")
	if paths, err := ask(t, t.Context(), Options{Folders: true}); len(paths) != 0 || err != nil {
		t.Errorf("%q, %v", paths, err)
	}
}

func TestDialogThatFailsIsAnError(t *testing.T) {
	fake(t, "echo broken >&2; exit 77")
	if paths, err := ask(t, t.Context(), Options{}); len(paths) != 0 || err == nil || errors.Is(err, ErrUnavailable) {
		t.Errorf("%q, %v", paths, err)
	}
}

func TestEndOfTheContextClosesTheDialog(t *testing.T) {
	fake(t, "exec sleep 60")
	ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
	defer cancel()
	if paths, err := ask(t, ctx, Options{}); len(paths) != 0 || err != nil {
		t.Errorf("%q, %v", paths, err)
	}
}

func TestWithoutADialogProgramItIsUnavailable(t *testing.T) {
	fake(t, "exit 0")
	t.Setenv(EnvDisable, "1")
	if Available() {
		t.Error("available though disabled")
	}
	if _, err := ask(t, t.Context(), Options{}); !errors.Is(err, ErrUnavailable) {
		t.Errorf("disabled: %v", err)
	}
	t.Setenv(EnvDisable, "")
	t.Setenv("PATH", t.TempDir())
	if _, err := ask(t, t.Context(), Options{}); !errors.Is(err, ErrUnavailable) {
		t.Errorf("no program: %v", err)
	}
}
