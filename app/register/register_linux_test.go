package register

import (
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// below are the files and folders below one.
func below(t *testing.T, dir string) (all []string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, _ fs.DirEntry, err error) error {
		rel, _ := filepath.Rel(dir, path)
		all = append(all, rel)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestWhatIsRegisteredCanBeTakenBack(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "share")
	t.Setenv("XDG_DATA_HOME", dir)
	others := []string{"applications/other.desktop", "icons/hicolor/48x48/apps/other.png"}
	for _, name := range others {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte("[Desktop Entry]\nType=Application\nName=Other\nExec=other\n"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	before := below(t, dir)
	for range 2 { // again, as after the program was moved
		told, err := Do()
		if err != nil || !strings.Contains(strings.Join(told, "\n"), "wrote "+filepath.Join(dir, "applications/iceexplorer.desktop")) {
			t.Fatalf("%q, %v", told, err)
		}
	}
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	entry, err := os.ReadFile(filepath.Join(dir, "applications/iceexplorer.desktop"))
	if err != nil || !strings.Contains(string(entry), `Exec="`+exe+`" %F`) {
		t.Errorf("%v:\n%s", err, entry)
	}
	for _, name := range []string{"mime/packages/iceexplorer.xml", "icons/hicolor/scalable/apps/iceexplorer.svg", "icons/hicolor/48x48/apps/iceexplorer.png", "icons/hicolor/256x256/apps/iceexplorer.png"} {
		if st, err := os.Stat(filepath.Join(dir, name)); err != nil || st.Size() == 0 {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := exec.LookPath("update-mime-database"); err == nil {
		if globs, err := os.ReadFile(filepath.Join(dir, "mime/globs2")); err != nil || !strings.Contains(string(globs), "application/x-icecache:*.icecache") {
			t.Errorf("the system does not know the kinds of files: %v\n%s", err, globs)
		}
	}
	told, err := Undo()
	if err != nil || len(told) < len(iconSizes)+3 {
		t.Fatalf("%q, %v", told, err)
	}
	after := slices.DeleteFunc(below(t, dir), func(name string) bool { return filepath.Base(name) == "mimeinfo.cache" }) // of the others' entry
	if !slices.Equal(before, after) {
		t.Errorf("before\n%s\nafter\n%s", strings.Join(before, "\n"), strings.Join(after, "\n"))
	}
	if told, err := Undo(); err != nil || !slices.Equal(told, []string{"nothing is registered"}) {
		t.Errorf("%q, %v", told, err)
	}
}

func TestWhatOthersHaveWrittenStays(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "share")
	t.Setenv("XDG_DATA_HOME", dir)
	entry := filepath.Join(dir, "applications/iceexplorer.desktop")
	if err := os.MkdirAll(filepath.Dir(entry), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(entry, []byte("of a package"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Do(); err == nil || !strings.HasSuffix(err.Error(), "another file is there, or it was changed: remove it first: "+entry) {
		t.Errorf("over another's file: %v", err)
	}
	if _, err := Undo(); err != nil {
		t.Fatal(err)
	}
	if text, err := os.ReadFile(entry); err != nil || string(text) != "of a package" {
		t.Errorf("%q, %v", text, err)
	}
	if err := os.Remove(entry); err != nil {
		t.Fatal(err)
	}
	if _, err := Do(); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(entry, []byte("changed by hand"), 0o600); err != nil {
		t.Fatal(err)
	}
	told, err := Undo()
	if text, _ := os.ReadFile(entry); err != nil || string(text) != "changed by hand" || !slices.Contains(told, "left, as it was changed since: "+entry) {
		t.Errorf("%q, %q, %v", text, told, err)
	}
}

func TestARelativeDataHomeIsNone(t *testing.T) {
	home := t.TempDir()
	t.Setenv("HOME", home)
	for _, bad := range []string{"", "relative/share"} {
		t.Setenv("XDG_DATA_HOME", bad)
		if dir, err := dataHome(); err != nil || dir != filepath.Join(home, ".local/share") {
			t.Errorf("%q: %s, %v", bad, dir, err)
		}
	}
}
