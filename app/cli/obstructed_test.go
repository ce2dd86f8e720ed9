package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A file in the place of the folder of converted frames had a line of its own for every frame.
func TestAFileInThePlaceOfTheFolderIsToldOfOnce(t *testing.T) {
	t.Parallel()
	dir := smallSequence(t, 4)
	if err := os.WriteFile(filepath.Join(dir, ".sih5"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	r := do(t, "convert", dir)
	if r.status != StatusFailed || strings.Count(r.errors, "cannot be written: .sih5 is there, and is not a folder: ") != 1 ||
		strings.Count(r.errors, "3 more files failed in the same way: ") != 1 {
		t.Errorf("%+v", r)
	}
}
