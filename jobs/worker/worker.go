// Package worker is what runs inside a worker process: it takes jobs from the
// pool's pipe one at a time, decodes files into scratch memory the pool makes,
// writes and indexes .sih5 files, and answers with an index or an error.
//
// A worker ends when its pipe does: it then stops its job, removes what it was
// writing, and is gone within graceAfterEnd.
package worker

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"os/signal"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"iceexplorer/cache"
	"iceexplorer/cache/atomicfile"
	"iceexplorer/cache/icecache"
	"iceexplorer/cache/pathname"
	"iceexplorer/cache/printable"
	"iceexplorer/jobs/confine"
	"iceexplorer/jobs/pipe"
	"iceexplorer/jobs/proto"
	"iceexplorer/jobs/scratch"
)

// graceAfterEnd is how long a worker that lost its parent may take to remove a
// half-written file.
const graceAfterEnd = 500 * time.Millisecond

// Run serves the pool behind the named pipe until the pipe ends or the pool says
// quit, and then ends the process. It returns if it cannot begin. It does the listed
// tasks. Files it writes name program, such as "iceexplorer 0.1.0", as their writer.
func Run(pipeName, build, program string, tasks []Runner) error {
	named, err := byName(tasks)
	if err != nil {
		return err
	}
	// Decoding buffers are large and reused: a lazy collector would let a second
	// generation of them pile up.
	debug.SetGCPercent(50)
	conn, err := pipe.Dial(pipeName)
	if err != nil {
		return err
	}
	w := &worker{
		conn: conn, program: program, tasks: named, cell: confine.Enter(),
		files: scratch.NewTaker(), scratch: map[uint64]*scratch.Mapping{}, grants: make(chan proto.Grant, 1),
	}
	// A terminal sends Ctrl+C to the whole process group, and SIGHUP when it is closed: they
	// are the pool's to answer.
	signal.Ignore(os.Interrupt, syscall.SIGHUP)
	terminated := make(chan os.Signal, 1)
	signal.Notify(terminated, syscall.SIGTERM)
	go func() {
		<-terminated
		w.end(0)
	}()
	if err := w.send(proto.KindHello, 0, proto.Hello{Build: build, PID: os.Getpid(), Lacks: w.cell.Lacks()}); err != nil {
		return err
	}
	if err := w.serve(); err != nil {
		fmt.Fprintln(os.Stderr, printable.Line(err.Error()))
		w.end(1)
	}
	w.end(0)
	return nil
}

type worker struct {
	conn    pipe.Conn
	sendM   sync.Mutex
	program string
	tasks   map[string]Runner
	cell    *confine.Cell

	dec     icecache.Decoder
	files   scratch.Taker
	scratch map[uint64]*scratch.Mapping // mapped here, by ID; used by one job at a time
	grants  chan proto.Grant            // the answer to the running job's alloc
	beat    time.Duration

	mu      sync.Mutex
	job     uint64 // running
	target  string // file the running job writes, if any
	asked   bool   // it waits for a grant
	cancel  context.CancelFunc
	running sync.WaitGroup

	progress atomic.Uint64
}

// end stops the job, gives it a moment to tidy up and ends the process.
func (w *worker) end(status int) {
	w.mu.Lock()
	if w.cancel != nil {
		w.cancel()
	}
	w.mu.Unlock()
	done := make(chan struct{})
	go func() {
		w.running.Wait()
		close(done)
	}()
	select {
	case <-done:
	case <-time.After(graceAfterEnd):
		w.mu.Lock()
		if w.target != "" {
			atomicfile.Remove(w.target, os.Getpid())
		}
		w.mu.Unlock()
	}
	os.Exit(status)
}

func (w *worker) send(kind proto.Kind, job uint64, body any) error {
	w.sendM.Lock()
	defer w.sendM.Unlock()
	return proto.Write(w.conn, kind, job, body)
}

// serve reads messages; jobs run beside it, so that a cancel is heard.
func (w *worker) serve() error {
	r := proto.NewReader(w.conn)
	for {
		m, err := r.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		switch m.Kind {
		case proto.KindWelcome:
			var c proto.Welcome
			if err := m.Decode(&c); err != nil {
				return err
			}
			w.beat = max(time.Duration(c.BeatMillis)*time.Millisecond, 10*time.Millisecond)
		case proto.KindJob:
			var j proto.Job
			if err := m.Decode(&j); err != nil {
				return err
			}
			if err := w.begin(m.Job, &j); err != nil {
				return err
			}
		case proto.KindGrant:
			var g proto.Grant
			if err := m.Decode(&g); err != nil {
				return err
			}
			if err := w.granted(m.Job, g); err != nil {
				return err
			}
		case proto.KindCancel:
			w.mu.Lock()
			if w.job == m.Job && w.cancel != nil {
				w.cancel()
			}
			w.mu.Unlock()
		case proto.KindForget:
			var f proto.Forget
			if err := m.Decode(&f); err != nil {
				return err
			}
			for _, id := range f.IDs {
				w.forget(id)
			}
		case proto.KindQuit:
			return nil
		default:
			return proto.Errorf("a pool does not send %v", m.Kind)
		}
	}
}

// granted passes the answer to an alloc on to its job. The job may have ended: if it was
// canceled, the two messages crossed.
func (w *worker) granted(id uint64, g proto.Grant) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if id != w.job {
		return nil
	}
	if !w.asked {
		return proto.Errorf("a grant nobody asked for")
	}
	w.asked = false
	w.grants <- g // empty: a job that has asked waits
	return nil
}

// forget unmaps a scratch file. The pool says so only when no job uses it.
func (w *worker) forget(id uint64) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if m := w.scratch[id]; m != nil {
		delete(w.scratch, id)
		if err := m.Close(); err != nil {
			slog.Warn("unmap scratch file", "id", id, "error", err)
		}
	}
}

// begin starts a job.
func (w *worker) begin(id uint64, j *proto.Job) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.job != 0 {
		return proto.Errorf("job %d while %d is running", id, w.job)
	}
	ctx, cancel := context.WithCancel(context.Background())
	w.job, w.cancel, w.asked = id, cancel, false
	runner, known := w.tasks[j.Task]
	if !known {
		runner = unknown
	}
	w.target = runner.writes(j)
	select {
	case <-w.grants: // of a job that was canceled while it waited
	default:
	}
	w.running.Add(1)
	go func() {
		defer w.running.Done()
		defer cancel()
		w.work(ctx, runner, &Job{w: w, id: id, msg: j})
	}()
	return nil
}

// work runs a job to its end and answers.
func (w *worker) work(ctx context.Context, runner Runner, j *Job) {
	stop := make(chan struct{})
	var beating sync.WaitGroup
	beating.Add(1)
	go func() {
		defer beating.Done()
		w.beats(j.id, stop)
	}()
	var answer *proto.Answer
	files := filesOf(runner, j.msg)
	err := w.cell.Admit(files, others(j.msg))
	if made := w.cell.Made(); j.msg.Others != nil && len(made) > 0 {
		w.lost(w.send(proto.KindBeat, j.id, proto.Beat{Progress: w.progress.Load(), Made: pathnames(made)}))
	}
	if err == nil {
		answer, err = runner.do(ctx, j)
		if errors.Is(err, fs.ErrPermission) && w.cell.Doubtful(files) {
			err = confine.ErrOutside
		}
	}
	j.close()
	close(stop)
	beating.Wait() // no beat may follow the answer

	w.mu.Lock()
	writes := w.target
	w.job, w.target, w.cancel = 0, "", nil
	w.mu.Unlock()
	if err != nil {
		w.lost(w.send(proto.KindFailed, j.id, failed(ctx, j.msg, writes, err)))
		return
	}
	err = w.send(proto.KindAnswer, j.id, answer)
	var breach *proto.Error
	if errors.As(err, &breach) { // over the cap
		err = w.send(proto.KindFailed, j.id, failed(ctx, j.msg, writes, &cache.UnsupportedError{Msg: breach.Msg}))
	}
	w.lost(err)
}

// filesOf are the files of a job, and others the folders of other ones.
func filesOf(runner Runner, m *proto.Job) confine.Files {
	p := confine.Files{Read: runner.reads(m)}
	if path := runner.writes(m); path != "" {
		p.Write = []string{path}
	}
	return p
}

func others(m *proto.Job) confine.Folders {
	if m.Others == nil {
		return confine.Folders{}
	}
	return confine.Folders{Read: texts(m.Others.Read), Write: texts(m.Others.Write), Next: texts(m.Others.Next)}
}

func pathnames(paths []string) (t []pathname.Text) {
	for _, p := range paths {
		t = append(t, pathname.Text(p))
	}
	return t
}

func texts(paths []pathname.Text) (s []string) {
	for _, p := range paths {
		s = append(s, string(p))
	}
	return s
}

// lost ends the worker after a failed send: there is nobody to work for.
func (w *worker) lost(err error) {
	if err != nil {
		slog.Error("answer the pool", "error", err)
		os.Exit(1)
	}
}

// beats tells the pool of progress while a job runs.
func (w *worker) beats(id uint64, stop chan struct{}) {
	tick := time.NewTicker(max(w.beat, 10*time.Millisecond))
	defer tick.Stop()
	for {
		select {
		case <-stop:
			return
		case <-tick.C:
			if w.send(proto.KindBeat, id, proto.Beat{Progress: w.progress.Load()}) != nil {
				return
			}
		}
	}
}

// doing tells the pool which file comes next. If the pool is gone, the end of its pipe says so.
func (w *worker) doing(id uint64, d proto.Doing) {
	_ = w.send(proto.KindBeat, id, proto.Beat{Progress: w.progress.Load(), Doing: d})
}

// wrote tells the pool how many frames are written of a file that holds several, and how many bytes their values have.
func (w *worker) wrote(id uint64, frames int, bytes uint64) {
	_ = w.send(proto.KindBeat, id, proto.Beat{Progress: w.progress.Load(), Frames: frames, Bytes: bytes})
}

// alloc asks the pool for scratch memory of n bytes, and maps it. file is its number.
func (w *worker) alloc(ctx context.Context, id, n uint64) (mem []byte, file uint64, err error) {
	w.mu.Lock()
	w.asked = true
	w.mu.Unlock()
	if err := w.send(proto.KindAlloc, id, proto.Alloc{Bytes: n}); err != nil {
		return nil, 0, err
	}
	select {
	case <-ctx.Done():
		return nil, 0, ctx.Err()
	case g := <-w.grants:
		if g.Deny != "" {
			return nil, 0, &denied{code: g.Code, text: g.Deny}
		}
		if g.Size < n {
			return nil, 0, proto.Errorf("grant of %d bytes for %d", g.Size, n)
		}
		mem, err := w.mapScratch(g)
		return mem, g.ID, err
	}
}

// mapScratch maps a scratch file, or finds it mapped: pages that were touched
// before cost nothing.
func (w *worker) mapScratch(g proto.Grant) ([]byte, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	m := w.scratch[g.ID]
	if m == nil {
		var err error
		if m, err = w.files.Map(g.ID, g.Path, g.Size); err != nil {
			return nil, err
		}
		w.scratch[g.ID] = m
	} else {
		w.files.Drop()
	}
	if uint64(len(m.Bytes())) < g.Size {
		return nil, fmt.Errorf("scratch file %d is mapped with %d bytes, not %d", g.ID, len(m.Bytes()), g.Size)
	}
	return m.Bytes(), nil
}

// denied is the pool's refusal of an alloc.
type denied struct {
	code proto.Code
	text string
}

func (d *denied) Error() string { return d.text }
