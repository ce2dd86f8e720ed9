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

// A film of a private cache could be read by everybody where a link to a public file of the same user had its name.
func TestAFilmTakesNothingOfWhatALinkLeadsTo(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	public, path := filepath.Join(dir, "public"), filepath.Join(dir, "a.mp4")
	if err := os.WriteFile(public, []byte("mine"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(public, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("public", path); err != nil {
		t.Skip(err)
	}
	name := Name(path)
	if err := os.WriteFile(name, []byte("film"), 0o600); err != nil {
		t.Fatal(err)
	}
	before, err := os.Stat(name)
	if err != nil {
		t.Fatal(err)
	}
	if err := Take(name, path); err != nil {
		t.Fatal(err)
	}
	if st, err := os.Lstat(path); err != nil || st.Mode() != before.Mode() {
		t.Errorf("%v, %v; want %v", st.Mode(), err, before.Mode())
	}
	if text, err := os.ReadFile(public); err != nil || string(text) != "mine" {
		t.Errorf("what the link led to: %q, %v", text, err)
	}
}
