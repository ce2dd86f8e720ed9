//go:build unix

package atomicfile

import (
	"io/fs"
	"syscall"
)

// like gives the file the rights and the group of another.
func (f *File) like(other fs.FileInfo) error {
	mode := other.Mode().Perm()&0o666 | 0o600
	if st, ok := other.Sys().(*syscall.Stat_t); ok {
		if err := f.Chown(-1, int(st.Gid)); err != nil {
			mode = mode&^0o060 | mode&0o006<<3
		}
	}
	return f.Chmod(mode)
}
