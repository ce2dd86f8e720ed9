package bench

import (
	"bytes"
	"encoding/json"
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

// A clock that stood still made a ratio that JSON cannot hold: "unsupported value: NaN", and no report.
func TestARatioOfNoTimeIsLeftOut(t *testing.T) {
	t.Parallel()
	nothing := 0.0
	b := &bench{report: &Report{}}
	for _, r := range []float64{nothing / nothing, 1 / nothing} {
		b.add(Row{ID: "x", Section: "S", What: "w", Ratio: r, Of: "a picture", Goal: atMost(ofRatio, 1)})
	}
	var out bytes.Buffer
	if _, err := json.Marshal(b.report); err != nil {
		t.Error(err)
	}
	if err := b.report.WriteText(&out); err != nil || strings.Contains(out.String(), "picture") || strings.Contains(out.String(), "at most") || !strings.Contains(out.String(), "skipped: it is shorter than this clock can tell") {
		t.Errorf("%v, %s", err, &out)
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

// Measuring one part threw away the figures of all others.
func TestMarkdownOfOnePartKeepsTheOthers(t *testing.T) {
	t.Parallel()
	const (
		head  = "- Date: long ago\n"
		alone = "\n### Exporting\n\nold\n"
		first = "\n### Decoding one file on one core\n\n| d |\n"
		draw  = "\n### Drawing, 1280x720, of a card\n\n| r |\n"
		asked = "\n### Asking sequences\n\nBy hand.\n\n| a |\n"
	)
	row := func(section string) Row { return Row{ID: "x", Section: section, What: "new", Seconds: 1} }
	for name, tc := range map[string]struct {
		old   string
		rows  []Row
		order []string // of what is there then
		gone  string
	}{
		"in its place":       {head + first + alone + asked, []Row{row(exports)}, []string{head + first + "\n### Exporting\n", "| new |", asked}, "old"},
		"where it belongs":   {head + first + asked + draw, []Row{row(exports)}, []string{head + first + "\n### Exporting\n", "| new |", asked + draw}, ""},
		"at the end":         {head + first, []Row{row(exports)}, []string{head + first + "\n### Exporting\n", "| new |"}, ""},
		"of another card":    {head + draw + asked, []Row{row("Drawing, 1280x720, of another")}, []string{head, "of another\n", "| new |", asked}, "of a card"},
		"two":                {head + first + draw, []Row{row(exports), row(asking)}, []string{first + "\n### Exporting\n", "\n### " + asking + "\n", draw}, ""},
		"nothing was before": {"", []Row{row(exports)}, []string{"### Exporting\n\nOf a run by itself. Date: ", "| new |"}, ""},
	} {
		path := filepath.Join(t.TempDir(), "a.md")
		if err := os.WriteFile(path, []byte("# Above\n"+beginMark+tc.old+endMark+"\nBelow.\n"), 0o666); err != nil {
			t.Fatal(err)
		}
		r := &Report{Only: []string{"export"}, Rows: tc.rows}
		if err := r.UpdateMarkdown(path); err != nil {
			t.Fatal(err)
		}
		once, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		rest := string(once)
		for _, want := range append(append([]string{"# Above\n" + beginMark}, tc.order...), endMark+"\nBelow.\n") {
			_, behind, found := strings.Cut(rest, want)
			if !found {
				t.Errorf("%s: no %q behind what is before it:\n%s", name, want, once)
				break
			}
			rest = behind
		}
		if tc.gone != "" && strings.Contains(string(once), tc.gone) {
			t.Errorf("%s: %q is still there:\n%s", name, tc.gone, once)
		}
		if err := r.UpdateMarkdown(path); err != nil {
			t.Fatal(err)
		}
		if twice, err := os.ReadFile(path); err != nil || string(twice) != string(once) {
			t.Errorf("%s: written twice it is another: %v\n%s", name, err, twice)
		}
	}
}

func TestOnlyPartsThatThereAreAreMeasured(t *testing.T) {
	t.Parallel()
	for list, want := range map[string]string{"decode": "decode", " export, draw ,": "export draw", "": "", ",": "", "decode,speed": "", "Export": ""} {
		got, err := ParseParts(list)
		if strings.Join(got, " ") != want || (err == nil) != (want != "") {
			t.Errorf("%q: %q, %v", list, got, err)
		}
		if err != nil && !strings.Contains(err.Error(), "decode, pool") {
			t.Errorf("%q: the parts are not listed: %v", list, err)
		}
		o := Options{Only: got}
		if n := len(o.wanted()); want != "" && n != len(got) || want == "" && n != len(parts()) {
			t.Errorf("%q: %d parts", list, n)
		}
	}
}
