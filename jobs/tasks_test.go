//go:build cgo

package jobs_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"iceexplorer/cache"
	"iceexplorer/cache/atomicfile"
	"iceexplorer/cache/pathname"
	"iceexplorer/jobs"
	"iceexplorer/jobs/task"
)

// The way of a frame: decoded into scratch memory, converted from there, mapped;
// the next load decodes nothing.
func TestLoadConvertLoadAgain(t *testing.T) {
	t.Parallel()
	src := writeSource(t, t.TempDir(), "a", 20_000, 1)
	b := newBench(t, "real", nil)
	load := b.one(src.request(jobs.Load))
	if err := src.want.differ(load.Frame); err != nil {
		t.Error(err)
	}
	if load.Mapped || !load.Decoded || load.Index.Storage != cache.StorageGzip {
		t.Errorf("load: mapped %v, decoded %v, storage %s", load.Mapped, load.Decoded, load.Index.Storage)
	}

	convert := src.request(jobs.Convert)
	convert.From = load.Frame
	conv := b.one(convert)
	if !conv.Mapped || conv.Decoded {
		t.Errorf("convert from scratch: mapped %v, decoded %v", conv.Mapped, conv.Decoded)
	}
	// No gap: both frames are usable until the first is closed.
	for _, f := range []*cache.Frame{load.Frame, conv.Frame} {
		if err := src.want.differ(f); err != nil {
			t.Error(err)
		}
	}
	if b.Stats().Scratch == 0 {
		t.Error("scratch memory is free while its frame is open")
	}
	load.Frame.Close()
	if n := b.Stats().Scratch; n != 0 {
		t.Errorf("%d bytes of scratch in use after the frame was closed", n)
	}
	if err := src.want.differ(conv.Frame); err != nil {
		t.Error(err)
	}
	conv.Frame.Close()

	for _, task := range []*task.Task{jobs.Load, jobs.Index, jobs.Convert} {
		again := b.one(src.request(task))
		if again.Decoded || !again.Mapped || b.Stats().Scratch != 0 {
			t.Errorf("%v of a converted file: decoded %v, mapped %v", task, again.Decoded, again.Mapped)
		}
		if err := src.want.differ(again.Frame); err != nil {
			t.Error(err)
		}
		again.Frame.Close()
	}
	wantFolder(t, filepath.Dir(src.path), "a.icecache", "a.icecache.sih5")
}

func TestConvertDecodesWhereNoFrameIsAtHand(t *testing.T) {
	t.Parallel()
	src := writeSource(t, t.TempDir(), "a", 5000, 2)
	b := newBench(t, "real", nil)
	r := b.one(src.request(jobs.Convert))
	if !r.Decoded || !r.Mapped {
		t.Errorf("decoded %v, mapped %v", r.Decoded, r.Mapped)
	}
	if err := src.want.differ(r.Frame); err != nil {
		t.Error(err)
	}
	r.Frame.Close()
	if s := b.Stats(); s.Converted != 1 || s.Decoded != 1 || s.Scratch != 0 {
		t.Errorf("stats %+v", s)
	}
}

// The frame is closed while its conversion waits: the columns stay until it is done.
func TestClosedFrameIsConvertedAllTheSame(t *testing.T) {
	t.Parallel()
	src := writeSource(t, t.TempDir(), "a", 5000, 3)
	b := newBench(t, "real", func(o *jobs.Options) { o.Workers = 1 })
	load := b.one(src.request(jobs.Load))
	convert := src.request(jobs.Convert)
	convert.From = load.Frame
	b.submit(convert)
	load.Frame.Close()
	r := b.next()
	if r.Err != nil {
		t.Fatal(r.Err)
	}
	if err := src.want.differ(r.Frame); err != nil {
		t.Error(err)
	}
	r.Frame.Close()
	if n := b.Stats().Scratch; n != 0 {
		t.Errorf("%d bytes of scratch in use", n)
	}
}

func TestAConvertedFrameIsLoadedWithWhatIsNeeded(t *testing.T) {
	t.Parallel()
	src := writeSource(t, t.TempDir(), "a", 5000, 4)
	b := newBench(t, "real", nil)
	some := src.request(jobs.Load)
	some.Params = jobs.LoadParams{Only: []string{"id"}}
	all := b.one(some) // of the source, which is decoded whole
	if err := src.want.differ(all.Frame); err != nil {
		t.Error(err)
	}
	all.Frame.Close()
	b.one(src.request(jobs.Convert)).Frame.Close()
	r := b.one(some)
	defer r.Frame.Close()
	if got := sumsOf(r.Frame); !r.Mapped || len(got) != 1 || got[r.Frame.Attributes[0].Name] != src.want["ID"] {
		t.Errorf("mapped %v: %v", r.Mapped, got)
	}
}

func TestMeasureAndExport(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	src := writeSource(t, dir, "a", 5000, 4)
	b := newBench(t, "real", nil)
	measure := src.request(jobs.Measure)
	measure.Params = jobs.MeasureParams{Checksums: true}
	check := func(r jobs.Result) {
		t.Helper()
		if r.Frame != nil || len(checksums(r)) != len(src.want) {
			t.Fatalf("frame %v, %d checksums", r.Frame, len(checksums(r)))
		}
		for i, c := range r.Index.Columns {
			if checksums(r)[i] != src.want[c.Name] {
				t.Errorf("checksum of %s", c.Name)
			}
		}
	}
	check(b.one(measure))
	b.one(src.request(jobs.Convert)).Frame.Close()
	r := b.one(measure) // now of the converted file
	if r.Decoded {
		t.Error("decoded a converted file")
	}
	check(r)

	for format, options := range map[string]map[string]string{"icecache": {"version": "102"}, "sih5": nil} {
		out := source{path: filepath.Join(dir, "out."+format), want: src.want}
		b.one(jobs.Request{Task: jobs.Export, Source: src.path, Converted: src.sih5, Params: jobs.ExportParams{Target: pathname.Text(out.path), Format: format, Options: options}})
		load := jobs.Request{Task: jobs.Load, Source: out.path}
		if format == "sih5" {
			load = jobs.Request{Task: jobs.Load, Converted: out.path}
		}
		back := b.one(load)
		if err := src.want.differ(back.Frame); err != nil {
			t.Errorf("%s: %v", format, err)
		}
		if format == "icecache" && back.Frame.Header.Version != 102 {
			t.Errorf("version %d", back.Frame.Header.Version)
		}
		back.Frame.Close()
	}
	if s := b.Stats(); s.Scratch != 0 || s.Failed != 0 {
		t.Errorf("stats %+v", s)
	}
}

func TestStaleConvertedFileIsNotUsed(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	src := writeSource(t, dir, "a", 5000, 5)
	b := newBench(t, "real", nil)
	b.one(src.request(jobs.Convert)).Frame.Close()
	newer := writeSource(t, dir, "a", 6000, 6) // replaces the source
	b.submit(src.request(jobs.Index))
	if r := b.next(); jobs.CodeOf(r.Err) != jobs.CodeStale {
		t.Errorf("index of a stale file: %v", r.Err)
	}
	r := b.one(src.request(jobs.Load))
	if !r.Decoded {
		t.Error("the stale file was used")
	}
	if err := newer.want.differ(r.Frame); err != nil {
		t.Error(err)
	}
	r.Frame.Close()
	r = b.one(src.request(jobs.Convert))
	if err := newer.want.differ(r.Frame); err != nil {
		t.Error(err)
	}
	r.Frame.Close()
}

// A source that is replaced in the middle is read again: what is delivered is one of
// its states, whole. One that is written over in place may be damaged at the time.
func TestSourceReplacedWhileItIsDecoded(t *testing.T) {
	t.Parallel()
	for _, inPlace := range []bool{false, true} {
		t.Run(fmt.Sprintf("in place %v", inPlace), func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			states := []source{writeSource(t, dir, "a", 100_000, 7), writeSource(t, t.TempDir(), "a", 110_000, 8)}
			var contents [2][]byte
			for i, s := range states {
				var err error
				if contents[i], err = os.ReadFile(s.path); err != nil {
					t.Fatal(err)
				}
			}
			path := states[0].path
			replace := func(b []byte) error {
				if inPlace {
					return os.WriteFile(path, b, 0o600)
				}
				return errors.Join(os.WriteFile(path+".new", b, 0o600), atomicfile.Replace(path+".new", path))
			}
			isWhole := func(f *cache.Frame) bool { return states[0].want.differ(f) == nil || states[1].want.differ(f) == nil }
			b := newBench(t, "real", func(o *jobs.Options) { o.Workers = 1 })
			stop, stopped := make(chan struct{}), make(chan struct{})
			go func() {
				defer close(stopped)
				for i := 0; ; i++ {
					select {
					case <-stop:
						return
					case <-time.After(time.Duration(i%7) * 10 * time.Millisecond):
					}
					if err := replace(contents[i%2]); err != nil {
						t.Error(err)
						return
					}
				}
			}()
			ends := map[string]int{}
			for range 12 {
				b.submit(jobs.Request{Task: jobs.Load, Source: path})
				r := b.next()
				code := string(jobs.CodeOf(r.Err))
				ends[code]++
				switch {
				case r.Err == nil:
					if !isWhole(r.Frame) {
						t.Error("a frame of neither state")
					}
					r.Frame.Close()
				case code != "changed" && (code != "format" || !inPlace):
					t.Error(r.Err)
				}
				time.Sleep(5 * time.Millisecond)
			}
			close(stop)
			<-stopped
			t.Log(ends)
			r := b.one(jobs.Request{Task: jobs.Load, Source: path})
			if !isWhole(r.Frame) {
				t.Error("a frame of neither state")
			}
			r.Frame.Close()
		})
	}
}

func TestBrokenFilesFailWithTheirReason(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	src := writeSource(t, dir, "a", 1000, 9)
	whole, err := os.ReadFile(src.path)
	if err != nil {
		t.Fatal(err)
	}
	write := func(name string, b []byte) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	b := newBench(t, "real", nil)
	for _, tc := range []struct {
		r    jobs.Request
		code string
	}{
		{jobs.Request{Task: jobs.Load, Source: write("garbage.icecache", []byte(strings.Repeat("no cache ", 99)))}, "format"},
		{jobs.Request{Task: jobs.Load, Source: write("empty.icecache", nil)}, "format"},
		{jobs.Request{Task: jobs.Load, Source: write("cut.icecache", whole[:20])}, "format"},
		{jobs.Request{Task: jobs.Load, Source: filepath.Join(dir, "nothing.icecache")}, "gone"},
		{jobs.Request{Task: jobs.Load, Converted: write("garbage.sih5", []byte("no HDF5"))}, "format"},
		{jobs.Request{Task: jobs.Load, Converted: filepath.Join(dir, "nothing.sih5")}, "gone"},
		{jobs.Request{Task: jobs.Convert, Converted: filepath.Join(dir, "nothing.sih5")}, "gone"},
		{jobs.Request{Task: jobs.Export, Source: src.path, Params: exportTo(filepath.Join(dir, "a.obj"), "obj")}, "internal"},
	} {
		b.submit(tc.r)
		r := b.next()
		path := tc.r.Source + tc.r.Converted
		if got := string(jobs.CodeOf(r.Err)); got != tc.code || r.Err == nil || !strings.HasSuffix(r.Err.Error(), path) {
			t.Errorf("%s: code %q, want %q: %v", path, got, tc.code, r.Err)
		}
	}
	if s := b.Stats(); s.Crashes != 0 || s.Scratch != 0 {
		t.Errorf("stats %+v", s)
	}
	// A broken .sih5 beside a good source is passed over.
	write("a.icecache.sih5", []byte("no HDF5"))
	r := b.one(src.request(jobs.Load))
	if err := src.want.differ(r.Frame); err != nil {
		t.Error(err)
	}
	r.Frame.Close()
}

// Cancelling ends decodes and conversions within the grace, leaves no half of a file
// and no memory in use, and the pool goes on.
func TestCancelOfRealWork(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	src := writeSource(t, dir, "a", 400_000, 10)
	cancels := map[string]func(*bench, jobs.ID){
		"one":   func(b *bench, id jobs.ID) { b.Cancel(id) },
		"layer": func(b *bench, _ jobs.ID) { b.CancelLayer(3) },
		"all":   func(b *bench, _ jobs.ID) { b.CancelAll() },
	}
	b := newBench(t, "real", func(o *jobs.Options) { o.Workers = 1 })
	var slowest time.Duration
	for name, cancel := range cancels {
		for _, task := range []*task.Task{jobs.Load, jobs.Convert, jobs.Export} {
			r := src.request(task)
			r.Layer = 3
			if task == jobs.Export {
				r.Params = exportTo(filepath.Join(dir, "out.icecache"), "icecache")
			}
			started := make(chan struct{}, 3)
			r.Started = func(jobs.ID) { started <- struct{}{} }
			id := b.submit(r)
			<-started
			time.Sleep(20 * time.Millisecond)
			begin := time.Now()
			cancel(b, id)
			res := b.next()
			if jobs.CodeOf(res.Err) != jobs.CodeCanceled {
				t.Errorf("%s %v: %v", name, task, res.Err)
			}
			if res.Frame != nil {
				res.Frame.Close()
			}
			took := time.Since(begin)
			if slowest = max(slowest, took); took > time.Second {
				t.Errorf("%s %v: took %v", name, task, took)
			}
			if n := b.Stats().Scratch; n != 0 {
				t.Errorf("%s %v: %d bytes of scratch in use", name, task, n)
			}
			wantFolder(t, dir, "a.icecache")
		}
	}
	t.Logf("the slowest cancel took %v", slowest)
	if s := b.Stats(); s.Crashes != 0 || s.Failed != 0 {
		t.Errorf("stats %+v", s)
	}
	r := b.one(src.request(jobs.Load))
	if err := src.want.differ(r.Frame); err != nil {
		t.Error(err)
	}
	b.CancelAll()
	if err := src.want.differ(r.Frame); err != nil { // loaded frames stay
		t.Error(err)
	}
	r.Frame.Close()
}
