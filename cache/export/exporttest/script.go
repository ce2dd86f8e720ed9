package exporttest

import (
	"bytes"
	"os/exec"
	"strings"
	"testing"
)

// Script runs a script of Python, which has nothing but its standard library, and returns
// the lines that it prints. Without Python the test is skipped.
func Script(t testing.TB, script string, args ...string) []string {
	t.Helper()
	if exec.Command(python, "-c", "").Run() != nil {
		Missing(t, "python3")
	}
	var errs bytes.Buffer
	cmd := exec.CommandContext(t.Context(), python, append([]string{"-X", "utf8", "-c", script}, args...)...)
	cmd.Stderr = &errs
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v: %s", err, errs.Bytes())
	}
	if len(out) == 0 {
		return nil
	}
	return strings.Split(strings.TrimSuffix(string(out), "\n"), "\n")
}
