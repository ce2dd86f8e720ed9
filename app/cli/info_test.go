package cli

import (
	"context"
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"iceexplorer/app/sample"
	"iceexplorer/cache"
	"iceexplorer/cache/icecache"
	"iceexplorer/cache/printable"
)

// odd writes oddFrame as odd_1.icecache in a new folder.
func odd(t *testing.T) (dir, file string) {
	t.Helper()
	dir = t.TempDir()
	file = filepath.Join(dir, "odd_1.icecache")
	if err := icecache.WriteFile(t.Context(), file, oddFrame(t), icecache.EncodeOptions{}); err != nil {
		t.Fatal(err)
	}
	return dir, file
}

// smallSequence writes frames of the sample with few points.
func smallSequence(t *testing.T, frames int) string {
	t.Helper()
	dir := t.TempDir()
	if err := sample.Write(t.Context(), dir, sample.Options{Points: 100, Frames: frames}); err != nil {
		t.Fatal(err)
	}
	return dir
}

// anonymous takes a folder's name out of a text.
func anonymous(text, dir string) string {
	for _, written := range []string{dir, strings.ReplaceAll(dir, `\`, `\\`)} { // so JSON has Windows' paths
		text = strings.ReplaceAll(text, written, "DIR")
	}
	return strings.NewReplacer(`DIR\\`, "DIR/", `DIR\`, "DIR/").Replace(text)
}

func TestInfoTableIsAsReviewed(t *testing.T) {
	t.Parallel()
	dir, file := odd(t)
	golden(t, "info_table.golden", anonymous(must(t, "info", file, "--rows", "0-1,2-9"), dir))
	golden(t, "info_checksum.golden", anonymous(must(t, "info", file, "--checksum", "--attr", "mass", "--attr", "Label__"), dir))
}

func TestInfoJSONHasTheDocumentedFieldsInOrder(t *testing.T) {
	t.Parallel()
	dir, file := odd(t)
	golden(t, "info_json.golden", anonymous(must(t, "info", "--json", "--checksum", file), dir))
	golden(t, "info_rows_json.golden", anonymous(must(t, "info", "--json", "--rows", "1-2,7", file), dir))
}

func TestInfoJSONHasNullWhereNothingIsFinite(t *testing.T) {
	t.Parallel()
	dir, file := odd(t)
	text := anonymous(must(t, "info", "--json", "--rows", "0-2", file), dir)
	if strings.Contains(text, "NaN") || strings.Contains(text, "Inf") {
		t.Errorf("JSON has no such number: %s", text)
	}
	var x infoJSON
	if err := json.Unmarshal([]byte(text), &x); err != nil {
		t.Fatal(err)
	}
	for _, a := range x.Attributes {
		switch a.Name {
		case "Broken":
			if len(a.Min) != 1 || a.Min[0] != nil || a.Max[0] != nil || a.Mean[0] != nil || a.NonFinite != 3 {
				t.Errorf("%+v", a)
			}
		case "Half":
			if a.NonFinite != 2 || *a.Min[0] != 1 || *a.Max[0] != 3 || *a.Mean[1] != 4 {
				t.Errorf("%+v", a)
			}
		case "Strand":
			if a.Values != 3 || a.Bytes != 36 || a.Structure != "array" || a.Rows != 3 {
				t.Errorf("%+v", a)
			}
		}
	}
}

func TestInfoPrintsFilesInOrderWhateverTheWorkersDo(t *testing.T) {
	t.Parallel()
	dir := smallSequence(t, 12)
	_, other := odd(t)
	last := filepath.Join(dir, sample.FileName(12))
	var got []string
	for _, line := range lines(must(t, "info", "--json", "--jobs", "3", last, other, dir)) {
		var x infoJSON
		if err := json.Unmarshal([]byte(line), &x); err != nil {
			t.Fatal(err)
		}
		got = append(got, filepath.Base(x.File))
	}
	want := []string{sample.FileName(12), "odd_1.icecache"}
	for n := 1; n <= 12; n++ {
		want = append(want, sample.FileName(n))
	}
	if strings.Join(got, " ") != strings.Join(want, " ") {
		t.Errorf("got %v", got)
	}
}

func TestInfoReadsTheFileThatWasNamed(t *testing.T) {
	t.Parallel()
	dir := smallSequence(t, 2)
	must(t, "convert", dir)
	for arg, want := range map[string]string{
		filepath.Join(dir, sample.FileName(1)):                             "gzip",
		filepath.Join(dir, cache.ConvertedDir, sample.FileName(1)+".sih5"): "mapped",
		dir:                                    "gzip",
		filepath.Join(dir, cache.ConvertedDir): "mapped",
		filepath.Join(dir, "fountain_*.icecache"):      "gzip",
		filepath.Join(dir, "fountain_[1..2].icecache"): "gzip",
	} {
		for _, line := range lines(must(t, "info", "--json", arg)) {
			var x infoJSON
			if err := json.Unmarshal([]byte(line), &x); err != nil {
				t.Fatal(err)
			}
			if x.Storage != want {
				t.Errorf("%s: %s is %s, want %s", arg, x.File, x.Storage, want)
			}
		}
	}
}

func TestInfoTellsWhichFilesFailAndGoesOn(t *testing.T) {
	t.Parallel()
	dir, good := odd(t)
	broken := filepath.Join(dir, "broken_1.icecache")
	text := filepath.Join(dir, "notes.txt")
	missing := filepath.Join(dir, "missing.icecache")
	for _, path := range []string{broken, text} {
		if err := os.WriteFile(path, []byte("not a cache at all"), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	r := do(t, "info", "--json", broken, missing, good, text)
	if r.status != StatusFailed {
		t.Errorf("status %d", r.status)
	}
	errs := lines(r.errors)
	for i, path := range []string{broken, missing, text} {
		if i >= len(errs) || !strings.HasPrefix(errs[i], "iceexplorer: ") || !strings.HasSuffix(errs[i], ": "+path) || strings.Count(errs[i], path) != 1 {
			t.Errorf("complained %q", errs)
			break
		}
	}
	var files []string
	for i, line := range lines(r.out) {
		var x struct {
			File  string
			Error string
		}
		if err := json.Unmarshal([]byte(line), &x); err != nil {
			t.Fatal(err)
		}
		if (x.Error == "") != (i == 2) {
			t.Errorf("line %d: %s", i, line)
		}
		files = append(files, x.File)
	}
	if got, want := strings.Join(files, "\n"), strings.Join([]string{broken, missing, good, text}, "\n"); got != want {
		t.Errorf("lines for\n%s\nwant\n%s", got, want)
	}
}

func TestInfoOnMissingFileIsOneClearSentence(t *testing.T) {
	t.Parallel()
	r := do(t, "info", "gone.icecache")
	if r.status != StatusFailed || r.out != "" || r.errors != "iceexplorer: no such file or folder: gone.icecache\n" {
		t.Errorf("%+v", r)
	}
}

func TestInfoOnUnknownAttributeNamesThoseThereAre(t *testing.T) {
	t.Parallel()
	_, file := odd(t)
	r := do(t, "info", "--attr", "Colour", file)
	want := `iceexplorer: no attribute "Colour"; there are PointPosition, Broken, Half, Mass, Flag, Label, Shape, Strand: ` + file + "\n"
	if r.status != StatusFailed || r.errors != want {
		t.Errorf("%+v", r)
	}
}

func TestInfoKeepsMemoryBelowTheLimit(t *testing.T) {
	t.Parallel()
	dir := smallSequence(t, 1)
	r := do(t, "info", "--max-bytes", "1K", dir)
	if r.status != StatusFailed || !strings.Contains(r.errors, "limit of 1.0 kB") {
		t.Errorf("%+v", r)
	}
	must(t, "info", "--max-bytes", "1M", dir)
}

// It was said of every file.
func TestThatWorkersDoNotStartIsSaidOnce(t *testing.T) {
	t.Parallel()
	dir := smallSequence(t, 4)
	for _, args := range [][]string{{"info", dir}, {"stats", dir}, {"convert", dir}, {"export", "--to", "csv", "-o", t.TempDir(), dir}, {"render", "-o", filepath.Join(t.TempDir(), "a_%d.png"), dir}} {
		t.Run(args[0], func(t *testing.T) {
			t.Parallel()
			var out, errs strings.Builder
			env := testEnv(&out, &errs)
			env.WorkerCommand = []string{filepath.Join(t.TempDir(), "none")}
			status := run(t.Context(), args, env)
			if status != StatusFailed || strings.Count(errs.String(), "workers do not start") != 1 {
				t.Errorf("status %d: %s", status, errs.String())
			}
		})
	}
}

func TestStatsAreOnStderr(t *testing.T) {
	t.Parallel()
	dir := smallSequence(t, 3)
	r := do(t, "info", "--json", "--stats", "--jobs", "2", dir)
	if r.status != StatusOK || len(lines(r.out)) != 3 {
		t.Errorf("%+v", r)
	}
	for _, want := range []string{"jobs: 0 queued, 0 running, 3 done, 0 failed, 0 canceled\n", "files: 3 decoded, 0 indexed, 0 converted, ", "\nworker "} {
		if !strings.Contains(r.errors, want) {
			t.Errorf("%q lacks %q", r.errors, want)
		}
	}
}

func TestInterruptedVerbsEndWithTheirStatus(t *testing.T) {
	t.Parallel()
	dir := smallSequence(t, 4)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for _, args := range [][]string{{"info", dir}, {"info", "--rows", "1", dir}, {"convert", dir}, {"sample", "-o", t.TempDir()}} {
		start := time.Now()
		r := doContext(t, ctx, args...)
		if r.status != StatusInterrupted || !strings.HasSuffix(r.errors, "iceexplorer: interrupted\n") {
			t.Errorf("%q: %+v", args, r)
		}
		if took := time.Since(start); took > 4*time.Second {
			t.Errorf("%q took %v to stop", args, took)
		}
	}
	for _, f := range tree(t, dir) {
		if strings.Contains(f, "tmp") {
			t.Errorf("%s is left over", f)
		}
	}
}

func TestParseRows(t *testing.T) {
	t.Parallel()
	for s, want := range map[string][]rowSpan{
		"": nil, "5": {{5, 5}}, "0-9": {{0, 9}}, "3, 7-8,1": {{3, 3}, {7, 8}, {1, 1}}, "0-9223372036854775807": {{0, math.MaxInt64}},
	} {
		got, err := parseRows(s)
		if err != nil || len(got) != len(want) {
			t.Errorf("%q: %v, %v", s, got, err)
			continue
		}
		for i := range got {
			if got[i] != want[i] {
				t.Errorf("%q: %v", s, got)
			}
		}
	}
	for _, s := range []string{"-", "a", "1-", "-1", "9-3", "1,,2", "0-9223372036854775808", "1 2"} {
		if got, err := parseRows(s); err == nil {
			t.Errorf("%q: %v", s, got)
		}
	}
}

// Ranges were null although the values are finite: see testdata/foreign.
func TestInfoMeasuresForeignFilesWithoutRanges(t *testing.T) {
	t.Parallel()
	got := readInfo(t, filepath.Join("..", "..", "testdata", "foreign", "plain_1.sih5"))["plain_1"]
	if len(got.Attributes) != 3 || got.Storage != "mapped" {
		t.Fatalf("%+v", got)
	}
	for _, a := range got.Attributes {
		lo, hi := map[string]float64{"PointPosition": 500, "Size": 0.5}[a.Name], map[string]float64{"PointPosition": 502, "Size": 0.5, "ID": 26}[a.Name]
		for i := range a.Min {
			if a.Min[i] == nil || a.Max[i] == nil || *a.Min[i] != lo || *a.Max[i] != hi {
				t.Errorf("%s: component %d is %v to %v, want %v to %v", a.Name, i, a.Min[i], a.Max[i], lo, hi)
			}
		}
	}
}

// An attribute that was packed by a filter that we lack failed the whole file.
func TestAFileIsReadWithoutWhatALackingFilterPacked(t *testing.T) {
	t.Parallel()
	path := filepath.Join("..", "..", "testdata", "foreign", "lzf_1.sih5")
	const missing = "PointPosition and Size are missing: Data is compressed with lzf, which is not supported"
	r := do(t, "info", path)
	if r.status != 0 || !strings.Contains(r.out, "ID") || !strings.Contains(r.out+r.errors, "Not all of the file can be read. "+missing) {
		t.Errorf("%+v", r)
	}
	to := t.TempDir()
	r = do(t, "export", "--to", "csv", "-o", to, path)
	if r.status != 0 || outcomeOf(r.out) != "1 file: 1 converted (1 damaged)" || !strings.Contains(r.errors, missing) {
		t.Errorf("%+v", r)
	}
}

// Workers were asked for other names than those of the disk.
func TestFilesWithNamesInLatin1AreRead(t *testing.T) {
	t.Parallel()
	if runtime.GOOS != "linux" {
		t.Skip("names are not bytes here")
	}
	from := smallSequence(t, 2)
	dir := filepath.Join(t.TempDir(), "d\xe9cor")
	if err := os.Mkdir(dir, 0o755); err != nil {
		t.Skip(err) // a file system that wants UTF-8
	}
	for _, n := range []string{"1", "2"} {
		if err := os.Rename(filepath.Join(from, "fountain_"+n+".icecache"), filepath.Join(dir, "fum\xe9e_"+n+".icecache")); err != nil {
			t.Fatal(err)
		}
	}
	must(t, "convert", dir)
	if got := must(t, "convert", dir); !strings.Contains(got, "2 skipped (up to date)") {
		t.Errorf("converted again: %s", got)
	}
	for line := range strings.Lines(must(t, "info", "--json", dir)) {
		var x infoJSON
		if err := json.Unmarshal([]byte(line), &x); err != nil || x.Points == 0 || !strings.Contains(x.File, "décor/fumée_") || !strings.HasPrefix(string(x.FileBytes), dir+"/fum\xe9e_") {
			t.Errorf("%v, %s", err, line)
		}
	}
	broken := filepath.Join(dir, "x\xff_1.icecache")
	if err := os.WriteFile(broken, []byte("no cache"), 0o644); err != nil {
		t.Fatal(err)
	}
	if r := do(t, "info", broken); r.status != StatusFailed || !strings.Contains(r.errors, printable.Line(broken)) {
		t.Errorf("%+v", r)
	}
}
