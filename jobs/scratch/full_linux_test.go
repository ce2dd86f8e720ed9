package scratch

import (
	"errors"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"golang.org/x/sys/unix"

	"iceexplorer/jobs/disktest"
)

func TestFullDiskIsAnErrorAndCutsTheBudget(t *testing.T) {
	t.Parallel()
	s := Open(Options{Roots: []string{disktest.Small(t, "8m")}, Budget: 1 << 30, MaxFree: 2})
	defer s.Close()
	f := reserveN(t, s, 4<<20)
	_, err := s.Reserve(16<<20, nil)
	var full *FullError
	if !errors.As(err, &full) || !errors.Is(err, syscall.ENOSPC) {
		t.Fatalf("error %v", err)
	}
	if _, _, budget := s.Usage(); budget >= 1<<30 {
		t.Errorf("budget is still %d", budget)
	}
	for i := range f.Bytes() {
		f.Bytes()[i] = 1 // reserved: no SIGBUS
	}
	f.Release()
	reserveN(t, s, 4<<20).Release()
}

func TestFullFirstRootFallsBackToTheSecond(t *testing.T) {
	t.Parallel()
	s := Open(Options{Roots: []string{disktest.Small(t, "1m"), t.TempDir()}, Budget: 1 << 30})
	defer s.Close()
	reserveN(t, s, 4<<20).Release()
	if _, err := os.Stat(s.roots[0]); err != nil {
		t.Error(err)
	}
}

// What is kept for reuse is no reason to refuse.
func TestFullDiskTakesIdleFilesFirst(t *testing.T) {
	t.Parallel()
	s := Open(Options{Roots: []string{disktest.Small(t, "8m")}, Budget: 1 << 30, MaxFree: 10})
	defer s.Close()
	reserveN(t, s, 6<<20).Release()
	f := reserveN(t, s, 5<<20)
	for i := range f.Bytes() {
		f.Bytes()[i] = 1
	}
	if used, idle, budget := s.Usage(); used != f.Size || idle != 0 || budget != 1<<30 {
		t.Errorf("used %d, idle %d, budget %d", used, idle, budget)
	}
	f.Release()
}

// A worker that had an idle file mapped kept its memory, so that dropping it made no
// room.
func TestIdleFilesGiveTheirMemoryBackThoughAWorkerHasThemMapped(t *testing.T) {
	t.Parallel()
	s := Open(Options{Roots: []string{disktest.Small(t, "12m")}, Budget: 1 << 30, MaxFree: 4})
	defer s.Close()
	f := reserveN(t, s, 8<<20)
	m, err := Map(f.Path, f.Size)
	if err != nil {
		t.Fatal(err)
	}
	defer m.Close()
	f.Release()
	reserveN(t, s, 7<<20).Release()
	if _, _, budget := s.Usage(); budget != 1<<30 {
		t.Errorf("the budget fell to %d", budget)
	}
}

func TestNoDescriptorsLeftIsNoRoom(t *testing.T) {
	var old, few unix.Rlimit
	if err := unix.Getrlimit(unix.RLIMIT_NOFILE, &old); err != nil {
		t.Fatal(err)
	}
	s := Open(Options{Roots: []string{t.TempDir()}, Budget: 1 << 30, MaxFree: 4})
	defer s.Close()
	open, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		t.Fatal(err)
	}
	few = old
	few.Cur = min(old.Cur, uint64(len(open)+40))
	if err := unix.Setrlimit(unix.RLIMIT_NOFILE, &few); err != nil {
		t.Skip(err)
	}
	defer unix.Setrlimit(unix.RLIMIT_NOFILE, &old)
	var files []*File
	for range 100 {
		var f *File
		if f, err = s.Reserve(1, nil); err != nil {
			break
		}
		files = append(files, f)
	}
	if !errors.Is(err, ErrNoRoom) || len(files) < 8 {
		t.Errorf("after %d files: %v", len(files), err)
	}
	for _, f := range files {
		f.Release()
	}
}

func TestAFolderOfSomebodyElseIsNotUsed(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := os.Chmod(dir, 0o777); err != nil {
		t.Fatal(err)
	}
	link := filepath.Join(t.TempDir(), "link")
	if err := os.Symlink(dir, link); err != nil {
		t.Fatal(err)
	}
	for _, root := range []string{dir, link} {
		s := Open(Options{Roots: []string{root}, Budget: 1 << 30})
		if _, err := s.Dir(); err == nil {
			t.Errorf("%s is used", root)
		}
		s.Close()
	}
}
