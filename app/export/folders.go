package export

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"iceexplorer/cache"
	"iceexplorer/cache/atomicfile"
	"iceexplorer/cache/pathname"
)

// makeFolders makes the folders that jobs write to, and removes what a killed run has left
// in any of them. Folders of converted frames are left to the workers, which make them
// when there is a frame. A job whose folder cannot be written to fails before anything
// runs; if no job is left, that is the error.
func (p *Plan) makeFolders() error {
	swept, made := map[string]bool{}, map[string]error{}
	for _, j := range p.Jobs {
		if dir := filepath.Dir(j.Target); j.Target != "" && !swept[dir] {
			swept[dir] = true
			if atomicfile.Sweep(dir) > 0 {
				p.unswept = append(p.unswept, dir)
				p.sweepAt = time.Now().Add(parting)
			}
		}
	}
	left := 0
	var refused error
	for i := range p.Jobs {
		j := &p.Jobs[i]
		if !j.open() {
			continue
		}
		dir := filepath.Dir(j.Target)
		if _, known := made[dir]; !known && filepath.Base(dir) != cache.ConvertedDir {
			if !p.FolderExists {
				if err := os.MkdirAll(dir, 0o777); err != nil {
					return fmt.Errorf("make folder: %w: %s", pathname.Reason(err), dir)
				}
			}
			made[dir] = Writable(dir)
		}
		if err := made[dir]; err != nil && !p.fresh(j) { // it may be fresh, and then needs no folder
			j.Err, j.Alike, refused = err, "folder", err
			continue
		}
		left++
	}
	if left == 0 {
		return refused
	}
	return nil
}

// parting is how long a worker takes at most to end when the program that it works for was killed.
const parting = 700 * time.Millisecond

// Tidy removes, when the jobs are done, what other processes had under way in their folders when these were begun, unless they go
// on: workers of a run that was killed just before.
func (p *Plan) Tidy() {
	if len(p.unswept) == 0 {
		return
	}
	time.Sleep(time.Until(p.sweepAt))
	for _, dir := range p.unswept {
		atomicfile.Sweep(dir)
	}
	p.unswept = nil
}

// Try finds the folders that could not be written to, and makes none.
func (p *Plan) Try() error {
	known := map[string]error{}
	for _, j := range p.Jobs {
		if !j.open() || p.fresh(&j) {
			continue
		}
		dir := filepath.Dir(j.Target)
		for !p.FolderExists && dir != filepath.Dir(dir) { // what would be made lies in the nearest that is there
			if _, err := os.Stat(dir); !errors.Is(err, fs.ErrNotExist) {
				break
			}
			dir = filepath.Dir(dir)
		}
		err, tried := known[dir]
		if !tried {
			err = Writable(dir)
			known[dir] = err
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// Makes reports that the run would make a folder that does not exist, to write to it or below it.
func (p *Plan) Makes(dir string) bool {
	if _, err := os.Stat(dir); !errors.Is(err, fs.ErrNotExist) || p.FolderExists {
		return false
	}
	return slices.ContainsFunc(p.Jobs, func(j Job) bool {
		if !j.open() || p.fresh(&j) {
			return false
		}
		rel, err := filepath.Rel(dir, filepath.Dir(j.Target))
		return err == nil && filepath.IsLocal(rel)
	})
}

// Writable begins a file in a folder, which leaves nothing there.
func Writable(dir string) error {
	f, err := atomicfile.Create(filepath.Join(dir, "new"), atomicfile.Options{NoSync: true, Replace: true})
	if err == nil {
		err = f.Discard()
	}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("there is no such folder: %s", dir)
	case err != nil:
		return fmt.Errorf("write to the folder: %w: %s", pathname.Reason(err), dir)
	}
	return nil
}
