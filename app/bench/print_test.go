package bench

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestGoalsAreJudgedByTheirOwnFigure(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		row  Row
		text string
	}{
		{Row{Ratio: 1.1, Seconds: 9, Goal: atMost(ofRatio, 1.1)}, "at most 1.1: met"},
		{Row{Ratio: 1.11, Goal: atMost(ofRatio, 1.1)}, "at most 1.1: missed"},
		{Row{Ratio: 1.84, Goal: atLeast(ofRatio, 1.85)}, "at least 1.85: missed"},
		{Row{Ratio: 9, Seconds: 0.01, Goal: atMost(ofSeconds, 0.025)}, "at most 25.00 ms: met"},
		{Row{Memory: 201e6, Goal: atMost(ofMemory, 200e6)}, "at most 200 MB: missed"},
	} {
		tc.row.judge()
		if got := tc.row.Goal.text(); got != tc.text {
			t.Errorf("%+v: %q, want %q", tc.row, got, tc.text)
		}
	}
}

func TestSkippedRowsSayWhyAndHaveNoVerdict(t *testing.T) {
	t.Parallel()
	r := Report{Rows: []Row{{ID: "x", Section: "S", What: "w", Skipped: "no EGL", Goal: atMost(ofSeconds, 1)}}}
	var out bytes.Buffer
	if err := r.WriteText(&out); err != nil {
		t.Fatal(err)
	}
	if s := out.String(); !strings.Contains(s, "skipped: no EGL") || strings.Contains(s, "met") || strings.Contains(s, "missed") {
		t.Error(s)
	}
}

func TestMarkdownWithoutMarksIsLeftAlone(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "a.md")
	const text = "# Nothing here\n" + endMark + beginMark
	if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	if err := (&Report{}).UpdateMarkdown(path); err == nil {
		t.Error("no error")
	}
	if got, err := os.ReadFile(path); err != nil || string(got) != text {
		t.Errorf("now it is %q, %v", got, err)
	}
}
