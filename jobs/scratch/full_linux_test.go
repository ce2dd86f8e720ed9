package scratch

import (
	"errors"
	"os"
	"syscall"
	"testing"

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
