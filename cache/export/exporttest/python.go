package exporttest

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"iceexplorer/cache"
	"iceexplorer/cache/export"
)

// python is Debian's, which has numpy if h5py is installed.
const python = "/usr/bin/python3"

// Python runs a script of a reader that is not ours and returns what it prints; without
// such a reader the test is skipped.
func Python(t testing.TB, script string, args ...string) []byte {
	t.Helper()
	if exec.Command(python, "-c", "import numpy").Run() != nil {
		t.Skip("python3-numpy is not installed")
	}
	var errs bytes.Buffer
	cmd := exec.CommandContext(t.Context(), python, append([]string{"-c", script}, args...)...)
	cmd.Stderr = &errs
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v: %s", err, errs.Bytes())
	}
	return out
}

// File writes a frame, with options by name, and returns the path.
func File(t testing.TB, f export.Format, frame *cache.Frame, chosen map[string]string) string {
	t.Helper()
	v, err := f.Parse(chosen)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "grün 大"+f.Ext)
	if err := f.Do(t.Context(), export.Job{Frame: frame, Number: 1, Path: path, Options: v, Program: "iceexplorer test"}); err != nil {
		t.Fatal(err)
	}
	return path
}

// Bytes are those of a file.
func Bytes(t testing.TB, path string) []byte {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}
