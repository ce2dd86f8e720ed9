package bench

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"time"

	"iceexplorer/app/inspect"
	"iceexplorer/app/inspect/expr"
	"iceexplorer/app/inspect/frames"
	"iceexplorer/app/inspect/order"
	"iceexplorer/app/inspect/probe"
	"iceexplorer/app/inspect/profile"
	"iceexplorer/app/inspect/sheet"
	"iceexplorer/app/inspect/stats"
	"iceexplorer/cache"
	"iceexplorer/jobs"
)

const asking = "Asking points in memory" // section of the results

// asked is what is asked of a large frame, ours and the peers' alike.
const asked = "Age > 1 and P.y < 0"

// inspecting measures filters, sorts, sums and the spreadsheet on ten times the points of
// the largest frames, and what is asked of sequences. Peers run where they are installed.
func (b *bench) inspecting(ctx context.Context) error {
	n := 10 * b.opt.Points
	f, err := manyPoints(n)
	if err != nil {
		return err
	}
	filter, err := bound(f, asked)
	if err != nil {
		return err
	}
	age, err := bound(f, "Age")
	if err != nil {
		return err
	}
	keys := f.Attribute("Age").Float32s()
	var times []time.Duration
	ours := func() error {
		times, err = b.turns(ctx, 6*time.Second,
			way{"read", func() error { bareRead(f); return nil }},
			way{"filter", func() error { _, err := filter.Mask(ctx); return err }},
			way{"sort", func() error { _, err := order.Float32s(ctx, nil, keys, order.Options{}); return err }},
			way{"histogram", func() error { _, err := stats.Count(ctx, age, 0, nil, 0, 2, 256); return err }},
			way{"summary", func() error { _, err := stats.Of(ctx, age, 0, nil); return err }},
			// A running program's bitmaps lie in memory that it has used before.
			way{"collect garbage", func() error { runtime.GC(); return nil }},
		)
		return err
	}
	if err := ours(); err != nil {
		return err
	}
	row := func(id, what string, at int) Row {
		return Row{ID: id, Section: asking, What: what, Points: n, Seconds: times[at].Seconds()}
	}
	read := row("ask-filter", asked+": a bit for each point", 1)
	read.Ratio, read.Of, read.Goal = ratio(times[1], times[0]), "a bare read of the columns, on all cores", atMost(ofRatio, 1.3)
	b.add(read, row("ask-sort", "full sort by Age", 2), row("ask-histogram", "histogram of Age, 256 bins", 3), row("ask-summary", "count, range, mean, deviation and median of Age", 4))
	best := askTimes{"filter": times[1], "sort": times[2], "histogram": times[3], "summary": times[4]}
	if err := b.askingPeers(ctx, f, best); err != nil {
		return err
	}
	if err := b.paging(ctx); err != nil {
		return err
	}
	return b.following(ctx)
}

// manyPoints is a frame of random points.
func manyPoints(n int) (expr.Frame, error) {
	r := rand.New(rand.NewPCG(1, 2))
	age, pos := make([]float32, n), make([]float32, 3*n)
	for i := range age {
		age[i] = 2 * r.Float32()
	}
	for i := range pos {
		pos[i] = r.Float32() - 0.5
	}
	b := cache.NewBuilder(cache.Header{Points: uint32(n)})
	b.Float32s(inspect.Position, cache.TypeVector3, pos)
	b.Float32s("Age", cache.TypeFloat, age)
	f, err := b.Frame()
	return expr.Frame{Frame: f}, err
}

func bound(f expr.Frame, text string) (*expr.Program, error) {
	e, err := expr.Parse(text)
	if err != nil {
		return nil, err
	}
	return e.Bind(f)
}

// bareRead reads the columns that the filter asks for, on all cores, and adds them up, in
// four sums at a time.
func bareRead(f expr.Frame) float32 {
	age, pos := f.Attribute("Age").Float32s(), f.Attribute(inspect.Position).Float32s()
	workers := expr.Workers()
	sums := make([]float32, workers)
	var wg sync.WaitGroup
	for w := range workers {
		wg.Go(func() {
			from, to := len(age)*w/workers, len(age)*(w+1)/workers
			var s [4]float32
			for i := from; i+4 <= to; i += 4 {
				a, p := age[i:i+4:i+4], pos[3*i:3*i+12:3*i+12]
				s[0] += a[0] + p[1]
				s[1] += a[1] + p[4]
				s[2] += a[2] + p[7]
				s[3] += a[3] + p[10]
			}
			sums[w] = s[0] + s[1] + s[2] + s[3]
		})
	}
	wg.Wait()
	total := float32(0)
	for _, s := range sums {
		total += s
	}
	return total
}

// paging measures a page of the spreadsheet over ten times as many rows again.
func (b *bench) paging(ctx context.Context) error {
	n := 100 * b.opt.Points
	build := cache.NewBuilder(cache.Header{Points: uint32(n)})
	build.Float32s("Age", cache.TypeFloat, make([]float32, n))
	f, err := build.Frame()
	if err != nil {
		return err
	}
	posted := make(chan func(), 16)
	s := sheet.New(func(f func()) { posted <- f })
	if err := s.SetColumns([]string{"Age", "Age * 2", "$index"}); err != nil {
		return err
	}
	defer s.Close()
	s.Show(&sheet.Source{Frame: expr.Frame{Frame: f}, Key: 1, Acquire: func() func() { return func() {} }})
	at := 0
	times, err := b.turns(ctx, time.Second, way{"page", func() error {
		at = (at + 7_654_321) % (n - 60)
		for p := s.Read(at, at+60, []int{0, 1, 2}, func() {}); p.From != at; p = s.Read(at, at+60, []int{0, 1, 2}, func() {}) {
			(<-posted)()
		}
		return nil
	}})
	if err == nil {
		b.add(Row{ID: "ask-page", Section: asking, What: "spreadsheet: 60 rows anywhere, three columns", Points: n, Seconds: times[0].Seconds(), Goal: atMost(ofSeconds, 1e-3)})
	}
	return err
}

// following asks for one point, and for a curve, over the frames of a sequence.
func (b *bench) following(ctx context.Context) error {
	const section = "Asking sequences"
	n := b.long()
	dir := filepath.Join(b.dir, fmt.Sprintf("long%d", b.opt.Points))
	row := Row{ID: "ask-probe", Section: section, What: fmt.Sprintf("one point by ID over %d converted frames", n), Points: b.opt.Points, Goal: atMost(ofSeconds, 0.1)}
	if _, err := os.Stat(dir); err != nil { // else the part about sequences has made it
		if err := b.link(dir, n, true); err != nil {
			row.Skipped = err.Error()
			b.add(row)
			return b.curves(ctx, section)
		}
	}
	found, err := cache.Discover(dir)
	if err != nil || len(found.Sequences) == 0 {
		row.Skipped = "there is no converted sequence"
		b.add(row)
		return b.curves(ctx, section)
	}
	pool := jobs.New(jobs.Options{Command: b.opt.Worker, Build: b.opt.Build, Workers: expr.Workers()})
	defer pool.Close()
	e, err := expr.Parse("Age")
	if err != nil {
		return err
	}
	files := frames.Of(&found.Sequences[0])
	times, err := b.turns(ctx, 3*time.Second, way{"probe", func() error {
		t, err := probe.Follow(ctx, pool, files, 4*expr.Workers(), probe.Query{Points: []int32{1000}, ByID: true, Columns: []*expr.Expr{e}}, func(int) {})
		if err == nil && t.Moments[0].Err != nil {
			err = t.Moments[0].Err
		}
		return err
	}})
	if err != nil {
		return err
	}
	row.Seconds = times[0].Seconds()
	b.add(row)
	return b.curves(ctx, section)
}

// curves makes the curve of an attribute over a thousand frames, from their indexes.
func (b *bench) curves(ctx context.Context, section string) error {
	const n = 1000
	survey := inspect.NewSurvey()
	numbers := make([]cache.Number, n)
	for i := range numbers {
		numbers[i] = cache.Number(i)
		survey.Take(numbers[i], &cache.Index{Header: cache.Header{Points: 5}, Columns: []cache.Column{{
			Name: "Age", Type: cache.TypeFloat, Structure: cache.Single, Context: cache.Context0D, Rows: 5, Values: 5,
			Ranges: []cache.Range{{Min: 0, Max: float64(i), Mean: 1, Finite: 5}},
		}}})
	}
	of, err := profile.Parse(survey.Attributes(), "Age")
	if err != nil {
		return err
	}
	times, err := b.turns(ctx, time.Second, way{"profile", func() error { profile.Make(survey, numbers, of); return nil }})
	if err == nil {
		b.add(Row{ID: "ask-profile", Section: section, What: fmt.Sprintf("curve of an attribute over %d frames, from their indexes", n), Seconds: times[0].Seconds(), Goal: atMost(ofSeconds, 0.2)})
	}
	return err
}
