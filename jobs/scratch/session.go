package scratch

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// sessionPrefix names session folders; guardName is the file whose lock is held
// while one is made or reclaimed, so that a folder is never seen without its lock.
const (
	sessionPrefix = "session-"
	guardName     = "guard"
	lockName      = "lock"
)

func newSession(root string) (*session, error) {
	if err := os.MkdirAll(root, 0o700); err != nil {
		return nil, fmt.Errorf("make a scratch folder: %w", err)
	}
	if err := private(root); err != nil {
		return nil, err
	}
	guard, err := lockFile(filepath.Join(root, guardName), true)
	if err != nil {
		return nil, err
	}
	defer guard.Close()
	dir, err := os.MkdirTemp(root, sessionPrefix)
	if err != nil {
		return nil, fmt.Errorf("make a scratch folder: %w", err)
	}
	lock, err := lockFile(filepath.Join(dir, lockName), true)
	if err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	return &session{dir: dir, lock: lock}, nil
}

// Folder is a folder for files that others read by their names. It is removed by Remove or, if
// the process was killed, when the next Store is opened.
type Folder struct {
	session *session
	path    string
}

// TempFolder makes a folder with a name, inside a new one in the system's temporary folder.
func TempFolder(name string) (*Folder, error) {
	var errs []error
	for _, root := range slices.Backward(DefaultRoots()) { // the best are in memory, which is scarce
		s, err := newSession(root)
		if err != nil {
			errs = append(errs, err)
			continue
		}
		f := &Folder{s, filepath.Join(s.dir, name)}
		if err := os.Mkdir(f.path, 0o700); err != nil {
			return nil, errors.Join(fmt.Errorf("make a temporary folder: %w", err), s.remove())
		}
		return f, nil
	}
	return nil, errors.Join(errs...)
}

// Path is where the folder lies.
func (f *Folder) Path() string { return f.path }

// Remove removes the folder and what is in it.
func (f *Folder) Remove() error { return f.session.remove() }

// reclaim removes the folders of sessions whose process is gone. What cannot be
// removed stays for the next start.
func reclaim(root string) {
	entries, err := os.ReadDir(root)
	if err != nil || private(root) != nil {
		return // nothing there yet, or nothing of ours
	}
	guard, err := lockFile(filepath.Join(root, guardName), true)
	if err != nil {
		return
	}
	defer guard.Close()
	for _, e := range entries {
		if !e.IsDir() || !strings.HasPrefix(e.Name(), sessionPrefix) {
			continue
		}
		dir := filepath.Join(root, e.Name())
		lock, err := lockFile(filepath.Join(dir, lockName), false)
		if err != nil {
			continue // alive
		}
		lock.Close()
		os.RemoveAll(dir)
	}
}
