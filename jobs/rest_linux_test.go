package jobs_test

import (
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"iceexplorer/jobs"
)

// readCalls is how often this process has read anything.
func readCalls(t *testing.T) int {
	t.Helper()
	b, err := os.ReadFile("/proc/self/io")
	if err != nil {
		t.Skip(err)
	}
	_, rest, _ := strings.Cut(string(b), "syscr: ")
	n, err := strconv.Atoi(strings.Fields(rest)[0])
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// A pool with nothing to do read three files of each worker every second, and woke five
// times for it: the window was never wholly at rest. Not parallel: others read, too.
func TestIdleWorkersAreLetAlone(t *testing.T) {
	b := newBench(t, "good", func(o *jobs.Options) { o.Workers = 4 })
	rest := func(when string) {
		t.Helper()
		for try := 0; ; try++ {
			time.Sleep(time.Second) // the last look at each
			before := readCalls(t)
			time.Sleep(3 * time.Second)
			n := readCalls(t) - before
			if n < 6 {
				return
			}
			if try == 2 {
				t.Errorf("%s: %d reads in 3 s of rest", when, n)
				return
			}
		}
	}
	for i := range 8 {
		b.load("ok-" + strconv.Itoa(i))
	}
	for range 8 {
		b.next()
	}
	rest("after the first jobs")
	// They are watched again when they work.
	b.load("ok-again")
	b.next()
	rest("after another one")
	if n := len(b.Stats().Workers); n == 0 {
		t.Error("no workers: nothing was tested")
	}
}
