package whole

import (
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"golang.org/x/sys/windows"
)

// Of twenty pairs twelve failed with "Access denied".
func TestTwoConvertsOnOneFolder(t *testing.T) {
	for range 5 {
		dir := sample(t, t.TempDir(), "6", "5000")
		var both sync.WaitGroup
		for range 2 {
			both.Go(func() {
				if status, out, errs := run(t, "convert", dir); status != 0 {
					t.Errorf("%d: %s%s", status, out, errs)
				}
			})
		}
		both.Wait()
		if all := files(t, dir); ending(all, ".sih5") != 6 || len(litter(t, dir)) > 0 {
			t.Fatalf("%q", all)
		}
	}
}

// mapped maps a file as the window does.
func mapped(t *testing.T, path string) (unmap func()) {
	t.Helper()
	name, err := windows.UTF16PtrFromString(path)
	if err != nil {
		t.Fatal(err)
	}
	h, err := windows.CreateFile(name, windows.GENERIC_READ, windows.FILE_SHARE_READ|windows.FILE_SHARE_WRITE|windows.FILE_SHARE_DELETE, nil, windows.OPEN_EXISTING, 0, 0)
	if err != nil {
		t.Fatal(err)
	}
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

func TestConvertingOverAMappedFile(t *testing.T) {
	dir := sample(t, t.TempDir(), "2", "1000")
	works(t, "convert", dir)
	var unmap []func()
	for _, f := range files(t, dir) {
		if strings.HasSuffix(f, ".sih5") {
			unmap = append(unmap, mapped(t, filepath.Join(dir, f)))
		}
	}
	works(t, "convert", "--force", dir)
	works(t, "info", dir)
	for _, f := range unmap {
		f()
	}
	// What was mapped had another name meanwhile.
	works(t, "convert", dir)
	works(t, "export", "--to", "csv", "-o", filepath.Join(dir, ".sih5"), dir)
	if left := litter(t, dir); len(left) > 0 {
		t.Errorf("left: %q", left)
	}
}

func TestAFileThatAnotherProgramHoldsIsNamed(t *testing.T) {
	dir := sample(t, t.TempDir(), "1", "1000")
	works(t, "convert", dir)
	var path string
	for _, f := range files(t, dir) {
		if strings.HasSuffix(f, ".sih5") {
			path = filepath.Join(dir, f)
		}
	}
	f, err := os.Open(path) // package os does not let others replace it
	if err != nil {
		t.Fatal(err)
	}
	works(t, "convert", dir) // it is up to date
	status, _, errs := run(t, "convert", "--force", dir)
	f.Close()
	if status != 1 || !strings.Contains(errs, "another program") && !strings.Contains(errs, "has the file open") || !strings.Contains(errs, path) {
		t.Errorf("%d: %s", status, errs)
	}
	works(t, "convert", "--force", dir)
	if left := litter(t, dir); len(left) > 0 {
		t.Errorf("left: %q", left)
	}
}

func TestDisksThatTakeNothing(t *testing.T) {
	source := sample(t, t.TempDir(), "2", "20000")
	for env, want := range map[string]string{"ICEEXPLORER_FULL": "full", "ICEEXPLORER_READONLY": "write-protected"} {
		disk := os.Getenv(env)
		if disk == "" {
			t.Logf("%s names no folder", env)
			continue
		}
		status, _, errs := run(t, "convert", "-o", disk, source)
		if status != 1 || strings.Contains(errs, "Out of paper") || !strings.Contains(strings.ToLower(errs), want) && want == "full" {
			t.Errorf("%s: %d: %s", env, status, errs)
		}
		t.Logf("%s: %s", env, errs)
		if left := litter(t, disk); len(left) > 0 {
			t.Errorf("left: %q", left)
		}
	}
}
