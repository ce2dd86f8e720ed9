package bench

import (
	"context"
	"embed"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"strings"
	"time"

	"iceexplorer/cache"
	"iceexplorer/jobs"
)

// scripts are the readers in Python that ours are compared with, and what asks other
// programs' libraries.
//
//go:embed peers/*.py peers/*.js
var scripts embed.FS

// peerResult is what a script prints.
type peerResult struct {
	Seconds float64           `json:"seconds"`
	Bytes   uint64            `json:"bytes"`
	SHA256  map[string]string `json:"sha256"` // per attribute, of its values
}

// pythons are the interpreters tried: the first python3 found may lack modules that the
// distribution's has.
var pythons = [...]string{"python3", "/usr/bin/python3", "python"}

// findPython finds an interpreter that has a module.
func findPython(ctx context.Context, module string) (string, error) {
	for _, name := range pythons {
		if exec.CommandContext(ctx, name, "-c", "import "+module).Run() == nil {
			return name, nil
		}
	}
	if module == "struct" {
		return "", fmt.Errorf("no Python 3 (Debian: apt install python3)")
	}
	return "", fmt.Errorf("no Python 3 with %s (Debian: apt install python3-%s)", module, module)
}

// runPeer runs a script on a file a number of times, within one interpreter.
func runPeer(ctx context.Context, python, script, path string, rounds int) (*peerResult, error) {
	text, err := scripts.ReadFile("peers/" + script)
	if err != nil {
		return nil, err
	}
	cmd := exec.CommandContext(ctx, python, "-", path, strconv.Itoa(rounds))
	cmd.Stdin = strings.NewReader(string(text))
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("run %s: %w", script, err)
	}
	r := &peerResult{}
	if err := json.Unmarshal(out, r); err != nil {
		return nil, fmt.Errorf("run %s: %w", script, err)
	}
	return r, nil
}

const pythonReaders = "Readers in Python, without the interpreter's start" // section of the results

// peers compares our decode with readers in Python, on the same files. Each script
// takes its own time, without the start of the interpreter.
func (b *bench) peers(ctx context.Context) error {
	one, all := newDecoder(), newDecoder()
	defer one.close()
	defer all.close()
	all.threads = runtime.NumCPU()
	source := b.frame(b.opt.Points, 1)
	var bytes uint64
	ours := func() ([]time.Duration, error) {
		return b.turns(ctx, 4*time.Second, way{"decode", func() error {
			ix, _, err := one.decode(ctx, source)
			if err == nil {
				bytes = columnBytes(ix)
			}
			return err
		}}, way{"decode on all cores", func() error { _, _, err := all.decode(ctx, source); return err }})
	}
	// Ours runs before and after each of them, so that a busier moment counts for both.
	before, err := ours()
	if err != nil {
		return err
	}
	for _, p := range []struct {
		id, what, script, module string
		rounds                   int
		least                    float64
	}{
		{"python", "python3, value by value (per_value.py)", "per_value.py", "struct", 1, 25},
		{"numpy", "python3 with numpy and gzip (numpy_gzip.py)", "numpy_gzip.py", "numpy", 5, 2.5},
	} {
		row := Row{ID: p.id, Section: pythonReaders, What: p.what, Points: b.opt.Points, Bytes: bytes, Of: "the time of our decode on one core", Goal: atLeast(ofRatio, p.least)}
		spread := Row{ID: p.id + "-all", Section: pythonReaders, What: "the same, beside a frame decoded on all cores", Points: b.opt.Points, Of: "the time of our decode on all cores", Goal: atLeast(ofRatio, p.least)}
		if python, err := findPython(ctx, p.module); err != nil {
			row.Skipped = err.Error()
		} else {
			res, err := runPeer(ctx, python, p.script, source, p.rounds)
			if err != nil {
				return err
			}
			after, err := ours()
			if err != nil {
				return err
			}
			row.Seconds, row.Ratio = res.Seconds, res.Seconds/min(before[0], after[0]).Seconds()
			spread.Seconds, spread.Ratio = res.Seconds, res.Seconds/min(before[1], after[1]).Seconds()
			before = after
		}
		b.add(row)
		if row.Skipped == "" {
			b.add(spread)
		}
	}
	return b.h5py(ctx, source)
}

// h5py compares our mapping of a .sih5 with reading it in Python.
func (b *bench) h5py(ctx context.Context, source string) error {
	row := Row{ID: "h5py", Section: pythonReaders, What: "python3 with h5py reads the .sih5 (h5py_read.py)", Points: b.opt.Points, Of: "a memcpy of our mapping"}
	python, err := findPython(ctx, "h5py")
	if err != nil {
		row.Skipped = err.Error()
		b.add(row)
		return nil
	}
	pool := b.pool(1)
	defer pool.Close()
	if err := runJobs(pool, jobs.Request{Task: jobs.Convert, Source: source, Converted: cache.ConvertedPath(source)}); err != nil {
		return err
	}
	res, err := runPeer(ctx, python, "h5py_read.py", cache.ConvertedPath(source), 3)
	if err != nil {
		return err
	}
	mapped, err := b.wholeFrame(cache.ConvertedPath(source))
	if err != nil {
		return err
	}
	defer mapped.Close()
	var columns [][]byte
	for _, a := range mapped.Attributes {
		columns = append(columns, a.Bytes())
	}
	var r ring
	best, err := b.turns(ctx, 3*time.Second, way{"copy", func() error { r.copy(columns); return nil }})
	if err != nil {
		return err
	}
	row.Seconds, row.Bytes, row.Ratio = res.Seconds, res.Bytes, res.Seconds/best[0].Seconds()
	b.add(row)
	return nil
}
