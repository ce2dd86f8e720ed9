package cli

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"iceexplorer/app/export"
	"iceexplorer/app/sample"
	"iceexplorer/cache"
	"iceexplorer/cache/icecache"
)

// placed writes frames of an object, each with four points, and an attribute of unknown meaning.
func placed(t *testing.T, path func(n int) string, frames ...int) {
	t.Helper()
	for _, n := range frames {
		b := cache.NewBuilder(cache.Header{Version: 103, Points: 4})
		b.Float32s("PointPosition", cache.TypeVector3, []float32{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, float32(n)})
		b.Float32s("PointVelocity", cache.TypeVector3, []float32{3, 4, 0, 0, 0, 0, 0, 0, 2, 0, 5, 12})
		b.Float32s("Size", cache.TypeFloat, []float32{1, 2, 3, 4})
		b.Float32s("Rest", cache.TypeVector3, []float32{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
		b.Int32s("ID", []int32{1, 2, 3, 4})
		f, err := b.Frame()
		if err != nil {
			t.Fatal(err)
		}
		if err := os.MkdirAll(filepath.Dir(path(n)), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := icecache.WriteFile(t.Context(), path(n), f, icecache.EncodeOptions{Version: 103}); err != nil {
			t.Fatal(err)
		}
	}
}

func read(t *testing.T, path string) string {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestExportWritesWhatIsAskedFor(t *testing.T) {
	t.Parallel()
	dir, to := t.TempDir(), filepath.Join(t.TempDir(), "new")
	placed(t, func(n int) string { return filepath.Join(dir, "v002", fmt.Sprintf("smoke_v007.%d.icecache", n)) }, 1, 2, 3)
	all := []string{"export", "--to", "tsv", "-o", to, "--name", "{object}/{version}/{name}.{frame:04}", "--where", "v.mag > 1", "--derive", "speed=v.mag",
		"--derive", "number=$frame", "--scale", "0.5", "--up", "z", "--attrs", "ID,PointPosition,Size,speed,Rest,number", "--map", "Size=radius", "--frames", "1-3:2", "--offset", "100"}
	r := do(t, append(all, dir)...)
	want := "iceexplorer: not as asked for in 2 files: Rest: not turned, as it is not known what they mean in space\n"
	if r.status != StatusOK || outcomeOf(r.out) != "2 files: 2 converted" || r.errors != want {
		t.Errorf("%+v", r)
	}
	if got := strings.Join(tree(t, to), " "); got != "smoke/v007/smoke_v007.0101.tsv smoke/v007/smoke_v007.0103.tsv" {
		t.Fatalf("there are %s", got)
	}
	lines := "ID\tPointPosition.x\tPointPosition.y\tPointPosition.z\tradius\tspeed\tRest.x\tRest.y\tRest.z\tnumber\n" +
		"1\t0.5\t-1.5\t1\t0.5\t5\t1\t2\t3\t103\n3\t3.5\t-4.5\t4\t1.5\t2\t7\t8\t9\t103\n4\t5\t-1.5\t5.5\t2\t13\t10\t11\t12\t103\n"
	if got := read(t, filepath.Join(to, "smoke", "v007", "smoke_v007.0103.tsv")); got != lines {
		t.Errorf("%s", got)
	}
	// The same of converted files that are mapped, which stay as they are.
	must(t, "convert", dir)
	converted := filepath.Join(dir, "v002", cache.ConvertedDir, "smoke_v007.3.icecache.sih5")
	before, mapped := read(t, converted), filepath.Join(t.TempDir(), "new")
	all[4] = mapped
	if r := do(t, append(all, filepath.Dir(converted))...); r.status != StatusOK {
		t.Fatalf("%+v", r)
	}
	if got := read(t, filepath.Join(mapped, "smoke", "v007", "smoke_v007.0103.tsv")); got != lines || read(t, converted) != before {
		t.Errorf("of mapped files: %s", got)
	}
}

// A changed frame beside its source would be read in its place.
func TestAChangedFrameIsNoCompanionOfItsSource(t *testing.T) {
	t.Parallel()
	dir := smallSequence(t, 2)
	for want, args := range map[string][]string{
		"--to sih5 needs a folder to write to: -o DIR":                                                 {"--to", "sih5", "--scale", "2", dir},
		"files in a folder named .sih5 are taken for those beside it, and these would be other ones: ": {"--to", "sih5", "--scale", "2", "-o", filepath.Join(dir, ".sih5"), dir},
	} {
		if r := do(t, append([]string{"export"}, args...)...); r.status != StatusUsage || !strings.HasPrefix(r.errors, "iceexplorer: "+want) {
			t.Errorf("%+v, want %s", r, want)
		}
	}
	to := t.TempDir()
	if r := do(t, "export", "--to", "sih5", "--attrs", "ID", "--where", "$index < 3", "-o", to, dir); r.status != StatusOK || r.errors != "" {
		t.Errorf("%+v", r)
	}
	for file, x := range readInfo(t, to) {
		if x.Points != 3 || len(x.Attributes) != 1 || !strings.HasPrefix(file, "fountain_") || strings.Contains(file, "icecache") {
			t.Errorf("%s: %+v", file, x)
		}
	}
}

// Short names were no attributes of a file, in --attrs and in --map, though expressions knew them.
func TestShortNamesChooseAndNameAttributes(t *testing.T) {
	t.Parallel()
	dir, to := smallSequence(t, 1), t.TempDir()
	must(t, "export", "--to", "csv", "--attrs", "P, V,pscale__", "--map", "v=a b c", "-o", to, dir)
	first, _, _ := strings.Cut(read(t, filepath.Join(to, "fountain_1.csv")), "\n")
	if strings.TrimSpace(first) != "PointPosition.x,PointPosition.y,PointPosition.z,a,b,c,Size" {
		t.Errorf("the columns are %s", first)
	}
	for _, format := range []string{"bgeo", "ply", "sih5"} { // of which two cannot do without positions, and one takes whole frames
		must(t, "export", "--to", format, "--attrs", "P,v", "-o", to, dir)
	}
	for _, x := range readInfo(t, filepath.Join(to, "fountain_1.sih5")) {
		if len(x.Attributes) != 2 || x.Attributes[0].Name != "PointPosition" {
			t.Errorf("the attributes are %+v", x.Attributes)
		}
	}
}

func TestExportNeverWritesOverAFileUnasked(t *testing.T) {
	t.Parallel()
	dir, to := smallSequence(t, 3), t.TempDir()
	args := func(more ...string) []string {
		return append([]string{"export", "--to", "csv", "-o", to, "--name", "a.{frame}", dir}, more...)
	}
	two := filepath.Join(to, "a.2.csv")
	if err := os.WriteFile(two, []byte("mine"), 0o666); err != nil {
		t.Fatal(err)
	}
	r := do(t, args()...)
	if r.status != StatusUsage || r.errors != "iceexplorer: the file exists already: "+two+": add --overwrite, --skip or --rename\nhint: iceexplorer export --help\n" || len(tree(t, to)) != 1 {
		t.Errorf("%+v", r)
	}
	if got := outcomeOf(must(t, args("--rename")...)); got != "3 files: 3 converted" || read(t, two) != "mine" {
		t.Errorf("renamed: %s", got)
	}
	if got := strings.Join(tree(t, to), " "); got != "a.1.csv a.2.csv a.2_2.csv a.3.csv" {
		t.Errorf("renamed: %s", got)
	}
	if r := do(t, args()...); !strings.HasPrefix(r.errors, "iceexplorer: 3 of 3 files exist already, the first is ") {
		t.Errorf("%+v", r)
	}
	if got := outcomeOf(must(t, args("--skip")...)); got != "3 files: 0 converted, 3 skipped (exists)" || read(t, two) != "mine" {
		t.Errorf("skipped: %s", got)
	}
	if got := outcomeOf(must(t, args("--overwrite")...)); got != "3 files: 3 converted" || read(t, two) == "mine" {
		t.Errorf("replaced: %s", got)
	}
	if r := do(t, "export", "--to", "icecache", "--overwrite", "-o", dir, dir); r.status != StatusFailed || !strings.HasPrefix(r.errors, "iceexplorer: would be written over itself: ") {
		t.Errorf("over itself: %+v", r)
	}
	if r := do(t, "export", "--to", "csv", "-o", t.TempDir(), "--name", "{name}", dir); r.status != StatusUsage || !strings.Contains(r.errors, " would become the same file: ") {
		t.Errorf("one name for all: %+v", r)
	}
}

func TestExportRefusesWhatMakesNoSense(t *testing.T) {
	t.Parallel()
	dir, to := smallSequence(t, 2), t.TempDir()
	for args, want := range map[string]string{
		"":                          "export needs a format: --to with sih5, ",
		"--to abc":                  `--to "abc": want sih5, `,
		"--to csv --name {x}":       `--name "{x}": {x} is not known; there are {name}, `,
		"--to csv --frames 5-1":     `--frames "5-1": want frames such as `,
		"--to csv --frames 9":       "none of these frames exists: 9",
		"--to csv --shard 0/2":      `--shard "0/2": want a share such as 2/8`,
		"--to csv --shard 3/2":      `--shard "3/2": want a share such as 2/8`,
		"--to csv --scale 0":        `--scale "0": want a number above 0`,
		"--to csv --scale x":        `--scale "x": want a number above 0`,
		"--to csv --fps -1":         `--fps "-1": want a number of frames per second`,
		"--to csv --up x":           `--up "x": want y or z`,
		"--to csv --offset x":       `--offset "x": want a number of frames`,
		"--to csv --kind Rest":      `--kind "Rest": want an attribute and its kind, such as Rest=position`,
		"--to csv --kind Rest=spot": `"spot" is no kind of attribute: want direction, `,
		"--to csv --where Age>":     "--where: column 5: ",
		"--to csv --derive a=1+":    "--derive: column 3: ",
		"--to csv --derive a":       `"a": want a name and an expression, such as speed=PointVelocity.mag`,
		"--to csv --skip --rename":  "--overwrite, --skip and --rename exclude each other",
		"--to csv --map Mass":       `--map "Mass": want an attribute and its name`,
		"--to csv --version 102":    "--version is for an .icecache: add --to icecache",
		"--to sih5 --map A=b":       "--map is for other formats: add --to with csv, ",
		"--names abc":               `--names "abc": want sih5, `,
	} {
		r := do(t, append(append([]string{"export", "-o", to}, strings.Fields(args)...), dir)...)
		if status := StatusUsage; !strings.HasPrefix(r.errors, "iceexplorer: "+want) || r.status != status && !strings.HasPrefix(want, "none of") {
			t.Errorf("%s: %+v", args, r)
		}
	}
	if r := do(t, "export", "--to", "csv"); r.status != StatusUsage || !strings.HasPrefix(r.errors, "iceexplorer: export needs a file or folder\n") {
		t.Errorf("%+v", r)
	}
	// What only the frame can tell is a failure of its file.
	placed(t, func(n int) string { return filepath.Join(dir, sample.FileName(n)) }, 3) // which alone has Rest
	r := do(t, "export", "--to", "csv", "--where", "Rest.x > 1", "-o", to, dir)
	if r.status != StatusFailed || outcomeOf(r.out) != "3 files: 1 converted, 2 failed" || strings.Count(r.errors, "the condition: column 1: Rest: no such attribute") != 2 ||
		!strings.HasSuffix(r.errors, ": "+filepath.Join(dir, sample.FileName(2))+"\n") || len(tree(t, to)) != 1 {
		t.Errorf("%+v", r)
	}
}

func TestSharesAreDisjointAndComplete(t *testing.T) {
	t.Parallel()
	dir, to := smallSequence(t, 7), t.TempDir()
	var all []string
	for i := 1; i <= 3; i++ {
		share := filepath.Join(to, fmt.Sprint(i))
		must(t, "export", "--to", "csv", "-o", share, "--shard", fmt.Sprint(i, "/3"), "--report", filepath.Join(to, fmt.Sprint(i, ".json")), dir)
		files := tree(t, share)
		if len(files) != []int{0, 3, 2, 2}[i] {
			t.Errorf("share %d has %q", i, files)
		}
		all = append(all, files...)
	}
	slices.Sort(all)
	if len(slices.Compact(all)) != 7 {
		t.Errorf("together %q", all)
	}
	if got := outcomeOf(must(t, "export", "--merge-reports", to)); got != "7 files: 7 converted" {
		t.Errorf("merged: %s", got)
	}
	if got := outcomeOf(must(t, "export", "--to", "csv", "-o", t.TempDir(), "--shard", "9/9", dir)); got != "0 files: 0 converted" {
		t.Errorf("a share of nothing: %s", got)
	}
}

func TestLinesOfJSONAreForPrograms(t *testing.T) {
	t.Parallel()
	dir, to := smallSequence(t, 3), t.TempDir()
	broken := filepath.Join(dir, sample.FileName(2))
	if err := os.WriteFile(broken, []byte("no cache"), 0o666); err != nil {
		t.Fatal(err)
	}
	args := []string{"export", "--to", "npz", "-o", to, "--json", "--jobs", "1", "--report", filepath.Join(to, "report.json"), dir}
	type line struct {
		Event, Outcome, Why string
		Done, Total, Failed int
		Frame               float64
		Files               []export.File
	}
	lines := func(status int, args ...string) (out []line) {
		t.Helper()
		r := do(t, args...)
		if r.status != status || r.errors != "" {
			t.Errorf("%+v", r)
		}
		for text := range strings.Lines(r.out) {
			var l line
			if err := json.Unmarshal([]byte(text), &l); err != nil {
				t.Fatalf("%s: %v", text, err)
			}
			out = append(out, l)
		}
		return out
	}
	planned := lines(StatusOK, append(args, "--dry-run")...)
	if len(planned) != 4 || planned[3].Event != "planned" || planned[3].Total != 3 || planned[2].Event != "plan" || planned[2].Outcome != "planned" || planned[2].Frame != 3 || len(tree(t, to)) > 0 {
		t.Errorf("planned %+v, there are %q", planned, tree(t, to))
	}
	got := lines(StatusFailed, args...)
	if len(got) != 4 || got[1].Event != "file" || got[1].Outcome != export.FileFailed || !strings.HasSuffix(got[1].Why, ": "+broken) || got[2].Done != 3 || got[2].Total != 3 || got[3].Event != "report" || got[3].Failed != 1 || len(got[3].Files) != 3 {
		t.Errorf("%+v", got)
	}
	saved, err := export.ReadReport(filepath.Join(to, "report.json"))
	if err != nil || saved.Written != 2 || saved.Failed != 1 {
		t.Errorf("%+v, %v", saved, err)
	}
	r := do(t, "export", "--merge-reports", filepath.Join(to, "report.json"))
	if r.status != StatusFailed || outcomeOf(r.out) != "3 files: 2 converted, 1 failed" || strings.Count(r.errors, broken) != 1 {
		t.Errorf("merged: %+v", r)
	}
}

// A format may name its files where nobody else does.
func TestFramesAreLaidOutForHive(t *testing.T) {
	t.Parallel()
	dir, to := smallSequence(t, 2), t.TempDir()
	must(t, "export", "--to", "parquet", "--hive", "-o", to, dir)
	must(t, "export", "--to", "parquet", "--hive", "--name", "mine{frame}", "-o", to, dir)
	if got := strings.Join(tree(t, to), " "); got != "frame=1/fountain.parquet frame=2/fountain.parquet mine1.parquet mine2.parquet" {
		t.Error(got)
	}
}

func TestADryRunSaysWhatWouldBe(t *testing.T) {
	t.Parallel()
	dir, to := smallSequence(t, 2), filepath.Join(t.TempDir(), "new")
	got := must(t, "export", "--to", "csv", "-o", to, "--name", "f{frame:03}", "--dry-run", dir)
	want := ""
	for n := 1; n <= 2; n++ {
		want += filepath.Join(dir, sample.FileName(n)) + " -> " + filepath.Join(to, fmt.Sprintf("f00%d.csv", n)) + "\n"
	}
	if got != want+"2 files: 2 to be written\n" {
		t.Error(got)
	}
	if _, err := os.Stat(to); err == nil {
		t.Error("the folder was made")
	}
}

func TestNamesOfAFormatArePrinted(t *testing.T) {
	t.Parallel()
	if got := must(t, "export", "--names", "ply"); !strings.HasPrefix(got, "attribute      in a .ply file\nPointPosition  x y z\n") || !strings.HasSuffix(got, "\nAll others keep their names; --map Mass=density,... gives them others.\n") {
		t.Error(got)
	}
	if got := must(t, "export", "--names", "sih5"); got != "All attributes keep their names.\n" {
		t.Error(got)
	}
}

// Of 200 frames three are broken: the others are written, the three are named, and nothing is half
// there.
func TestBrokenFramesCostNothingButThemselves(t *testing.T) {
	t.Parallel()
	dir, to := t.TempDir(), t.TempDir()
	if err := sample.Write(t.Context(), dir, sample.Options{Points: 20, Frames: 200}); err != nil {
		t.Fatal(err)
	}
	broken := []string{filepath.Join(dir, sample.FileName(3)), filepath.Join(dir, sample.FileName(77)), filepath.Join(dir, sample.FileName(200))}
	whole, err := os.ReadFile(broken[1])
	if err != nil {
		t.Fatal(err)
	}
	for i, content := range [][]byte{[]byte("no cache"), whole[:len(whole)/2], nil} {
		if err := os.WriteFile(broken[i], content, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	r := do(t, "export", "--to", "vtp", "-o", to, dir)
	if r.status != StatusFailed || outcomeOf(r.out) != "200 files: 197 converted, 3 failed" || strings.Count(r.errors, "\n") != 3 {
		t.Errorf("%+v", r)
	}
	for _, path := range broken { // and not the file that it would have become
		if strings.Count(r.errors, path+"\n") != 1 {
			t.Errorf("%s is not named: %s", path, r.errors)
		}
	}
	if !strings.Contains(r.errors, ": damaged frame: ") || strings.Contains(r.errors, to) {
		t.Errorf("%s", r.errors)
	}
	// A sequence in one file has no place for it either.
	r = do(t, "export", "--to", "usda", "--frames", "70-80", "-o", to, dir)
	if r.status != StatusFailed || strings.Count(r.errors, "\n") != 1 || !strings.Contains(r.errors, "damaged frame: ") || !strings.HasSuffix(r.errors, ": "+broken[1]+"\n") {
		t.Errorf("%+v", r)
	}
	files := tree(t, to)
	for _, name := range files {
		if b := []byte(read(t, filepath.Join(to, name))); filepath.Ext(name) != ".vtp" || !bytes.HasSuffix(bytes.TrimSpace(b), []byte("</VTKFile>")) {
			t.Errorf("%s is not whole", name)
		}
	}
	if len(files) != 197 {
		t.Errorf("there are %d files", len(files))
	}
}
