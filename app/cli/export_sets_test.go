package cli

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"iceexplorer/app/export"
	"iceexplorer/jobs"
)

// numbered writes frames of smoke, from 1, and has their folder.
func numbered(t *testing.T, frames ...int) string {
	t.Helper()
	dir := t.TempDir()
	placed(t, func(n int) string { return filepath.Join(dir, fmt.Sprintf("smoke_%d.icecache", n)) }, frames...)
	return dir
}

func TestSkipTookAPartOfASetForTheWhole(t *testing.T) {
	t.Parallel()
	dir := numbered(t, 1, 2, 3, 4)
	for name, tc := range map[string]struct {
		format []string
		clip   string
	}{
		"usda":        {[]string{"--to", "usda"}, "smoke.3.usda"},
		"mc":          {[]string{"--to", "mc"}, "smokeFrame3.mc"},
		"mc, one .mc": {[]string{"--to", "mc", "--one-file"}, "smoke.mc"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			to := t.TempDir()
			run := func(more ...string) string {
				t.Helper()
				r := do(t, append(append([]string{"export", "-o", to, "--skip", dir}, tc.format...), more...)...)
				if r.status != StatusOK {
					t.Fatalf("%+v", r)
				}
				return outcomeOf(r.out)
			}
			const written, skipped = "1 sequence: 1 converted", "1 sequence: 0 converted, 1 skipped (exists)"
			for i, step := range []struct {
				frames, want string
			}{{"1,4", written}, {"1,4", skipped}, {"1,2,4", written}, {"1-4", written}, {"1-4", skipped}, {"2-4", written}, {"1-4", written}} {
				if got := run("--frames", step.frames); got != step.want {
					t.Errorf("%d: %s: %s, want %s", i, step.frames, got, step.want)
				}
			}
			if err := os.Remove(filepath.Join(to, tc.clip)); err != nil {
				t.Fatal(err)
			}
			if got := run(); got != written {
				t.Errorf("a file is gone: %s", got)
			}
			if got := run(); got != skipped {
				t.Errorf("all is there: %s", got)
			}
		})
	}
}

func TestOnlyTheFirstBadFrameOfASetWasNamed(t *testing.T) {
	t.Parallel()
	dir := numbered(t, 1, 2, 3, 4, 5, 6)
	path := func(n int) string { return filepath.Join(dir, fmt.Sprintf("smoke_%d.icecache", n)) }
	whole := read(t, path(2))
	for n, content := range map[int]string{2: whole[:len(whole)/2], 4: whole[:len(whole)/2], 5: "no cache"} {
		if err := os.WriteFile(path(n), []byte(content), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	for _, format := range []string{"usda", "mc"} {
		to := t.TempDir()
		r := do(t, "export", "--to", format, "-o", to, dir)
		if r.status != StatusFailed || strings.Count(r.errors, "\n") != 3 || len(tree(t, to)) > 0 {
			t.Errorf("%s: %+v, there are %v", format, r, tree(t, to))
		}
		for _, n := range []int{2, 4, 5} {
			if strings.Count(r.errors, ": "+path(n)+"\n") != 1 {
				t.Errorf("%s: frame %d is not named: %s", format, n, r.errors)
			}
		}
		report := filepath.Join(t.TempDir(), "report.json")
		if r = do(t, "export", "--to", format, "-o", to, "--json", "--report", report, dir); r.status != StatusFailed {
			t.Errorf("%s: %+v", format, r)
		}
		line, _, _ := strings.Cut(r.out, "\n")
		var told export.File
		if err := json.Unmarshal([]byte(line), &told); err != nil {
			t.Fatal(err)
		}
		reported, err := export.ReadReport(report)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range []export.File{told, reported.Files[0]} {
			if !strings.HasSuffix(f.Why, path(2)) || len(f.Further) != 2 || !strings.HasSuffix(f.Further[0], path(4)) || !strings.HasSuffix(f.Further[1], path(5)) {
				t.Errorf("%s: %+v", format, f)
			}
		}
	}
}

func TestOneOfTwoSetsOfTheSameNameWasWritten(t *testing.T) {
	t.Parallel()
	padded := numbered(t, 1, 2)
	placed(t, func(n int) string { return filepath.Join(padded, fmt.Sprintf("smoke_%02d.icecache", n)) }, 1, 2)
	folders := []string{numbered(t, 1, 2), numbered(t, 1)}
	for i, args := range [][]string{{"--to", "usda", padded}, {"--to", "mc", padded}, append(folders, "--to", "usda"), append(folders, "--to", "mc")} {
		to := filepath.Join(t.TempDir(), "to")
		r := do(t, append([]string{"export", "-o", to}, args...)...)
		if r.status != StatusUsage || !strings.Contains(r.errors, "would become the same file: "+to) {
			t.Errorf("%+v", r)
		}
		if _, err := os.Stat(to); err == nil {
			t.Errorf("%d: something was begun", i)
		}
	}
}

func TestSkipTookAFolderForTheFrame(t *testing.T) {
	t.Parallel()
	dir := numbered(t, 1)
	for format, name := range map[string]string{"csv": "smoke_1.csv", "usda": "smoke.usda", "mc": "smoke.xml"} {
		to := t.TempDir()
		if err := os.Mkdir(filepath.Join(to, name), 0o777); err != nil {
			t.Fatal(err)
		}
		if r := do(t, "export", "--to", format, "-o", to, "--skip", dir); r.status != StatusFailed || !strings.HasSuffix(r.errors, "a folder has this name: "+filepath.Join(to, name)+"\n") {
			t.Errorf("%s: %+v", format, r)
		}
	}
}

func TestTheNameOfASetTookTheNumberOfItsFirstFrame(t *testing.T) {
	t.Parallel()
	dir, to := numbered(t, 1, 2), filepath.Join(t.TempDir(), "to")
	for format, label := range map[string]string{"usda": "a .usda", "mc": "an nCache"} {
		r := do(t, "export", "--to", format, "-o", to, "--name", "{name}.{frame:04}", dir)
		if r.status != StatusUsage || !strings.Contains(r.errors, `"{name}.{frame:04}": {frame} has no place in the name, as `+label+" holds all frames of a sequence") {
			t.Errorf("%s: %+v", format, r)
		}
	}
	if _, err := os.Stat(to); err == nil {
		t.Error("something was begun")
	}
}

func TestAShorterStageLeftTheLayersOfTheLongerOne(t *testing.T) {
	t.Parallel()
	dir, to := numbered(t, 1, 2, 3), t.TempDir()
	other := filepath.Join(to, "smoke.7.usda") // is not the stage's
	if err := os.WriteFile(other, []byte("mine"), 0o666); err != nil {
		t.Fatal(err)
	}
	must(t, "export", "--to", "usda", "-o", to, dir)
	must(t, "export", "--to", "usda", "-o", to, "--overwrite", "--frames", "2-3", dir)
	if got := strings.Join(tree(t, to), " "); got != "smoke.2.usda smoke.3.usda smoke.7.usda smoke.manifest.usda smoke.usda" {
		t.Errorf("there are %s", got)
	}
}

func TestAShorterNCacheLeftTheFilesOfTheLongerOne(t *testing.T) {
	t.Parallel()
	dir, to := numbered(t, 1, 2, 3), t.TempDir()
	if err := os.WriteFile(filepath.Join(to, "smokeFrame900.mc"), []byte("mine"), 0o666); err != nil {
		t.Fatal(err)
	}
	for i, step := range []struct{ args, want string }{
		{"", "smoke.xml smokeFrame1.mc smokeFrame2.mc smokeFrame3.mc smokeFrame900.mc"},
		{"--frames 2-3", "smoke.xml smokeFrame2.mc smokeFrame3.mc smokeFrame900.mc"},
		{"--one-file", "smoke.mc smoke.xml smokeFrame900.mc"},
		{"--frames 1", "smoke.xml smokeFrame1.mc smokeFrame900.mc"},
	} {
		must(t, append(strings.Fields("export --to mc --overwrite "+step.args), "-o", to, dir)...)
		if got := strings.Join(tree(t, to), " "); got != step.want {
			t.Errorf("%d: there are %s", i, got)
		}
	}
}

// The line of progress stood still until a sequence was written.
func TestFramesOfASetCountAsTheyAreWritten(t *testing.T) {
	t.Parallel()
	env := testEnv(io.Discard, io.Discard)
	for _, format := range []string{"usda", "mc"} {
		kinds := export.Caches(env.Formats)
		kind, _ := export.Find(kinds, format)
		order := &export.Order{Kind: kind, Dir: t.TempDir()}
		findInputs(kinds, order, []string{numbered(t, 1, 2, 3)})
		plan, err := order.Plan()
		if err != nil {
			t.Fatal(err)
		}
		pool := jobs.New(jobs.Options{Command: env.WorkerCommand, Build: env.Build, Workers: 1})
		loop := export.NewLoop()
		var run *export.Run
		var done []string
		run = export.Start(t.Context(), plan, &export.Pool{Plan: plan, Pool: pool}, export.RunOptions{Post: loop.Post, Stepped: func() {
			p := run.Progress()
			done = append(done, fmt.Sprintf("%d of %d", p.Done, p.Total))
			if p.Bytes == 0 {
				t.Error("no bytes are counted")
			}
		}})
		loop.Until(run.Ended)
		pool.Close()
		if got := strings.Join(done, ", "); got != "1 of 3, 2 of 3, 3 of 3" || !run.Report().OK() || run.Report().Written != 1 {
			t.Errorf("%s: %s; %s", format, got, run.Report().Text())
		}
	}
}

// A sequence counted as one frame in what is said of the speed.
func TestTheSpeedOfASetIsThatOfItsFrames(t *testing.T) {
	t.Parallel()
	dir := numbered(t, 1, 2, 3)
	var took, rate float64
	out := must(t, "export", "--to", "usda", "-o", t.TempDir(), dir)
	if _, err := fmt.Sscanf(out[strings.Index(out, " in ")+4:], "%f ms, %f frames/s", &took, &rate); err != nil {
		if _, err = fmt.Sscanf(out[strings.Index(out, " in ")+4:], "%f s, %f frames/s", &took, &rate); err != nil {
			t.Fatal(err, out)
		}
		took *= 1000
	}
	if frames := rate * took / 1000; frames < 2.5 || frames > 3.5 {
		t.Errorf("%v frames: %s", frames, out)
	}
}

// Workers, which may make no links, could not move one aside: the set failed.
func TestSetsTakeThePlaceOfLinks(t *testing.T) {
	t.Parallel()
	dir := numbered(t, 1, 2)
	for _, format := range []string{"usda", "mc"} {
		to := t.TempDir()
		if r := do(t, "export", "--to", format, "-o", to, dir); r.status != StatusOK {
			t.Fatalf("%+v", r)
		}
		kept := filepath.Join(t.TempDir(), "kept")
		if err := os.WriteFile(kept, []byte("mine"), 0o666); err != nil {
			t.Fatal(err)
		}
		files := tree(t, to)
		for _, name := range files {
			path := filepath.Join(to, name)
			if err := os.Remove(path); err != nil {
				t.Fatal(err)
			}
			if err := os.Symlink(kept, path); err != nil {
				t.Skip(err)
			}
		}
		if r := do(t, "export", "--to", format, "--overwrite", "-o", to, dir); r.status != StatusOK {
			t.Errorf("%s: %+v", format, r)
		}
		for _, name := range files {
			if st, err := os.Lstat(filepath.Join(to, name)); err != nil || !st.Mode().IsRegular() {
				t.Errorf("%s: %s: %v, %v", format, name, st, err)
			}
		}
		if text, err := os.ReadFile(kept); err != nil || string(text) != "mine" {
			t.Errorf("%s: what the links led to: %q, %v", format, text, err)
		}
	}
}
