package confine

import (
	"fmt"
	"os"
	"runtime"
	"unsafe"

	"golang.org/x/sys/unix"
)

// A filter of system calls is a program for a small machine in the kernel. We write it by hand:
// the kept library for it (elastic/go-seccomp-bpf 1.6.0) goes on with an argument where it should
// compare the call's number once a condition has failed, which lets calls through.

// program is a filter in the making. It begins with the call's number at hand.
type program []unix.SockFilter

// Offsets of what the kernel tells of a call (struct seccomp_data).
const (
	atNumber = 0
	atArch   = 4
	atArgs   = 16 // six of eight bytes; processors that we run on have the low half first
)

func (p *program) load(at uint32) {
	*p = append(*p, unix.SockFilter{Code: unix.BPF_LD | unix.BPF_W | unix.BPF_ABS, K: at})
}

func (p *program) end(action uint32) {
	*p = append(*p, unix.SockFilter{Code: unix.BPF_RET | unix.BPF_K, K: action})
}

// unless skips the next n instructions unless the word at hand meets a test (BPF_JEQ and the
// like); when skips them if it does.
func (p *program) unless(test uint16, k uint32, n int) {
	*p = append(*p, unix.SockFilter{Code: unix.BPF_JMP | unix.BPF_K | test, K: k, Jf: uint8(n)})
}

func (p *program) when(test uint16, k uint32, n int) {
	*p = append(*p, unix.SockFilter{Code: unix.BPF_JMP | unix.BPF_K | test, K: k, Jt: uint8(n)})
}

// calls ends with an action for each of some calls.
func (p *program) calls(action uint32, numbers ...uint32) {
	for _, nr := range numbers {
		p.unless(unix.BPF_JEQ, nr, 1)
		p.end(action)
	}
}

// only lets a call be made if an argument, of at most 32 bits, has one of some values.
func (p *program) only(nr uint32, argument int, values ...uint32) {
	p.unless(unix.BPF_JEQ, nr, 2+2*len(values))
	p.load(uint32(atArgs + 8*argument))
	for _, v := range values {
		p.unless(unix.BPF_JEQ, v, 1)
		p.end(unix.SECCOMP_RET_ALLOW)
	}
	p.end(refuse)
}

const (
	refuse  = unix.SECCOMP_RET_ERRNO | uint32(unix.EPERM)
	unknown = unix.SECCOMP_RET_ERRNO | uint32(unix.ENOSYS)
)

// namespaces are the flags of clone that make one.
const namespaces = unix.CLONE_NEWNS | unix.CLONE_NEWCGROUP | unix.CLONE_NEWUTS | unix.CLONE_NEWIPC | unix.CLONE_NEWUSER | unix.CLONE_NEWPID | unix.CLONE_NEWNET | unix.CLONE_NEWTIME

// psxSignal is the one by which psx has all threads make a system call. It would end a process
// that does not expect it.
const psxSignal = 33

// worker is the filter of the process self.
func worker(self uint32) program {
	var p program
	p.load(atArch)
	p.when(unix.BPF_JEQ, auditArch, 1)
	p.end(unix.SECCOMP_RET_KILL_PROCESS) // calls of another kind have other numbers
	p.load(atNumber)
	p.calls(unix.SECCOMP_RET_ALLOW, callsAllowed...)
	p.calls(unix.SECCOMP_RET_ALLOW, callsAllowedHere...)
	p.calls(unix.SECCOMP_RET_KILL_PROCESS, deadly...)
	// The C library falls back from clone3, whose flags cannot be looked at, to clone.
	p.calls(unknown, unix.SYS_CLONE3)
	p.unless(unix.BPF_JEQ, unix.SYS_CLONE, 5)
	p.load(atArgs)
	p.unless(unix.BPF_JSET, unix.CLONE_THREAD, 2)
	p.when(unix.BPF_JSET, namespaces, 1)
	p.end(unix.SECCOMP_RET_ALLOW)
	p.end(refuse)
	p.only(unix.SYS_KILL, 0, self)
	p.only(unix.SYS_TGKILL, 0, self)
	p.only(unix.SYS_TKILL, 1, psxSignal) // until Admit is done
	p.only(unix.SYS_PRLIMIT64, 0, 0, self)
	p.only(unix.SYS_IOCTL, 1, unix.TCGETS)
	p.only(unix.SYS_PRCTL, 0, unix.PR_SET_NAME, unix.PR_GET_NAME, unix.PR_SET_VMA, unix.PR_SET_NO_NEW_PRIVS, unix.PR_GET_NO_NEW_PRIVS)
	p.unless(unix.BPF_JGT, newest, 1)
	p.end(unknown)
	p.end(refuse)
	return p
}

// newest is the last system call that we have judged. Programs go on without later ones.
const newest = unix.SYS_LANDLOCK_RESTRICT_SELF

// filterCalls leaves all threads the system calls of a worker.
func filterCalls() error { return worker(uint32(os.Getpid())).enforce() }

// closeCalls takes what Admit needed.
func closeCalls() error {
	var p program
	p.load(atNumber)
	p.calls(refuse, unix.SYS_TKILL)
	p.end(unix.SECCOMP_RET_ALLOW)
	return p.enforce()
}

// enforce has all threads obey the program, and none get rights by running another one.
func (p program) enforce() error {
	runtime.LockOSThread() // the kernel passes both on to the others
	defer runtime.UnlockOSThread()
	if err := unix.Prctl(unix.PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0); err != nil {
		return os.NewSyscallError("prctl", err)
	}
	prog := unix.SockFprog{Len: uint16(len(p)), Filter: &p[0]}
	// With TSYNC the kernel returns the thread that could not follow.
	thread, _, errno := unix.Syscall(unix.SYS_SECCOMP, unix.SECCOMP_SET_MODE_FILTER, unix.SECCOMP_FILTER_FLAG_TSYNC, uintptr(unsafe.Pointer(&prog)))
	if errno != 0 {
		return os.NewSyscallError("seccomp", errno)
	}
	if thread != 0 {
		return fmt.Errorf("thread %d has another filter", thread)
	}
	return nil
}
