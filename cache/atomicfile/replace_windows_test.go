package atomicfile

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/sys/windows"
)

// hold opens a file with a way of sharing it.
func hold(t *testing.T, path string, share uint32) windows.Handle {
	t.Helper()
	h, err := open(path, windows.GENERIC_READ, share, 0)
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// mapFile maps a file and closes it, as the window does with converted files.
func mapFile(t *testing.T, path string) (unmap func()) {
	t.Helper()
	h := hold(t, path, shareAll)
	m, err := windows.CreateFileMapping(h, nil, windows.PAGE_READONLY, 0, 0, nil)
	windows.CloseHandle(h)
	if err != nil {
		t.Fatal(err)
	}
	view, err := windows.MapViewOfFile(m, windows.FILE_MAP_READ, 0, 0, 0)
	if err != nil {
		t.Fatal(err)
	}
	return func() {
		windows.UnmapViewOfFile(view)
		windows.CloseHandle(m)
	}
}

func write(path, text string) error {
	return Write(path, Options{}, func(w io.Writer) error { _, err := io.WriteString(w, text); return err })
}

// Converting over a .sih5 that another window had mapped failed: "rename: Access denied".
func TestAFileInUseIsReplaced(t *testing.T) {
	t.Parallel()
	for name, use := range map[string]func(t *testing.T, path string) (end func()){
		"open": func(t *testing.T, path string) func() {
			h := hold(t, path, shareAll)
			return func() { windows.CloseHandle(h) }
		},
		"mapped": mapFile,
	} {
		dir := t.TempDir()
		path := filepath.Join(dir, "a.sih5")
		if err := write(path, "old"); err != nil {
			t.Fatal(err)
		}
		end := use(t, path)
		for _, text := range []string{"new", "newer"} {
			if err := write(path, text); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
		if got, err := os.ReadFile(path); err != nil || string(got) != "newer" {
			t.Errorf("%s: %q, %v", name, got, err)
		}
		end()
		Sweep(dir)
		if got := names(t, dir); got != "a.sih5" {
			t.Errorf("%s: the folder holds %q", name, got)
		}
	}
}

func TestAFileThatIsNotSharedStaysAndItsHolderIsToBlame(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path := filepath.Join(dir, "a.sih5")
	if err := write(path, "old"); err != nil {
		t.Fatal(err)
	}
	h := hold(t, path, windows.FILE_SHARE_READ)
	err := write(path, "new")
	windows.CloseHandle(h)
	if err == nil || !errors.Is(err, windows.ERROR_SHARING_VIOLATION) || !strings.Contains(err.Error(), "has the file open") {
		t.Errorf("%v", err)
	}
	if got, err := os.ReadFile(path); err != nil || string(got) != "old" || names(t, dir) != "a.sih5" {
		t.Errorf("%q, %v; the folder holds %q", got, err, names(t, dir))
	}
	if err := write(path, "new"); err != nil {
		t.Error(err)
	}
}

// What a killed process had half written stayed for ever.
func TestSweepRemovesWhatNobodyWrites(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	f, err := os.Create(asideName(filepath.Join(dir, "a")))
	if err != nil {
		t.Fatal(err)
	}
	Sweep(dir)
	if names(t, dir) == "" {
		t.Error("a file that is being written is gone")
	}
	f.Close()
	Sweep(dir)
	if got := names(t, dir); got != "" {
		t.Errorf("the folder holds %q", got)
	}
	if !alive(os.Getpid()) || alive(0) {
		t.Error("who lives is not known")
	}
}
