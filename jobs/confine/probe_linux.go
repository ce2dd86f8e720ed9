package confine

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"syscall"
	"time"
	"unsafe"

	"golang.org/x/sys/unix"
)

// Probe is something that a confined worker must not be able to do.
type Probe struct {
	Name string
	// Denied to unconfined processes too: to those of others than root, or on some systems.
	Root, Rare bool

	try func(g ground) error
}

// ground is a folder for probes: a worker has read/frame to read and write/out to write, which
// are its job's, and not outside/secret, to which read/link leads.
type ground string

func (g ground) at(path string) string { return filepath.Join(string(g), path) }

func (g ground) make() error {
	for _, dir := range []string{"read", "write", "outside"} {
		if err := os.MkdirAll(g.at(dir), 0o755); err != nil {
			return err
		}
	}
	for _, file := range []string{"read/frame", "outside/secret"} {
		if err := os.WriteFile(g.at(file), []byte("some text"), 0o644); err != nil {
			return err
		}
	}
	return os.Symlink(g.at("outside/secret"), g.at("read/link"))
}

func opens(name string, flags int) func(g ground) error {
	return func(g ground) error {
		f, err := os.OpenFile(g.at(name), flags, 0o644)
		if err == nil {
			err = f.Close()
		}
		return err
	}
}

// calls makes a system call. Errors of its arguments mean that it was let through.
func calls(nr uintptr, args ...uintptr) func(ground) error {
	return func(ground) error {
		var a [6]uintptr
		copy(a[:], args)
		if _, _, e := unix.RawSyscall6(nr, a[0], a[1], a[2], a[3], a[4], a[5]); e != 0 {
			return e
		}
		return nil
	}
}

// parent is what is done to whoever started this process.
func parent(do func(pid int) error) func(ground) error {
	return func(ground) error { return do(os.Getppid()) }
}

// Probes is the list of them.
func Probes() []Probe {
	here := []byte(".\x00")
	path := uintptr(unsafe.Pointer(&here[0]))
	return []Probe{
		{"read another file", false, false, opens("outside/secret", os.O_RDONLY)},
		{"read another file through a link", false, false, opens("read/link", os.O_RDONLY)},
		{"list another folder", false, false, func(g ground) error { _, err := os.ReadDir(g.at("outside")); return err }},
		{"write another file", false, false, opens("outside/secret", os.O_WRONLY)},
		{"write beside a source", false, false, opens("read/new", os.O_WRONLY|os.O_CREATE)},
		{"write to a source", false, false, opens("read/frame", os.O_WRONLY)},
		{"cut a source", false, false, func(g ground) error { return os.Truncate(g.at("read/frame"), 1) }},
		{"remove a source", false, false, func(g ground) error { return os.Remove(g.at("read/frame")) }},
		{"link another file to its own", false, false, func(g ground) error { return os.Link(g.at("outside/secret"), g.at("write/taken")) }},
		{"move a source away", false, false, func(g ground) error { return os.Rename(g.at("read/frame"), g.at("write/taken")) }},
		{"make a device or a pipe", false, false, func(g ground) error { return unix.Mkfifo(g.at("write/pipe"), 0o600) }},
		{"change a mode", false, false, func(g ground) error { return os.Chmod(g.at("read/frame"), 0o600) }},
		{"read the memory of its parent", false, false, parent(func(pid int) error {
			f, err := os.Open(fmt.Sprintf("/proc/%d/mem", pid))
			if err == nil {
				err = f.Close()
			}
			return err
		})},
		{"copy the memory of its parent", false, false, parent(func(pid int) error {
			var b [8]byte
			_, err := unix.ProcessVMReadv(pid, []unix.Iovec{{Base: &b[0], Len: 8}}, []unix.RemoteIovec{{Base: 8, Len: 8}}, 0)
			return err
		})},
		{"trace its parent", false, false, parent(func(pid int) error {
			runtime.LockOSThread()
			return unix.PtraceSeize(pid)
		})},
		{"signal its parent", false, false, parent(func(pid int) error { return unix.Kill(pid, syscall.SIGURG) })},
		{"signal a thread of its parent", false, false, parent(func(pid int) error { return unix.Tgkill(pid, pid, syscall.SIGURG) })},
		{"limit its parent", false, false, parent(func(pid int) error {
			var l unix.Rlimit
			return unix.Prlimit(pid, unix.RLIMIT_NOFILE, nil, &l)
		})},
		{"run a program", false, false, func(ground) error {
			return unix.Exec("/bin/true", []string{"true"}, nil)
		}},
		{"fork", false, false, func(ground) error {
			pid, _, e := unix.RawSyscall6(unix.SYS_CLONE, uintptr(unix.SIGCHLD), 0, 0, 0, 0, 0)
			switch {
			case e != 0:
				return e
			case pid == 0:
				unix.RawSyscall(unix.SYS_EXIT_GROUP, 0, 0, 0)
			}
			return nil
		}},
		{"connect to the network", false, false, func(ground) error {
			fd, err := unix.Socket(unix.AF_INET, unix.SOCK_STREAM, 0)
			if err == nil {
				err = unix.Close(fd)
			}
			return err
		}},
		{"connect to a service of this machine", false, false, func(ground) error {
			fd, err := unix.Socket(unix.AF_UNIX, unix.SOCK_STREAM, 0)
			if err == nil {
				err = unix.Close(fd)
			}
			return err
		}},
		{"make a namespace", false, false, func(ground) error {
			runtime.LockOSThread()
			return unix.Unshare(unix.CLONE_FS | unix.CLONE_NEWUTS*uintptrIf(os.Getuid() == 0))
		}},
		{"mount", true, false, calls(unix.SYS_MOUNT, path, path, path, 0, 0)},
		{"load code into the kernel", true, false, calls(unix.SYS_BPF, 5, 0, 0)},
		{"load a module", false, true, calls(unix.SYS_FINIT_MODULE, ^uintptr(0), path, 0)},
		{"use keys", false, false, calls(unix.SYS_KEYCTL, unix.KEYCTL_GET_KEYRING_ID, ^uintptr(2), 0)},
		{"use io_uring", false, false, calls(unix.SYS_IO_URING_SETUP, 0, path)},
		{"handle faults of pages", false, false, calls(unix.SYS_USERFAULTFD, 1)},
		{"watch the processor", true, false, calls(unix.SYS_PERF_EVENT_OPEN, path, 0, 0, ^uintptr(0), 0)},
	}
}

// Try is the confined side of Report: it does what a worker does before its first job, and
// then makes the probe.
func Try(name, folder string) error {
	g := ground(folder)
	job := Files{Read: []string{g.at("read/frame")}, Write: []string{g.at("write/out")}}
	c := Enter()
	if err := c.Admit(job, Folders{}); err != nil {
		return err
	}
	for _, allowed := range []func(ground) error{opens("read/frame", os.O_RDONLY), opens("write/out", os.O_WRONLY|os.O_CREATE)} {
		if err := allowed(g); err != nil {
			return fmt.Errorf("what is allowed fails: %w", err)
		}
	}
	for _, p := range Probes() {
		if p.Name == name {
			return p.try(g)
		}
	}
	return fmt.Errorf("no probe is called %q", name)
}

// Exits of a process that calls Try.
const (
	ExitDone   = 0
	ExitDenied = 10
	ExitBroken = 11
)

// Exit tells how Try has ended.
func Exit(err error) int {
	switch {
	case errors.Is(err, unix.EPERM), errors.Is(err, unix.EACCES), errors.Is(err, unix.ENOSYS), errors.Is(err, unix.EXDEV):
		return ExitDenied
	case err == nil || errors.As(err, new(syscall.Errno)):
		return ExitDone
	}
	return ExitBroken
}

// Denied makes one probe in a process of its own, which command and two more arguments start:
// the name of the probe and a folder. how is in what way it was denied.
func (p *Probe) Denied(command, environment []string) (denied bool, how string, err error) {
	dir, err := os.MkdirTemp("", "probe")
	if err != nil {
		return false, "", err
	}
	defer os.RemoveAll(dir)
	if err := ground(dir).make(); err != nil {
		return false, "", err
	}
	cmd := exec.Command(command[0], append(command[1:len(command):len(command)], p.Name, dir)...)
	cmd.Env = environment
	cmd.WaitDelay = time.Second
	out, err := cmd.CombinedOutput()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		return false, "", err
	}
	ws := cmd.ProcessState.Sys().(syscall.WaitStatus)
	switch {
	case ws.Signaled() && ws.Signal() == unix.SIGSYS:
		return true, "the process is ended", nil
	case ws.ExitStatus() == ExitDenied:
		return true, "refused", nil
	case ws.ExitStatus() == ExitDone:
		return false, "", nil
	}
	return false, "", fmt.Errorf("%v: %s", cmd.ProcessState, out)
}

// Verb is a hidden verb of the program, which command starts: without arguments it makes all
// probes and says what came of each, with the name of a probe and a folder it is the process that
// makes it.
func Verb(w io.Writer, command, args []string) int {
	if len(args) == 2 {
		err := Try(args[0], args[1])
		fmt.Fprintln(w, err)
		return Exit(err)
	}
	if _, err := os.Stat(command[0]); err != nil {
		fmt.Fprintf(w, "nothing can be tried, as this program cannot be started: %v\n", err)
		return 1
	}
	status := 0
	for _, p := range Probes() {
		denied, how, err := p.Denied(command, []string{Variable + "=" + os.Getenv(Variable)})
		switch {
		case err != nil:
			how = err.Error()
		case !denied:
			how = "NOT DENIED"
		}
		if err != nil || !denied {
			status = 1
		}
		fmt.Fprintf(w, "%-40s %s\n", p.Name, how)
	}
	if lacks := Enter().Lacks(); lacks != "" {
		fmt.Fprintf(w, "workers are not confined: %s\n", lacks)
	}
	return status
}

func uintptrIf(b bool) int {
	if b {
		return 1
	}
	return 0
}
