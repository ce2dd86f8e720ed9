package scratch

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"golang.org/x/sys/unix"
)

// DefaultRoots are the folders for scratch files, best first.
func DefaultRoots() []string {
	roots := []string{fmt.Sprintf("/dev/shm/iceexplorer-%d", os.Getuid())}
	if d, err := os.UserCacheDir(); err == nil {
		roots = append(roots, filepath.Join(d, "iceexplorer", "scratch"))
	}
	return append(roots, filepath.Join(os.TempDir(), fmt.Sprintf("iceexplorer-%d", os.Getuid())))
}

// createFile makes a file that loses its name at once: it is freed with its last
// descriptor and mapping, whatever happens to the processes.
func createFile(path string) (*os.File, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return nil, err
	}
	if err := os.Remove(path); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return f, nil
}

func openFile(path string) (*os.File, error) { return os.OpenFile(path, os.O_RDWR, 0) }

// publish is the name under which a worker of the same user opens the file.
func publish(f *os.File, _ string) string {
	return fmt.Sprintf("/proc/%d/fd/%d", os.Getpid(), f.Fd())
}

// reserve takes the disk's blocks or the memory's pages, so that writing to the
// mapping cannot fail.
func reserve(f *os.File, n int64) error {
	for {
		err := unix.Fallocate(int(f.Fd()), 0, 0, n)
		if err != unix.EINTR {
			return err
		}
	}
}

// empty gives the pages back while others have the file mapped.
func empty(f *os.File) { _ = f.Truncate(0) }

// private is an error for a folder that somebody else could change: one that lies in
// a public place may have been put there, or a link to one.
func private(dir string) error {
	var link, st unix.Stat_t
	if err := errors.Join(unix.Lstat(dir, &link), unix.Stat(dir, &st)); err != nil {
		return fmt.Errorf("look at the scratch folder: %w: %s", err, dir)
	}
	if me := uint32(os.Getuid()); link.Uid != me || st.Uid != me || st.Mode&unix.S_IFMT != unix.S_IFDIR || st.Mode&0o022 != 0 {
		return fmt.Errorf("others may write to the scratch folder: %s", dir)
	}
	return nil
}

// remove removes the folder, while its lock is held.
func (d *session) remove() error { return errors.Join(os.RemoveAll(d.dir), d.lock.Close()) }

// advise asks for huge pages; a kernel that has none to give goes on without.
func advise(mem []byte) {
	if len(mem) >= 2<<20 {
		_ = unix.Madvise(mem, unix.MADV_HUGEPAGE)
	}
}

// populate maps all pages of a mapping that is about to be written to: a fault for
// each would cost up to twice as much as decoding.
func populate(mem []byte) { _ = unix.Madvise(mem, unix.MADV_POPULATE_WRITE) }

func lockFile(path string, wait bool) (*os.File, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fmt.Errorf("lock: %w", err)
	}
	how := unix.LOCK_EX
	if !wait {
		how |= unix.LOCK_NB
	}
	for {
		err := unix.Flock(int(f.Fd()), how)
		if err == nil {
			return f, nil
		}
		if err != unix.EINTR {
			f.Close()
			return nil, fmt.Errorf("lock: %w: %s", err, path)
		}
	}
}
