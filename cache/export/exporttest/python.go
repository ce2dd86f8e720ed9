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
		Missing(t, "python3-numpy")
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

// Missing ends a test for want of a reader that make deps-interop installs: it is skipped, unless
// ICEEXPLORER_INTEROP says that all of them must be there.
func Missing(t testing.TB, reader string) {
	t.Helper()
	if os.Getenv("ICEEXPLORER_INTEROP") != "" {
		t.Fatalf("%s is not installed: make deps-interop", reader)
	}
	t.Skipf("%s is not installed: make deps-interop", reader)
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
