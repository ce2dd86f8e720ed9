package main

import (
	"fmt"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

func running(pid int) bool {
	b, err := os.ReadFile(filepath.Join("/proc", strconv.Itoa(pid), "stat"))
	if err != nil {
		return false
	}
	_, rest, _ := strings.Cut(string(b), ") ")
	return !strings.HasPrefix(rest, "Z")
}

// The sample stayed in the temporary folder after a signal.
func TestNothingIsLeftOfTheSampleHoweverTheWindowEnds(t *testing.T) {
	needDisplay(t)
	for name, tc := range map[string]struct {
		script string
		signal syscall.Signal
		when   string // being made, made or opened
	}{
		"SIGTERM while it is made":     {"wait 60s\n", syscall.SIGTERM, "made"},
		"SIGHUP while it is made":      {"wait 60s\n", syscall.SIGHUP, "made"},
		"SIGINT while it is made":      {"wait 60s\n", syscall.SIGINT, "made"},
		"SIGHUP when it is opened":     {"wait loaded\nprint state\nwait 60s\n", syscall.SIGHUP, "opened"},
		"SIGTERM when it is converted": {"wait converted\nprint state\nwait 60s\n", syscall.SIGTERM, "opened"},
		"SIGKILL while it is made":     {"wait 60s\n", syscall.SIGKILL, "made"},
		"SIGKILL when it is opened":    {"wait loaded\nprint state\nwait 60s\n", syscall.SIGKILL, "opened"},
	} {
		t.Run(name, func(t *testing.T) {
			tmp, file := t.TempDir(), filepath.Join(t.TempDir(), "script.txt")
			if err := os.WriteFile(file, []byte(tc.script), 0o600); err != nil {
				t.Fatal(err)
			}
			cmd := program(t, "--sample", "--run", file)
			cmd.Env = append(cmd.Env, temporary(tmp)...)
			out, err := cmd.StdoutPipe()
			if err != nil {
				t.Fatal(err)
			}
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			switch tc.when {
			case "made":
				until(t, "a file of the sample", func() bool {
					return len(litter(t, tmp)) > 0
				})
			case "opened":
				if _, err := out.Read(make([]byte, 1)); err != nil {
					t.Fatal(err)
				}
				if len(litter(t, tmp)) < 48 {
					t.Errorf("%d files of the sample", len(litter(t, tmp)))
				}
			}
			workers := children(cmd.Process.Pid)
			begun := time.Now()
			if err := cmd.Process.Signal(tc.signal); err != nil {
				t.Fatal(err)
			}
			err = cmd.Wait()
			t.Logf("ended after %v: %v", time.Since(begun).Round(time.Millisecond), err)
			if status := cmd.ProcessState.ExitCode(); tc.signal != syscall.SIGKILL && status != 0 && status != 130 { // 130: on a busy machine
				t.Error(err)
			}
			for _, pid := range workers {
				until(t, "the end of a worker", func() bool { return !running(pid) })
			}
			if tc.signal == syscall.SIGKILL { // the next start takes it away
				verb := program(t, "info", "testdata")
				verb.Env = append(verb.Env, temporary(tmp)...)
				if err := verb.Run(); verb.ProcessState == nil {
					t.Fatal(err)
				}
			}
			if left := litter(t, tmp); len(left) > 0 {
				t.Errorf("%d files are left, such as %s", len(left), left[0])
			}
		})
	}
}

// A window whose workers had been stopped left them behind for ever when it was killed,
// and waited for them when it was asked to end.
func TestStoppedWorkersEndWithTheWindow(t *testing.T) {
	needDisplay(t)
	dir, _ := caches(t)
	for _, sig := range []syscall.Signal{syscall.SIGKILL, syscall.SIGTERM, syscall.SIGHUP} {
		cmd, out := startWindow(t, "wait loaded\nprint state\nwait 60s\n", dir)
		if !out.Scan() {
			t.Fatal("no state")
		}
		workers := children(cmd.Process.Pid)
		for _, pid := range workers {
			if err := syscall.Kill(pid, syscall.SIGSTOP); err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _ = syscall.Kill(pid, syscall.SIGKILL) }) // gone already, if all is well
		}
		if len(workers) == 0 {
			t.Fatal("no workers")
		}
		begun := time.Now()
		if err := cmd.Process.Signal(sig); err != nil {
			t.Fatal(err)
		}
		err := cmd.Wait()
		t.Logf("%v: ended after %v: %v", sig, time.Since(begun).Round(time.Millisecond), err)
		for _, pid := range workers {
			until(t, "the end of a worker", func() bool { return !running(pid) })
		}
	}
}

// An X server that does not answer held the window up for ever.
func TestAWindowThatCannotOpenEndsAtASignal(t *testing.T) {
	t.Parallel()
	server, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	cmd := program(t)
	cmd.Env = append(cmd.Env, fmt.Sprintf("DISPLAY=127.0.0.1:%d", server.Addr().(*net.TCPAddr).Port-6000))
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	late := time.AfterFunc(20*time.Second, func() { cmd.Process.Kill(); server.Close() })
	peer, err := server.Accept()
	if err != nil {
		t.Fatal(err)
	}
	defer peer.Close()
	if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	err = cmd.Wait()
	if !late.Stop() {
		t.Fatal("it went on for 20 s")
	}
	if cmd.ProcessState.ExitCode() != 130 {
		t.Error(err)
	}
}

// A script, the preferences or the layout that was a pipe held the window up for ever.
func TestPipesInPlaceOfTheProgramsOwnFilesAreNotWaitedFor(t *testing.T) {
	needDisplay(t)
	for _, name := range []string{"script", "settings.json", "layout.ini"} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			script, config := filepath.Join(dir, "script"), filepath.Join(dir, "config")
			if err := os.Mkdir(config, 0o700); err != nil {
				t.Fatal(err)
			}
			pipe := filepath.Join(config, name)
			if name == "script" {
				pipe = script
			} else if err := os.WriteFile(script, []byte("wait 100ms\nquit\n"), 0o600); err != nil {
				t.Fatal(err)
			}
			if err := syscall.Mkfifo(pipe, 0o600); err != nil {
				t.Fatal(err)
			}
			cmd := program(t, "--run", script)
			cmd.Env = append(cmd.Env, "ICEEXPLORER_CONFIG_DIR="+config)
			var errs strings.Builder
			cmd.Stderr = &errs
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			late := time.AfterFunc(30*time.Second, func() { cmd.Process.Kill() })
			err := cmd.Wait()
			if !late.Stop() {
				t.Fatal("it waits for ever")
			}
			if name != "script" && err != nil || name == "script" && (err == nil || !strings.HasSuffix(errs.String(), "not a file but a named pipe: "+script+"\n")) {
				t.Errorf("%v: %s", err, errs.String())
			}
			if st, err := os.Stat(pipe); err != nil || st.Mode()&fs.ModeNamedPipe == 0 {
				t.Errorf("the pipe was replaced: %v, %v", st, err)
			}
		})
	}
}
