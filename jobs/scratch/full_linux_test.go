package scratch

import (
	"errors"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"golang.org/x/sys/unix"

	"iceexplorer/cache/disktest"
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
	m, err := mapAsWorker(t, f)
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

// fewDescriptors lets this process open n more than it has; it is no test's that runs
// beside others.
func fewDescriptors(t *testing.T, n int) {
	t.Helper()
	var old unix.Rlimit
	if err := unix.Getrlimit(unix.RLIMIT_NOFILE, &old); err != nil {
		t.Fatal(err)
	}
	open, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		t.Fatal(err)
	}
	few := old
	few.Cur = min(old.Cur, uint64(len(open)+n))
	if err := unix.Setrlimit(unix.RLIMIT_NOFILE, &few); err != nil {
		t.Skip(err)
	}
	t.Cleanup(func() { unix.Setrlimit(unix.RLIMIT_NOFILE, &old) })
}

// openMore opens up to n descriptors and reports how many there were.
func openMore(t *testing.T, n int) int {
	t.Helper()
	for i := range n {
		f, err := os.Open(os.DevNull)
		if err != nil {
			return i
		}
		defer f.Close()
	}
	return n
}

// Scratch files took every descriptor: no worker could be started then, and no picture
// saved.
func TestDescriptorsStayFreeForPipesAndPictures(t *testing.T) {
	const spare = 64
	for _, returned := range []bool{false, true} {
		fewDescriptors(t, 200)
		s := Open(Options{Roots: []string{t.TempDir()}, Budget: 1 << 30, MaxFree: 4})
		var files []*File
		var err error
		for range 500 {
			var f *File
			if f, err = s.Reserve(1, nil); err != nil {
				break
			}
			files = append(files, f)
			if returned {
				f.Return()
			}
		}
		switch {
		case returned && err != nil:
			t.Errorf("after %d files that no worker needs: %v", len(files), err)
		case !returned && (!errors.Is(err, ErrNoRoom) || len(files) < 100):
			t.Errorf("after %d files: %v", len(files), err)
		}
		if n := openMore(t, spare); n < spare {
			t.Errorf("%d descriptors are left", n)
		}
		for _, f := range files {
			f.Release()
		}
		if used, idle, _ := s.Usage(); used != 0 || idle > 4*Class(1) {
			t.Errorf("used %d, idle %d", used, idle)
		}
		if err := s.Close(); err != nil {
			t.Error(err)
		}
		if used, _ := s.mappings.Usage(); used != 0 {
			t.Errorf("%d mappings are left", used)
		}
	}
}

// A file that lost its descriptor keeps its contents, is lent no more, and gives its
// memory back, also where a worker has it mapped.
func TestAFileWithoutDescriptor(t *testing.T) {
	t.Parallel()
	s := Open(Options{Roots: []string{disktest.Small(t, "20m")}, Budget: 1 << 30, MaxFree: 4})
	defer s.Close()
	busy, frame, queued := reserveN(t, s, 1), reserveN(t, s, 8<<20), reserveN(t, s, 1)
	m, err := mapAsWorker(t, frame)
	if err != nil {
		t.Fatal(err)
	}
	defer m.Close()
	m.Bytes()[5] = 5
	frame.Return()
	queued.Return()
	queued.Retain() // for its conversion
	if queued.Lend(); !s.FreeDescriptors() || frame.Lend() {
		t.Error("a frame that no worker needs kept its descriptor")
	}
	if queued.Return(); !s.FreeDescriptors() || queued.Lend() || s.FreeDescriptors() {
		t.Error("a worker's file lost its descriptor, or a frame kept it")
	}
	if _, err := mapAsWorker(t, busy); err != nil {
		t.Error(err)
	}
	if frame.Bytes()[5] != 5 {
		t.Error("the contents are gone")
	}
	s.Dropped()
	frame.Release()
	reserveN(t, s, 14<<20).Release()
	if ids := s.Dropped(); len(ids) == 0 || ids[0] != frame.ID {
		t.Errorf("dropped %v, want file %d", ids, frame.ID)
	}
	if _, _, budget := s.Usage(); budget != 1<<30 {
		t.Errorf("the budget fell to %d", budget)
	}
}

func TestDescriptorsOfFramesThatWaitForConversionGoLast(t *testing.T) {
	t.Parallel()
	s := Open(Options{Roots: []string{t.TempDir()}, Budget: 1 << 30})
	defer s.Close()
	var files []*File
	for i := range detachBatch + 3 {
		f := reserveN(t, s, 1)
		files = append(files, f)
		f.Return()
		if i < 4 {
			f.Retain()
		}
	}
	s.FreeDescriptors()
	for i, f := range files {
		if got, want := f.Lend(), i < 3; got != want { // the oldest are converted first
			t.Errorf("file %d is lent: %v, want %v", i, got, want)
		}
	}
}

func TestAsManyFilesAsMappings(t *testing.T) {
	t.Parallel()
	m := NewMappings(10)
	s := Open(Options{Roots: []string{t.TempDir()}, Budget: 1 << 30, MaxFree: 4, Mappings: m})
	for range 3 { // of others
		m.Take()
	}
	var files []*File
	for range 7 {
		files = append(files, reserveN(t, s, 1))
	}
	if _, err := s.Reserve(1, nil); !errors.Is(err, ErrNoMapping) {
		t.Errorf("error %v", err)
	}
	files[0].Release()
	files[1].Release()
	big := reserveN(t, s, 1<<20) // what is kept for reuse goes
	if used, most := m.Usage(); used > 10 || most != 10 {
		t.Errorf("%d mappings of %d", used, most)
	}
	for _, f := range append(files[2:], big) {
		f.Release()
	}
	s.Close()
	if used, _ := m.Usage(); used != 3 {
		t.Errorf("%d mappings are left, want 3", used)
	}
}

// The process's own mappings count, and some stay free for what comes later.
func TestMappingsOfTheProcessCount(t *testing.T) {
	m := NewMappings(0)
	_, before := m.Usage()
	if limit := mappingLimit(); before > limit*7/8-10 || before < limit/2 {
		t.Fatalf("%d mappings for frames, of %d of the system", before, limit)
	}
	var mem [][]byte
	for range 1000 {
		b, err := unix.Mmap(-1, 0, 2*os.Getpagesize(), unix.PROT_READ, unix.MAP_PRIVATE|unix.MAP_ANON)
		if err != nil {
			t.Fatal(err)
		}
		mem = append(mem, b)
		if err := unix.Mprotect(b[:os.Getpagesize()], unix.PROT_NONE); err != nil { // none joins its neighbour
			t.Fatal(err)
		}
	}
	m.look()
	if _, now := m.Usage(); now > before-1000 {
		t.Errorf("%d mappings for frames beside 1,000 others, %d before", now, before)
	}
	for _, b := range mem {
		unix.Munmap(b)
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
