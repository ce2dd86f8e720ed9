//go:build unix

package atomicfile

import (
	"io/fs"
	"os"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
)

// sources is what the files are made of that this process writes.
type sources struct {
	mask   fs.FileMode // the process's own
	group  uint32      // of all of them, if one
	one    bool
	within fs.FileMode // what that group and all others may do with each of them
	all    bool        // everybody may read each of them
}

// private is what KeepPrivate was told, nil if nothing.
var private atomic.Pointer[sources]

// Sources are files that others are made of.
type Sources struct{ sources }

// From finds out who may read each of some files.
func From(paths []string) *Sources {
	s := look(paths)
	s.mask = ownMask()
	return &Sources{s}
}

// ownMask is the mask of this process, by which nobody else may do anything where it cannot be told.
var ownMask = sync.OnceValue(func() fs.FileMode {
	b, err := os.ReadFile("/proc/self/status")
	_, rest, found := strings.Cut(string(b), "\nUmask:")
	line, _, _ := strings.Cut(rest, "\n")
	if mask, bad := strconv.ParseUint(strings.TrimSpace(line), 8, 32); err == nil && found && bad == nil {
		return fs.FileMode(mask) & fs.ModePerm
	}
	return 0o077
})

// atFirst are the rights of a file before it has its group.
func (s *Sources) atFirst() fs.FileMode { return s.granted(0, false) }

// KeepPrivate has the process make files that nobody may read who may not read each of some others,
// until the function that it returns is called. It is for a process that does one thing at a
// time. A file that replaces one of this user keeps the rights of that.
func KeepPrivate(paths []string) (back func()) {
	s := look(paths)
	mask := syscall.Umask(0o077)
	s.mask = fs.FileMode(mask)
	rights := s.granted(0, false) // of a file that has a name before it has its group
	rights |= rights & 0o444 >> 2 // who may read files may enter folders that are made for them
	syscall.Umask(mask | int(^rights&0o777))
	private.Store(&s)
	return func() {
		private.Store(nil)
		syscall.Umask(mask)
	}
}

// look finds out who may read each of some files. Nobody but this user may read one that is gone.
func look(paths []string) sources {
	s := sources{one: len(paths) > 0, within: 0o066, all: true}
	for i, path := range paths {
		st, err := os.Stat(path)
		if err != nil {
			return sources{}
		}
		own, ok := st.Sys().(*syscall.Stat_t)
		if !ok {
			return sources{}
		}
		if i == 0 {
			s.group = own.Gid
		}
		s.one = s.one && own.Gid == s.group
		mode := st.Mode().Perm()
		s.all = s.all && mode&0o044 == 0o044
		if mode&0o040 != 0 {
			mode |= 0o020 // whether a group may write what is made of its files is up to the mask
		}
		s.within &= mode
	}
	return s
}

// granted are the rights of a file with a group.
func (s *sources) granted(group uint32, known bool) fs.FileMode {
	mode := fs.FileMode(0o600)
	switch {
	case s.all:
		mode |= 0o060 | s.within&0o006
	case known && s.one && group == s.group:
		mode |= s.within
	}
	return mode &^ s.mask
}

// settleNew sets who may do what with a file that replaces none of this user. One whose rights
// cannot be set, as on some file systems, has those that the mask leaves, which are fewer.
func settleNew(f *os.File) {
	if s := private.Load(); s != nil {
		s.settle(f)
	}
}

func (s *sources) settle(f *os.File) {
	st, err := f.Stat()
	if err != nil {
		return
	}
	own, ok := st.Sys().(*syscall.Stat_t)
	if !ok {
		return
	}
	group := own.Gid
	if !s.all && s.one && group != s.group && f.Chown(-1, int(s.group)) == nil {
		group = s.group
	}
	if mode := s.granted(group, true); mode != st.Mode().Perm() {
		_ = f.Chmod(mode)
	}
}

// like gives the file the group of another and, within it, some rights. If it cannot have the group,
// only what that and all others may do is left to anybody else. Root gives it to the other's owner.
func like(f *os.File, other fs.FileInfo, mode fs.FileMode) error {
	if st, ok := other.Sys().(*syscall.Stat_t); ok {
		if err := f.Chown(-1, int(st.Gid)); err != nil {
			both := mode << 3 & mode & 0o070 // its members are now among all others
			mode = mode&0o700 | both | both>>3
		}
	}
	if err := f.Chmod(mode); err != nil {
		return err
	}
	if st, ok := other.Sys().(*syscall.Stat_t); ok && os.Geteuid() == 0 { // last: who is not the owner may not change the mode
		_ = f.Chown(int(st.Uid), -1) // an owner who has no number here gets none
	}
	return nil
}

// mine reports whether this user gave a file the rights that it has.
func mine(file fs.FileInfo) bool {
	st, ok := file.Sys().(*syscall.Stat_t)
	return ok && st.Uid == uint32(os.Geteuid())
}
