package jobs

import (
	"os"
	"os/exec"
	"strings"
	"testing"

	"golang.org/x/sys/windows"

	"iceexplorer/jobs/pipe"
)

const asChild = "ICEEXPLORER_TEST_AS_CHILD"

// TestChild is what a process in a job object does: it tries to start another one.
func TestChild(t *testing.T) {
	if os.Getenv(asChild) == "" {
		t.Skip("it is started by another test")
	}
	if _, err := os.Stdin.Read(make([]byte, 1)); err != nil { // until it is in the job object
		t.Fatal(err)
	}
	if err := exec.Command("cmd", "/c", "exit").Run(); err == nil {
		os.Stdout.WriteString("started another\n")
	} else {
		os.Stdout.WriteString("refused\n")
	}
}

// child starts a process that waits for a byte, in a job object.
func child(t *testing.T) (cmd *exec.Cmd, out *strings.Builder, begin func(), release func()) {
	t.Helper()
	cmd = exec.Command(os.Args[0], "-test.run=^TestChild$")
	cmd.Env = append(os.Environ(), asChild+"=1")
	out = new(strings.Builder)
	cmd.Stdout = out
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { cmd.Process.Kill() })
	if release, err = adopt(cmd, 1<<30); err != nil {
		t.Fatal(err)
	}
	return cmd, out, func() { in.Write([]byte{'x'}) }, release
}

func TestAWorkerStartsNoOtherProcess(t *testing.T) {
	t.Parallel()
	if pipe.OnWine() {
		t.Skip("Wine does not enforce the limits of job objects")
	}
	cmd, out, begin, release := child(t)
	defer release()
	begin()
	cmd.Wait()
	if !strings.Contains(out.String(), "refused") {
		t.Errorf("it says %q", out)
	}
}

func TestAWorkerEndsWithItsJobObject(t *testing.T) {
	t.Parallel()
	cmd, out, _, release := child(t)
	h, err := windows.OpenProcess(windows.SYNCHRONIZE, false, uint32(cmd.Process.Pid))
	if err != nil {
		t.Fatal(err)
	}
	defer windows.CloseHandle(h)
	release()
	if state, err := windows.WaitForSingleObject(h, 60_000); err != nil || state != windows.WAIT_OBJECT_0 {
		t.Errorf("it lives on: %v, %v", state, err)
	}
	cmd.Wait()
	if strings.Contains(out.String(), "started") {
		t.Errorf("it says %q", out)
	}
}
