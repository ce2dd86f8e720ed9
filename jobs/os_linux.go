package jobs

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// tieToParent has the kernel end the worker when the thread that started it ends:
// the pool's spawner, which lives as long as the process. SIGKILL ends one that was
// stopped, or is stuck, as well; what it was writing has no name, or is swept up later.
func tieToParent(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
}

// adopt sets limits to a worker that it cannot lift.
func adopt(cmd *exec.Cmd, memory uint64) (release func(), err error) {
	for resource, most := range limits(memory) {
		l := unix.Rlimit{Cur: most, Max: most}
		err = errors.Join(err, os.NewSyscallError("prlimit", unix.Prlimit(cmd.Process.Pid, resource, &l, nil)))
	}
	return func() {}, err
}

// limits are those of a worker by resource: no core dumps, which would hold what files hold;
// descriptors for many times the files of a job; and what it may write to in memory, without
// scratch files. The watch, which can say why, comes before that: a process has much that
// it never uses.
func limits(memory uint64) map[int]uint64 {
	return map[int]uint64{unix.RLIMIT_CORE: 0, unix.RLIMIT_NOFILE: 256, unix.RLIMIT_DATA: memory + memory/4 + 2<<30}
}

// workerEnv adds where the program's own libraries are, if it was told: a worker would not start.
// Temporary files of workers have no name.
func workerEnv(string) []string {
	const name = "LD_LIBRARY_PATH"
	maps, err := os.ReadFile("/proc/self/maps")
	if err != nil || !usesLibraries(os.Getenv(name), string(maps)) {
		return nil
	}
	return []string{name + "=" + os.Getenv(name)}
}

// usesLibraries reports whether a process of such mappings has a library from one of the folders.
func usesLibraries(folders, maps string) bool {
	for dir := range strings.SplitSeq(folders, ":") {
		if dir != "" && strings.Contains(maps, " "+strings.TrimRight(dir, "/")+"/") {
			return true
		}
	}
	return false
}

// exitText names the signal or status a process ended with.
func exitText(st *os.ProcessState, err error) string {
	if st == nil {
		return fmt.Sprint(err)
	}
	if ws, ok := st.Sys().(syscall.WaitStatus); ok && ws.Signaled() {
		return "signal " + unix.SignalName(ws.Signal())
	}
	return fmt.Sprintf("exit status %d", st.ExitCode())
}

// workDone is the processor time a process has used, and the time that a slow disk
// takes for what it has read: 1 s for 10 MB. It rises as long as the process does
// anything at all.
func workDone(pid int) time.Duration {
	var done time.Duration
	if b, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid)); err == nil {
		// The name in brackets may hold anything; utime and stime are the 12th and 13th
		// field after it, in 1/100 s whatever the machine.
		f := strings.Fields(string(b[strings.LastIndexByte(string(b), ')')+1:]))
		for i := 11; i <= 12 && i < len(f); i++ {
			ticks, _ := strconv.ParseInt(f[i], 10, 64)
			done += time.Duration(ticks) * 10 * time.Millisecond
		}
	}
	if b, err := os.ReadFile(fmt.Sprintf("/proc/%d/io", pid)); err == nil {
		if _, rest, ok := strings.Cut(string(b), "read_bytes: "); ok {
			n, _ := strconv.ParseInt(strings.Fields(rest)[0], 10, 64)
			done += time.Duration(n) * (time.Second / 10_000_000)
		}
	}
	return done
}

// privateMemory is the anonymous memory of a process in bytes, 0 if it is not known. Mappings
// of scratch files are shared and do not count.
func privateMemory(pid int) uint64 {
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0
	}
	_, rest, ok := strings.Cut(string(b), "RssAnon:")
	if !ok {
		return 0
	}
	kb, err := strconv.ParseUint(strings.Fields(rest)[0], 10, 64)
	if err != nil {
		return 0
	}
	return kb << 10
}
