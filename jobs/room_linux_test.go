//go:build cgo

package jobs_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"iceexplorer/cache"
	"iceexplorer/jobs"
)

// Frames in mapped files and in scratch memory share the mappings of the process: none
// is mapped beyond, which ended the window, and lacking one is no failure of a file.
func TestNoMoreFramesAreMappedThanThereMayBe(t *testing.T) {
	t.Parallel()
	const most, files = 12, 40
	dir := t.TempDir()
	var sources []source
	b := newBench(t, "real", nil)
	for i := range files {
		sources = append(sources, writeSource(t, dir, fmt.Sprintf("f%02d", i), 100, uint64(i)))
		if i%3 > 0 {
			b.one(sources[i].request(jobs.Convert)).Frame.Close()
		}
	}
	few := func(o *jobs.Options) { o.Mappings, o.Scratch.MaxFree = most, 2 }
	t.Run("room is made", func(t *testing.T) {
		t.Parallel()
		held := make(chan *cache.Frame, files)
		b := newBench(t, "real", func(o *jobs.Options) {
			few(o)
			o.MakeRoom = func(need jobs.Need, _ jobs.Request) bool {
				if !need.Mapping {
					t.Errorf("asked for %+v", need)
				}
				select {
				case f := <-held:
					return f.Close() == nil
				case <-time.After(10 * time.Second):
					return false
				}
			}
		})
		if n := b.Stats().MostFrames; n >= most || n < most/3 {
			t.Errorf("%d frames may be held with %d mappings", n, most)
		}
		for _, s := range sources {
			b.submit(s.request(jobs.Load))
		}
		for range sources {
			r := b.next()
			if r.Err != nil {
				t.Fatal(r.Err)
			}
			if len(held) >= most {
				t.Errorf("%d frames are mapped", len(held)+1)
			}
			held <- r.Frame
		}
		for len(held) > 0 {
			(<-held).Close()
		}
	})
	t.Run("none is", func(t *testing.T) {
		t.Parallel()
		b := newBench(t, "real", func(o *jobs.Options) { few(o); o.RoomTimeout = 50 * time.Millisecond })
		var frames []*cache.Frame
		denied := 0
		for _, s := range sources {
			b.submit(s.request(jobs.Load))
			switch r := b.next(); {
			case r.Err == nil:
				frames = append(frames, r.Frame)
			case jobs.CodeOf(r.Err) == jobs.CodeBudget:
				denied++
			default:
				t.Error(r.Err)
			}
		}
		if len(frames) != most || denied != files-most {
			t.Errorf("%d frames are mapped of %d, %d denied", len(frames), most, denied)
		}
		for _, f := range frames {
			f.Close()
		}
		b.one(sources[0].request(jobs.Load)).Frame.Close()
		if s := b.Stats(); s.Crashes != 0 {
			t.Errorf("stats %+v", s)
		}
	})
}

// Loading stopped for good at as many frames as there are descriptors, and the death of
// a worker cost all that were to come.
func TestMoreFramesThanDescriptors(t *testing.T) {
	if os.Getenv("ICE_TEST_FEW") == "" {
		t.Parallel()
		exe, err := os.Executable()
		if err != nil {
			t.Fatal(err)
		}
		cmd := exec.Command("sh", "-c", `ulimit -n 192 && exec "$0" -test.run '^TestMoreFramesThanDescriptors$' -test.v`, exe)
		cmd.Env = append(os.Environ(), "ICE_TEST_FEW=1")
		out, err := cmd.CombinedOutput()
		if t.Logf("%s", out); err != nil || !strings.Contains(string(out), "--- PASS") {
			t.Error(err)
		}
		return
	}
	const files = 500
	dir := t.TempDir()
	first := writeSource(t, dir, "f0", 50, 3)
	content, err := os.ReadFile(first.path)
	if err != nil {
		t.Fatal(err)
	}
	at := func(i int) source {
		s := first
		s.path = filepath.Join(dir, fmt.Sprintf("f%d.icecache", i))
		s.sih5 = s.path + ".sih5"
		if err := os.WriteFile(s.path, content, 0o600); err != nil {
			t.Fatal(err)
		}
		return s
	}
	b := newBench(t, "real", nil)
	for i := range files {
		s := at(i)
		b.submit(s.request(jobs.Load))
	}
	byPath := map[string]*cache.Frame{}
	for i := range files {
		r := b.next()
		if r.Err != nil {
			t.Fatalf("after %d frames: %v", i, r.Err)
		}
		byPath[r.Request.Source] = r.Frame
		if i == files/2 {
			killBusy(b.Pool)
		}
	}
	for _, w := range b.Stats().Workers {
		if err := syscall.Kill(w.PID, syscall.SIGKILL); err != nil {
			t.Error(err)
		}
	}
	for range 50 { // what a dialog, a picture and others open
		f, err := os.Open(os.DevNull)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
	}
	for path, f := range byPath {
		s := first
		s.path, s.sih5 = path, path+".sih5"
		convert := s.request(jobs.Convert)
		convert.From = f
		b.submit(convert)
	}
	again := 0
	for range files {
		r := b.next()
		if r.Err != nil || !r.Mapped {
			t.Fatalf("mapped %v, %v", r.Mapped, r.Err)
		}
		if r.Decoded {
			again++
		}
		if err := first.want.differ(r.Frame); err != nil {
			t.Error(err)
		}
		if err := first.want.differ(byPath[r.Request.Source]); err != nil {
			t.Error(err)
		}
		byPath[r.Request.Source].Close()
		r.Frame.Close()
	}
	if t.Logf("%d of %d frames were decoded again", again, files); again == files || again == 0 {
		t.Error("descriptors are there for some")
	}
	if s := b.Stats(); s.Scratch != 0 {
		t.Errorf("%d bytes of scratch memory in use", s.Scratch)
	}
}

func mappingsOf(t *testing.T, pid int) int {
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/maps", pid))
	if err != nil {
		t.Fatal(err)
	}
	return strings.Count(string(b), "\n")
}

// A worker kept a descriptor and a mapping of every frame that it had decoded and that
// was there still; and when thousands were closed at once, so many messages piled up
// that it was taken for stuck.
func TestAWorkerKeepsSomeScratchFilesOnly(t *testing.T) {
	t.Parallel()
	const files = 3000
	src := writeSource(t, t.TempDir(), "a", 10, 5)
	b := newBench(t, "real", func(o *jobs.Options) { o.Workers, o.Scratch.Budget = 1, 1<<40 })
	b.one(src.request(jobs.Load)).Frame.Close()
	pid := b.Stats().Workers[0].PID
	before := mappingsOf(t, pid)
	for range files {
		b.submit(src.request(jobs.Load))
	}
	var frames []*cache.Frame
	for range files {
		r := b.next()
		if r.Err != nil {
			t.Fatal(r.Err)
		}
		frames = append(frames, r.Frame)
	}
	if n := mappingsOf(t, pid) - before; n > 1200 {
		t.Errorf("%d mappings more than at first", n)
	}
	fds, err := os.ReadDir(fmt.Sprintf("/proc/%d/fd", pid))
	if err != nil || len(fds) > 40 {
		t.Errorf("%d descriptors, %v", len(fds), err)
	}
	for _, f := range frames {
		f.Close()
	}
	b.one(src.request(jobs.Load)).Frame.Close()
	if s := b.Stats(); s.Workers[0].PID != pid {
		t.Error("the worker was replaced")
	}
	for begun := time.Now(); mappingsOf(t, pid)-before > 50; time.Sleep(time.Millisecond) {
		if time.Since(begun) > 10*time.Second {
			t.Fatalf("%d mappings more than at first, after all was closed", mappingsOf(t, pid)-before)
		}
	}
}
