package cli

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"iceexplorer/app/sample"
)

// until waits for something that must come.
func until(t *testing.T, what string, is func() bool) {
	t.Helper()
	for begun := time.Now(); !is(); time.Sleep(5 * time.Millisecond) {
		if time.Since(begun) > time.Minute {
			t.Fatalf("a minute without: %s", what)
		}
	}
}

// stat is the fields of a process after its name: the state first, then the parent.
func stat(pid int) []string {
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return nil
	}
	return strings.Fields(string(b[bytes.LastIndexByte(b, ')')+1:]))
}

func alive(pid int) bool {
	f := stat(pid)
	return f != nil && f[0] != "Z"
}

// workersOf are the workers that pid has started and that live.
func workersOf(pid int) (all []int) {
	names, err := filepath.Glob("/proc/[0-9]*")
	if err != nil {
		return nil
	}
	for _, name := range names {
		child, err := strconv.Atoi(filepath.Base(name))
		if f := stat(child); err != nil || f == nil || f[0] == "Z" || f[1] != strconv.Itoa(pid) {
			continue
		}
		// Before it has this argument it has not become a worker yet, and is not tied to its parent.
		if args, err := os.ReadFile(name + "/cmdline"); err == nil && bytes.Contains(args, []byte("\x00"+asWorker+"\x00")) {
			all = append(all, child)
		}
	}
	return all
}

// busy reports that a process has used the processor for half a second.
func busy(pid int) bool {
	f := stat(pid)
	if f == nil {
		return false
	}
	ticks, _ := strconv.Atoi(f[11])
	return ticks >= 50
}

// A verb that was at a long computation, or waited for a pipe that nobody reads or for
// workers that had been stopped, went on for seconds or for ever after SIGTERM, and left
// its workers behind after SIGHUP.
func TestEveryVerbEndsSoonAfterASignalWhateverItDoes(t *testing.T) {
	t.Parallel()
	caches := t.TempDir()
	if err := sample.Write(t.Context(), caches, sample.Options{Points: 20_000, Frames: 60}); err != nil { // which take longer than to find the workers
		t.Fatal(err)
	}
	stuck := func(t *testing.T, cmd *exec.Cmd) { // the pipe is full, and nobody reads
		r, w, err := os.Pipe()
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { r.Close(); w.Close() })
		cmd.Stdout = w
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		until(t, "a full pipe", func() bool {
			n, err := unix.IoctlGetInt(int(r.Fd()), unix.TIOCINQ)
			return err == nil && n == 1<<16
		})
	}
	stopped := func(t *testing.T, cmd *exec.Cmd) { // its workers are
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		pid := cmd.Process.Pid
		until(t, "workers", func() bool { return len(workersOf(pid)) > 0 })
		for _, w := range workersOf(pid) {
			if err := syscall.Kill(w, syscall.SIGSTOP); err != nil {
				t.Fatal(err)
			}
		}
	}
	computing := func(t *testing.T, cmd *exec.Cmd) {
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		until(t, "half a second of work", func() bool { return busy(cmd.Process.Pid) })
	}
	for name, tc := range map[string]struct {
		args  []string
		begin func(*testing.T, *exec.Cmd)
	}{
		"info to a pipe that is not read": {[]string{"info", "--rows", "0-19999", caches}, stuck},
		"info, workers stopped":           {[]string{"info", "--jobs", "1", caches}, stopped},
		"convert, workers stopped":        {[]string{"convert", "--jobs", "1", "-o", "OUT/sih5", caches}, stopped},
		"export, workers stopped":         {[]string{"export", "--to", "ply", "--jobs", "1", "-o", "OUT/ply", caches}, stopped},
		"render, workers stopped":         {[]string{"render", "--jobs", "1", "-o", "OUT/a_%d.png", caches}, stopped},
		"sample of one huge frame":        {[]string{"sample", "--points", "3000000", "--frames", "1", "-o", "OUT/sample"}, computing},
		"bench":                           {[]string{"bench", "--points", "3000000"}, computing},
	} {
		for _, sig := range []syscall.Signal{syscall.SIGTERM, syscall.SIGINT, syscall.SIGHUP} {
			t.Run(name+" "+unix.SignalName(sig), func(t *testing.T) {
				t.Parallel()
				// What another run has written already would be refused.
				out := strings.NewReplacer("OUT", t.TempDir())
				cmd := exec.Command(os.Args[0])
				for _, arg := range tc.args {
					cmd.Args = append(cmd.Args, out.Replace(arg))
				}
				cmd.Env = append(os.Environ(), "TMPDIR="+t.TempDir())
				tc.begin(t, cmd)
				workers := workersOf(cmd.Process.Pid)
				t.Cleanup(func() {
					for _, pid := range workers {
						_ = syscall.Kill(pid, syscall.SIGKILL) // gone already, unless the test has failed
					}
				})
				begun := time.Now()
				if err := cmd.Process.Signal(sig); err != nil {
					t.Fatal(err)
				}
				late := time.AfterFunc(10*time.Second, func() { cmd.Process.Kill() })
				err := cmd.Wait()
				if !late.Stop() {
					t.Fatal("it went on for 10 s")
				}
				t.Logf("ended %v after the signal: %v", time.Since(begun).Round(time.Millisecond), err)
				if cmd.ProcessState.ExitCode() != StatusInterrupted {
					t.Errorf("ended by %v, not by its own status", err)
				}
				for _, pid := range workers {
					until(t, "the end of a worker", func() bool { return !alive(pid) })
				}
			})
		}
	}
}
