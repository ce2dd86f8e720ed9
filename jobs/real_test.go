//go:build cgo

package jobs_test

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"time"

	"iceexplorer/cache"
	"iceexplorer/cache/icecache"
	"iceexplorer/cache/pathname"
	"iceexplorer/jobs"
	"iceexplorer/jobs/task"
	"iceexplorer/jobs/worker"
)

func runRealWorker(pipeName string) error {
	return worker.Run(pipeName, testBuild, "iceexplorer test", testTasks())
}

// sums are the SHA-256 of a frame's attributes by name.
type sums map[string]string

func sumsOf(f *cache.Frame) sums {
	s := sums{}
	for _, a := range f.Attributes {
		h := sha256.Sum256(a.Bytes())
		s[a.Name] = hex.EncodeToString(h[:])
	}
	return s
}

// differ says in what two frames differ, nil if in nothing.
func (s sums) differ(f *cache.Frame) error {
	got := sumsOf(f)
	if len(got) != len(s) {
		return fmt.Errorf("%d attributes, want %d", len(got), len(s))
	}
	for name, want := range s {
		if got[name] != want {
			return fmt.Errorf("attribute %s has other values", name)
		}
	}
	return nil
}

// walkFrame is a cloud of points after random walks: it compresses about as real
// ones do.
func walkFrame(t testing.TB, points int, seed uint64) *cache.Frame {
	t.Helper()
	r := rand.New(rand.NewPCG(seed, 1))
	walk := func(n int, step float32) []float32 {
		v := make([]float32, n)
		at := float32(0)
		for i := range v {
			at += step * float32(r.IntN(2001)-1000)
			v[i] = at
		}
		return v
	}
	ids := make([]int32, points)
	for i := range ids {
		ids[i] = int32(i)
	}
	b := cache.NewBuilder(cache.Header{Version: 103, Points: uint32(points)})
	b.Float32s("PointPosition", cache.TypeVector3, walk(3*points, 1e-4))
	b.Float32s("PointVelocity", cache.TypeVector3, walk(3*points, 1e-5))
	b.Float32s("Color", cache.TypeColor4, []float32{1, 0.5, float32(seed), 1})
	b.Float32s("Size", cache.TypeFloat, walk(points, 1e-3))
	b.Int32s("ID", ids)
	f, err := b.Frame()
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// source is an .icecache on disk and what must come of it.
type source struct {
	path, sih5 string
	want       sums
}

func writeSource(t testing.TB, dir, name string, points int, seed uint64) source {
	t.Helper()
	f := walkFrame(t, points, seed)
	s := source{path: filepath.Join(dir, name+".icecache"), sih5: filepath.Join(dir, name+".icecache.sih5"), want: sumsOf(f)}
	if err := icecache.WriteFile(t.Context(), s.path, f, icecache.EncodeOptions{Level: 1}); err != nil {
		t.Fatal(err)
	}
	return s
}

func (s *source) request(task *task.Task) jobs.Request {
	return jobs.Request{Task: task, Source: s.path, Converted: s.sih5}
}

// exportTo are the parameters of an export.
func exportTo(path, format string) jobs.ExportParams {
	return jobs.ExportParams{Target: pathname.Text(path), Format: format}
}

// target is the file that an export writes, "" of other jobs.
func target(r jobs.Request) string {
	p, _ := r.Params.(jobs.ExportParams)
	return string(p.Target)
}

// checksums are what a measurement tells.
func checksums(r jobs.Result) []string {
	m, _ := r.Answer.(jobs.Measured)
	return m.SHA256
}

// one runs one request and fails the test unless it succeeds.
func (b *bench) one(r jobs.Request) jobs.Result {
	b.t.Helper()
	b.submit(r)
	res := b.next()
	if res.Err != nil {
		b.t.Fatalf("%v: %v", r.Task, res.Err)
	}
	return res
}

// folder lists what is in dir.
func folder(t testing.TB, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

func wantFolder(t testing.TB, dir string, want ...string) {
	t.Helper()
	if got := folder(t, dir); fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("folder holds %q, want %q", got, want)
	}
}

// time is a time that no source has been written at.
func (s *source) time(t testing.TB) time.Time {
	t.Helper()
	info, err := os.Stat(s.path)
	if err != nil {
		t.Fatal(err)
	}
	return info.ModTime().Add(-time.Hour)
}
