package several_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"iceexplorer/cache/atomicfile"
	"iceexplorer/cache/export/several"
)

func create(t *testing.T, s *several.Files, path, end string) {
	t.Helper()
	f, err := s.Create(t.Context(), path, several.Beside(path, end))
	if err == nil {
		_, err = f.Write([]byte("new"))
	}
	if err == nil {
		err = f.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
}

func TestTheFirstFilesStayedWhenTheLastCouldNotHaveItsName(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path := filepath.Join(dir, "a.x")
	if err := os.WriteFile(filepath.Join(dir, "a.1.x"), []byte("old"), 0o666); err != nil {
		t.Fatal(err)
	}
	gone := filepath.Join(dir, "a.0.x")
	if err := os.WriteFile(gone, nil, 0o666); err != nil {
		t.Fatal(err)
	}
	var s several.Files
	create(t, &s, path, ".1.x")
	create(t, &s, path, ".2.x")
	s.Remove(path, gone)
	create(t, &s, path, ".x")
	if err := os.MkdirAll(filepath.Join(path, "full"), 0o777); err != nil { // since then
		t.Fatal(err)
	}
	err := s.Commit()
	s.Discard()
	if err == nil {
		t.Error("a folder was replaced")
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	old, err := os.ReadFile(filepath.Join(dir, "a.1.x"))
	if err != nil {
		t.Fatal(err)
	}
	if strings.Join(names, " ") != "a.0.x a.1.x a.x" || string(old) != "old" {
		t.Errorf("there are %v, with %q", names, old)
	}
}

func TestANameThatIsTooLongWasFoundAfterAllWasWritten(t *testing.T) {
	t.Parallel()
	if _, err := os.Create(filepath.Join(t.TempDir(), strings.Repeat("a", 300))); errors.Is(err, fs.ErrNotExist) {
		t.Skip("Wine does not tell such a name from one that is not there")
	}
	var s several.Files
	defer s.Discard()
	path := filepath.Join(t.TempDir(), strings.Repeat("a", 248)+".x")
	create(t, &s, path, ".1.x")
	if _, err := s.Create(t.Context(), path, several.Beside(path, ".manifest.x")); err == nil {
		t.Error("a name of 255 bytes and more was begun")
	}
}

func TestFilesAreReplacedTogetherAndNothingElseIsLeft(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path := filepath.Join(dir, "a.x")
	gone := filepath.Join(dir, "a.0.x")
	if err := os.WriteFile(gone, nil, 0o666); err != nil {
		t.Fatal(err)
	}
	for range 2 { // the second time it is gone
		var s several.Files
		create(t, &s, path, ".1.x")
		s.Remove(path, gone)
		create(t, &s, path, ".x")
		if err := s.Commit(); err != nil {
			t.Fatal(err)
		}
		s.Discard()
	}
	if entries, err := os.ReadDir(dir); err != nil || len(entries) != 2 {
		t.Errorf("%v, %v", entries, err)
	}
}

// Another process's look for what was left over removed the files of a set that was being written, but for the last of them.
func TestASetThatIsBeingWrittenIsNotLeftOver(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path := filepath.Join(dir, "a.x")
	var s several.Files
	for _, end := range []string{".1.x", ".2.x", ".x"} {
		create(t, &s, path, end)
		atomicfile.Sweep(dir)
	}
	if err := s.Commit(); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"a.1.x", "a.2.x", "a.x"} {
		if !several.There(filepath.Join(dir, name)) {
			t.Errorf("there is no %s", name)
		}
	}
	var broken several.Files
	create(t, &broken, path, ".1.x")
	broken.Discard()
	if entries, err := os.ReadDir(dir); err != nil || len(entries) != 3 {
		t.Errorf("there are %v, %v", entries, err)
	}
}
