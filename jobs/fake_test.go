package jobs_test

import (
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"strings"
	"syscall"
	"testing"
	"time"

	"iceexplorer/cache"
	"iceexplorer/cache/pathname"
	"iceexplorer/jobs"
	"iceexplorer/jobs/pipe"
	"iceexplorer/jobs/proto"
	"iceexplorer/jobs/scratch"
)

const testBuild = "test"

// TestMain lets the test binary be its own worker: the real one, or one that
// misbehaves as the first argument says.
func TestMain(m *testing.M) {
	if len(os.Args) == 4 && os.Args[1] == "parent" {
		runParent(os.Args[2], os.Args[3])
	}
	if len(os.Args) == 3 && strings.HasPrefix(os.Args[1], "worker:") {
		var err error
		if mode := strings.TrimPrefix(os.Args[1], "worker:"); mode == "real" {
			err = runRealWorker(os.Args[2])
		} else {
			err = (&fake{mode: mode}).run(os.Args[2])
		}
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// command starts this binary as a worker of the given mode.
func command(t testing.TB, mode string) []string {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	return []string{exe, "worker:" + mode}
}

// fakeBytes is the size of a fake frame's column.
const fakeBytes = 64 << 10

// fake is a worker that decodes nothing: each byte of its one column is the length
// of the source's path. It misbehaves at files whose name contains "bad", or, with
// a mode that begins with "start", at once.
type fake struct {
	mode string
	conn pipe.Conn
	r    *proto.Reader
}

func (f *fake) run(name string) error {
	if f.mode == "start-exit" {
		fmt.Fprintln(os.Stderr, "no such library")
		os.Exit(127)
	}
	if f.mode == "start-silent" {
		time.Sleep(time.Hour)
	}
	if f.mode == "start-late" {
		time.Sleep(time.Second)
	}
	if gate := os.Getenv("ICE_TEST_GATE"); gate != "" { // killed before its hello while the file is there
		if _, err := os.Stat(gate); err == nil {
			killSelf()
		}
	}
	conn, err := pipe.Dial(name)
	if err != nil {
		return err
	}
	f.conn, f.r = conn, proto.NewReader(conn)
	build := testBuild
	if f.mode == "start-other-build" {
		build = "another"
	}
	if f.mode == "start-garbage" {
		conn.Write([]byte("GET / HTTP/1.1\r\n\r\n"))
	}
	if err := f.send(proto.KindHello, 0, proto.Hello{Build: build, PID: os.Getpid()}); err != nil {
		return err
	}
	for {
		m, err := f.r.Read()
		if err != nil {
			return nil
		}
		switch m.Kind {
		case proto.KindQuit:
			if f.mode == "deaf" {
				time.Sleep(time.Hour)
			}
			return nil
		case proto.KindJob:
			var j proto.Job
			if err := m.Decode(&j); err != nil {
				return err
			}
			if err := f.job(m.Job, &j); err != nil {
				return err
			}
		}
	}
}

func (f *fake) send(kind proto.Kind, job uint64, body any) error {
	return proto.Write(f.conn, kind, job, body)
}

func killSelf() {
	p, _ := os.FindProcess(os.Getpid())
	p.Kill()
	time.Sleep(time.Hour)
}

// crash ends the process as a fault in C code does.
func (f *fake) crash() {
	p, _ := os.FindProcess(os.Getpid())
	p.Signal(syscall.SIGSEGV)
	time.Sleep(time.Hour)
}

// at acts up if the mode names this step.
func (f *fake) at(step string, bad bool) {
	if !bad {
		return
	}
	switch f.mode {
	case "die-" + step:
		killSelf()
	case "panic-" + step:
		panic("decoder met " + step)
	case "hang-" + step:
		time.Sleep(time.Hour)
	}
}

func (f *fake) job(id uint64, j *proto.Job) error {
	bad := strings.Contains(j.Source, "bad")
	if strings.Contains(j.Source, "slow") {
		time.Sleep(150 * time.Millisecond)
	}
	if path, ok := strings.CutPrefix(j.Source, "hold "); ok { // busy until the file is gone
		for _, err := os.Stat(path); err == nil; _, err = os.Stat(path) {
			time.Sleep(time.Millisecond)
		}
	}
	if d := os.Getenv("ICE_TEST_ONCE"); bad && d != "" { // misbehave once only
		file, err := os.OpenFile(d, os.O_CREATE|os.O_EXCL, 0o600)
		bad = err == nil
		if file != nil {
			file.Close()
		}
	}
	if j.Converted != "" && !j.Distrusted && strings.HasPrefix(f.mode, "converted-") {
		if err := f.send(proto.KindBeat, id, proto.Beat{Doing: proto.ReadingConverted}); err != nil {
			return err
		}
		if f.mode == "converted-fails" {
			return f.send(proto.KindFailed, id, proto.Failed{Code: proto.CodeFormat, Text: "damaged: " + j.Converted})
		}
		f.crash()
	}
	if f.mode == "swaps" {
		return f.swap(id, j)
	}
	if bad && f.mode == "segfault" {
		f.crash()
	}
	f.at("job", bad)
	need := uint64(fakeBytes)
	if bad {
		switch f.mode {
		case "garbage":
			_, err := f.conn.Write([]byte(strings.Repeat("\xff\x00garbage", 1000)))
			return err
		case "flood":
			line := strings.Repeat("x", 8191) + "\n"
			for range 2000 {
				fmt.Fprint(os.Stderr, line)
			}
		case "greedy":
			need = 1 << 50
		case "eat":
			var hog [][]byte
			for range 64 {
				b := make([]byte, 16<<20)
				for i := range b {
					b[i] = 1
				}
				hog = append(hog, b)
				time.Sleep(20 * time.Millisecond)
			}
			fmt.Fprintln(os.Stderr, len(hog))
		case "spin":
			for begin := time.Now(); time.Since(begin) < 1500*time.Millisecond; {
				_ = strings.Repeat("x", 1000)
			}
		case "compute": // seconds of it, however busy the machine
			piece := make([]byte, 1<<20)
			for range 2000 {
				sha256.Sum256(piece)
			}
		case "stale":
			return f.send(proto.KindFailed, id+7, proto.Failed{Code: proto.CodeInternal, Text: "not mine"})
		case "unknown":
			return f.send(proto.KindQuit, id, nil)
		}
	}
	if f.mode == "made" { // says that it has made what it was to read
		if err := f.send(proto.KindBeat, id, proto.Beat{Made: []pathname.Text{pathname.Text(j.Source)}}); err != nil {
			return err
		}
	}
	asked := time.Now()
	if err := f.send(proto.KindAlloc, id, proto.Alloc{Bytes: need}); err != nil {
		return err
	}
	if bad && f.mode == "two-allocs" {
		if err := f.send(proto.KindAlloc, id, proto.Alloc{Bytes: need}); err != nil {
			return err
		}
	}
	f.at("alloc", bad)
	var g proto.Grant
	for {
		m, err := f.r.Read()
		if err != nil {
			return nil
		}
		if m.Kind == proto.KindGrant {
			if err := m.Decode(&g); err != nil {
				return err
			}
			break
		}
		if m.Kind == proto.KindQuit {
			os.Exit(0)
		}
	}
	if g.Deny != "" {
		return f.send(proto.KindFailed, id, proto.Failed{Code: g.Code, Text: g.Deny + ": " + j.Source})
	}
	waited := time.Since(asked)
	f.at("grant", bad)
	m, err := scratch.NewTaker().Map(g.ID, g.Path, g.Size)
	if err != nil {
		return err
	}
	for i := range fakeBytes {
		m.Bytes()[i] = byte(len(j.Source))
		if i == fakeBytes/2 {
			f.at("fill", bad)
		}
	}
	l := &proto.Answer{Index: fakeIndex(), Decoded: true, Bytes: fakeBytes}
	switch f.mode { // what a test wants to know
	case "waited":
		l.Bytes = uint64(waited)
	case "threads":
		l.Bytes = uint64(j.Threads)
	}
	if bad {
		switch f.mode {
		case "outside":
			l.Index.Columns[0].Data.Offset = 1 << 40
		case "overflow":
			l.Index.Columns[0].Data.Offset = ^uint64(0) - 4096 + 1
		case "file-told": // what a task of another result would say
			l.Written = true
		case "rows-told":
			l.Rows = &proto.Rows{Count: 1, Size: 4}
		case "own-told":
			l.Own = []byte(`{"more":1}`)
		case "other-scratch":
			l.Index, l.IndexAt = nil, proto.Place{Scratch: g.ID + 1, Span: cache.Span{Len: 10}}
		case "outside-scratch":
			l.Index, l.IndexAt = nil, proto.Place{Scratch: g.ID, Span: cache.Span{Offset: g.Size - 5, Len: 10}}
		case "no-index":
			l.Index = nil
		case "other-file":
			l.File = &proto.File{Path: "/etc/passwd", Stamp: cache.Stamp{Size: 10}}
		}
	}
	if err := f.send(proto.KindAnswer, id, l); err != nil {
		return err
	}
	if bad && f.mode == "twice" {
		return f.send(proto.KindAnswer, id, l)
	}
	f.at("loaded", bad)
	return nil
}

// swap looks at the converted file, and answers when another one has taken its place, if that is there.
func (f *fake) swap(id uint64, j *proto.Job) error {
	st, err := os.Stat(j.Converted)
	if err != nil {
		return err
	}
	b, err := os.ReadFile(j.Converted)
	if err != nil {
		return err
	}
	if err := os.Rename(j.Converted+".other", j.Converted); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	file := proto.FileOf(j.Converted, st)
	ix := fakeIndex()
	ix.Storage, ix.Dialect = cache.StorageMapped, string(b[:1])
	return f.send(proto.KindAnswer, id, &proto.Answer{Index: ix, File: &file})
}

func fakeIndex() *cache.Index {
	return &cache.Index{
		Header: cache.Header{Version: 103, Points: fakeBytes / 4}, Storage: cache.StorageGzip,
		Columns: []cache.Column{{
			Name: "ID", Type: cache.TypeLong, Structure: cache.Single, Context: cache.Context0D,
			Rows: fakeBytes / 4, Values: fakeBytes / 4, Data: cache.Span{Len: fakeBytes},
		}},
	}
}

// checkFake reports whether a frame is the one a fake makes of path.
func checkFake(f *cache.Frame, path string) error {
	b := f.Attributes[0].Bytes()
	want := binary.LittleEndian.Uint32([]byte(strings.Repeat(string([]byte{byte(len(path))}), 4)))
	for i := 0; i+4 <= len(b); i += 4 {
		if got := binary.LittleEndian.Uint32(b[i:]); got != want {
			return fmt.Errorf("value %d is %#x, want %#x", i/4, got, want)
		}
	}
	return nil
}

// bench is a pool with a channel of results.
type bench struct {
	*jobs.Pool
	t       testing.TB
	results chan jobs.Result
}

func newBench(t testing.TB, mode string, change func(*jobs.Options)) *bench {
	t.Helper()
	opt := jobs.Options{
		Command: command(t, mode), Build: testBuild, Workers: 2, StartTimeout: time.Minute, // a busy machine is slow
		Scratch: scratch.Options{Roots: []string{t.TempDir()}, Budget: 1 << 30},
	}
	if change != nil {
		change(&opt)
	}
	b := &bench{Pool: jobs.New(opt), t: t, results: make(chan jobs.Result, 10000)}
	t.Cleanup(func() {
		if err := b.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	return b
}

func (b *bench) load(path string) jobs.ID {
	return b.submit(jobs.Request{Task: jobs.Load, Source: path})
}

func (b *bench) submit(r jobs.Request) jobs.ID {
	r.Done = func(res jobs.Result) { b.results <- res }
	return b.Submit(r)
}

func (b *bench) next() jobs.Result {
	b.t.Helper()
	select {
	case r := <-b.results:
		return r
	case <-time.After(time.Minute):
		b.t.Fatalf("no result in a minute; stats %+v", b.Stats())
	}
	panic("not reached")
}
