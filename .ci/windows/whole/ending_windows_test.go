package whole

import (
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"testing"
	"unsafe"

	"golang.org/x/sys/windows"
)

// children are the processes that one has started and that still run.
func children(t *testing.T, parent int) []uint32 {
	t.Helper()
	snap, err := windows.CreateToolhelp32Snapshot(windows.TH32CS_SNAPPROCESS, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer windows.CloseHandle(snap)
	var all []uint32
	e := windows.ProcessEntry32{Size: uint32(unsafe.Sizeof(windows.ProcessEntry32{}))}
	for err = windows.Process32First(snap, &e); err == nil; err = windows.Process32Next(snap, &e) {
		name := strings.ToLower(windows.UTF16ToString(e.ExeFile[:]))
		if e.ParentProcessID == uint32(parent) && strings.HasPrefix(name, "iceexplorer") {
			all = append(all, e.ProcessID)
		}
	}
	return all
}

func kill(pid uint32) bool {
	h, err := windows.OpenProcess(windows.PROCESS_TERMINATE, false, pid)
	if err != nil {
		return false
	}
	defer windows.CloseHandle(h)
	return windows.TerminateProcess(h, 1) == nil
}

func running(pid uint32) bool {
	h, err := windows.OpenProcess(windows.SYNCHRONIZE, false, pid)
	if err != nil {
		return false
	}
	defer windows.CloseHandle(h)
	state, err := windows.WaitForSingleObject(h, 0)
	return err == nil && state == uint32(windows.WAIT_TIMEOUT)
}

func TestAWorkerThatIsKilledIsReplaced(t *testing.T) {
	dir := sample(t, t.TempDir(), "30", "20000")
	cmd, _, errs := command(t, "convert", "--jobs", "2", dir)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	killed := 0
	until(t, "workers were killed", func() bool {
		for _, pid := range children(t, cmd.Process.Pid) {
			if killed < 3 && kill(pid) {
				killed++
			}
		}
		return killed == 3 || ending(files(t, dir), ".sih5") == 30
	})
	if err := cmd.Wait(); err != nil || killed == 0 {
		t.Errorf("%v after %d kills: %s", err, killed, errs)
	}
	if all := files(t, dir); ending(all, ".sih5") != 30 || len(litter(t, dir)) > 0 {
		t.Errorf("%q", all)
	}
}

// scratchFolders are what runs of the program keep in the user's folder while they last.
func scratchFolders(t *testing.T) []string {
	t.Helper()
	cache, err := os.UserCacheDir()
	if err != nil {
		t.Fatal(err)
	}
	all, err := filepath.Glob(filepath.Join(cache, "iceexplorer", "scratch", "session-*"))
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// A kill left 22 MB in %TEMP% and 13 MB beside the target, for ever.
func TestWhatAKilledProgramLeavesIsSwept(t *testing.T) {
	dir := sample(t, t.TempDir(), "60", "20000")
	cmd, _, _ := command(t, "convert", "--jobs", "2", dir)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	var workers []uint32
	until(t, "frames were converted", func() bool {
		workers = children(t, cmd.Process.Pid)
		return len(workers) == 2 && ending(files(t, dir), ".sih5") >= 2
	})
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	cmd.Wait()
	until(t, "the workers ended", func() bool { return !running(workers[0]) && !running(workers[1]) })
	works(t, "convert", dir)
	if all := files(t, dir); ending(all, ".sih5") != 60 || len(litter(t, dir)) > 0 {
		t.Errorf("%q", all)
	}
	if left := scratchFolders(t); len(left) > 0 {
		t.Errorf("left: %q", left)
	}
	if left, _ := filepath.Glob(filepath.Join(os.TempDir(), "sih5-*.tmp")); len(left) > 0 {
		t.Errorf("left: %q", left)
	}
}

func TestCtrlCEndsInOrder(t *testing.T) {
	// Ctrl+C goes to all who have the console: a new one, which holds this process and the program.
	kernel := windows.NewLazySystemDLL("kernel32.dll")
	_, _, _ = kernel.NewProc("FreeConsole").Call()
	_, _, _ = kernel.NewProc("AllocConsole").Call()
	mine := make(chan os.Signal, 1)
	signal.Notify(mine, os.Interrupt)
	defer signal.Stop(mine)
	dir := sample(t, t.TempDir(), "60", "20000")
	cmd, _, errs := command(t, "convert", "--jobs", "2", dir)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	var workers []uint32
	until(t, "a frame was converted", func() bool {
		workers = children(t, cmd.Process.Pid)
		return len(workers) > 0 && ending(files(t, dir), ".sih5") > 0
	})
	if err := windows.GenerateConsoleCtrlEvent(windows.CTRL_C_EVENT, 0); err != nil {
		t.Fatal(err)
	}
	cmd.Wait()
	if got := cmd.ProcessState.ExitCode(); got != 130 {
		t.Errorf("status %d: %s", got, errs)
	}
	for _, pid := range workers {
		until(t, "the worker ended", func() bool { return !running(pid) })
	}
	if left := litter(t, dir); len(left) > 0 {
		t.Errorf("left: %q", left)
	}
}
