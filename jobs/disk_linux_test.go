//go:build cgo

package jobs_test

import (
	"cmp"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"iceexplorer/cache"
	"iceexplorer/cache/disktest"
	"iceexplorer/jobs"
)

func TestConversionOntoAFullDisk(t *testing.T) {
	t.Parallel()
	disk := disktest.Small(t, "1m")
	src := writeSource(t, t.TempDir(), "a", 100_000, 20)
	b := newBench(t, "real", nil)
	load := b.one(src.request(jobs.Load))
	for _, r := range []jobs.Request{
		{Task: jobs.Convert, Source: src.path, Converted: filepath.Join(disk, "a.sih5"), From: load.Frame},
		{Task: jobs.Convert, Source: src.path, Converted: filepath.Join(disk, "a.sih5")},
		{Task: jobs.Export, Source: src.path, Params: exportTo(filepath.Join(disk, "a.icecache"), "icecache")},
	} {
		b.submit(r)
		res := b.next()
		if jobs.CodeOf(res.Err) != jobs.CodeNoSpace || !strings.HasSuffix(res.Err.Error(), cmp.Or(target(r), r.Converted)) {
			t.Errorf("%v: code %q, error %v", r.Task, jobs.CodeOf(res.Err), res.Err)
		}
		wantFolder(t, disk)
	}
	if err := src.want.differ(load.Frame); err != nil { // what is on screen stays
		t.Error(err)
	}
	load.Frame.Close()
	if s := b.Stats(); s.Crashes != 0 || s.Scratch != 0 {
		t.Errorf("stats %+v", s)
	}
}

func TestConversionIntoAReadOnlyFolder(t *testing.T) {
	t.Parallel()
	disk := disktest.Small(t, "8m")
	src := writeSource(t, disk, "a", 1000, 21)
	if err := unix.Mount("", disk, "", unix.MS_REMOUNT|unix.MS_RDONLY, ""); err != nil {
		t.Skip(err)
	}
	b := newBench(t, "real", nil)
	load := b.one(src.request(jobs.Load))
	for _, from := range []*cache.Frame{load.Frame, nil} {
		r := src.request(jobs.Convert)
		r.From = from
		b.submit(r)
		if res := b.next(); jobs.CodeOf(res.Err) != jobs.CodeReadOnly || !strings.HasSuffix(res.Err.Error(), src.sih5) {
			t.Errorf("code %q, error %v", jobs.CodeOf(res.Err), res.Err)
		}
	}
	if err := src.want.differ(load.Frame); err != nil {
		t.Error(err)
	}
	load.Frame.Close()
}

// Scratch memory that is full is an error of the frame that did not fit, or a reason
// to drop others; never the end of a process.
func TestScratchOnAFullDisk(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	large := writeSource(t, dir, "large", 300_000, 22) // about 10 MB
	small := writeSource(t, dir, "small", 50_000, 23)
	held := make(chan *cache.Frame, 10)
	b := newBench(t, "real", func(o *jobs.Options) {
		o.Scratch.Roots = []string{disktest.Small(t, "5m")}
		o.MakeRoom = func(jobs.Need, jobs.Request) bool {
			select {
			case f := <-held:
				f.Close()
				return true
			case <-time.After(5 * time.Second):
				return false
			}
		}
	})
	b.submit(large.request(jobs.Load))
	r := b.next()
	if jobs.CodeOf(r.Err) != jobs.CodeNoSpace {
		t.Fatalf("code %q, error %v", jobs.CodeOf(r.Err), r.Err)
	}
	if budget := b.Stats().ScratchBudget; budget >= 1<<30 {
		t.Errorf("budget is still %d", budget)
	}
	b.SetBudget(1 << 30) // more than there is: the disk is the limit
	for range 8 {
		r := b.one(small.request(jobs.Load))
		if err := small.want.differ(r.Frame); err != nil {
			t.Error(err)
		}
		held <- r.Frame
	}
	for len(held) > 0 {
		(<-held).Close()
	}
	if s := b.Stats(); s.Crashes != 0 || s.Scratch != 0 {
		t.Errorf("stats %+v", s)
	}
}

// footprint is what a pool must not leave behind.
type footprint struct {
	children    []int // processes
	descriptors int
	mappings    int // of scratch and converted files
}

func footprintOf(t testing.TB) footprint {
	t.Helper()
	f := footprint{descriptors: len(folder(t, "/proc/self/fd"))}
	maps, err := os.ReadFile("/proc/self/maps")
	if err != nil {
		t.Fatal(err)
	}
	for l := range strings.Lines(string(maps)) {
		if strings.Contains(l, "/scratch") || strings.Contains(l, ".sih5") {
			f.mappings++
		}
	}
	for _, name := range folder(t, "/proc") {
		if pid, state, parent := processState(name); parent == os.Getpid() && state != 'Z' {
			f.children = append(f.children, pid)
		}
	}
	return f
}
