package scratch

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
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
