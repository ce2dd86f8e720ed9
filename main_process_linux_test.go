package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"iceexplorer/app"
	"iceexplorer/app/sample"
)

// children are the live processes whose parent is pid.
func children(pid int) []int {
	var out []int
	stats, _ := filepath.Glob("/proc/[0-9]*/stat")
	for _, f := range stats {
		b, err := os.ReadFile(f)
		if err != nil {
			continue
		}
		// The name, in parentheses, may hold anything.
		rest := strings.Fields(string(b[bytes.LastIndexByte(b, ')')+1:]))
		if len(rest) > 1 && rest[1] == strconv.Itoa(pid) && rest[0] != "Z" {
			if n, err := strconv.Atoi(filepath.Base(filepath.Dir(f))); err == nil {
				out = append(out, n)
			}
		}
	}
	return out
}

func TestKilledWorkersCostNoFrame(t *testing.T) {
	needDisplay(t)
	dir := t.TempDir()
	const frames = 24
	if err := sample.Write(t.Context(), dir, sample.Options{Points: 60_000, Frames: frames}); err != nil {
		t.Fatal(err)
	}
	cmd, out := startWindow(t, "print state\nwait loaded\nprint state\nwait 30s\n", "--no-convert", dir)
	if !out.Scan() {
		t.Fatal("no first state")
	}
	killed := 0
	for deadline := time.Now().Add(patience); killed < 2 && time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		for _, pid := range children(cmd.Process.Pid) {
			if killed < 2 && syscall.Kill(pid, syscall.SIGKILL) == nil {
				killed++
			}
		}
	}
	if killed == 0 {
		t.Fatal("there was no worker to kill")
	}
	if !out.Scan() {
		t.Fatal("the window is gone")
	}
	var s app.State
	if err := json.Unmarshal(out.Bytes(), &s); err != nil {
		t.Fatal(err)
	}
	if s.Layers[0].States["scratch"] != frames {
		t.Errorf("after %d kills: %+v", killed, s)
	}

	workers := children(cmd.Process.Pid)
	if len(workers) == 0 {
		t.Error("no worker is left to orphan")
	}
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	cmd.Wait()
	deadline := time.Now().Add(patience)
	for alive(workers) > 0 {
		if time.Now().After(deadline) {
			t.Fatalf("%d workers outlive the program", alive(workers))
		}
		time.Sleep(10 * time.Millisecond)
	}
}

func alive(pids []int) int {
	n := 0
	for _, p := range pids {
		b, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", p))
		if err == nil && !bytes.Contains(b, []byte(") Z ")) {
			n++
		}
	}
	return n
}

// ticks is the processor time a process has used, in ticks of 10 ms.
func ticks(t *testing.T, pid int) int {
	t.Helper()
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		t.Fatal(err)
	}
	f := strings.Fields(string(b[bytes.LastIndexByte(b, ')')+1:]))
	user, _ := strconv.Atoi(f[11])
	system, _ := strconv.Atoi(f[12])
	return user + system
}

func TestIdleWindowTakesNoProcessorTime(t *testing.T) {
	needDisplay(t)
	dir, _ := caches(t)
	cmd, out := startWindow(t, "wait converted\nwait 1s\nprint state\n", dir) // ends without quit: the window stays
	if !out.Scan() {
		t.Fatal("no state")
	}
	used := 0
	for range 3 { // a collection of garbage may fall into one of the turns
		time.Sleep(700 * time.Millisecond)
		before := ticks(t, cmd.Process.Pid)
		time.Sleep(2 * time.Second)
		if used = ticks(t, cmd.Process.Pid) - before; used <= 2 {
			break
		}
	}
	if used > 2 {
		t.Errorf("%d ticks of 10 ms in 2 s of idling", used)
	}
	workers := children(cmd.Process.Pid)
	if len(workers) == 0 {
		t.Error("no workers: nothing was tested")
	}
}
