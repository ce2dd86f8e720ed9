package jobs

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/exec"
	"slices"
	"strings"
	"time"

	"iceexplorer/cache/atomicfile"
	"iceexplorer/cache/pathname"
	"iceexplorer/jobs/pipe"
	"iceexplorer/jobs/proto"
	"iceexplorer/jobs/scratch"
)

// State of a worker.
type State string

const (
	stateStarting State = "starting"
	stateIdle     State = "idle"
	stateBusy     State = "busy"
	stateEnding   State = "ending"
)

// Living reports whether a worker in that state takes jobs, now or after its current one.
func (s State) Living() bool { return s == stateIdle || s == stateBusy }

// worker is one process. Its fields are guarded by the pool's lock.
type worker struct {
	p         *Pool
	state     State
	ready     bool // said hello
	dismissed bool // asked to end
	pid       int
	job       *job
	turn      uint64            // counts the jobs it was given
	begun     time.Time         // of the job
	grants    []*scratch.File   // reserved for the job
	lent      *scratch.File     // that of the frame the job works on
	asked     int               // how often the job has asked for memory
	owed      bool              // it waits for the pool to answer
	mapped    map[uint64]uint64 // scratch files by ID, with the turn of their last use
	forgets   []uint64          // those to unmap
	rate      float64           // decoded bytes per second of the last job

	doing    proto.Doing   // the file the job is working on, if it has said so
	progress uint64        // steps of the job
	stepped  time.Time     // of its last step
	alive    time.Time     // of its last sign of life
	work     time.Duration // processor time and reading, as of alive
	effort   effort        // since the last step
	private  uint64        // bytes of private memory, as last seen
	why      string        // why the pool killed it
	started  time.Time
	patience time.Duration // for its hello
	leaving  time.Time     // when it was asked to end

	cmd   *exec.Cmd
	told  []pathname.Text // folders that it is to make
	hand  *scratch.Hand   // passes its scratch files
	leave func()          // what it was adopted into, when it has ended
	out   chan outgoing
	stir  chan struct{} // something was sent: watch has to look again
	tail  *tail
}

type outgoing struct {
	kind proto.Kind
	job  uint64
	body any
}

// sendQueue is how many messages may wait for a worker to read them. The pool
// never has more than a few on the way; a worker that lets them pile up is stuck.
const sendQueue = 256

// start adds a worker whose process comes up in the background. The lock is held.
func (p *Pool) start() {
	w := &worker{
		p: p, state: stateStarting, mapped: map[uint64]uint64{}, out: make(chan outgoing, sendQueue), stir: make(chan struct{}, 1),
		tail: &tail{}, started: time.Now(), patience: p.startTimeout(),
	}
	p.workers = append(p.workers, w)
	p.loops.Add(1)
	go w.live()
}

// idle reports whether the worker can be given a job. The lock is held.
func (w *worker) idle() bool { return w.state == stateIdle && w.why == "" }

// live runs a worker, from its start to the end of its process.
func (w *worker) live() {
	defer w.p.loops.Done()
	err := w.run()
	w.p.mu.Lock()
	j, pid := w.job, w.pid
	w.p.mu.Unlock()
	if j != nil {
		w.p.opt.Log.Warn("worker died", "pid", pid, "reason", err, "file", j.req.path())
		if j.writes != "" {
			atomicfile.Remove(j.writes, pid)
		}
	}
	w.p.workerGone(w, err)
}

// run starts the process and serves it until its pipe ends. The error says why it
// ended; a clean end is nil.
func (w *worker) run() error {
	dir, err := w.p.store.Dir()
	if err != nil {
		return err
	}
	server, err := pipe.Listen(dir)
	if err != nil {
		return err
	}
	conn, err := server.Conn()
	if err != nil {
		return errors.Join(err, server.Close())
	}
	stderr, err := w.exec(dir, server.Name())
	if err != nil {
		return errors.Join(err, server.Close())
	}
	defer w.hand.Close()
	logged := make(chan struct{})
	go func() {
		w.drain(stderr)
		close(logged)
		// Its stderr has ended, so the process has. Before the hello the pool holds
		// the worker's ends of the pipe too, and would wait for ever.
		w.p.mu.Lock()
		ready := w.ready
		w.p.mu.Unlock()
		if !ready {
			server.Close()
		}
	}()
	written := make(chan struct{})
	go func() {
		w.write(conn)
		close(written)
	}()
	stopWatch := make(chan struct{})
	go w.watch(stopWatch)

	err = w.read(conn, server)

	close(stopWatch)
	w.p.mu.Lock()
	w.state = stateEnding
	close(w.out)
	w.p.mu.Unlock()
	server.Close() // also ends a write that waits
	<-written
	w.cmd.Process.Kill() // its pipe has ended: nothing it does matters any more
	<-logged
	waitErr := w.cmd.Wait()
	w.leave()
	return w.reason(err, waitErr)
}

// exec starts the process; dir is the pool's folder. The lock guards pid against Close and Stats.
func (w *worker) exec(dir, pipeName string) (io.Reader, error) {
	p := w.p
	argv := append(append([]string{}, p.opt.Command...), pipeName)
	w.cmd = exec.Command(argv[0], argv[1:]...)
	w.cmd.Env = slices.Concat(environment(os.Environ()), workerEnv(dir), p.opt.Env)
	tieToParent(w.cmd)
	stderr, err := w.cmd.StderrPipe()
	if err != nil {
		return nil, fmt.Errorf("start worker: %w", err)
	}
	hand, theirs, err := scratch.NewHand()
	if err != nil {
		return nil, fmt.Errorf("start worker: %w", err)
	}
	if theirs != nil {
		defer theirs.Close()
		w.cmd.ExtraFiles = []*os.File{theirs}
	}
	if err := w.start(); err != nil {
		if _, none := os.Stat(argv[0]); none != nil && strings.HasPrefix(argv[0], "/proc/") {
			err = errors.New("/proc, by which they find this program, is not there (mount -t proc proc /proc)")
		}
		return nil, errors.Join(fmt.Errorf("start worker: %w", err), hand.Close())
	}
	w.hand = hand
	return stderr, nil
}

// start starts the process.
func (w *worker) start() error {
	p := w.p
	p.mu.Lock()
	unwanted := p.closed
	p.mu.Unlock()
	if unwanted {
		return errors.New("the pool is closed")
	}
	result := make(chan error)
	p.spawner <- func() { result <- w.cmd.Start() }
	if err := <-result; err != nil {
		return err
	}
	var err error
	if w.leave, err = adopt(w.cmd, p.opt.WorkerMemory); err != nil {
		p.opt.Log.Debug("worker has no limits", "reason", err)
	}
	p.mu.Lock()
	w.pid = w.cmd.Process.Pid
	if w.why != "" { // killed before it had a process
		w.cmd.Process.Kill()
	}
	p.mu.Unlock()
	return nil
}

// write sends what the pool posts; after an error it only drains.
func (w *worker) write(conn pipe.Conn) {
	var failed bool
	for m := range w.out {
		if failed {
			continue
		}
		if m.kind == proto.KindForget {
			m.body = w.forgotten()
		}
		err := proto.Write(conn, m.kind, m.job, m.body)
		if err == nil {
			continue
		}
		var breach *proto.Error
		if errors.As(err, &breach) { // over the cap
			w.p.unsendable(w, m.job, err)
			continue
		}
		failed = true // the pipe has ended, which read sees too
	}
}

// unsendable fails a job whose message never went out.
func (p *Pool) unsendable(w *worker, id uint64, err error) {
	p.mu.Lock()
	j := w.job
	p.mu.Unlock()
	if j != nil && uint64(j.id) == id {
		p.finish(w, j, Result{Err: failure(proto.CodeUnsupported, "%v: %s", err, j.req.path())})
	}
}

// send posts a message. The lock is held.
func (w *worker) send(kind proto.Kind, job uint64, body any) {
	if w.state == stateEnding && kind != proto.KindQuit {
		return
	}
	select {
	case w.out <- outgoing{kind, job, body}:
	default:
		w.kill("does not read its messages")
	}
	select {
	case w.stir <- struct{}{}:
	default:
	}
}

// quit asks an idle or starting worker to end. The lock is held.
func (w *worker) quit() {
	if w.state == stateEnding {
		return
	}
	if w.state == stateBusy && w.job != nil {
		w.send(proto.KindCancel, uint64(w.job.id), nil)
	}
	w.send(proto.KindQuit, 0, nil)
	w.state, w.dismissed, w.leaving = stateEnding, true, time.Now()
}

// kill ends a worker at once. The lock is held.
func (w *worker) kill(why string) {
	if w.why == "" {
		w.why = why
	}
	if w.pid != 0 {
		w.cmd.Process.Kill()
	}
}

// read serves the worker's messages until its pipe ends or it breaks the protocol.
func (w *worker) read(conn pipe.Conn, server *pipe.Server) error {
	r := proto.NewReader(conn)
	m, err := w.readHello(r)
	if err != nil {
		return err
	}
	server.Connected()
	w.p.mu.Lock()
	w.ready = true
	w.p.confined, w.p.lacks = m.Lacks == "", m.Lacks
	w.p.startedWell()
	w.send(proto.KindWelcome, 0, proto.Welcome{BeatMillis: int(min(w.p.opt.HangTimeout/4, time.Second).Milliseconds())})
	if w.state == stateStarting {
		w.state = stateIdle
		w.p.dispatch()
	}
	w.p.mu.Unlock()
	confined := "yes"
	if m.Lacks != "" {
		confined = "no: " + m.Lacks
	}
	w.p.opt.Log.Debug("worker ready", "pid", m.PID, "after", time.Since(w.started), "confined", confined)
	for {
		m, err := r.Read()
		if errors.Is(err, io.EOF) || errors.Is(err, os.ErrClosed) {
			return nil
		}
		if err != nil {
			return err
		}
		if err := w.p.handle(w, m); err != nil {
			return err
		}
	}
}

// errNoHello says that a worker ended before its first message; how it ended says
// more.
var errNoHello = errors.New("ended before it said hello")

func (w *worker) readHello(r *proto.Reader) (proto.Hello, error) {
	var h proto.Hello
	m, err := r.Read()
	if errors.Is(err, io.EOF) || errors.Is(err, os.ErrClosed) {
		return h, errNoHello
	}
	if err != nil {
		return h, err
	}
	if m.Kind != proto.KindHello {
		return h, proto.Errorf("%v before hello", m.Kind)
	}
	if err := m.Decode(&h); err != nil {
		return h, err
	}
	if h.Build != w.p.opt.Build {
		return h, fmt.Errorf("worker is of build %q, not %q: start the program again", h.Build, w.p.opt.Build)
	}
	return h, nil
}

// drain logs the worker's stderr line by line, whatever is written there.
func (w *worker) drain(r io.Reader) {
	lines := bufio.NewReaderSize(r, 4096)
	for {
		line, _, err := lines.ReadLine() // longer lines come in pieces
		if len(line) > 0 {
			text := strings.ToValidUTF8(string(line), "?")
			w.tail.add(text)
			w.p.mu.Lock()
			file := ""
			if w.job != nil {
				file = w.job.req.path()
			}
			w.p.mu.Unlock()
			w.p.opt.Log.Log(w.p.ctx, slog.LevelDebug, text, "worker", w.cmd.Process.Pid, "file", file)
		}
		if err != nil {
			return
		}
	}
}
