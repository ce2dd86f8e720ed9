//go:build unix

package proto

import (
	"io/fs"
	"syscall"
)

// IDOf is the ID of the file that was looked at.
func IDOf(st fs.FileInfo) FileID {
	if s, ok := st.Sys().(*syscall.Stat_t); ok {
		return FileID{uint64(s.Dev), s.Ino}
	}
	return FileID{}
}
