// Package bench measures what the program costs against what the machine allows:
// decoding against inflating alone, workers against one core, converting against a
// plain write, opening against a copy of memory, and readers in Python against ours.
//
// Things to compare take turns within one run, and the best time of each counts, so
// that the ratios hold while other programs come and go.
package bench

import (
	"context"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"time"

	"iceexplorer/jobs/scratch"
)

// DefaultPoints is the size of the largest frames measured.
const DefaultPoints = 1_000_000

// Options of Run.
type Options struct {
	Self    []string // starts this program; the arguments follow
	Worker  []string // starts a worker; the name of a pipe follows
	Build   string   // which workers must share
	Version string

	Only   []string // parts, see ParseParts; none: all
	Points int      // of the largest frames; 0 is DefaultPoints
	Quick  bool     // a little of everything, to see that it works, not how fast
	Keep   string   // folder for the files, kept for the next run; "" for a temporary one

	Progress func(what string) // may be nil
}

// Report is what a run found out.
type Report struct {
	Date    time.Time `json:"date"`
	Version string    `json:"version"`
	Machine Machine   `json:"machine"`
	Points  int       `json:"points"`
	Quick   bool      `json:"quick,omitempty"`
	Only    []string  `json:"only,omitempty"` // the parts that were measured; none: all
	Data    string    `json:"data"`           // what the frames hold
	Rows    []Row     `json:"rows"`
}

// Row is one figure. Those of Seconds, Memory and Ratio that make no sense are 0.
type Row struct {
	ID      string  `json:"id"` // "decode", unique together with Points
	Section string  `json:"section"`
	What    string  `json:"what"`
	Points  int     `json:"points,omitempty"`
	Seconds float64 `json:"seconds,omitempty"` // the best time
	Bytes   uint64  `json:"bytes,omitempty"`   // that came out in Seconds
	Memory  uint64  `json:"memory,omitempty"`  // in bytes
	Ratio   float64 `json:"ratio,omitempty"`
	Of      string  `json:"of,omitempty"` // what Ratio is a multiple of
	Goal    *Goal   `json:"goal,omitempty"`
	Skipped string  `json:"skipped,omitempty"` // why there is no figure
}

// Goal is what a figure should be.
type Goal struct {
	Of    string  `json:"of"`    // "ratio", "seconds" or "memory"
	Least bool    `json:"least"` // at least Limit, else at most
	Limit float64 `json:"limit"`
	Met   bool    `json:"met"`
}

// Units of goals.
const (
	ofRatio   = "ratio"
	ofSeconds = "seconds"
	ofMemory  = "memory"
)

func atMost(of string, limit float64) *Goal  { return &Goal{Of: of, Limit: limit} }
func atLeast(of string, limit float64) *Goal { return &Goal{Of: of, Limit: limit, Least: true} }

// judge sets Met. On Windows a clock may stand still for longer than something takes.
func (r *Row) judge() {
	if r.Skipped == "" && r.Seconds == 0 && r.Memory == 0 {
		r.Skipped = "it is shorter than this clock can tell"
	}
	g := r.Goal
	if g == nil || r.Skipped != "" {
		return
	}
	v := map[string]float64{ofRatio: r.Ratio, ofSeconds: r.Seconds, ofMemory: float64(r.Memory)}[g.Of]
	g.Met = v <= g.Limit
	if g.Least {
		g.Met = v >= g.Limit
	}
}

// bench is a run.
type bench struct {
	opt    Options
	dir    string // for files
	report *Report
}

// Run measures what is wanted. All of it takes some minutes, seconds if Quick.
func Run(ctx context.Context, opt Options) (*Report, error) {
	if opt.Points == 0 {
		opt.Points = DefaultPoints
		if opt.Quick {
			opt.Points = 20_000
		}
	}
	if opt.Progress == nil {
		opt.Progress = func(string) {}
	}
	b := &bench{opt: opt, report: &Report{
		Date: time.Now(), Version: opt.Version, Machine: thisMachine(), Points: opt.Points, Quick: opt.Quick, Only: opt.Only, Data: dataText,
	}}
	if opt.Keep == "" {
		folder, err := scratch.TempFolder("bench")
		if err != nil {
			return nil, err
		}
		defer folder.Remove() // else the next start does it
		b.dir = folder.Path()
	} else {
		var err error
		if b.dir, err = keptFolder(opt.Keep); err != nil {
			return nil, err
		}
	}
	wanted := opt.wanted()
	opt.Progress("making frames")
	if err := b.makeFiles(ctx, wanted); err != nil {
		return nil, fmt.Errorf("make frames: %w", err)
	}
	for _, p := range wanted {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		opt.Progress(p.doing)
		if err := p.run(b, ctx); err != nil {
			return nil, fmt.Errorf("measure %s: %w", p.doing, err)
		}
	}
	return b.report, nil
}

func keptFolder(keep string) (string, error) {
	dir, err := filepath.Abs(keep)
	if err == nil {
		err = os.MkdirAll(dir, 0o777)
	}
	if err != nil {
		return "", fmt.Errorf("make a folder: %w", err)
	}
	return dir, nil
}

func (b *bench) add(rows ...Row) {
	for i := range rows {
		if b.opt.Quick {
			rows[i].Goal = nil // they are for large frames and quiet machines
		}
		// Windows' clock stands still for up to 16 ms: what took less took no time, and nothing is a multiple of that.
		if r := &rows[i]; math.IsNaN(r.Ratio) || math.IsInf(r.Ratio, 0) {
			r.Ratio, r.Goal = 0, nil
		}
		rows[i].judge()
	}
	b.report.Rows = append(b.report.Rows, rows...)
}

// sizes are the frames that are decoded one by one.
func (b *bench) sizes() []int {
	n := b.opt.Points
	if b.opt.Quick {
		return []int{max(n/10, 1), n}
	}
	return []int{max(n/100, 1), max(n/10, 1), n}
}

// way is one of several ways to do something.
type way struct {
	name string
	run  func() error
}

// turns runs the ways in turns, once to warm up and then for about the given time,
// and returns the best time of each.
func (b *bench) turns(ctx context.Context, total time.Duration, ways ...way) ([]time.Duration, error) {
	return b.rounds(ctx, 7, total, func() error { return nil }, ways...)
}

// rounds is turns of at least so many rounds after the first, however long they take. ready makes ready for each way, in
// no time that counts.
func (b *bench) rounds(ctx context.Context, least int, total time.Duration, ready func() error, ways ...way) ([]time.Duration, error) {
	const most = 301
	if b.opt.Quick {
		total, least = 20*time.Millisecond, 2
	}
	best := make([]time.Duration, len(ways))
	begun := time.Now()
	for round := 0; round <= most; round++ {
		if round > least && time.Since(begun) > total {
			break
		}
		for i, w := range ways {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			if err := ready(); err != nil {
				return nil, err
			}
			start := time.Now()
			if err := w.run(); err != nil {
				return nil, fmt.Errorf("%s: %w", w.name, err)
			}
			if d := time.Since(start); round == 1 || round > 1 && d < best[i] {
				best[i] = d
			}
		}
	}
	return best, nil
}

func ratio(a, b time.Duration) float64 {
	if b <= 0 {
		return 0
	}
	return float64(a) / float64(b)
}
