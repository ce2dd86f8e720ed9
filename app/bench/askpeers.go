package bench

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"iceexplorer/app/inspect"
	"iceexplorer/app/inspect/expr"
)

// askingPeers has libraries of others asked the same questions, where they are installed.
// The times are ours: of the filter, the sort, the histogram and the summary.
func (b *bench) askingPeers(ctx context.Context, f expr.Frame, ours askTimes) error {
	dir, err := os.MkdirTemp(b.dir, "ask")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	for name, data := range map[string][]byte{"age": f.Attribute("Age").Bytes(), "pos": f.Attribute(inspect.Position).Bytes()} {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o600); err != nil {
			return err
		}
	}
	python := func(module string) func() (map[string]float64, error) {
		return func() (map[string]float64, error) {
			python, err := findPython(ctx, module)
			if err != nil {
				return nil, err
			}
			return askPeer(ctx, "ask.py", python, "-", module, dir)
		}
	}
	for _, p := range []struct {
		name string
		ask  func() (map[string]float64, error)
		rows []Row // of what has this ID in the peer's answer
	}{
		{"numpy", python("numpy"), []Row{{ID: "sort", What: "argsort"}, {ID: "histogram", What: "histogram", Goal: atLeast(ofRatio, 5)}}},
		{"numexpr", python("numexpr"), []Row{{ID: "filter", What: "the filter", Goal: atLeast(ofRatio, 1)}}},
		{"duckdb", func() (map[string]float64, error) {
			if err := findDuckDB(ctx); err != nil {
				return nil, err
			}
			return askPeer(ctx, "ask_duckdb.js", node, "-", dir)
		}, []Row{
			{ID: "filter", What: "the filter"}, {ID: "sort", What: "the sort", Goal: atLeast(ofRatio, 5)},
			{ID: "summary", What: "the summary", Goal: atLeast(ofRatio, 8)},
		}},
	} {
		seconds, err := p.ask()
		for _, row := range p.rows {
			row.What, row.Section, row.Points = fmt.Sprintf("%s: %s", p.name, row.What), asking, int(f.Header.Points)
			row.Of = "our time"
			if err != nil {
				row.Skipped = err.Error()
			} else {
				row.Seconds = seconds[row.ID]
				row.Ratio = row.Seconds / max(ours[row.ID], 1).Seconds()
			}
			row.ID = "ask-" + p.name + "-" + row.ID
			b.add(row)
		}
	}
	return nil
}

// askTimes are the best times of questions, by their names in the peers' answers.
type askTimes map[string]time.Duration

// askPeer runs a script, which prints the best time of each question.
func askPeer(ctx context.Context, script, program string, args ...string) (map[string]float64, error) {
	text, err := scripts.ReadFile("peers/" + script)
	if err != nil {
		return nil, err
	}
	cmd := exec.CommandContext(ctx, program, args...)
	cmd.Stdin, cmd.Stderr = strings.NewReader(string(text)), os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("run %s: %w", script, err)
	}
	seconds := map[string]float64{}
	if err := json.Unmarshal(out, &seconds); err != nil {
		return nil, fmt.Errorf("run %s: %w", script, err)
	}
	return seconds, nil
}

const node = "node"

// findDuckDB says whether node finds DuckDB's binding.
func findDuckDB(ctx context.Context) error {
	text, err := scripts.ReadFile("peers/ask_duckdb.js")
	if err != nil {
		return err
	}
	cmd := exec.CommandContext(ctx, node, "-")
	cmd.Stdin = strings.NewReader(string(text))
	if cmd.Run() != nil {
		return errors.New("no node with @duckdb/node-api (make deps-duckdb)")
	}
	return nil
}
