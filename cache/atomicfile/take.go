package atomicfile

import (
	"io/fs"
	"os"
)

// Take makes path of a file that another program has written whole, under Name(path). On
// error that file is still there.
func Take(name, path string) error {
	old, err := os.Stat(path)
	if err == nil {
		if !old.Mode().IsRegular() {
			return &fs.PathError{Op: "rename", Path: path, Err: errNoFile}
		}
		if mine(old) {
			if err := os.Chmod(name, old.Mode().Perm()); err != nil {
				return err
			}
		}
	}
	return Replace(name, path)
}
