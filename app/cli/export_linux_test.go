package cli

import (
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"

	"iceexplorer/app/sample"
)

// started is an export of many frames under way, of which some are written.
func started(t *testing.T, dir, to string) *exec.Cmd {
	t.Helper()
	cmd := exec.Command(os.Args[0], "export", "--to", "csv", "--skip", "-o", to, dir)
	cmd.Stdout, cmd.Stderr = io.Discard, io.Discard
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	until(t, "five files", func() bool {
		names, err := filepath.Glob(filepath.Join(to, "*.csv"))
		return err == nil && len(names) >= 5
	})
	return cmd
}

// A run that was killed is completed by --skip, to the last byte; one that is interrupted keeps what is
// done and nothing else.
func TestABrokenOffExportIsCompleted(t *testing.T) {
	t.Parallel()
	dir, unbroken := t.TempDir(), t.TempDir()
	if err := sample.Write(t.Context(), dir, sample.Options{Points: 2000, Frames: 120}); err != nil {
		t.Fatal(err)
	}
	must(t, "export", "--to", "csv", "-o", unbroken, dir)
	want := tree(t, unbroken)
	same := func(t *testing.T, to string, names []string) {
		t.Helper()
		for _, name := range names {
			if read(t, filepath.Join(to, name)) != read(t, filepath.Join(unbroken, name)) {
				t.Errorf("%s is another file than that of an unbroken run", name)
			}
		}
	}
	for name, sig := range map[string]syscall.Signal{"killed": syscall.SIGKILL, "interrupted": syscall.SIGINT} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			to := filepath.Join(t.TempDir(), "new")
			cmd := started(t, dir, to)
			workers := workersOf(cmd.Process.Pid)
			if err := cmd.Process.Signal(sig); err != nil {
				t.Fatal(err)
			}
			err := cmd.Wait()
			for _, pid := range workers {
				until(t, "the end of a worker", func() bool { return !alive(pid) })
			}
			left := tree(t, to)
			if err == nil || len(left) >= len(want) {
				t.Fatalf("it ended with %v before it was stopped, with %d files", err, len(left))
			}
			done := slices.DeleteFunc(slices.Clone(left), func(name string) bool { return strings.HasPrefix(name, ".") })
			same(t, to, done)
			if sig == syscall.SIGINT && (cmd.ProcessState.ExitCode() != StatusInterrupted || len(done) != len(left)) {
				t.Errorf("ended by %v, and left %q", err, left)
			}
			r := do(t, "export", "--to", "csv", "--skip", "-o", to, dir)
			if r.status != StatusOK || !strings.Contains(r.out, " skipped (exists)") {
				t.Errorf("%+v", r)
			}
			if got := tree(t, to); !slices.Equal(got, want) {
				t.Errorf("there are %q", got)
			}
			same(t, to, want)
		})
	}
}
