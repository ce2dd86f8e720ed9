package export_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"iceexplorer/app/export"
	"iceexplorer/app/export/internal/toy"
	"iceexplorer/cache"
	"iceexplorer/cache/export/formats"
)

// A format is one package and one line, and is planned, run and reported like any other.
func TestAToyFormatNeedsAPackageAndALine(t *testing.T) {
	t.Parallel()
	known := export.Caches(formats.All())
	names := strings.Replace(export.Names(known), " or ", ", ", 1)
	kinds := append(known, toy.Kind()) // the line
	kind, ok := export.Find(kinds, "toy")
	if !ok || export.Names(kinds) != names+" or toy" {
		t.Fatalf("there are %s", export.Names(kinds))
	}
	dir := filepath.Join(t.TempDir(), "new")
	order := export.Order{Kind: kind, Dir: dir, Frames: []cache.FrameSpan{{First: 1, Last: 3, Step: 2}}}
	for sequence := range 2 {
		for n := range 5 {
			order.Inputs = append(order.Inputs, export.Input{Name: "a", Source: "a.icecache", Sequence: sequence, Number: cache.Number(n)})
		}
	}
	run := func() *export.Report {
		t.Helper()
		plan, err := order.Plan()
		if err == nil {
			err = plan.Prepare()
		}
		if err != nil {
			t.Fatal(err)
		}
		loop := export.NewLoop()
		r := export.Start(t.Context(), plan, toy.Doer{}, export.RunOptions{Width: 2, Post: loop.Post})
		loop.Until(r.Ended)
		return r.Report()
	}
	first := run()
	if !first.OK() || !regexp.MustCompile(`^2 lists: 2 written; 4 B of values in `).MatchString(first.Text()) {
		t.Errorf("first: %q", first.Text())
	}
	for _, name := range []string{"sequence0.toy", "sequence1.toy"} {
		if b, err := os.ReadFile(filepath.Join(dir, name)); string(b) != "1\n3\n" {
			t.Errorf("%s has %q, %v", name, b, err)
		}
	}
	again := run()
	if got := again.Text(); got != "2 lists: 0 written, 2 skipped (exists)" {
		t.Errorf("again: %q", got)
	}
	var read export.Report
	b, err := json.Marshal(again)
	if err == nil {
		err = json.Unmarshal(b, &read)
	}
	if err != nil || read.Kind != "toy" || read.Total != 2 || len(read.Files) != 2 || read.Files[1].Outcome != export.FileSkipped ||
		!slices.Equal(read.Files[1].From, []string{"a", "a"}) || read.Files[1].To != filepath.Join(dir, "sequence1.toy") {
		t.Errorf("as JSON: %s, %v", b, err)
	}
}
