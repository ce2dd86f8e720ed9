package cli

import (
	"cmp"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"iceexplorer/cache"
	"iceexplorer/cache/icecache"
)

// lives writes three frames of points that are born, move and die, and returns what a
// plain loop over the same numbers would find.
func lives(t *testing.T, ids bool) (dir string, frames []map[string][]float32) {
	t.Helper()
	dir = t.TempDir()
	for n := range 3 {
		var id []int32
		var age, vel []float32
		for i := n * 20; i < 100+n*10; i++ { // 20 die, 10 are born
			id = append(id, int32(i*7%1000))
			a := float32(n) + float32(i%13)/4
			if i == 55 {
				a = float32(math.NaN())
			}
			age = append(age, a)
			vel = append(vel, float32(i%17), 0, float32(i%5))
		}
		b := cache.NewBuilder(cache.Header{Version: 103, Points: uint32(len(id))})
		if ids {
			b.Int32s("ID", id)
		}
		b.Float32s("Age", cache.TypeFloat, age)
		b.Float32s("PointVelocity", cache.TypeVector3, vel)
		f, err := b.Frame()
		if err != nil {
			t.Fatal(err)
		}
		if err := icecache.WriteFile(t.Context(), filepath.Join(dir, fmt.Sprintf("lives_%d.icecache", n+1)), f, icecache.EncodeOptions{}); err != nil {
			t.Fatal(err)
		}
		asFloat := make([]float32, len(id))
		for i, v := range id {
			asFloat[i] = float32(v)
		}
		frames = append(frames, map[string][]float32{"ID": asFloat, "Age": age, "v": vel})
	}
	return dir, frames
}

// rowsOf reads CSV without its titles.
func rowsOf(t *testing.T, text string) (titles []string, rows [][]string) {
	t.Helper()
	all, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil || len(all) == 0 {
		t.Fatal(err, text)
	}
	return all[0], all[1:]
}

func TestQueryFindsTheFastestOfAllFrames(t *testing.T) {
	t.Parallel()
	dir, frames := lives(t, true)
	type fast struct {
		frame, index int
		speed        float64
	}
	var want []fast
	for n, f := range frames {
		for i := range f["ID"] {
			v := f["v"][3*i:]
			want = append(want, fast{n + 1, i, float64(float32(math.Sqrt(float64(v[0]*v[0] + v[2]*v[2]))))})
		}
	}
	slices.SortStableFunc(want, func(a, b fast) int { return cmp.Compare(b.speed, a.speed) })
	titles, rows := rowsOf(t, must(t, "query", "--sort=-v.mag", "--limit", "7", "--columns", "ID,v.mag", "--format", "csv", dir))
	if !slices.Equal(titles, []string{"frame", "index", "ID", "v.mag"}) || len(rows) != 7 {
		t.Fatal(titles, rows)
	}
	for i, r := range rows {
		speed, _ := strconv.ParseFloat(r[3], 64)
		if r[0] != fmt.Sprint(want[i].frame) || r[1] != fmt.Sprint(want[i].index) || math.Abs(speed-want[i].speed) > 1e-6 {
			t.Errorf("row %d is %v, want %v", i, r, want[i])
		}
	}
}

func TestQueryFiltersAsALoopWould(t *testing.T) {
	t.Parallel()
	dir, frames := lives(t, true)
	var want []string
	for n, f := range frames {
		for i, a := range f["Age"] {
			if a > 1 && f["v"][3*i+2] < 2 {
				want = append(want, fmt.Sprintf("%d,%d", n+1, i))
			}
		}
	}
	var got []string
	_, rows := rowsOf(t, must(t, "query", "--where", "Age > 1 and v.z < 2", "--columns", "Age", "--format", "csv", dir))
	for _, r := range rows {
		got = append(got, r[0]+","+r[1])
	}
	if !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

func TestQueryFormats(t *testing.T) {
	t.Parallel()
	_, file := odd(t)
	golden(t, "query_table.golden", must(t, "query", file))
	golden(t, "query_csv.golden", must(t, "query", "--format", "csv", file))
	golden(t, "query_tsv.golden", must(t, "query", "--format", "tsv", "--columns", "$index * 2, $n", file))
	golden(t, "query_ndjson.golden", must(t, "query", "--format", "ndjson", file))
	var list []map[string]any
	if err := json.Unmarshal([]byte(must(t, "query", "--format", "json", file)), &list); err != nil || len(list) == 0 {
		t.Error(err)
	}
	if err := json.Unmarshal([]byte(must(t, "query", "--format", "json", "--where", "false", file)), &list); err != nil || len(list) != 0 {
		t.Error(err, list)
	}
}

func TestFaultyExpressionsAreMarked(t *testing.T) {
	t.Parallel()
	dir, _ := lives(t, true)
	r := do(t, "query", "--where", "Age >", dir)
	if want := "iceexplorer: --where: column 6: a value is missing at the end\n  Age >\n       ^\nhint: iceexplorer query --help\n"; r.status != StatusUsage || r.errors != want {
		t.Errorf("%d: %s", r.status, r.errors)
	}
	r = do(t, "query", "--where", "1 < Agee", dir)
	if n := strings.Count(r.errors, "\n"); r.status != StatusFailed || n != 3 ||
		!strings.Contains(r.errors, "column 5: Agee: no such attribute; did you mean Age?") || !strings.HasSuffix(r.errors, "\n  1 < Agee\n      ^^^^\n") {
		t.Errorf("%d: %s", r.status, r.errors)
	}
	for _, args := range [][]string{{"--columns", "Age,"}, {"--limit", "0"}, {"--format", "xml"}, {"--frames", "x"}, {"--sort", ""}, {"--fps", "0"}} {
		if r := do(t, append(append([]string{"query"}, args...), dir)...); r.status != StatusUsage {
			t.Errorf("%v: %d: %s", args, r.status, r.errors)
		}
	}
	if r := do(t, "query", "--sort", "v", dir); r.status != StatusFailed || !strings.Contains(r.errors, "rows cannot be sorted by a vector") {
		t.Errorf("%d: %s", r.status, r.errors)
	}
	if r := do(t, "query", "--frames", "77", dir); r.status != StatusFailed || !strings.Contains(r.errors, "none of these frames") {
		t.Errorf("%d: %s", r.status, r.errors)
	}
}

// lateHeat writes six frames, of which only the last has Heat.
func lateHeat(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for n := range 6 {
		b := cache.NewBuilder(cache.Header{Version: 103, Points: 2})
		b.Float32s("Age", cache.TypeFloat, []float32{1, float32(n)})
		if n == 5 {
			b.Float32s("Heat", cache.TypeFloat, []float32{3, 9})
		}
		f, err := b.Frame()
		if err == nil {
			err = icecache.WriteFile(t.Context(), filepath.Join(dir, fmt.Sprintf("a_%d.icecache", n)), f, icecache.EncodeOptions{})
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// A frame without an attribute ended the run when it came first.
func TestFramesThatLackAnAttributeLeaveTheOthers(t *testing.T) {
	t.Parallel()
	dir := lateHeat(t)
	lacks := func(comes string) string {
		return "iceexplorer: warning: 5 of 6 frames lack Heat, which others have: " + comes + " (0, 1, 2, 3, 4)\n"
	}
	const empty, none, last = "it stays empty there", "no point meets the condition there", "these rows come last"
	for _, c := range []struct{ args, out, comes string }{
		{"query|--where|Heat > 5|--columns|Age,Heat", "frame,index,Age,Heat\n5,1,5,9\n", none},
		{"query|--columns|Heat,Age|--where|Age > 1", "frame,index,Heat,Age\n2,1,,2\n3,1,,3\n4,1,,4\n5,1,9,5\n", empty},
		{"query|--sort=-Heat|--limit|3|--columns|Age", "frame,index,Age\n5,1,5\n5,0,1\n0,0,1\n", last},
		{"query|--sort=-Heat|--limit|3|--columns|Heat", "frame,index,Heat\n5,1,9\n5,0,3\n0,0,\n", empty + ", and " + last},
		{"stats|--of|Age,Heat", "of,count,nonfinite,min,max,mean,deviation,median,distinct\nAge,12,0,0,5,1.75,1.4215601757693317,,\nHeat,2,0,3,9,6,3,6,\n", empty},
		{"stats|--of|Age|--where|Heat > 5", "of,count,nonfinite,min,max,mean,deviation,median,distinct\nAge,1,0,5,5,5,0,,\n", none},
		{"trace|--index|1|--columns|Heat,Age", "frame,ID,index,Heat,Age\n0,,1,,0\n1,,1,,1\n2,,1,,2\n3,,1,,3\n4,,1,,4\n5,,1,9,5\n", empty},
	} {
		args := append(strings.Split(c.args, "|"), "--format", "csv", dir)
		if r := do(t, args...); r.status != StatusOK || r.out != c.out || r.errors != lacks(c.comes) {
			t.Errorf("%v: %d: %s%s", args, r.status, r.out, r.errors)
		}
	}
	r := do(t, "stats", "--by", "frame", "--of", "Age,Heat", "--format", "csv", dir)
	if _, rows := rowsOf(t, r.out); r.status != StatusOK || r.errors != lacks(empty) || len(rows) != 12 || strings.Join(rows[1], ",") != "0,Heat,,,,,,,," || rows[0][2] != "2" || rows[11][2] != "2" {
		t.Errorf("%d: %s%s", r.status, r.out, r.errors)
	}
	for _, args := range []string{"query|--columns|Age,Fog", "query|--where|Fog > 1", "query|--sort|Fog", "stats|--of|Age,Fog", "stats|--where|Fog > 1", "trace|--index|1|--columns|Fog", "query|--frames|0-4|--columns|Fog"} {
		r := do(t, append(strings.Split(args, "|"), dir)...)
		if r.status != StatusFailed || r.out != "" || strings.Count(r.errors, "no such attribute") != 1 || strings.Contains(r.errors, "warning") {
			t.Errorf("%s: %d: %s%s", args, r.status, r.out, r.errors)
		}
	}
}

func TestTraceFollowsPointsByID(t *testing.T) {
	t.Parallel()
	dir, frames := lives(t, true)
	var want []string
	for n, f := range frames {
		for _, id := range []float32{25 * 7, 105 * 7} { // one dies, one is born
			cells := []string{fmt.Sprint(n + 1), fmt.Sprint(id), "", ""}
			if i := slices.Index(f["ID"], id); i >= 0 {
				cells[2], cells[3] = fmt.Sprint(i), strconv.FormatFloat(float64(f["Age"][i]), 'g', -1, 32)
			}
			want = append(want, strings.Join(cells, ","))
		}
	}
	titles, rows := rowsOf(t, must(t, "trace", "--id", "175,735", "--columns", "Age", "--format", "csv", dir))
	var got []string
	for _, r := range rows {
		got = append(got, strings.Join(r, ","))
	}
	if !slices.Equal(titles, []string{"frame", "ID", "index", "Age"}) || !slices.Equal(got, want) {
		t.Errorf("%v %v, want %v", titles, got, want)
	}
	if r := do(t, "trace", "--id", "5", dir); r.status != StatusFailed || !strings.Contains(r.errors, "no frame has the point 5") {
		t.Errorf("%d: %s", r.status, r.errors)
	}
}

// A point that no frame has was traced as empty rows beside others, with success.
func TestTraceNamesThePointsThatNoFrameHas(t *testing.T) {
	t.Parallel()
	dir, _ := lives(t, true)
	for _, tc := range []struct{ flag, points, want string }{
		{"--id", "99999999", "no frame has the point 99999999"},
		{"--id", "175,99999999,5", "no frame has the points 99999999, 5"},
		{"--index", "5000000", "no frame has the point 5000000"},
		{"--index", "1,5000000", "no frame has the point 5000000"},
		{"--index", "10000,10001,10002,10003,10004,10005,10006,10007,10008,10009", "10006, 10007 and 2 more"},
	} {
		r := do(t, "trace", tc.flag, tc.points, "--columns", "Age", dir)
		if r.status != StatusFailed || !strings.Contains(r.errors, tc.want) || strings.Count(r.out, "\n") < 3 {
			t.Errorf("%s %s: %d: %s%s", tc.flag, tc.points, r.status, r.out, r.errors)
		}
	}
}

// Rows of two sequences could not be told apart.
func TestQueryOfSeveralSequencesNamesThem(t *testing.T) {
	t.Parallel()
	a, _ := lives(t, true)
	b, _ := lives(t, true)
	titles, rows := rowsOf(t, must(t, "query", "--where", "ID == 175", "--columns", "ID", "--frames", "1", "--format", "csv", a, b))
	want := [][]string{{filepath.Join(a, "lives"), "1", "25", "175"}, {filepath.Join(b, "lives"), "1", "25", "175"}}
	if !slices.Equal(titles, []string{"sequence", "frame", "index", "ID"}) || !reflect.DeepEqual(rows, want) {
		t.Errorf("%v %v, want %v", titles, rows, want)
	}
	if titles, _ := rowsOf(t, must(t, "query", "--columns", "ID", "--format", "csv", a)); slices.Contains(titles, "sequence") {
		t.Errorf("of one sequence: %v", titles)
	}
	for i := range 3 {
		name := fmt.Sprintf("_%d.icecache", i+1)
		if err := os.Rename(filepath.Join(b, "lives"+name), filepath.Join(b, "deaths"+name)); err != nil {
			t.Fatal(err)
		}
	}
	_, rows = rowsOf(t, must(t, "query", "--sort", "ID", "--limit", "2", "--where", "ID == 175", "--columns", "ID", "--frames", "1", "--format", "csv", a, b))
	if len(rows) != 2 || rows[0][0] != "lives" || rows[1][0] != "deaths" {
		t.Errorf("of two names: %v", rows)
	}
}

func TestTraceWithoutIDsSaysWhatToDo(t *testing.T) {
	t.Parallel()
	dir, frames := lives(t, false)
	if r := do(t, "trace", "--id", "7", dir); r.status != StatusFailed || !strings.Contains(r.errors, "the points have no ID: follow them by their place in the file, with --index: ") {
		t.Errorf("%d: %s", r.status, r.errors)
	}
	_, rows := rowsOf(t, must(t, "trace", "--index", "8", "--columns", "Age", "--format", "csv", dir))
	for n, r := range rows {
		if r[1] != "" || r[2] != "8" || r[3] != strconv.FormatFloat(float64(frames[n]["Age"][8]), 'g', -1, 32) {
			t.Errorf("frame %d: %v", n+1, r)
		}
	}
	for _, args := range [][]string{{}, {"--id", "1", "--index", "2"}, {"--id", "x"}, {"--index", "-1"}} {
		if r := do(t, append(append([]string{"trace"}, args...), dir)...); r.status != StatusUsage {
			t.Errorf("%v: %d: %s", args, r.status, r.errors)
		}
	}
}

// Sums over frames, by numpy where it is installed.
func TestStatsAgreeWithNumpy(t *testing.T) {
	t.Parallel()
	const python = "/usr/bin/python3" // Debian's
	if err := exec.Command(python, "-c", "import numpy").Run(); err != nil {
		t.Skip("numpy is not installed")
	}
	dir, frames := lives(t, true)
	data, err := json.Marshal(func() (out [][]any) {
		for _, f := range frames {
			var all []any
			for _, a := range f["Age"] {
				if a != a {
					all = append(all, nil)
				} else {
					all = append(all, a)
				}
			}
			out = append(out, all)
		}
		return out
	}())
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(python, "-c", `
import numpy as np, json, sys
frames = [np.array([np.nan if x is None else x for x in f]) for f in json.load(sys.stdin)]
def row(v):
    v = v[~(v <= 1)]
    y = v[np.isfinite(v)]
    return [len(v), len(v) - len(y), y.min(), y.max(), y.mean(), y.std(), np.median(y)]
print(json.dumps([row(f) for f in frames] + [row(np.concatenate(frames))]))
`)
	cmd.Stdin, cmd.Stderr = strings.NewReader(string(data)), os.Stderr
	text, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	var want [][]float64
	if err := json.Unmarshal(text, &want); err != nil {
		t.Fatal(err)
	}
	check := func(r []string, want []float64) {
		for i, w := range want {
			if got, err := strconv.ParseFloat(r[i], 64); err != nil || math.Abs(got-w) > 1e-9*math.Abs(w)+1e-12 {
				t.Errorf("%v, want %v", r, want)
				return
			}
		}
	}
	_, rows := rowsOf(t, must(t, "stats", "--by", "frame", "--of", "Age", "--where", "not Age <= 1", "--format", "csv", dir))
	for i, r := range rows {
		check(r[2:9], want[i])
	}
	_, rows = rowsOf(t, must(t, "stats", "--of", "Age", "--where", "not Age <= 1", "--format", "csv", dir))
	check(rows[0][1:7], want[3][:6])
	if rows[0][7] != "" {
		t.Errorf("a median over frames: %v", rows[0])
	}
}

func TestStatsOfEveryNumber(t *testing.T) {
	t.Parallel()
	_, file := odd(t)
	golden(t, "stats_table.golden", must(t, "stats", file))
}
