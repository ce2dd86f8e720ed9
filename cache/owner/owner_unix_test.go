//go:build unix

package owner

import (
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

func write(t *testing.T, path string, mode fs.FileMode) {
	t.Helper()
	dir := filepath.Dir(path)
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(dir, 0o755); err != nil { // whatever the umask
		t.Fatal(err)
	}
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(path, mode); err != nil {
		t.Fatal(err)
	}
}

func TestAFileIsDoubtedIfMoreCouldHaveWrittenItThanItsSource(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		source, file fs.FileMode
		want         string
	}{
		{0o644, 0o644, ""}, {0o644, 0o600, ""}, {0o600, 0o644, ""}, {0o444, 0o444, ""},
		{0o664, 0o664, ""}, {0o666, 0o666, ""}, {0o666, 0o664, ""}, {0o666, 0o620, ""},
		{0o644, 0o664, "which its group can write"},
		{0o600, 0o620, "which its group can write"},
		{0o644, 0o646, "which everybody can write"},
		{0o664, 0o666, "which everybody can write"},
	} {
		dir := t.TempDir()
		source, file := filepath.Join(dir, "a"), filepath.Join(dir, ".sih5", "a.sih5")
		write(t, source, tc.source)
		write(t, file, tc.file)
		if got := Doubt(file, source); got != tc.want {
			t.Errorf("%o made of %o: %q, want %q", tc.file, tc.source, got, tc.want)
		}
	}
}

func TestLinksAreDoubted(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	write(t, at("a"), 0o644)
	write(t, at("real/a.sih5"), 0o644)
	write(t, at("other"), 0o644)
	for link, to := range map[string]string{"linked": "real", "real/b.sih5": "a.sih5", "real/gone.sih5": "nothing", "a-link": "a"} {
		if err := os.Symlink(to, at(link)); err != nil {
			t.Fatal(err)
		}
	}
	for path, want := range map[string]string{
		"real/a.sih5": "", "real/none.sih5": "", "none/a.sih5": "",
		"real/b.sih5": "which is a link", "real/gone.sih5": "which is a link",
	} {
		for _, source := range []string{"a", "a-link"} { // sources may be links
			if got := Doubt(at(path), at(source)); got != want {
				t.Errorf("%s of %s: %q, want %q", path, source, got, want)
			}
		}
	}
	if !Linked(at("linked")) || Linked(at("real")) || Linked(at("none")) {
		t.Error("folders that are links are not told from others")
	}
	if got := Doubt(at("real/b.sih5"), at("no source")); got != "" {
		t.Errorf("without a source: %q", got)
	}
}

func TestFilesOfOtherUsersAreDoubted(t *testing.T) {
	t.Parallel()
	if os.Geteuid() != 0 {
		t.Skip("only root can give files away")
	}
	for _, tc := range []struct {
		source, sourceGroup, file, fileGroup int
		mode                                 fs.FileMode
		want                                 string
	}{
		{0, 0, 12345, 0, 0o644, "which belongs to another user (number 12345)"},
		{12345, 0, 54321, 0, 0o644, "which belongs to another user (number 54321)"},
		{12345, 0, 12345, 0, 0o644, ""}, // the source's owner
		{12345, 0, 0, 0, 0o644, ""},     // this user and root
		{0, 7, 0, 7, 0o664, ""},
		{0, 7, 0, 8, 0o664, "which its group can write"},
	} {
		dir := t.TempDir()
		source, file := filepath.Join(dir, "a"), filepath.Join(dir, ".sih5", "a.sih5")
		write(t, source, tc.mode)
		write(t, file, tc.mode)
		if err := os.Chown(source, tc.source, tc.sourceGroup); err != nil {
			t.Fatal(err)
		}
		if err := os.Chown(file, tc.file, tc.fileGroup); err != nil {
			t.Fatal(err)
		}
		if got := Doubt(file, source); got != tc.want {
			t.Errorf("%+v: %q", tc, got)
		}
	}
}
