//go:build unix

package atomicfile

import (
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

// What was made of a private file could be read by everybody.
func TestAFileIsAsPrivateAsWhatItIsMadeOf(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct{ like, old, want fs.FileMode }{
		{0o600, 0, 0o600}, {0o600, 0o644, 0o600}, {0o640, 0o666, 0o640}, {0o444, 0, 0o644}, {0o755, 0, 0o644}, {0o664, 0o600, 0o664},
	} {
		dir := t.TempDir()
		source, path := filepath.Join(dir, "source"), filepath.Join(dir, "made")
		for p, mode := range map[string]fs.FileMode{source: tc.like, path: tc.old} {
			if mode == 0 {
				continue
			}
			if err := os.WriteFile(p, nil, 0o600); err != nil {
				t.Fatal(err)
			}
			if err := os.Chmod(p, mode); err != nil {
				t.Fatal(err)
			}
		}
		if err := Write(path, Options{Like: source}, func(io.Writer) error { return nil }); err != nil {
			t.Fatal(err)
		}
		if st, err := os.Stat(path); err != nil || st.Mode().Perm() != tc.want {
			t.Errorf("like %o, before %o: %v, %v; want %o", tc.like, tc.old, st.Mode(), err, tc.want)
		}
	}
	path := filepath.Join(t.TempDir(), "made")
	if err := Write(path, Options{Like: path + " is not there"}, func(io.Writer) error { return nil }); err != nil {
		t.Error(err)
	}
}

// What root made of an artist's file belonged to root, and the artist could not replace it.
func TestAFileHasTheGroupAndFromRootTheOwnerOfWhatItIsMadeOf(t *testing.T) {
	t.Parallel()
	if os.Geteuid() != 0 {
		t.Skip("only root can give files to any group")
	}
	dir := t.TempDir()
	source, path := filepath.Join(dir, "source"), filepath.Join(dir, "made")
	if err := os.WriteFile(source, nil, 0o640); err != nil {
		t.Fatal(err)
	}
	if err := os.Chown(source, 54321, 12345); err != nil {
		t.Fatal(err)
	}
	if err := Write(path, Options{Like: source}, func(io.Writer) error { return nil }); err != nil {
		t.Fatal(err)
	}
	st, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if s := st.Sys().(*syscall.Stat_t); s.Uid != 54321 || s.Gid != 12345 || st.Mode().Perm() != 0o640 {
		t.Errorf("user %d, group %d, mode %v", s.Uid, s.Gid, st.Mode())
	}
}

func TestALinkIsReplacedAndNotFollowed(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	victim, link := filepath.Join(dir, "victim"), filepath.Join(dir, "link")
	if err := os.WriteFile(victim, []byte("precious"), 0o640); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(victim, 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(victim, link); err != nil {
		t.Fatal(err)
	}
	if err := Write(link, Options{}, func(w io.Writer) error {
		_, err := io.WriteString(w, "new")
		return err
	}); err != nil {
		t.Fatal(err)
	}
	if b, err := os.ReadFile(victim); err != nil || string(b) != "precious" {
		t.Errorf("what the link led to: %q, %v", b, err)
	}
	if st, err := os.Lstat(link); err != nil || st.Mode() != 0o666&^umask(t) {
		t.Errorf("in the place of the link: %v, %v", st.Mode(), err)
	}
}

// The .sih5 folder of an exported .hdf could not be entered, as files are not executed.
func TestFoldersMadeForPrivateFilesCanBeEntered(t *testing.T) { // not parallel: the mask is the process's
	for mode, want := range map[fs.FileMode]fs.FileMode{0o644: 0o755, 0o600: 0o700, 0o444: 0o755} {
		dir := t.TempDir()
		source, made := filepath.Join(dir, "source"), filepath.Join(dir, "made")
		if err := os.WriteFile(source, nil, 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chmod(source, mode); err != nil {
			t.Fatal(err)
		}
		mask := syscall.Umask(0o022)
		back := KeepPrivate([]string{source})
		err := os.Mkdir(made, 0o777)
		back()
		syscall.Umask(mask)
		if err != nil {
			t.Fatal(err)
		}
		if st, err := os.Stat(made); err != nil || st.Mode().Perm() != want {
			t.Errorf("a folder beside files of %o: %v, %v; want %o", mode, st.Mode(), err, want)
		}
	}
}
