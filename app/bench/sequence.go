package bench

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"time"

	"iceexplorer/app/sample"
	"iceexplorer/app/session"
	"iceexplorer/cache"
	"iceexplorer/cache/fault"
	"iceexplorer/jobs"
)

// ChildArg, as the verb's first argument, makes the process play a sequence for the
// bench that started it, so that its memory is that of playing alone.
const ChildArg = "__play"

// played is what the child found out.
type played struct {
	First   float64   `json:"first"`   // s from the drop to the first frame's columns copied
	Seek    float64   `json:"seek"`    // s from a jump right after that to the frame's columns copied; median of some
	All     float64   `json:"all"`     // s from the drop until every frame is mapped
	Frames  []float64 `json:"frames"`  // s per frame: moving the head and copying its columns
	Private uint64    `json:"private"` // anonymous bytes of the process after that
	Mapped  int       `json:"mapped"`
	Peak    uint64    `json:"peak"` // most bytes of scratch and anonymous memory of all processes together
}

func (b *bench) long() int {
	if b.opt.Quick {
		return 20
	}
	return 200
}

// sequence plays a long converted sequence in a process of its own.
func (b *bench) sequence(ctx context.Context) error {
	const section = "A long converted sequence, in the page cache"
	n := b.long()
	dir := filepath.Join(b.dir, fmt.Sprintf("long%d", b.opt.Points))
	what := fmt.Sprintf("%d frames", n)
	if err := b.link(dir, n, true); err != nil {
		b.add(Row{ID: "first", Section: section, What: what, Skipped: err.Error()})
		return nil
	}
	var best played
	rounds := 5
	if b.opt.Quick {
		rounds = 1
	}
	for i := range rounds {
		p, err := b.play(ctx, dir, 0)
		if err != nil {
			return err
		}
		slices.Sort(p.Frames)
		if p.Mapped != n {
			return fmt.Errorf("%d of %d frames were mapped", p.Mapped, n)
		}
		if i == 0 || p.First < best.First {
			best.First = p.First
		}
		if i == 0 || p.Seek < best.Seek {
			best.Seek = p.Seek
		}
		if i == 0 || p.All < best.All {
			best.All = p.All
		}
		if i == 0 || p.Frames[len(p.Frames)/2] < best.Frames[len(best.Frames)/2] {
			best.Frames = p.Frames
		}
		best.Private = max(best.Private, p.Private)
	}
	at := func(q float64) float64 { return best.Frames[int(q*float64(len(best.Frames)-1))] }
	row := func(id, what string, s, limit float64) Row {
		r := Row{ID: id, Section: section, What: what, Points: b.opt.Points, Seconds: s}
		if limit > 0 {
			r.Goal = atMost(ofSeconds, limit)
		}
		return r
	}
	const frame = 1.0 / 24
	b.add(
		row("first", what+" dropped: until the first one's columns are copied", best.First, 0.1),
		row("seek", "jumps right after that: until that frame's columns are copied, median", best.Seek, frame),
		row("indexed", "until all are mapped", best.All, 0),
		row("play-median", "playing them: one frame, median", at(0.5), frame),
		row("play-99", "playing them: one frame, slowest but one in a hundred", at(0.99), frame),
		Row{ID: "private", Section: section, What: "private memory of the playing process (without window and GL)", Points: b.opt.Points,
			Memory: best.Private, Goal: atMost(ofMemory, 200e6)})
	if err := b.windowMemory(ctx, section, dir); err != nil {
		return err
	}
	return b.limited(ctx, section)
}

// limited plays frames that are not converted with a quarter of the memory that they
// would take. The system holds each process to the same limit.
func (b *bench) limited(ctx context.Context, section string) error {
	n := 4 * b.distinct()
	dir := filepath.Join(b.dir, fmt.Sprintf("limited%d", b.opt.Points))
	if err := b.link(dir, n, false); err != nil {
		return err
	}
	d := newDecoder()
	defer d.close()
	ix, _, err := d.decode(ctx, b.frame(b.opt.Points, 1))
	if err != nil {
		return err
	}
	limit := columnBytes(ix) * uint64(n) / 4
	p, err := b.play(ctx, dir, limit)
	if err != nil {
		return err
	}
	b.add(
		Row{ID: "limited", Section: section, What: fmt.Sprintf("%d frames, not converted, played with memory for a quarter of them: one frame", n),
			Points: b.opt.Points, Seconds: p.All / float64(len(p.Frames)), Bytes: columnBytes(ix)},
		Row{ID: "limited-peak", Section: section, What: "the most memory that took: scratch and the private memory of all processes", Points: b.opt.Points,
			Memory: p.Peak, Ratio: float64(p.Peak) / float64(4*limit), Of: "what all frames take"})
	return nil
}

// link makes a sequence of n frames out of the large ones: as hard links, which have
// the size and time of the file that they were converted from.
func (b *bench) link(dir string, n int, converted bool) error {
	pool := b.pool(0)
	defer pool.Close()
	var todo []jobs.Request
	for _, r := range b.loads() {
		todo = append(todo, jobs.Request{Task: jobs.Convert, Source: r.Source, Converted: r.Converted})
	}
	if converted {
		if err := runJobs(pool, todo...); err != nil {
			return err
		}
	}
	if err := os.RemoveAll(dir); err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Join(dir, cache.ConvertedDir), 0o777); err != nil {
		return err
	}
	for i := 1; i <= n; i++ {
		from := todo[(i-1)%len(todo)]
		to := filepath.Join(dir, sample.FileName(i))
		if err := os.Link(from.Source, to); err != nil {
			return err
		}
		if !converted {
			continue
		}
		if err := os.Link(from.Converted, cache.ConvertedPath(to)); err != nil {
			return err
		}
	}
	return nil
}

// play has a child play a folder. limit is the memory it may use for frames; 0 is
// for converted ones, which need none.
func (b *bench) play(ctx context.Context, dir string, limit uint64) (*played, error) {
	argv := append(append([]string{}, b.opt.Self...), "bench", ChildArg, dir, strconv.FormatUint(limit, 10))
	cmd := exec.CommandContext(ctx, argv[0], argv[1:]...)
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("play %s: %w", dir, err)
	}
	p := &played{}
	if err := json.Unmarshal(out, p); err != nil {
		return nil, fmt.Errorf("play %s: %w", dir, err)
	}
	return p, nil
}

// stage is a session with its loop, as the window has them.
type stage struct {
	pool    *jobs.Pool
	session *session.Session
	calls   chan func()
	ring    ring
}

func newStage(opt jobs.Options) *stage {
	s := &stage{calls: make(chan func(), 4096)}
	opt.MakeRoom = func(need jobs.Need, r jobs.Request) bool { return s.session.AskRoom(context.Background(), need, r) }
	s.pool = jobs.New(opt)
	s.session = session.New(s.pool, func(f func()) { s.calls <- f }, session.Options{Budget: s.pool.Stats().ScratchBudget})
	return s
}

// until runs the loop until done, and fails when that takes too long.
func (s *stage) until(ctx context.Context, done func() bool) error {
	timeout := time.After(2 * time.Minute)
	for !done() {
		select {
		case f := <-s.calls:
			f()
		case <-timeout:
			return errors.New("the sequence did not become ready in time")
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return nil
}

// show moves the head and copies the frame's columns, once it is there.
func (s *stage) show(ctx context.Context, l *session.Layer, number cache.Number) error {
	s.session.Seek(number)
	if err := s.until(ctx, func() bool { return s.session.Ready(number) }); err != nil {
		return err
	}
	sh := s.session.Shown(l)
	if sh.Frame == nil || sh.Held {
		return fmt.Errorf("frame %v: %s: %s", number, sh.Why, l.Failure(number))
	}
	return fault.Guard(func() { s.ring.copy(drawnBytes(sh.Frame)) })
}

// close ends a stage whose frames are no longer needed.
func (s *stage) close() {
	s.session.CloseAll()
	go func() {
		for f := range s.calls {
			f()
		}
	}()
	s.pool.Close()
}

// Play opens a folder of converted frames, plays it once, and writes what that took
// to w: the child's part of the bench. With a limit, in bytes, the frames are not
// converted, may take that much scratch memory, and are played twice.
func Play(ctx context.Context, opt Options, dir string, limit uint64, w io.Writer) error {
	pool := jobs.Options{Command: opt.Worker, Build: opt.Build}
	if limit > 0 {
		// A process cannot start with less: threads and the heap reserve room.
		if err := limitMemory(max(limit, 512<<20)); err != nil {
			return err
		}
		pool.Scratch.Budget = limit
	}
	s := newStage(pool)
	defer s.close()
	// A window has its workers before anything is dropped on it.
	for ready := false; !ready; time.Sleep(time.Millisecond) {
		ready = true
		for _, w := range s.pool.Stats().Workers {
			ready = ready && w.State == "idle"
		}
	}
	p := &played{}
	start := time.Now()
	var layers []*session.Layer
	s.session.Discover(func(found []*session.Layer, _ error) { layers = found }, dir)
	if err := s.until(ctx, func() bool { return len(s.session.Readings()) == 0 }); err != nil {
		return err
	}
	if len(layers) != 1 {
		return fmt.Errorf("%d sequences instead of one: %s", len(layers), dir)
	}
	var err error
	if limit > 0 {
		err = s.playLimited(ctx, layers[0], p)
	} else {
		err = s.playConverted(ctx, layers[0], start, p)
	}
	if err != nil {
		return err
	}
	p.All = cmp.Or(p.All, time.Since(start).Seconds())
	p.Private, p.Mapped = anonymous("self"), layers[0].Count(session.Mapped)
	return json.NewEncoder(w).Encode(p)
}

func (s *stage) playConverted(ctx context.Context, l *session.Layer, start time.Time, p *played) error {
	numbers := s.session.Frames()
	if err := s.show(ctx, l, numbers[0]); err != nil {
		return err
	}
	p.First = time.Since(start).Seconds()
	var jumps []float64
	for _, at := range []int{6, 2, 4, 7, 1} {
		jump := time.Now()
		if err := s.show(ctx, l, numbers[len(numbers)*at/8]); err != nil {
			return err
		}
		jumps = append(jumps, time.Since(jump).Seconds())
	}
	slices.Sort(jumps)
	p.Seek = jumps[len(jumps)/2]
	if err := s.until(ctx, func() bool { return s.session.Settled(true) }); err != nil {
		return err
	}
	p.All = time.Since(start).Seconds()
	for _, n := range numbers {
		begun := time.Now()
		if err := s.show(ctx, l, n); err != nil {
			return err
		}
		p.Frames = append(p.Frames, time.Since(begun).Seconds())
	}
	return nil
}

func (s *stage) playLimited(ctx context.Context, l *session.Layer, p *played) error {
	numbers := s.session.Frames()
	for i := range 2 * len(numbers) {
		begun := time.Now()
		if err := s.show(ctx, l, numbers[i%len(numbers)]); err != nil {
			return err
		}
		p.Frames = append(p.Frames, time.Since(begun).Seconds())
		st := s.pool.Stats()
		total := st.Scratch + st.ScratchIdle + anonymous("self")
		for _, w := range st.Workers {
			total += w.Private
		}
		p.Peak = max(p.Peak, total)
	}
	return nil
}
