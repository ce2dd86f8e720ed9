package sih5

import (
	"os"
	"path/filepath"

	"iceexplorer/cache"
)

// tempFile is a file that is to become path. Where the system can, it has no name
// until then, so that nothing is left of it however the process ends.
type tempFile struct {
	*os.File
	name string // empty if it has none
}

func createTemp(path string) (*tempFile, error) {
	if f := createUnnamed(filepath.Dir(path)); f != nil {
		return &tempFile{File: f}, nil
	}
	name := cache.TempName(path)
	f, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return nil, err
	}
	return &tempFile{f, name}, nil
}

// finish gives the file the name path, in place of what has it, and closes it.
func (t *tempFile) finish(path string) error {
	if t.name == "" {
		t.name = cache.TempName(path) // a link cannot replace a file, a rename can
		if err := linkUnnamed(t.File, t.name); err != nil {
			t.name = ""
			return err
		}
	}
	if err := t.Close(); err != nil {
		return err
	}
	if err := os.Rename(t.name, path); err != nil {
		return err
	}
	t.name = ""
	return nil
}

// discard removes what finish has not finished.
func (t *tempFile) discard() {
	t.Close()
	if t.name != "" {
		os.Remove(t.name)
	}
}
