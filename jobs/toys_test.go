//go:build cgo

package jobs_test

import (
	"context"
	"encoding/binary"
	"fmt"
	"os"
	"slices"
	"strings"
	"syscall"
	"testing"

	"iceexplorer/cache/export/writers"
	"iceexplorer/cache/pathname"
	"iceexplorer/jobs"
	"iceexplorer/jobs/task"
	"iceexplorer/jobs/worker"
)

// testTasks are what the workers of tests can do: each toy is one line.
func testTasks() []worker.Runner {
	return append(worker.Tasks(writers.All(), nil),
		worker.Runs(histogram, countValues),
		worker.Runs(patient, waitForCancel),
		worker.Runs(fragile, dieOfIt))
}

// histogram answers with rows of data: how many of an attribute's values are between one
// bound and the next.
var histogram = task.New[histogramParams, histogramAnswer]("histogram", task.About[histogramParams]{Result: task.Rows, Class: task.Soon, FromScratch: true})

type histogramParams struct {
	Attribute string  `json:"attribute"`
	From      float32 `json:"from"`
	Step      float32 `json:"step"`
	Bins      int     `json:"bins"`
}

type histogramAnswer struct {
	Outside int `json:"outside"`
}

func countValues(ctx context.Context, j *worker.Job, p histogramParams) (*worker.Answer, error) {
	frame, a, err := j.Frame(ctx)
	if err != nil {
		return nil, err
	}
	defer frame.Close()
	attr := frame.Attribute(p.Attribute)
	if attr == nil {
		return nil, fmt.Errorf("no attribute is called %s", p.Attribute)
	}
	mem, err := j.Rows(ctx, uint64(p.Bins), 4)
	if err != nil {
		return nil, err
	}
	clear(mem) // it may have been another's
	counts, outside := binned(attr.Float32s(), p)
	for i, n := range counts {
		binary.LittleEndian.PutUint32(mem[4*i:], n)
	}
	a.Own = histogramAnswer{Outside: outside}
	return a, nil
}

func binned(values []float32, p histogramParams) (counts []uint32, outside int) {
	counts = make([]uint32, p.Bins)
	for _, v := range values {
		if i := int((v - p.From) / p.Step); v >= p.From && i < p.Bins {
			counts[i]++
		} else {
			outside++
		}
	}
	return counts, outside
}

func TestATaskOfOneLineAnswersWithRows(t *testing.T) {
	t.Parallel()
	const points = 3000
	src := writeSource(t, t.TempDir(), "a", points, 12)
	b := newBench(t, "real", nil)
	load := b.one(src.request(jobs.Load))
	p := histogramParams{Attribute: "Size", From: -0.5, Step: 0.25, Bins: 6}
	want, outside := binned(load.Frame.Attribute("Size").Float32s(), p)
	fromFile, fromScratch := src.request(histogram), src.request(histogram)
	fromFile.Params, fromScratch.Params = p, p
	fromScratch.From = load.Frame
	for name, r := range map[string]jobs.Request{"file": fromFile, "scratch": fromScratch} {
		before := b.Stats().Scratch
		res := b.one(r)
		if res.Frame != nil || res.Rows == nil || res.Rows.Count != p.Bins || res.Rows.Size != 4 || res.Decoded != (name == "file") {
			t.Fatalf("%s: %+v", name, res)
		}
		var got []uint32
		for i := range res.Rows.Count {
			got = append(got, binary.LittleEndian.Uint32(res.Rows.Row(i)))
		}
		if !slices.Equal(got, want) || res.Answer != (histogramAnswer{Outside: outside}) {
			t.Errorf("%s: %v, %+v, want %v and %d outside", name, got, res.Answer, want, outside)
		}
		if b.Stats().Scratch <= before {
			t.Errorf("%s: the rows take no memory", name)
		}
		res.Rows.Close()
		res.Rows.Close()
		if n := b.Stats().Scratch; n != before {
			t.Errorf("%s: %d bytes of scratch in use, %d before", name, n, before)
		}
	}
	fromFile.Params = histogramParams{Attribute: "Nothing"}
	b.submit(fromFile)
	if r := b.next(); r.Err == nil || !strings.HasPrefix(r.Err.Error(), "no attribute is called Nothing") {
		t.Errorf("an unknown attribute: %v", r.Err)
	}
	load.Frame.Close()
	if s := b.Stats(); s.Scratch != 0 || s.Crashes != 0 {
		t.Errorf("stats %+v", s)
	}
}

// fragile is an exporter that dies of files called "deadly".
var fragile = task.New[fragileParams, task.None]("fragile", task.About[fragileParams]{
	Result: task.File, Class: task.Soon,
	Writes: func(_ task.Input, p fragileParams) string { return string(p.Target) },
})

type fragileParams struct {
	Target pathname.Text `json:"target"`
}

func dieOfIt(ctx context.Context, j *worker.Job, p fragileParams) (*worker.Answer, error) {
	frame, a, err := j.Frame(ctx)
	if err != nil {
		return nil, err
	}
	defer frame.Close()
	switch name := string(p.Target); {
	case strings.Contains(name, "deadly"):
		killSelf()
	case name == "gulp":
		_ = make([]byte, 16<<30) // nothing of it is touched
	case strings.Contains(name, "forbidden"):
		return nil, syscall.Exec("/bin/true", []string{"true"}, nil)
	}
	a.Written = true
	return a, os.WriteFile(string(p.Target), []byte("toy"), 0o600)
}

// A file that an exporter died of could not be looked at any more.
func TestAFileThatKillsAnExporterIsViewedAllTheSame(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	src := writeSource(t, dir, "a", 1000, 13)
	b := newBench(t, "real", nil)
	export := func(name string) jobs.Request {
		r := src.request(fragile)
		r.Params = fragileParams{Target: pathname.Text(dir + "/" + name)}
		return r
	}
	fails := func(crashes uint64) {
		t.Helper()
		b.submit(export("deadly.toy"))
		if r := b.next(); jobs.CodeOf(r.Err) != jobs.CodeCrash {
			t.Errorf("the exporter ended with %v", r.Err)
		}
		if n := b.Stats().Crashes; n != crashes {
			t.Errorf("%d workers died, want %d", n, crashes)
		}
	}
	fails(2)
	fails(2) // in quarantine: no further worker dies
	for _, kind := range []*task.Task{jobs.Load, jobs.Convert, jobs.Measure} {
		r := b.one(src.request(kind))
		if r.Frame == nil {
			continue
		}
		if err := src.want.differ(r.Frame); err != nil {
			t.Errorf("%v: %v", kind, err)
		}
		r.Frame.Close()
	}
	b.submit(export("good.toy")) // the task stays in quarantine for this file, whatever it writes
	if r := b.next(); jobs.CodeOf(r.Err) != jobs.CodeCrash {
		t.Errorf("the quarantined exporter: %v", r.Err)
	}
	b.Forgive(src.path)
	if r := b.one(export("good.toy")); !r.Written || r.Frame != nil {
		t.Errorf("%+v", r)
	}
}

func TestRequestsThatDoNotFitTheirTaskAreRefused(t *testing.T) {
	t.Parallel()
	src := writeSource(t, t.TempDir(), "a", 1000, 14)
	b := newBench(t, "real", nil)
	load := b.one(src.request(jobs.Load))
	defer load.Frame.Close()
	ignored := func(kind *task.Task) jobs.Request {
		r := src.request(kind)
		r.From = load.Frame
		return r
	}
	foreign := src.request(jobs.Measure)
	foreign.Params = jobs.ConvertParams{}
	for want, r := range map[string]jobs.Request{
		"load does not work on a frame in memory":                  ignored(jobs.Load),
		"index does not work on a frame in memory":                 ignored(jobs.Index),
		"measure does not work on a frame in memory":               ignored(jobs.Measure),
		"measure takes task.MeasureParams, not task.ConvertParams": foreign,
		"a request without a task":                                 {Source: src.path},
		`this program has no task "stranger"`:                      src.request(task.New[task.None, task.None]("stranger", task.About[task.None]{Result: task.Facts})),
	} {
		b.submit(r)
		code := jobs.CodeRefused
		if strings.HasPrefix(want, "this program") {
			code = "internal" // only workers know what they can do
		}
		if res := b.next(); jobs.CodeOf(res.Err) != code || res.Err.Error() != want+": "+src.path {
			t.Errorf("%v, want %s", res.Err, want)
		}
	}
	export := ignored(jobs.Export)
	export.Params = exportTo(src.path+".copy", "icecache")
	if r := b.one(export); r.Decoded {
		t.Error("an export of a frame in memory decoded it again")
	}
}

// patient is a task that ends only when it is canceled, and gives way.
var patient = task.New[task.None, task.None]("patient", task.About[task.None]{Result: task.Facts, Class: task.Later, Yields: true})

func waitForCancel(ctx context.Context, j *worker.Job, _ task.None) (*worker.Answer, error) {
	<-ctx.Done()
	return nil, ctx.Err()
}
