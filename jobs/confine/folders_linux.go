package confine

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"syscall"

	"github.com/landlock-lsm/go-landlock/landlock"
	ll "github.com/landlock-lsm/go-landlock/landlock/syscall"

	"iceexplorer/cache/owner"
)

// reading and writing are what may be done below a folder: reading also with files that are
// there, writing with regular files and folders alone.
const (
	reading = ll.AccessFSReadFile | ll.AccessFSReadDir
	writing = reading | ll.AccessFSWriteFile | ll.AccessFSTruncate | ll.AccessFSRemoveFile | ll.AccessFSRemoveDir | ll.AccessFSMakeReg | ll.AccessFSMakeDir
	// making the folder itself, should that have to be done again
	making = ll.AccessFSMakeDir
)

// inode tells a folder from another one that got its name.
type inode struct{ dev, ino uint64 }

func inodeOf(st fs.FileInfo) inode {
	s := st.Sys().(*syscall.Stat_t)
	return inode{uint64(s.Dev), s.Ino}
}

// admitFolders notes the folders of the job and of others, after it has made those that this job and the
// next ones write to.
func (c *Cell) admitFolders(job Files, others Folders) {
	write := slices.Clone(others.Next)
	for _, path := range job.Write {
		write = append(write, filepath.Dir(path))
	}
	for _, dir := range write {
		c.made = append(makeFolder(dir), c.made...)
		add(c.write, dir)
	}
	for _, path := range job.Read {
		for _, dir := range foldersOf(path) {
			add(c.read, dir)
		}
	}
	for _, dir := range others.Read {
		add(c.read, dir)
	}
	for _, dir := range others.Write {
		add(c.write, dir)
	}
}

// restrict takes from all threads what the folders that were noted and the job do not need.
func (c *Cell) restrict(job Files) error {
	if err := c.settle(job); err != nil {
		return err
	}
	if c.fs {
		if err := landlock.V9.BestEffort().RestrictPaths(c.rules(job)...); err != nil {
			return err
		}
	}
	if c.calls {
		return closeCalls()
	}
	return nil
}

// rules are what Landlock is to allow.
func (c *Cell) rules(job Files) (rules []landlock.Rule) {
	allow := func(rights landlock.AccessFSSet, dir string) {
		rules = append(rules, landlock.PathAccess(rights, dir).IgnoreIfMissing())
	}
	write := landlock.AccessFSSet(writing)
	if abi, err := ll.LandlockGetABIVersion(); err == nil && abi > 1 { // before, files never left their folder
		write |= ll.AccessFSRefer
	}
	for dir := range c.read {
		allow(reading, dir)
	}
	for dir := range c.write {
		allow(write, dir)
		allow(making, filepath.Dir(dir))
	}
	for _, path := range job.Write {
		allow(making, nearest(filepath.Dir(filepath.Dir(path))))
	}
	return rules
}

// makeFolder makes a folder and those around it, and returns those that it has made, the
// innermost first. If one cannot be made, whoever writes there will say so.
func makeFolder(dir string) (made []string) {
	var missing []string
	for at := nearest(dir); dir != at; dir = filepath.Dir(dir) {
		missing = append(missing, dir)
	}
	for _, dir := range slices.Backward(missing) {
		if _, err := os.Lstat(dir); err == nil || owner.MakeFolder(dir) != nil { // by another process
			break
		}
		made = append([]string{dir}, made...)
	}
	return made
}

// add notes a folder, if it is there.
func add(to map[string]inode, dir string) {
	if st, err := os.Stat(dir); err == nil && st.IsDir() {
		to[dir] = inodeOf(st)
	}
}

// foldersOf are the folders to reach for reading a file: where it lies, and where it lies in
// truth if it is a link.
func foldersOf(path string) []string {
	dirs := []string{filepath.Dir(path)}
	if st, err := os.Lstat(path); err == nil && st.Mode()&fs.ModeSymlink != 0 {
		if to, err := filepath.EvalSymlinks(path); err == nil {
			dirs = append(dirs, filepath.Dir(to))
		}
	}
	return dirs
}

// nearest is a folder, or the nearest one around it that is there.
func nearest(dir string) string {
	for {
		if st, err := os.Stat(dir); err == nil && st.IsDir() {
			return dir
		}
		up := filepath.Dir(dir)
		if up == dir {
			return dir
		}
		dir = up
	}
}

// covers reports whether a job's files can be reached.
func (c *Cell) covers(job Files) bool {
	for _, path := range job.Write {
		if !c.same(c.write, filepath.Dir(path)) {
			return false
		}
	}
	for _, path := range job.Read {
		if _, err := os.Lstat(path); errors.Is(err, fs.ErrNotExist) {
			continue // there is nothing to reach
		}
		for _, dir := range foldersOf(path) {
			if !c.reaches(dir) {
				return false
			}
		}
	}
	return true
}

// reaches reports whether files in a folder can be read: it, or one around it that no link
// leads out of, is among those that were admitted.
func (c *Cell) reaches(dir string) bool {
	for {
		if c.same(c.read, dir) || c.same(c.write, dir) {
			return true
		}
		if st, err := os.Lstat(dir); err != nil || st.Mode()&fs.ModeSymlink != 0 {
			return false
		}
		up := filepath.Dir(dir)
		if up == dir {
			return false
		}
		dir = up
	}
}

// same reports whether a folder was admitted and is still what it was.
func (c *Cell) same(in map[string]inode, dir string) bool {
	was, ok := in[dir]
	if !ok {
		return false
	}
	st, err := os.Stat(dir)
	return err == nil && inodeOf(st) == was
}
