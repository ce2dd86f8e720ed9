package confine

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"unsafe"

	"golang.org/x/sys/unix"
	"kernel.org/pub/linux/libs/security/libcap/psx"
)

// Root without capabilities is a user like others, and could read and write less than whoever
// runs the program as root expects: in a container it often works on files of somebody else.
// So a worker of root keeps two until its first job shows that it needs none: to reach files
// whatever their modes say, in the folders that Landlock leaves it, and to give what it writes
// the owner and the group of its source.
const ofRoot = 1<<unix.CAP_DAC_OVERRIDE | 1<<unix.CAP_CHOWN

// Bound has the programs that this thread will start, as root too, begin without capabilities
// but ofRoot. The caller stays on the thread, which keeps its own. Who may not do this has none
// to pass on.
func Bound() {
	for c := uintptr(0); c <= unix.CAP_LAST_CAP; c++ {
		if c >= 32 || ofRoot&(1<<c) == 0 {
			_ = unix.Prctl(unix.PR_CAPBSET_DROP, c, 0, 0, 0)
		}
	}
}

// dropCapabilities gives up, in all threads, what capabilities the process has beyond those to
// keep. psx reaches the threads that Go does not know of.
func dropCapabilities(keep uint32) error {
	head, has, err := capabilities()
	if err != nil {
		return err
	}
	keep &= has[0].Permitted
	left := [2]unix.CapUserData{{Effective: keep, Permitted: keep}} // the ambient set is never more
	if left == has {
		return nil // Bound has seen to it
	}
	if _, _, errno := psx.Syscall3(unix.SYS_CAPSET, uintptr(unsafe.Pointer(head)), uintptr(unsafe.Pointer(&left[0])), 0); errno != 0 {
		return os.NewSyscallError("capset", errno)
	}
	return nil
}

// capabilities are those of this thread.
func capabilities() (head *unix.CapUserHeader, has [2]unix.CapUserData, err error) {
	head = &unix.CapUserHeader{Version: unix.LINUX_CAPABILITY_VERSION_3}
	err = unix.Capget(head, &has[0])
	return head, has, os.NewSyscallError("capget", err)
}

// settle gives ofRoot up unless the job needs it.
func (c *Cell) settle(job Files) error {
	_, has, err := capabilities()
	if c.ofRoot = has[0].Permitted&ofRoot != 0; err != nil || !c.ofRoot || !mayDo(job) {
		return err
	}
	c.ofRoot = false
	return dropCapabilities(0)
}

// mayDo reports whether this user, without capabilities, may do with a job's files what is to
// be done.
func mayDo(job Files) bool {
	runtime.LockOSThread() // the others keep what they have
	defer runtime.UnlockOSThread()
	head, has, err := capabilities()
	if err != nil {
		return false
	}
	if has[0].Permitted != 0 {
		without := [2]unix.CapUserData{{Permitted: has[0].Permitted}}
		if unix.Capset(head, &without[0]) != nil {
			return false
		}
		defer unix.Capset(head, &has[0]) // it was so before
	}
	may := func(path string, mode uint32) bool {
		return !errors.Is(unix.Faccessat(unix.AT_FDCWD, path, mode, unix.AT_EACCESS), unix.EACCES)
	}
	for _, path := range job.Read {
		if !may(path, unix.R_OK) {
			return false
		}
		var st unix.Stat_t
		if len(job.Write) > 0 && unix.Stat(path, &st) == nil && (int(st.Uid) != os.Geteuid() || int(st.Gid) != os.Getegid()) {
			return false
		}
	}
	for _, path := range job.Write {
		if !may(filepath.Dir(path), unix.W_OK|unix.X_OK) {
			return false
		}
	}
	return true
}
