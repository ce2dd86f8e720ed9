// Package refusal tells why a system refused something, whatever the system: Windows has numbers
// of its own for what package syscall names after those of Unix.
package refusal

import (
	"errors"
	"io/fs"
	"syscall"
)

// NoSpace reports that a disk, or what a user may have of it, is full.
func NoSpace(err error) bool { return among(err, noSpace) }

// ReadOnly reports that nothing may be written: to the place, or by this user. A file that
// another program holds is not meant; see Held.
func ReadOnly(err error) bool {
	return !Held(err) && (errors.Is(err, fs.ErrPermission) || among(err, readOnly))
}

// Held reports that another program keeps a file from being opened, replaced or removed. Only
// Windows lets programs do that.
func Held(err error) bool { return among(err, held) }

// NoDescriptor reports that the process, or the machine, may open no more files.
func NoDescriptor(err error) bool { return among(err, noDescriptor) }

// NoMemory reports that there is no memory, or no room in the address space.
func NoMemory(err error) bool { return among(err, noMemory) }

// Nowhere reports that nothing lies at a path, also because no file can have such a name.
func Nowhere(err error) bool { return errors.Is(err, fs.ErrNotExist) || among(err, noName) }

func among(err error, all []syscall.Errno) bool {
	for _, e := range all {
		if errors.Is(err, e) {
			return true
		}
	}
	return false
}
