// Package disk is how the window's process looks at the file system. Everything here may
// wait, for minutes if a network drive is gone, and belongs beside the window's loop. It
// is in one place so that a test can make it slow.
package disk

import (
	"context"
	"io/fs"
	"os"
)

// Disk looks at files and folders, and reads what is mapped of them.
type Disk interface {
	ReadDir(name string) ([]fs.DirEntry, error)
	Stat(name string) (fs.FileInfo, error)
	Lstat(name string) (fs.FileInfo, error)

	// Populate brings a part of a mapping into memory, so that touching it waits for
	// nothing. The code that touches a part that cannot be read meets the error.
	Populate(b []byte)
}

// System is the machine's own file system.
type System struct{}

func (System) ReadDir(name string) ([]fs.DirEntry, error) { return os.ReadDir(name) }
func (System) Stat(name string) (fs.FileInfo, error)      { return os.Stat(name) }
func (System) Lstat(name string) (fs.FileInfo, error)     { return os.Lstat(name) }
func (System) Populate(b []byte)                          { populate(b) }

// Until is a disk that only fails once ctx has ended, which ends a walk through folders.
func Until(ctx context.Context, d Disk) Disk { return until{ctx, d} }

type until struct {
	ctx context.Context
	d   Disk
}

func (u until) Populate(b []byte) {
	if u.ctx.Err() == nil {
		u.d.Populate(b)
	}
}

func (u until) ReadDir(name string) ([]fs.DirEntry, error) {
	if err := u.ctx.Err(); err != nil {
		return nil, err
	}
	return u.d.ReadDir(name)
}

func (u until) Stat(name string) (fs.FileInfo, error) {
	if err := u.ctx.Err(); err != nil {
		return nil, err
	}
	return u.d.Stat(name)
}

func (u until) Lstat(name string) (fs.FileInfo, error) {
	if err := u.ctx.Err(); err != nil {
		return nil, err
	}
	return u.d.Lstat(name)
}
