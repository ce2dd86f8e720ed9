package session

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	"unsafe"

	"github.com/edsrzf/mmap-go"

	"iceexplorer/cache"
	"iceexplorer/jobs"
)

// mappedFrame is a frame over a mapping of a file, none of which was touched.
func mappedFrame(t testing.TB, points int) *cache.Frame {
	t.Helper()
	b := cache.NewBuilder(cache.Header{Version: 103, Points: uint32(points)})
	b.Float32s("PointPosition", cache.TypeVector3, make([]float32, 3*points))
	b.Float32s("Unseen", cache.TypeMatrix44, make([]float32, 16*points))
	built, err := b.Frame()
	if err != nil {
		t.Fatal(err)
	}
	ix := built.Index()
	at := uint64(0)
	for i := range ix.Columns {
		ix.Columns[i].Data.Offset = at
		at += (ix.Columns[i].Data.Len + 4095) &^ 4095
	}
	path := filepath.Join(t.TempDir(), "frame")
	if err := os.WriteFile(path, make([]byte, at), 0o666); err != nil {
		t.Fatal(err)
	}
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	mem, err := mmap.Map(f, mmap.RDONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	frame, err := cache.NewFrame(ix, mem, mem.Unmap)
	if err != nil {
		t.Fatal(err)
	}
	return frame
}

// resident is how many kB of the mapping that b begins in are in the page tables.
func resident(t *testing.T, b []byte) int {
	t.Helper()
	text, err := os.ReadFile("/proc/self/smaps")
	if err != nil {
		t.Skip(err)
	}
	at := uintptr(unsafe.Pointer(unsafe.SliceData(b)))
	inside := false
	for line := range strings.Lines(string(text)) {
		var from, to uintptr
		var kb int
		if n, _ := fmt.Sscanf(line, "%x-%x ", &from, &to); n == 2 {
			inside = from <= at && at < to
		} else if n, _ := fmt.Sscanf(line, "Rss: %d kB", &kb); inside && n == 1 {
			return kb
		}
	}
	t.Fatal("the mapping is not listed")
	return 0
}

func TestNextFramesAreInMemoryBeforeTheHeadComes(t *testing.T) {
	const points, kb = 100_000, 1200_000/1024 - 4 // whole pages
	p := &fakePool{t: t}
	s := New(p, func(f func()) { f() }, Options{Patience: patience, Window: 32})
	seq := cache.Sequence{Name: "a"}
	for n := 1; n <= 8; n++ {
		seq.Frames = append(seq.Frames, cache.FrameFile{Number: cache.Number(n), Converted: fmt.Sprintf("a_%d.sih5", n)})
	}
	l := s.Add([]cache.Sequence{seq})[0]
	defer s.CloseAll()
	loads := func(r jobs.Request) bool { return r.Task == jobs.Load }
	for i := 0; i >= 0; i = slices.IndexFunc(p.waiting, loads) {
		r, id := p.take(i)
		r.Done(jobs.Result{ID: id, Request: r, Frame: mappedFrame(t, points), Mapped: true})
	}
	inMemory := func(n cache.Number) int { return resident(t, l.Frame(n).Attribute("PointPosition").Bytes()) }
	reaches := func(n cache.Number) {
		t.Helper()
		for begun := time.Now(); inMemory(n) < kb; time.Sleep(time.Millisecond) {
			if time.Since(begun) > 5*time.Second {
				t.Fatalf("of frame %v %d kB of %d are in memory", n, inMemory(n), kb)
			}
			s.Seek(2)
			s.Seek(3)
		}
	}
	for n := cache.Number(4); n <= 6; n++ {
		reaches(n)
		if got := inMemory(n); got > kb+4096 { // the kernel may map a little more
			t.Errorf("of frame %v %d kB are in memory: more than its positions", n, got)
		}
	}
	if got := inMemory(8); got > 256 {
		t.Errorf("of frame 8, far ahead, %d kB are in memory", got)
	}
	if s.Shown(l); inMemory(3) < kb {
		t.Errorf("of the frame that is shown %d kB are in memory", inMemory(3))
	}
}
