package cli

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"iceexplorer/cache"
	"iceexplorer/cache/icecache"
)

// Titles were printed, and then the error of the sort.
func TestASortThatNoFrameKnowsPrintsNoTitles(t *testing.T) {
	t.Parallel()
	dir, _ := lives(t, true)
	for sort, want := range map[string]string{"Aeg": "did you mean Age?", "v": "cannot be sorted by a vector"} {
		if r := do(t, "query", "--sort", sort, "--limit", "2", dir); r.status != StatusFailed || r.out != "" || !strings.Contains(r.errors, want) {
			t.Errorf("%s: %d: %q, %q", sort, r.status, r.out, r.errors)
		}
	}
}

// JSON had one key twice.
func TestColumnsThatAreAskedForTwiceHaveNamesOfTheirOwn(t *testing.T) {
	t.Parallel()
	dir, _ := lives(t, true)
	for _, c := range []struct {
		args string
		want string
	}{
		{"query --columns ID,ID,Age --limit 1", `{"frame":1,"index":0,"ID":0,"ID (2)":0,"Age":0}`},
		{"trace --id 7 --columns ID --frames 1", `{"frame":1,"ID":7,"index":1,"ID (2)":7}`},
		{"trace --id 7 --frames 1", `{"frame":1,"ID":7,"index":1,"Age":0.25,"PointVelocity.x":1,"PointVelocity.y":0,"PointVelocity.z":1}`},
	} {
		got := strings.TrimSpace(must(t, append(strings.Fields(c.args), "--format", "ndjson", dir)...))
		if got != c.want {
			t.Errorf("%s: %s", c.args, got)
		}
	}
	var once, twice []map[string]any
	for list, to := range map[string]*[]map[string]any{"Age": &once, "Age,Age": &twice} {
		if err := json.Unmarshal([]byte(must(t, "stats", "--of", list, "--format", "json", dir)), to); err != nil {
			t.Fatal(err)
		}
	}
	if fmt.Sprint(once) != fmt.Sprint(twice) {
		t.Errorf("Age is counted twice: %v, once %v", twice, once)
	}
}

// The row of a frame that lacks a point did not say which point it is.
func TestTraceNamesThePointOfEveryRow(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for n, points := range []uint32{3, 0, 1} {
		b := cache.NewBuilder(cache.Header{Version: 103, Points: points})
		b.Int32s("ID", []int32{10, 20, 30}[:points])
		f, err := b.Frame()
		if err != nil {
			t.Fatal(err)
		}
		if err := icecache.WriteFile(t.Context(), filepath.Join(dir, fmt.Sprintf("few_%d.icecache", n+1)), f, icecache.EncodeOptions{}); err != nil {
			t.Fatal(err)
		}
	}
	for args, want := range map[string]string{
		"--index 2": "1 30 2;2  2;3  2", "--id 30": "1 30 2;2 30 ;3 30 ",
	} {
		r := do(t, append(append([]string{"trace", "--columns", "$n", "--format", "csv"}, strings.Fields(args)...), dir)...)
		_, rows := rowsOf(t, r.out)
		var got []string
		for _, row := range rows {
			got = append(got, strings.Join(row[:3], " "))
		}
		if strings.Join(got, ";") != want || r.status != StatusOK {
			t.Errorf("%s: %q, want %q; %s", args, got, want, r.errors)
		}
	}
}

func TestAFlagThatWasMeantIsNamed(t *testing.T) {
	t.Parallel()
	for args, want := range map[string]string{
		"query --colums ID x": "unknown flag --colums; did you mean --columns?", "stats --formt csv x": "; did you mean --format?", "trace --ids 3 x": "; did you mean --id?",
		"render --color-bye Age x": "; did you mean --color-by?", "query --zzz x": "unknown flag --zzz\n", "query -z x": "unknown flag -z\n",
	} {
		if r := do(t, strings.Fields(args)...); r.status != StatusUsage || !strings.Contains(r.errors, want) {
			t.Errorf("%s: %d: %s", args, r.status, r.errors)
		}
	}
}

// Only the frames that were asked were searched for an attribute, and others were guessed.
func TestWhatOtherFramesOfTheSequenceHaveIsNotUnknown(t *testing.T) {
	t.Parallel()
	dir := lateHeat(t)
	for args, want := range map[string][2]string{
		"query|--frames|1|--columns|Age,Heat":       {"index,Age,Heat\n0,1,\n1,1,\n", "the frame lacks Heat, which others have: it stays empty there (1)"},
		"query|--frames|1-2|--columns|Heat":         {"frame,index,Heat\n1,0,\n1,1,\n2,0,\n2,1,\n", "2 of 2 frames lack Heat, which others have: it stays empty there (1, 2)"},
		"query|--frames|4-5|--columns|Heat":         {"frame,index,Heat\n4,0,\n4,1,\n5,0,3\n5,1,9\n", "1 of 2 frames lacks Heat, which others have: it stays empty there (4)"},
		"query|--frames|1|--where|Heat > 0":         {"index,Age\n", "the frame lacks Heat, which others have: no point meets the condition there (1)"},
		"trace|--frames|1|--index|0|--columns|Heat": {"frame,ID,index,Heat\n1,,0,\n", "the frame lacks Heat, which others have: it stays empty there (1)"},
		"stats|--frames|1|--by|frame|--of|Heat":     {"frame,of,count,nonfinite,min,max,mean,deviation,median,distinct\n1,Heat,,,,,,,,\n", "the frame lacks Heat, which others have: it stays empty there (1)"},
	} {
		r := do(t, append(strings.Split(args, "|"), "--format", "csv", dir)...)
		if r.status != StatusOK || r.out != want[0] || r.errors != "iceexplorer: warning: "+want[1]+"\n" {
			t.Errorf("%s: %d: %s%s", args, r.status, r.out, r.errors)
		}
	}
}

// What the first frame lacks was not printed of the others either.
func TestAllAttributesAreThoseOfAllFramesAsked(t *testing.T) {
	t.Parallel()
	dir := lateHeat(t)
	for args, want := range map[string]string{
		"query|--frames|4-5":           "frame,index,Age,Heat\n4,0,1,\n4,1,4,\n5,0,1,3\n5,1,5,9\n",
		"query|--frames|3-4":           "frame,index,Age\n3,0,1\n3,1,3\n4,0,1\n4,1,4\n",
		"trace|--index|1|--frames|4-5": "frame,ID,index,Age,Heat\n4,,1,4,\n5,,1,5,9\n",
	} {
		r := do(t, append(strings.Split(args, "|"), "--format", "csv", dir)...)
		if r.status != StatusOK || r.out != want || r.errors != "" {
			t.Errorf("%s: %d: %s%s", args, r.status, r.out, r.errors)
		}
	}
}
