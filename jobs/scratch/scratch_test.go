package scratch

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"testing"

	"iceexplorer/cache/refusal"
)

func TestClassWastesAtMostAnEighth(t *testing.T) {
	t.Parallel()
	for _, n := range []uint64{0, 1, 65536, 65537, 500_000, 1 << 20, 1<<20 + 1, 72_000_000, 1 << 33} {
		c := Class(n)
		if c < n || c == 0 || n > 1<<20 && c > n+n/8 || Class(c) != c {
			t.Errorf("Class(%d) = %d", n, c)
		}
	}
}

func openStore(t *testing.T, budget uint64) *Store {
	t.Helper()
	s := Open(Options{Roots: []string{t.TempDir()}, Budget: budget, MaxFree: 2})
	t.Cleanup(func() {
		for _, f := range s.open { // else Windows would not remove the folder
			for f.refs > 1 {
				f.refs--
			}
			defer f.Release()
		}
		s.Close()
	})
	return s
}

func reserveN(t *testing.T, s *Store, n uint64) *File {
	t.Helper()
	f, err := s.Reserve(n, nil)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestBothSidesSeeTheSameBytes(t *testing.T) {
	t.Parallel()
	s := openStore(t, 1<<30)
	f := reserveN(t, s, 100_000)
	m, err := mapAsWorker(t, f)
	if err != nil {
		t.Fatal(err)
	}
	copy(m.Bytes()[99_990:], "worker")
	if got := string(f.Bytes()[99_990:99_996]); got != "worker" {
		t.Errorf("read %q", got)
	}
	if err := m.Close(); err != nil {
		t.Error(err)
	}
	f.Release()
}

func TestFilesAreReusedByClassAndPreference(t *testing.T) {
	t.Parallel()
	s := openStore(t, 1<<30)
	a, b := reserveN(t, s, 100_000), reserveN(t, s, 100_000)
	a.Release()
	b.Release()
	f, err := s.Reserve(90_000, func(id uint64) bool { return id == b.ID })
	if err != nil {
		t.Fatal(err)
	}
	if f != b {
		t.Errorf("got file %d, preferred %d", f.ID, b.ID)
	}
	if g := reserveN(t, s, 400_000); g == a {
		t.Error("a file of another class was reused")
	}
	if f := reserveN(t, s, 100_000); f != a {
		t.Error("a free file was not reused")
	}
}

func TestBudgetBoundsFilesInUseAndIdle(t *testing.T) {
	t.Parallel()
	s := openStore(t, 4<<20)
	first := reserveN(t, s, 3<<20)
	if _, err := s.Reserve(2<<20, nil); !errors.Is(err, ErrNoRoom) {
		t.Errorf("over budget: %v", err)
	}
	first.Release()
	reserveN(t, s, 2<<20).Release()
	if used, idle, _ := s.Usage(); used != 0 || idle > 4<<20 {
		t.Errorf("used %d, idle %d", used, idle)
	}
	if f := reserveN(t, s, 64<<20); f.Size < 64<<20 {
		t.Error("one file over the budget must be had when nothing is in use")
	}
	if ids := s.Dropped(); len(ids) == 0 {
		t.Error("dropped files were not told")
	}
}

func TestReleasedTooOftenPanics(t *testing.T) {
	t.Parallel()
	s := openStore(t, 1<<30)
	f := reserveN(t, s, 1)
	f.Release()
	defer func() {
		if recover() == nil {
			t.Error("no panic")
		}
	}()
	f.Release()
}

func TestNothingLiesInTheFolderAndCloseRemovesIt(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	s := Open(Options{Roots: []string{root}, Budget: 1 << 30})
	f := reserveN(t, s, 1<<20)
	dir, err := s.Dir()
	if err != nil {
		t.Fatal(err)
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if e.Name() != lockName && runtime.GOOS != "windows" { // which deletes it with its last handle
			t.Errorf("%s has a name: it would outlive a SIGKILL", e.Name())
		}
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	f.Bytes()[0] = 1 // still mapped
	f.Release()
	if left, _ := filepath.Glob(filepath.Join(root, sessionPrefix+"*")); len(left) != 0 {
		t.Errorf("left %v", left)
	}
}

func TestStartReclaimsDeadSessionsOnly(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	alive := Open(Options{Roots: []string{root}, Budget: 1 << 30})
	defer alive.Close()
	aliveDir, err := alive.Dir()
	if err != nil {
		t.Fatal(err)
	}
	dead := filepath.Join(root, sessionPrefix+"dead")
	if err := os.Mkdir(dead, 0o700); err != nil {
		t.Fatal(err)
	}
	for _, n := range []string{lockName, "scratch1"} {
		if err := os.WriteFile(filepath.Join(dead, n), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	Open(Options{Roots: []string{root}}).Close()
	if _, err := os.Stat(dead); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("dead session is still there: %v", err)
	}
	if _, err := os.Stat(aliveDir); err != nil {
		t.Errorf("live session is gone: %v", err)
	}
}

// A cleaner of temporary folders ended the pool: neither pipes nor files could be made.
func TestAFolderThatWasRemovedIsMadeAgain(t *testing.T) {
	t.Parallel()
	s := openStore(t, 1<<30)
	for _, remove := range []func(dir string) error{os.RemoveAll, func(dir string) error { return os.RemoveAll(filepath.Dir(dir)) }} {
		dir, err := s.Dir()
		if err != nil {
			t.Fatal(err)
		}
		held := reserveN(t, s, 1)
		// On Windows files that are open stay, and a cleaner removes what it can.
		if err := remove(dir); err != nil && (runtime.GOOS != "windows" || !refusal.Held(err) && !errors.Is(err, fs.ErrPermission)) {
			t.Fatal(err)
		}
		reserveN(t, s, 1<<20).Release()
		held.Release()
		again, err := s.Dir()
		if err != nil {
			t.Fatal(err)
		}
		if st, err := os.Stat(again); err != nil || !st.IsDir() {
			t.Errorf("%s: %v", again, err)
		}
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}

func TestSecondRootServesWhenTheFirstCannot(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	s := Open(Options{Roots: []string{filepath.Join(file, "below"), t.TempDir()}, Budget: 1 << 30})
	defer s.Close()
	reserveN(t, s, 1).Release()
}

func TestManyUseTheStoreAtOnce(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	s := Open(Options{Roots: []string{root}, Budget: 4 << 20, MaxFree: 3})
	var wg sync.WaitGroup
	for g := range 8 {
		wg.Go(func() {
			for i := range 100 {
				f, err := s.Reserve(uint64(1+(g*i)%7)<<16, nil)
				if errors.Is(err, ErrNoRoom) {
					continue
				}
				if err != nil {
					t.Error(err)
					return
				}
				mark := byte(g + 1)
				f.Bytes()[0] = mark
				runtime.Gosched()
				if f.Bytes()[0] != mark {
					t.Error("two have the same file")
				}
				f.Release()
			}
		})
	}
	wg.Wait()
	if used, idle, _ := s.Usage(); used != 0 || idle > 4<<20 {
		t.Errorf("used %d, idle %d", used, idle)
	}
	last := reserveN(t, s, 1)
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	last.Release()
	if _, err := s.Reserve(1, nil); !errors.Is(err, os.ErrClosed) {
		t.Errorf("after close: %v", err)
	}
	if _, err := s.Dir(); !errors.Is(err, os.ErrClosed) {
		t.Errorf("after close: %v", err)
	}
	if entries, _ := os.ReadDir(root); len(entries) != 1 { // the guard
		t.Errorf("left %v", entries)
	}
}
