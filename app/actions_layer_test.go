package app

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"iceexplorer/cache"
)

// Closing "a" closed every sequence of that name.
func TestANameOfSeveralSequencesClosesNone(t *testing.T) {
	t.Parallel()
	a := windy(t)
	root := t.TempDir()
	var paths []string
	for _, dir := range []string{"x", "y"} {
		path := filepath.Join(root, dir, "b_1.icecache")
		if err := os.Mkdir(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, nil, 0o600); err != nil {
			t.Fatal(err)
		}
		found, err := cache.Discover(filepath.Dir(path))
		if err != nil {
			t.Fatal(err)
		}
		a.session.Add(found.Sequences)
		paths = append(paths, filepath.Join(filepath.Dir(path), "b"))
	}
	for _, id := range []string{"close", "activate", "show-sequence", "reload", "copy-folder"} {
		err := a.actions.Run(id, "b")
		if err == nil || !strings.Contains(err.Error(), strings.Join(paths, " or ")) {
			t.Errorf("%s: %v, want %q", id, err, paths)
		}
	}
	if err := a.actions.Run("close", paths[1]); err != nil {
		t.Fatal(err)
	}
	if left := a.session.Named("b"); len(left) != 1 || a.session.NameOf(left[0]) != "b" || left[0].Seq.Dir != filepath.Join(root, "x") {
		t.Errorf("left %v", left)
	}
}

// "not available now" left open what was missing.
func TestAnActionThatIsNotAvailableSaysWhy(t *testing.T) {
	t.Parallel()
	a := windy(t)
	a.actions.Why = a.why
	if err := a.actions.Run("redo"); err == nil || err.Error() != "Redo: not available now: nothing to redo" {
		t.Errorf("redo: %v", err)
	}
	a.session.CloseAll()
	if err := a.actions.Run("close"); err == nil || err.Error() != "Close sequence: not available now: nothing is open" {
		t.Errorf("close: %v", err)
	}
}
