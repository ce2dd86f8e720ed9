package cli

import (
	"encoding/json"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"iceexplorer/app/bench"
)

func TestBenchPrintsEveryFigureAndUpdatesMarkdown(t *testing.T) {
	t.Setenv("DISPLAY", "") // the test binary has no window
	doc := filepath.Join(t.TempDir(), "performance.md")
	frame := "# Figures\n\n<!-- iceexplorer bench: begin -->\nOUTDATED\n<!-- iceexplorer bench: end -->\n\nThe end.\n"
	if err := os.WriteFile(doc, []byte(frame), 0o666); err != nil {
		t.Fatal(err)
	}
	var report bench.Report
	out := must(t, "bench", "--quick", "--points", "2000", "--json", "--markdown", doc)
	if err := json.Unmarshal([]byte(out), &report); err != nil {
		t.Fatal(err)
	}
	seen := map[string]int{}
	for _, r := range report.Rows {
		seen[r.ID]++
		none := !(r.Seconds > 0) && runtime.GOOS != "windows" // whose clock may stand still meanwhile
		if r.Skipped == "" && none && r.Memory == 0 {
			t.Errorf("%s has no figure", r.ID)
		}
	}
	for id, n := range map[string]int{
		"inflate": 2, "decode": 2, "pure": 2, "gzip": 2, "read": 2, "cold": 2, "fresh": 2, "limited": 1, "limited-peak": 1, "frames-inprocess": 1, "pool-cost": 1, "workers-2": 1,
		"plain": 1, "convert": 1, "plain-synced": 1, "convert-synced": 1, "convert-worker": 1, "sih5-read": 1, "sih5-verify": 1, "sih5-open": 2, "sih5-index": 2,
		"memcpy": 2, "switch": 2, "switch-map": 2, "touch": 2, "first": 1, "seek": 1, "indexed": 1, "play-median": 1, "private": 1,
		"export-csv": 1, "export-hdf": 1, "export-usda": 1, "export-workers-csv": 1, "export-workers-ply": 1, "export-memory": 1, "export-memory-decoding": 1, "export-duckdb-one": 1, "export-duckdb-all": 1,
		"start-verb": 1, "start-worker": 1, "start-window": 1, "upload": -1, "python": 1, "numpy": 1, "h5py": 1,
	} {
		if n > 0 && seen[id] != n || seen[id] == 0 {
			t.Errorf("%d rows of %s", seen[id], id)
		}
	}
	text, err := os.ReadFile(doc)
	if err != nil {
		t.Fatal(err)
	}
	if seen["draw"] > 0 { // there is something to draw with
		for what, n := range map[string]int{"a picture with nothing to upload": seen["draw"], "the same in four panes": seen["draw"], "the same in four panes while a camera moves, as the window draws it": seen["draw"]} {
			if got := strings.Count(string(text), "| "+what+" |"); got != n {
				t.Errorf("the Markdown has %d of %d rows of %s", got, n, what)
			}
		}
	}
	for _, want := range []string{"# Figures\n\n<!--", "| 2,000 | decode: ", "Machine: ", "end -->\n\nThe end.\n"} {
		if !strings.Contains(string(text), want) {
			t.Errorf("the Markdown lacks %q:\n%s", want, text)
		}
	}
	if strings.Contains(string(text), "OUTDATED") {
		t.Error("the old figures are still there")
	}
	out = must(t, "bench", "--quick", "--points", "2000", "--only", "start", "--markdown", doc)
	if strings.Contains(out, "decode: ") || !strings.Contains(out, "a worker: from exec to its hello") {
		t.Errorf("of one part it prints\n%s", out)
	}
	if text, err = os.ReadFile(doc); err != nil {
		t.Fatal(err)
	}
	for want, n := range map[string]int{"| 2,000 | decode: ": 1, "\n### Exporting\n": 1, "\n### Starting\n": 1, "\nOf a run by itself. ": 1, "\n| 2,000 | csv |": 1} {
		if got := strings.Count(string(text), want); got != n {
			t.Errorf("after measuring one part the Markdown has %d of %q:\n%s", got, want, text)
		}
	}
}

func TestBenchRefusesWhatItCannotUse(t *testing.T) {
	t.Parallel()
	if r := do(t, "bench", "x"); r.status != StatusUsage || !strings.Contains(r.errors, `bench takes no argument "x"`) {
		t.Errorf("status %d: %s", r.status, r.errors)
	}
	if r := do(t, "bench", "--only", "decode,speed"); r.status != StatusUsage || !strings.Contains(r.errors, `--only "speed": want decode, pool, `) {
		t.Errorf("status %d: %s", r.status, r.errors)
	}
	missing := filepath.Join(t.TempDir(), "none.md")
	if r := do(t, "bench", "--quick", "--markdown", missing); r.status != StatusFailed || !strings.HasSuffix(r.errors, missing+"\n") {
		t.Errorf("status %d: %s", r.status, r.errors)
	}
}
