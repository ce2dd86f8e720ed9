package whole

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// program is the console twin, whose file has the same code as the one for the desktop.
func program(t *testing.T) string {
	t.Helper()
	path := os.Getenv("ICEEXPLORER_PROGRAM")
	if path == "" {
		t.Skip("ICEEXPLORER_PROGRAM names no program")
	}
	return path
}

// limit is how long one run of the program may take: Wine on a busy machine is slow.
const limit = 3 * time.Minute

// run starts the program and waits for its end.
func run(t *testing.T, args ...string) (status int, out, errs string) {
	t.Helper()
	cmd, stdout, stderr := command(t, args...)
	err := cmd.Run()
	if cmd.ProcessState == nil {
		t.Fatal(err)
	}
	return cmd.ProcessState.ExitCode(), stdout.String(), stderr.String()
}

func command(t *testing.T, args ...string) (cmd *exec.Cmd, stdout, stderr *bytes.Buffer) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), limit)
	t.Cleanup(cancel)
	stdout, stderr = new(bytes.Buffer), new(bytes.Buffer)
	cmd = exec.CommandContext(ctx, program(t), args...)
	cmd.Stdout, cmd.Stderr = stdout, stderr
	cmd.Env = append(os.Environ(), "ICEEXPLORER_CONFIG_DIR="+filepath.Join(t.TempDir(), "settings"))
	return cmd, stdout, stderr
}

// works runs the program, which must succeed, and returns its output.
func works(t *testing.T, args ...string) string {
	t.Helper()
	status, out, errs := run(t, args...)
	if status != 0 {
		t.Fatalf("%q ends with %d: %s%s", args, status, out, errs)
	}
	return out
}

// sample makes a sequence of n frames of points each, and returns its folder.
func sample(t *testing.T, dir string, n, points string) string {
	t.Helper()
	works(t, "sample", "--frames", n, "--points", points, "-o", dir)
	return dir
}

// files are the paths of files below a folder, from there.
func files(t *testing.T, dir string) []string {
	t.Helper()
	var all []string
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			rel, _ := filepath.Rel(dir, path)
			all = append(all, filepath.ToSlash(rel))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(all)
	return all
}

func ending(all []string, suffix string) int {
	n := 0
	for _, f := range all {
		if strings.HasSuffix(f, suffix) {
			n++
		}
	}
	return n
}

// litter are files that the program should not leave.
func litter(t *testing.T, dir string) []string {
	t.Helper()
	return slices.DeleteFunc(files(t, dir), func(f string) bool { return !strings.HasSuffix(f, ".tmp") })
}

// until waits for something that another process does.
func until(t *testing.T, what string, is func() bool) {
	t.Helper()
	for begun := time.Now(); !is(); time.Sleep(20 * time.Millisecond) {
		if time.Since(begun) > time.Minute {
			t.Fatalf("waited in vain until %s", what)
		}
	}
}
