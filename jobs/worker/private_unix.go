//go:build unix

package worker

import (
	"io/fs"
	"os"
	"syscall"

	"iceexplorer/jobs/task"
)

// keepPrivate has the job make files that nobody may read who may not read each of its frames'
// files, until the function that it returns is called. A worker does one job at a time, so that
// the process's mask is the job's. Files that are replaced keep the rights that a user gave them.
func (j *Job) keepPrivate(further []task.ExportFrame) (back func()) {
	allowed := readers(j.msg.Path())
	for _, f := range further {
		allowed &= readers(f.Input(j.msg.Input).Path())
	}
	mask := syscall.Umask(0)
	syscall.Umask(mask | int(^allowed&0o777))
	return func() { syscall.Umask(mask) }
}

// readers are the rights of those who may read a file, and all of its owner.
func readers(path string) fs.FileMode {
	st, err := os.Stat(path)
	if err != nil {
		return 0o777
	}
	mode, allowed := st.Mode().Perm(), fs.FileMode(0o700)
	own, ok := st.Sys().(*syscall.Stat_t)
	if mode&0o004 != 0 {
		allowed |= 0o007
	}
	// New files have the process's group, which may be another one.
	if mode&0o040 != 0 && ok && own.Gid == uint32(os.Getegid()) || mode&0o004 != 0 {
		allowed |= 0o070
	}
	return allowed
}
