package atomicfile

import (
	"os"
	"path/filepath"
	"testing"
)

func TestAFileOfAnotherProgramTakesItsPlace(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write := func(path, text string, mode os.FileMode) {
		t.Helper()
		if err := os.WriteFile(path, []byte(text), mode); err != nil {
			t.Fatal(err)
		}
	}
	path := filepath.Join(dir, "a.mp4")
	write(path, "old", 0o640)
	name := Name(path)
	write(name, "new", 0o600)
	if err := Take(name, path); err != nil {
		t.Fatal(err)
	}
	if text, err := os.ReadFile(path); err != nil || string(text) != "new" || names(t, dir) != "a.mp4" {
		t.Errorf("%q, %v; the folder holds %q", text, err, names(t, dir))
	}
	write(name, "new", 0o600)
	folder := filepath.Join(dir, "folder")
	if err := os.Mkdir(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := Take(name, folder); err == nil {
		t.Error("a folder was replaced")
	}
	if _, err := os.Stat(name); err != nil {
		t.Error("what could not be renamed is gone")
	}
}
