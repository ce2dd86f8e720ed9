// Package owner tells who could have written a file.
//
// A file that was made of another, such as a converted frame, is taken in the place of its
// source only if whoever could have written it could as well have written the source, or put
// another one in its place. Those are
//
//   - the user of this process, root, and the owners of the source and of its folder;
//   - the source's group, and all others, where they may write the source;
//   - the folder's group, and all others, where they may write the folder, unless only owners
//     may take files out of it (the sticky bit).
//
// The file is believed if nobody else may write it, and if it belongs to one of the users, or
// lies where only these people could have put it: in a folder that one of the groups may write,
// or that was itself made in such a folder by the file's owner. It is no link, which leads to
// what others may change. Nobody else may write the folder of converted frames beside the source, nor own
// it: they could move a file there that one of the users has made of another source.
//
// In a user namespace one number stands for all users that are unknown there, and one for all
// groups: they are nobody's.
//
// Doubt says which of these does not hold, as a clause that follows the word file. A file that
// is not there is not doubted, nor are those of systems where this is not known.
package owner

import (
	"os"
	"path/filepath"
	"syscall"

	"iceexplorer/cache"
)

// Obstructed says that something else lies where a folder is to be.
type Obstructed struct{ Name string }

func (o *Obstructed) Error() string { return o.Name + " is there, and is not a folder" }
func (o *Obstructed) Unwrap() error { return syscall.ENOTDIR }

// MakeFolder makes a folder and those around it. One of converted frames is for those who can
// write the folder that it lies in: it gets the rights of that one's group, and root gives it
// to that one's owner.
func MakeFolder(dir string) error {
	if err := os.MkdirAll(filepath.Dir(dir), 0o777); err != nil {
		return err
	}
	if os.Mkdir(dir, 0o777) != nil {
		if st, err := os.Stat(dir); err == nil && !st.IsDir() {
			return &Obstructed{filepath.Base(dir)}
		}
		return os.MkdirAll(dir, 0o777) // it is there, or this says what is wrong
	}
	if filepath.Base(dir) == cache.ConvertedDir {
		share(dir)
	}
	return nil
}
