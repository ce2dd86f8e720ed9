package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestFramesConvertedToOneFolderAreReadFromThere(t *testing.T) {
	needDisplay(t)
	dir, frames := caches(t)
	to := filepath.Join(t.TempDir(), "all")
	script := "preference-convert-to " + to + "\nopen " + dir + "\nwait loaded\nwait converted\nprint state\nquit\n"
	states, err := play(t, script)
	if err != nil || len(states) != 1 || states[0].Converted != frames {
		t.Fatalf("%v: %+v", err, states)
	}
	var converted []string
	filepath.WalkDir(to, func(path string, e fs.DirEntry, err error) error {
		if err == nil && strings.HasSuffix(path, ".sih5") {
			converted = append(converted, path)
		}
		return err
	})
	if _, err := os.Stat(filepath.Join(dir, ".sih5")); len(converted) != frames || err == nil {
		t.Errorf("%d of %d frames in the folder; beside the source: %v", len(converted), frames, err)
	}
	again, err := play(t, script)
	if err != nil || len(again) != 1 || again[0].Decoded != 0 || again[0].Indexed != frames {
		t.Errorf("%v: opened again: %+v", err, again)
	}
}
