// Package jobs is the pool: it starts worker processes, gives them one file at a
// time over named pipes, makes the scratch memory they ask for, checks what they
// answer and turns it into frames over mappings.
//
// It knows neither window nor OpenGL, and parses no file: a worker's word is an
// index, which is checked against the size of a mapping before memory is used.
// A worker that dies, hangs or breaks the protocol costs one attempt at one file.
package jobs

import (
	"context"
	"maps"
	"os"
	"runtime"
	"sync"
	"time"

	"iceexplorer/cache"
	"iceexplorer/jobs/confine"
	"iceexplorer/jobs/proto"
	"iceexplorer/jobs/scratch"
	"iceexplorer/jobs/task"
)

// Pool runs jobs on worker processes. It is safe for concurrent use.
type Pool struct {
	opt   Options
	store *scratch.Store
	// mappings counts those of scratch files and of frames.
	mappings *scratch.Mappings
	spawner  chan func() // runs on one locked thread, see spawn
	events   *mailbox
	ctx      context.Context // ends with the pool
	stop     context.CancelFunc
	loops    sync.WaitGroup // goroutines of workers

	mu          sync.Mutex
	room        *sync.Cond // signaled when released rises, or a job or the pool ends
	released    uint64     // how often scratch memory was given back
	queue       queue
	jobs        map[ID]*job // queued and running
	workers     []*worker
	want        int // workers wanted
	lastID      ID
	trouble     Trouble     // with starting workers
	failedAt    time.Time   // when it was counted last
	retry       *time.Timer // for the next try; nil: there is none to wait for
	broken      *Error      // why every job fails: StartTries are used up
	closed      bool
	done        chan struct{} // closed when the pool has ended
	closeErr    error         // of its end; set before done is closed
	frames      map[*cache.Frame]*held
	quarantined map[grave]*Error
	distrusted  map[string]bool // by source: its converted file killed a worker, or could not be read
	doubted     map[string]bool // folders of converted files that was told of
	folders     folders
	confined    bool   // the last worker that started is
	lacks       string // what it is not confined by
	totals      totals
}

// held is a scratch file and what is in it.
type held struct {
	file    *scratch.File
	index   *cache.Index
	indexAt cache.Span  // where in file a worker finds it, if it is too large for a message
	stamp   cache.Stamp // of the source
}

// grave is a file that killed workers, and the task that it killed them at: a file that cannot
// be exported can still be viewed.
type grave struct {
	task *task.Task
	path string
}

// quarantineAfter is how many workers a file may kill.
const quarantineAfter = 2

// New starts a pool; its workers come up in the background.
func New(opt Options) *Pool {
	opt.defaults()
	mappings := scratch.NewMappings(opt.Mappings)
	opt.Scratch.Mappings = mappings
	p := &Pool{
		opt: opt, store: scratch.Open(opt.Scratch), mappings: mappings, spawner: make(chan func()), events: newMailbox(),
		queue: queue{served: map[int]uint64{}}, jobs: map[ID]*job{}, want: opt.Workers, done: make(chan struct{}),
		frames: map[*cache.Frame]*held{}, quarantined: map[grave]*Error{}, distrusted: map[string]bool{}, doubted: map[string]bool{},
	}
	if os.Getenv(confine.Variable) == "off" {
		opt.Log.Warn("workers are not confined: " + confine.Variable + " is off")
	}
	p.room = sync.NewCond(&p.mu)
	p.ctx, p.stop = context.WithCancel(context.Background())
	go p.spawn()
	p.mu.Lock()
	p.dispatch()
	p.mu.Unlock()
	return p
}

// spawn starts processes on one thread that lives as long as the pool, and ends with it: Linux sends
// a child the parent-death signal when the thread that started it ends.
func (p *Pool) spawn() {
	runtime.LockOSThread()
	confine.Bound()
	for f := range p.spawner {
		f()
	}
}

// Submit queues a job. Its result comes through Done, also when it is replaced,
// canceled or refused, or the pool cannot run it.
func (p *Pool) Submit(r Request) ID {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.lastID++
	j := &job{id: p.lastID, req: r, seq: uint64(p.lastID)}
	switch {
	case p.broken != nil:
		p.deliver(j, Result{Err: p.broken})
		return j.id
	case p.closed:
		p.deliver(j, Result{Err: failure(CodePool, "the pool is closed: %s", r.path())})
		return j.id
	case j.check() != nil:
		p.deliver(j, Result{Err: j.refused})
		return j.id
	case p.quarantined[grave{r.Task, r.path()}] != nil:
		p.deliver(j, Result{Err: p.quarantined[grave{r.Task, r.path()}]})
		return j.id
	}
	if r.From != nil {
		if j.held = p.frames[r.From]; j.held != nil {
			j.held.file.Retain()
		}
	}
	if r.Tag != "" {
		p.drop(p.queue.remove(func(o *job) bool { return o.req.Tag == r.Tag }), CodeReplaced, "replaced by a newer request")
	}
	p.folders.note(j)
	p.jobs[j.id] = j
	p.queue.jobs = append(p.queue.jobs, j)
	p.dispatch()
	return j.id
}

// Reprioritise gives every queued job the priority that f returns. f must not call
// the pool.
func (p *Pool) Reprioritise(f func(r *Request) int) {
	p.mu.Lock()
	for _, j := range p.queue.jobs {
		j.req.Priority = f(&j.req)
	}
	p.mu.Unlock()
}

// drop ends jobs that never ran. The lock is held.
func (p *Pool) drop(jobs []*job, code proto.Code, why string) {
	for _, j := range jobs {
		p.deliver(j, Result{Err: failure(code, "%s: %s", why, j.req.path())})
	}
}

// deliver ends a job: its result goes out in order, outside of the lock, which the
// caller holds.
func (p *Pool) deliver(j *job, r Result) {
	delete(p.jobs, j.id)
	if j.held != nil {
		p.release(j.held.file)
		j.held = nil
	}
	r.ID, r.Request = j.id, j.req
	if j.bypassed != nil {
		r.Bypassed = j.bypassed
	}
	if r.Err == nil && j.writes != "" && j.writes == j.req.Converted {
		delete(p.distrusted, j.req.path())
	}
	p.totals.count(&r)
	p.events.post(func() {
		if r.Request.Done != nil {
			r.Request.Done(r)
			return
		}
		if r.Frame != nil {
			r.Frame.Close()
		}
		if r.Rows != nil {
			r.Rows.Close()
		}
	})
}

// release gives a scratch file back and tells workers what they may unmap. The
// lock is held.
func (p *Pool) release(f *scratch.File) {
	f.Release()
	p.forget()
	p.released++
	p.room.Broadcast()
}

// SetWorkers changes the number of workers, within MaxWorkers: new ones start when there is work,
// surplus ones end when they are idle.
func (p *Pool) SetWorkers(n int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.want, _ = Workers(n)
	p.dispatch()
}

// SetBudget changes how much scratch memory frames may hold, in bytes; 0: a quarter
// of memory.
func (p *Pool) SetBudget(bytes uint64) {
	if bytes == 0 {
		bytes = defaultBudget(totalMemory())
	}
	p.store.SetBudget(bytes)
	p.mu.Lock()
	p.forget()
	p.released++
	p.room.Broadcast()
	p.mu.Unlock()
}

// Forgive lets all tasks try a file again that killed workers.
func (p *Pool) Forgive(path string) {
	p.mu.Lock()
	maps.DeleteFunc(p.quarantined, func(g grave, _ *Error) bool { return g.path == path })
	delete(p.distrusted, path)
	p.mu.Unlock()
}

// dispatch starts and ends workers and gives jobs to idle ones. The lock is held.
func (p *Pool) dispatch() {
	if p.closed || p.broken != nil {
		return
	}
	live := 0
	for _, w := range p.workers {
		if w.state != stateEnding {
			live++
		}
	}
	for ; live < p.want && p.mayStart(); live++ {
		p.start()
	}
	for _, w := range p.workers {
		if live > p.want && w.idle() {
			w.quit()
			live--
		}
	}
	p.freshen()
	for _, fresh := range []bool{true, false} {
		for _, w := range p.workers {
			if w.idle() && (w.turn == 0) == fresh {
				if j := p.next(w); j != nil {
					p.assign(w, j)
				}
			}
		}
	}
	p.yield()
}

// next takes the job w should do. A job that killed a worker waits for a fresh one, if one is
// coming. Among jobs on frames in memory, those that w has already mapped go first.
func (p *Pool) next(w *worker) *job {
	starting := p.trouble.Fails == 0 && p.starting()
	fits := func(j *job) bool { return w.turn == 0 || !j.outside && (j.attempts == 0 || !starting) }
	i := p.queue.best(func(j *job) bool { return j.outside && fits(j) })
	if i < 0 {
		i = p.queue.best(fits)
	}
	if i < 0 {
		return nil
	}
	if j := p.queue.jobs[i]; j.held != nil && w.mapped[j.held.file.ID] == 0 {
		mine := p.queue.best(func(o *job) bool {
			return o.req.Task.Class() == j.req.Task.Class() && o.held != nil && w.mapped[o.held.file.ID] > 0 && fits(o)
		})
		if mine >= 0 {
			i = mine
		}
	}
	return p.queue.take(i)
}

// threads is how many threads a job that is assigned now may use: the cores divided by the
// workers that are busy or about to be. The lock is held.
func (p *Pool) threads() int {
	busy := len(p.queue.jobs)
	for _, w := range p.workers {
		if w.state == stateBusy {
			busy++
		}
	}
	return max(p.opt.Cores/max(min(busy, p.want), 1), 1)
}

// Stop begins to end the pool, and does not wait: queued jobs are canceled, and workers
// asked to end. It may be called from Done and Started. Frames that were delivered stay
// usable until they are closed.
func (p *Pool) Stop() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closed {
		return
	}
	p.closed = true
	p.stopRetry()
	p.drop(p.queue.remove(func(*job) bool { return true }), CodeCanceled, "canceled")
	for _, w := range p.workers {
		if w.job != nil {
			w.job.canceled = true
		}
		w.quit()
	}
	p.room.Broadcast()
	p.stop()
	go p.end()
}

// end waits for what Stop has begun. Workers that have not ended after CloseGrace are killed.
func (p *Pool) end() {
	ended := make(chan struct{})
	go func() {
		p.loops.Wait()
		close(ended)
	}()
	select {
	case <-ended:
	case <-time.After(p.opt.CloseGrace):
		p.mu.Lock()
		for _, w := range p.workers {
			w.kill("did not end in time")
		}
		p.mu.Unlock()
		<-ended
	}
	close(p.spawner)
	p.folders.tidy()
	p.closeErr = p.store.Close()
	p.events.wait()
	close(p.done)
}

// Close stops the pool and waits for its end: then no worker runs, and every Done has
// been called. Neither Done nor Started may call it, or wait for somebody who does; Stop
// is for them.
func (p *Pool) Close() error {
	p.Stop()
	<-p.done
	return p.closeErr
}
