//go:build cgo

package jobs_test

import (
	"bufio"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"iceexplorer/cache"
	"iceexplorer/cache/atomicfile"
	"iceexplorer/jobs"
	"iceexplorer/jobs/scratch"
)

// processState reads a folder of /proc; pid is 0 if it is none of a process.
func processState(name string) (pid int, state byte, parent int) {
	pid, err := strconv.Atoi(name)
	if err != nil {
		return 0, 0, 0
	}
	b, err := os.ReadFile(filepath.Join("/proc", name, "stat"))
	if err != nil {
		return 0, 0, 0
	}
	f := strings.Fields(string(b[strings.LastIndexByte(string(b), ')')+1:]))
	parent, _ = strconv.Atoi(f[1])
	return pid, f[0][0], parent
}

func alive(pid int) bool {
	p, state, _ := processState(strconv.Itoa(pid))
	return p != 0 && state != 'Z'
}

// runParent is a process with a pool that converts the files of a folder again and
// again until it is killed. It says its workers' process numbers when both are busy.
func runParent(root, dir string) {
	exe, err := os.Executable()
	if err != nil {
		panic(err)
	}
	p := jobs.New(jobs.Options{
		Command: []string{exe, "worker:real"}, Build: testBuild, Workers: 2,
		Scratch: scratch.Options{Roots: []string{root}},
	})
	sources, err := filepath.Glob(filepath.Join(dir, "*.icecache"))
	if err != nil {
		panic(err)
	}
	var submit func(i int)
	submit = func(i int) {
		src := sources[i%len(sources)]
		p.Submit(jobs.Request{Task: jobs.Convert, Source: src, Converted: src + ".sih5", Params: jobs.ConvertParams{Again: true}, Done: func(r jobs.Result) {
			if r.Err != nil {
				panic(r.Err)
			}
			r.Frame.Close()
			submit(i + 2)
		}})
	}
	submit(0)
	submit(1)
	for p.Stats().Running < 2 {
		time.Sleep(time.Millisecond)
	}
	for _, w := range p.Stats().Workers {
		fmt.Println(w.PID)
	}
	select {}
}

func TestParentKilled(t *testing.T) {
	t.Parallel()
	dir, root := t.TempDir(), t.TempDir()
	for i := range 4 {
		writeSource(t, dir, fmt.Sprint("f", i), 150_000, uint64(30+i))
	}
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	for round := range 4 {
		cmd := exec.Command(exe, "parent", root, dir)
		cmd.Stderr = os.Stderr
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		var pids []int
		for lines := bufio.NewScanner(out); len(pids) < 2 && lines.Scan(); {
			pid, err := strconv.Atoi(lines.Text())
			if err != nil {
				t.Fatal(err)
			}
			pids = append(pids, pid)
		}
		time.Sleep(time.Duration(100*round+rand.IntN(100)) * time.Millisecond)
		if len(pids) != 2 || !alive(pids[0]) {
			t.Fatalf("workers %v", pids)
		}
		cmd.Process.Kill()
		begin := time.Now()
		cmd.Wait()
		for _, pid := range pids {
			for alive(pid) {
				if time.Since(begin) > 3*time.Second {
					t.Fatalf("worker %d is still there", pid)
				}
				time.Sleep(time.Millisecond)
			}
		}
		took := time.Since(begin)
		t.Logf("workers gone after %v", took)
		if took > 1500*time.Millisecond { // 1 s, and some for a busy machine
			t.Errorf("workers outlived their parent by %v", took)
		}
	}
	// A worker that is killed between making a file and taking its name away leaves the
	// name; the next start takes all of them.
	atomicfile.Sweep(dir)
	for _, name := range folder(t, dir) {
		if strings.HasSuffix(name, ".tmp") {
			t.Errorf("half a file is left: %s", name)
		}
	}
	if err := scratch.Open(scratch.Options{Roots: []string{root}}).Close(); err != nil {
		t.Error(err)
	}
	wantFolder(t, root, "guard")
}

// killBusy sends SIGKILL to a random worker that is at a job.
func killBusy(p *jobs.Pool) bool {
	var pids []int
	for _, w := range p.Stats().Workers {
		if w.State == "busy" && w.PID != 0 {
			pids = append(pids, w.PID)
		}
	}
	return len(pids) > 0 && syscall.Kill(pids[rand.IntN(len(pids))], syscall.SIGKILL) == nil
}

// 5 % of a thousand jobs lose their worker at a random moment. It runs alone, as it
// counts the process's descriptors.
func TestThousandJobsWithKilledWorkers(t *testing.T) {
	dir, root := t.TempDir(), t.TempDir()
	var sources []source
	for i := range 20 {
		sources = append(sources, writeSource(t, dir, fmt.Sprint("f", i), 4000+500*i, uint64(50+i)))
	}
	n := 1000
	if testing.Short() {
		n = 200
	}
	warm := newBench(t, "good", nil) // what the runtime opens once is open then
	warm.load("a")
	warm.next().Frame.Close()
	warm.Close()
	before := footprintOf(t)

	b := newBench(t, "real", func(o *jobs.Options) { o.Scratch.Roots = []string{root} })
	var mu sync.Mutex
	kills := 0
	begun := time.Now()
	var open []*cache.Frame
	failed := 0
	submit := func(i int) {
		src := sources[rand.IntN(len(sources))]
		r := src.request(jobs.Load)
		r.Frame = cache.Number(i)
		switch i % 10 {
		case 0, 1, 2:
			r.SourceOnly = true // decoded even if it is converted
		case 3, 4:
			r.Task, r.Params = jobs.Convert, jobs.ConvertParams{Again: true}
		case 5:
			r.Task, r.Params = jobs.Measure, jobs.MeasureParams{Checksums: true}
		case 6:
			r.Task, r.Params = jobs.Export, exportTo(filepath.Join(dir, fmt.Sprint("out", i, ".icecache")), "icecache")
		}
		kill := rand.IntN(20) == 0
		r.Started = func(jobs.ID) {
			if !kill {
				return
			}
			kill = false
			time.AfterFunc(time.Duration(rand.IntN(3000))*time.Microsecond, func() {
				if killBusy(b.Pool) {
					mu.Lock()
					kills++
					mu.Unlock()
				}
			})
		}
		b.submit(r)
	}
	const window = 16
	for i := range window {
		submit(i)
	}
	byPath := map[string]source{}
	for _, s := range sources {
		byPath[s.path] = s
	}
	for i := range n {
		r := b.next()
		if i+window < n {
			submit(i + window)
		}
		src := byPath[r.Request.Source]
		switch {
		case r.Err != nil:
			failed++
			if jobs.CodeOf(r.Err) != jobs.CodeCrash || !strings.Contains(r.Err.Error(), "SIGKILL") {
				t.Errorf("%v: %v", r.Request.Task, r.Err)
			}
			b.Forgive(r.Request.Source)
			if path := target(r.Request); path != "" {
				os.Remove(path) // whole, if its worker was killed before it could say so
			}
		case r.Request.Task == jobs.Measure:
			for i, c := range r.Index.Columns {
				if checksums(r)[i] != src.want[c.Name] {
					t.Errorf("checksum of %s", c.Name)
				}
			}
		case r.Request.Task == jobs.Export:
			back, err := os.Stat(target(r.Request))
			if err != nil || back.Size() == 0 {
				t.Errorf("export: %v", err)
			}
			os.Remove(target(r.Request))
		default:
			if err := src.want.differ(r.Frame); err != nil {
				t.Errorf("%v: %v", r.Request.Task, err)
			}
			open = append(open, r.Frame)
		}
		if len(open) > 8 {
			if err := open[0].Close(); err != nil {
				t.Error(err)
			}
			open = open[1:]
		}
	}
	s := b.Stats()
	mu.Lock()
	t.Logf("%d jobs in %v: %d workers killed, %d at a job, %d jobs failed", n, time.Since(begun).Round(time.Millisecond), kills, s.Crashes, failed)
	if s.Crashes == 0 {
		t.Error("no worker died at a job")
	}
	mu.Unlock()
	if err := b.Close(); err != nil {
		t.Error(err)
	}
	for _, f := range open {
		f.Close()
	}
	after := footprintOf(t)
	if after.descriptors != before.descriptors || after.mappings != before.mappings || len(after.children) != len(before.children) {
		t.Errorf("left %+v, before %+v", after, before)
	}
	wantFolder(t, root, "guard")
	for _, name := range folder(t, dir) {
		if !strings.HasPrefix(name, "f") {
			t.Errorf("left in the folder: %s", name)
		}
	}
}
