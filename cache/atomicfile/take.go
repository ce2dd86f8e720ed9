package atomicfile

import (
	"io/fs"
	"os"
)

// Take makes path of a file that another program has written whole, under Name(path). On
// error that file is still there. If path is a link, the file takes its place, with nothing of what it leads to.
func Take(name, path string) error {
	if to, err := os.Stat(path); err == nil && !to.Mode().IsRegular() {
		return &fs.PathError{Op: "rename", Path: path, Err: errNoFile}
	}
	if old, err := os.Lstat(path); err == nil && old.Mode().IsRegular() && mine(old) {
		if err := os.Chmod(name, old.Mode().Perm()); err != nil {
			return err
		}
	}
	return Replace(name, path)
}
