//go:build unix

package owner

import (
	"fmt"
	"io/fs"
	"os"
	"syscall"
)

// Doubt is explained in owner.go.
func Doubt(path, source string) string {
	file, err := os.Lstat(path)
	if err != nil {
		return ""
	}
	from, err := os.Stat(source)
	if err != nil {
		return "" // there is no source that it could stand for
	}
	f, ok := file.Sys().(*syscall.Stat_t)
	s, known := from.Sys().(*syscall.Stat_t)
	if !ok || !known {
		return ""
	}
	writable := file.Mode().Perm() &^ from.Mode().Perm()
	switch {
	case file.Mode()&fs.ModeSymlink != 0:
		return "which is a link"
	case f.Uid != uint32(os.Geteuid()) && f.Uid != s.Uid && f.Uid != 0:
		return fmt.Sprintf("which belongs to another user (number %d)", f.Uid)
	case writable&0o002 != 0:
		return "which everybody can write"
	case file.Mode().Perm()&0o020 != 0 && (writable&0o020 != 0 || f.Gid != s.Gid) && from.Mode().Perm()&0o002 == 0:
		return "which its group can write"
	}
	return ""
}

// Linked reports whether a folder is a link.
func Linked(dir string) bool {
	st, err := os.Lstat(dir)
	return err == nil && st.Mode()&fs.ModeSymlink != 0
}
