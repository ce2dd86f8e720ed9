package atomicfile

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// names is what lies in a folder.
func names(t *testing.T, dir string) string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, e := range entries {
		all = append(all, e.Name())
	}
	return strings.Join(all, " ")
}

func TestAFileAppearsWholeOrNotAtAll(t *testing.T) {
	t.Parallel()
	fail := errors.New("no more to say")
	for name, tc := range map[string]struct {
		old  string
		err  error
		want string // "-" for no file
	}{
		"new":               {"-", nil, "new"},
		"new, failed":       {"-", fail, "-"},
		"in place":          {"old", nil, "new"},
		"in place, failed":  {"old", fail, "old"},
		"in place of empty": {"", nil, "new"},
	} {
		for _, opt := range []Options{{}, {NoSync: true}, {Mode: 0o600}} {
			dir := t.TempDir()
			path := filepath.Join(dir, "a.bin")
			if tc.old != "-" {
				if err := os.WriteFile(path, []byte(tc.old), 0o640); err != nil {
					t.Fatal(err)
				}
			}
			err := Write(path, opt, func(w io.Writer) error {
				if now, err := os.ReadFile(path); err == nil && string(now) != tc.old {
					t.Errorf("%s: %q while it is written", name, now)
				}
				_, err := io.WriteString(w, "new")
				return errors.Join(err, tc.err)
			})
			if !errors.Is(err, tc.err) || (err == nil) != (tc.err == nil) {
				t.Errorf("%s: error %v", name, err)
			}
			got, err := os.ReadFile(path)
			if errors.Is(err, fs.ErrNotExist) {
				got = []byte("-")
			}
			if string(got) != tc.want || names(t, dir) != "a.bin" && tc.want != "-" || tc.want == "-" && names(t, dir) != "" {
				t.Errorf("%s: %q, want %q; the folder holds %q", name, got, tc.want, names(t, dir))
			}
			if st, err := os.Stat(path); err == nil && runtime.GOOS != "windows" {
				want := fs.FileMode(0o640)
				if tc.old == "-" {
					want = 0o666 &^ umask(t)
					if opt.Mode != 0 {
						want = opt.Mode
					}
				}
				if st.Mode().Perm() != want {
					t.Errorf("%s: mode %v, want %v", name, st.Mode(), want)
				}
			}
		}
	}
}

// umask is what new files lack, as a file made the plain way shows.
func umask(t *testing.T) fs.FileMode {
	t.Helper()
	f, err := os.OpenFile(filepath.Join(t.TempDir(), "a"), os.O_CREATE|os.O_WRONLY, 0o666)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	st, err := f.Stat()
	if err != nil {
		t.Fatal(err)
	}
	return 0o666 &^ st.Mode().Perm()
}

func TestACommittedFileIsNotDiscarded(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "a")
	for range 2 {
		f, err := Create(path, Options{})
		if err != nil {
			t.Fatal(err)
		}
		if err := errors.Join(f.Commit(), f.Discard()); err != nil {
			t.Fatal(err)
		}
	}
	if got := names(t, filepath.Dir(path)); got != "a" {
		t.Errorf("the folder holds %q", got)
	}
}

func TestWritingNowhereIsAnError(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := os.MkdirAll(filepath.Join(dir, "folder", "full"), 0o777); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{filepath.Join(dir, "none", "a"), filepath.Join(dir, "folder")} {
		for _, opt := range []Options{{}, {Replace: true}} {
			if err := Write(path, opt, func(io.Writer) error { return nil }); err == nil {
				t.Errorf("no error: %s", path)
			}
		}
	}
	if got := names(t, dir); got != "folder" {
		t.Errorf("the folder holds %q", got)
	}
}
