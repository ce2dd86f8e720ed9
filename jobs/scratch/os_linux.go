package scratch

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

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

// publish: a worker is handed the file, it needs no name.
func publish(*os.File, string) string { return "" }

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

// discard gives the pages of a file without a descriptor back while others have it
// mapped.
func discard(mem []byte) { _ = unix.Madvise(mem, unix.MADV_REMOVE) }

// scarce reports whether at most spare descriptors are free: a file gets the lowest free one,
// so all below its own are taken. If the limit is very low, spare is at most half of it.
func scarce(f *os.File, spare int) bool {
	var l unix.Rlimit
	if unix.Getrlimit(unix.RLIMIT_NOFILE, &l) != nil {
		return false
	}
	return uint64(f.Fd()) >= l.Cur-min(uint64(spare), l.Cur/2)
}

// mappingNeedsFile says that a mapping's file has to stay open.
const mappingNeedsFile = false

// mappingLimit is how many mappings a process may have.
func mappingLimit() int {
	const usual = 65530
	b, err := os.ReadFile("/proc/sys/vm/max_map_count")
	if err != nil {
		return usual
	}
	n, err := strconv.Atoi(strings.TrimSpace(string(b)))
	if err != nil || n <= 0 {
		return usual
	}
	return n
}

// mappingCount is how many mappings this process has.
func mappingCount() int {
	f, err := os.Open("/proc/self/maps")
	if err != nil {
		return 0
	}
	defer f.Close()
	n := 0
	for buf := make([]byte, 64<<10); ; {
		k, err := f.Read(buf)
		n += bytes.Count(buf[:k], []byte{'\n'})
		if err != nil {
			return n
		}
	}
}

// private is an error for a folder that somebody else could change: one that lies in
// a public place may have been put there, or a link to one.
func private(dir string) error {
	var link, st unix.Stat_t
	if err := errors.Join(unix.Lstat(dir, &link), unix.Stat(dir, &st)); err != nil {
		return fmt.Errorf("check the scratch folder: %w: %s", err, dir)
	}
	if me := uint32(os.Getuid()); link.Uid != me || st.Uid != me || st.Mode&unix.S_IFMT != unix.S_IFDIR || st.Mode&0o022 != 0 {
		return fmt.Errorf("others may write to the scratch folder: %s", dir)
	}
	return nil
}

// remove removes the folder, while its lock is held.
func (d *session) remove() error { return errors.Join(os.RemoveAll(d.dir), d.lock.Close()) }

// leave has nothing to do: the file had no name, and the folder is gone.
func (f *File) leave() {}

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
