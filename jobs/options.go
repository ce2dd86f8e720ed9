package jobs

import (
	"log/slog"
	"runtime"
	"time"

	"iceexplorer/jobs/scratch"
)

// Options of a Pool. Command must be set; zero values of the rest are replaced by
// the defaults given.
type Options struct {
	Command []string // starts a worker; the pipe's name is appended
	Env     []string // added to the environment
	Build   string   // must equal what the worker says

	Workers      int           // how many, within MaxWorkers; default: the cores
	Cores        int           // that all jobs together may keep busy; default: GOMAXPROCS
	MaxBytes     uint64        // most memory one file may ask for; default 16 GiB
	StartTimeout time.Duration // to wait for a worker's hello; doubled with each failure in a row; default 5 s
	StartPause   time.Duration // after the first failed start; doubled with each further one; default 250 ms
	// StartTries is after how many failed starts in a row, with no worker alive, all
	// jobs fail; default 5. Below 0 they wait for as long as it takes.
	StartTries  int
	CancelGrace time.Duration // for a worker to stop; default 100 ms
	CloseGrace  time.Duration // for all workers to end; default 2 s

	// HangTimeout ends a worker whose job shows no life: no step, which the heartbeat
	// tells, no use of the processor, no reading from a disk. Default 30 s.
	HangTimeout time.Duration
	// SpinTimeout ends a worker whose job keeps it busy without a step. Decompressing
	// a huge file is one step of many seconds. Default 10 min.
	SpinTimeout time.Duration
	// SpinWork is how much a job may compute without a step while it reads a file of no size; one
	// of a megabyte may 2 s more. Default 1 min.
	SpinWork time.Duration

	// WorkerMemory bounds a worker's private memory in bytes: its buffers, not the
	// scratch files it shares. On Linux the pool looks five times a second (RssAnon)
	// and ends a worker that has more; elsewhere there is no bound. Default: half of
	// memory.
	WorkerMemory uint64

	Scratch scratch.Options // Budget default: a quarter of memory

	// Mappings is how many frames and scratch files may be mapped at a time; default:
	// what Linux lets this process have, less some for others.
	Mappings int

	// MakeRoom is asked when scratch memory or mappings are used up: it may close
	// frames, those farthest from the play head first, and reports whether it closed
	// any. It is called from a goroutine of the pool that holds no lock. nil: wait for
	// frames to be closed, up to RoomTimeout (default 5 s).
	MakeRoom    func(need Need, r Request) bool
	RoomTimeout time.Duration

	// TroubleChanged, if not nil, is called like Done when Stats' Trouble has changed.
	TroubleChanged func()

	Log *slog.Logger // default: discard
}

const defaultStartTries = 5

func (o *Options) defaults() {
	o.Workers, _ = Workers(o.Workers)
	if o.Cores <= 0 {
		o.Cores = runtime.GOMAXPROCS(0)
	}
	if o.MaxBytes == 0 {
		o.MaxBytes = 16 << 30
	}
	if o.StartTries == 0 {
		o.StartTries = defaultStartTries
	}
	memory := totalMemory()
	if o.WorkerMemory == 0 {
		o.WorkerMemory = memory / 2
	}
	if o.Scratch.Budget == 0 {
		o.Scratch.Budget = defaultBudget(memory)
	}
	if o.Scratch.MaxFree == 0 {
		o.Scratch.MaxFree = 2*o.Workers + 2
	}
	set := func(d *time.Duration, v time.Duration) {
		if *d == 0 {
			*d = v
		}
	}
	set(&o.StartTimeout, 5*time.Second)
	set(&o.StartPause, 250*time.Millisecond)
	set(&o.HangTimeout, 30*time.Second)
	set(&o.SpinTimeout, max(10*time.Minute, o.HangTimeout))
	set(&o.SpinWork, time.Minute)
	set(&o.CancelGrace, 100*time.Millisecond)
	set(&o.CloseGrace, 2*time.Second)
	set(&o.RoomTimeout, 5*time.Second)
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
}

func defaultBudget(memory uint64) uint64 { return memory / 4 }
