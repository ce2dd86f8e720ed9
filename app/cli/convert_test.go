package cli

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"iceexplorer/app/sample"
	"iceexplorer/cache"
	"iceexplorer/cache/sih5"
)

// outcomeOf is a summary up to the figures.
func outcomeOf(out string) string {
	head, _, _ := strings.Cut(strings.TrimSuffix(out, "\n"), "; ")
	return head
}

func TestConvertSkipsWhatIsUpToDate(t *testing.T) {
	t.Parallel()
	dir := smallSequence(t, 5)
	out := must(t, "convert", dir)
	if !regexp.MustCompile(`^5 files: 5 converted; [\d.]+ kB of values in [\d.]+ m?s, [\d.]+ frames/s, [\d.]+ .?B/s\n$`).MatchString(out) {
		t.Errorf("summary %q", out)
	}
	want := "5 files: 0 converted, 5 skipped (up to date)"
	if got := outcomeOf(must(t, "convert", dir)); got != want {
		t.Errorf("second time: %q", got)
	}
	// Frames known by their sources and by their converted files are the same frames.
	if got := outcomeOf(must(t, "convert", dir, filepath.Join(dir, cache.ConvertedDir))); got != want {
		t.Errorf("with the converted folder: %q", got)
	}
	if got := outcomeOf(must(t, "convert", "--force", dir)); got != "5 files: 5 converted" {
		t.Errorf("forced: %q", got)
	}
	changed := filepath.Join(dir, sample.FileName(2))
	if err := os.Chtimes(changed, time.Time{}, time.Now().Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	if got := outcomeOf(must(t, "convert", dir)); got != "5 files: 1 converted, 4 skipped (up to date)" {
		t.Errorf("with a newer source: %q", got)
	}
	for _, f := range tree(t, dir) {
		if !strings.HasSuffix(f, ".icecache") && !strings.HasSuffix(f, ".icecache.sih5") {
			t.Errorf("%s is left over", f)
		}
	}
}

func TestConvertToIcecacheSkipsWhatExists(t *testing.T) {
	t.Parallel()
	dir, to := smallSequence(t, 3), filepath.Join(t.TempDir(), "new")
	args := []string{"convert", "--to", "icecache", "--version", "102", "-o", to, dir}
	if got := outcomeOf(must(t, args...)); got != "3 files: 3 converted" {
		t.Errorf("first: %q", got)
	}
	if got := outcomeOf(must(t, args...)); got != "3 files: 0 converted, 3 skipped (exists: --force writes it again)" {
		t.Errorf("again: %q", got)
	}
	if got := outcomeOf(must(t, append(args, "--force")...)); got != "3 files: 3 converted" {
		t.Errorf("forced: %q", got)
	}
	for file, x := range readInfo(t, to) {
		if x.Version != 102 {
			t.Errorf("%s is of version %d", file, x.Version)
		}
	}
}

func TestConvertedFolderGoesBackToWhereItsSourcesWere(t *testing.T) {
	t.Parallel()
	dir := smallSequence(t, 2)
	before := readInfo(t, dir)
	must(t, "convert", dir)
	for n := 1; n <= 2; n++ {
		if err := os.Remove(filepath.Join(dir, sample.FileName(n))); err != nil {
			t.Fatal(err)
		}
	}
	must(t, "convert", "--to", "icecache", filepath.Join(dir, cache.ConvertedDir))
	after := readInfo(t, dir)
	for file, x := range before {
		for i, a := range x.Attributes {
			if got := after[file]; i >= len(got.Attributes) || got.Attributes[i].SHA256 != a.SHA256 {
				t.Errorf("%s: %s came back different", file, a.Name)
			}
		}
	}
}

func TestConvertLeavesConvertedFilesAlone(t *testing.T) {
	t.Parallel()
	dir, to := smallSequence(t, 2), t.TempDir()
	must(t, "convert", dir)
	converted := filepath.Join(dir, cache.ConvertedDir)
	if got := outcomeOf(must(t, "convert", "--force", converted)); got != "2 files: 0 converted, 2 skipped (already HDF5: -o DIR writes one that can be mapped)" {
		t.Errorf("in place: %q", got)
	}
	if got := outcomeOf(must(t, "convert", "-o", to, converted)); got != "2 files: 2 converted" {
		t.Errorf("copied: %q", got)
	}
	if got := strings.Join(tree(t, to), " "); got != sample.FileName(1)+".sih5 "+sample.FileName(2)+".sih5" {
		t.Errorf("made %s", got)
	}
}

func TestConvertNeverWritesAFileOverItself(t *testing.T) {
	t.Parallel()
	dir := smallSequence(t, 3)
	first := filepath.Join(dir, sample.FileName(1))
	before, err := os.ReadFile(first)
	if err != nil {
		t.Fatal(err)
	}
	link := filepath.Join(t.TempDir(), "link")
	if err := symlink(dir, link); err != nil {
		link = dir
	}
	for _, to := range []string{dir, link} {
		r := do(t, "convert", "--force", "--to", "icecache", "-o", to, dir)
		if r.status != StatusFailed || !strings.HasPrefix(r.errors, "iceexplorer: would be written over itself: "+first+"\niceexplorer: 2 more files failed in the same way: ") {
			t.Errorf("%+v", r)
		}
	}
	if after, err := os.ReadFile(first); err != nil || string(after) != string(before) {
		t.Errorf("the source changed: %v", err)
	}
}

func TestConvertRefusesTwoSourcesForOneFile(t *testing.T) {
	t.Parallel()
	a, b, to := smallSequence(t, 1), smallSequence(t, 1), t.TempDir()
	r := do(t, "convert", "-o", to, a, b)
	if r.status != StatusFailed || outcomeOf(r.out) != "2 files: 1 converted, 1 failed" || !strings.Contains(r.errors, " would become the same file: ") {
		t.Errorf("%+v", r)
	}
}

func TestConvertToIcecacheNeedsAFolder(t *testing.T) {
	t.Parallel()
	r := do(t, "convert", "--to", "icecache", smallSequence(t, 1))
	if r.status != StatusUsage || !strings.HasPrefix(r.errors, "iceexplorer: --to icecache needs a folder to write to: -o DIR\n") {
		t.Errorf("%+v", r)
	}
}

func TestConvertReportsFailuresAndGoesOn(t *testing.T) {
	t.Parallel()
	dir := smallSequence(t, 3)
	broken := filepath.Join(dir, sample.FileName(2))
	if err := os.WriteFile(broken, []byte("ICECACHE, but not really"), 0o666); err != nil {
		t.Fatal(err)
	}
	r := do(t, "convert", dir, filepath.Join(dir, "gone.icecache"))
	if r.status != StatusFailed || outcomeOf(r.out) != "3 files: 2 converted, 1 failed, 1 argument led nowhere" {
		t.Errorf("%+v", r)
	}
	errs := lines(r.errors)
	if len(errs) != 2 || !strings.HasSuffix(errs[0], "gone.icecache") || !strings.HasSuffix(errs[1], ": "+broken) {
		t.Errorf("complained %q", errs)
	}
	if _, err := os.Stat(cache.ConvertedPath(broken)); !os.IsNotExist(err) {
		t.Errorf("a broken file was converted: %v", err)
	}
}

// damage makes the checksum of a gzip file wrong; its values are whole.
func damage(t *testing.T, path string) {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	b[len(b)-8] ^= 1
	if err := os.WriteFile(path, b, 0o666); err != nil {
		t.Fatal(err)
	}
}

// cutInHalf is what a full disk leaves of a file.
func cutInHalf(t *testing.T, path string) {
	t.Helper()
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(path, info.Size()/2); err != nil {
		t.Fatal(err)
	}
}

// A conversion must not hide that its source is damaged: its file says so, whoever
// opens it and whatever is made of it, or there is none.
func TestConvertTellsOfDamagedFiles(t *testing.T) {
	t.Parallel()
	for name, spoil := range map[string]func(*testing.T, string){"checksum": damage, "half": cutInHalf} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := smallSequence(t, 3)
			file := sample.FileName(2)
			bad := filepath.Join(dir, file)
			spoil(t, bad)
			made, again := t.TempDir(), t.TempDir()
			for _, want := range []string{"3 files: 3 converted (1 damaged)", "3 files: 0 converted, 3 skipped (up to date)"} {
				r := do(t, "convert", "-o", made, dir)
				if r.status != StatusOK || outcomeOf(r.out) != want {
					t.Errorf("%+v", r)
				}
				if !strings.HasPrefix(r.errors, "iceexplorer: warning: ") || !strings.HasSuffix(r.errors, ": "+bad+"\n") || strings.Count(r.errors, "\n") != 1 {
					t.Errorf("complained %q", r.errors)
				}
			}
			first := filepath.Join(made, file+".sih5")
			do(t, "convert", "-o", again, first)
			source := readInfo(t, bad)[file]
			if !source.Damaged || len(source.Warnings) != 1 || (len(source.Missing) > 0) != (name == "half") {
				t.Errorf("source %+v", source)
			}
			for _, f := range []string{first, filepath.Join(again, file+".sih5")} {
				x := readInfo(t, f)[file]
				if !x.Damaged || !slices.Equal(x.Missing, source.Missing) || !slices.Equal(x.Warnings, source.Warnings) {
					t.Errorf("%+v, want the damage of %+v", x, source)
				}
			}
			for _, from := range []string{dir, made} {
				to := t.TempDir()
				r := do(t, "convert", "--to", "icecache", "-o", to, from)
				if r.status != StatusFailed || outcomeOf(r.out) != "3 files: 2 converted, 1 failed" || !strings.Contains(r.errors, "damaged frame") {
					t.Errorf("%+v", r)
				}
				if got := tree(t, to); len(got) != 2 {
					t.Errorf("wrote %s", got)
				}
			}
		})
	}
}

func TestEmptyArgumentsAreNotTheCurrentFolder(t *testing.T) {
	t.Parallel()
	dir := smallSequence(t, 1)
	for _, args := range [][]string{{"convert", ""}, {"info", ""}, {"render", "-o", "a.png", ""}} {
		if r := do(t, args...); r.status != StatusFailed || !strings.Contains(r.errors, "the path is empty") {
			t.Errorf("%q: %+v", args, r)
		}
	}
	if r := do(t, "convert", "-o", "", dir); r.status != StatusUsage || len(tree(t, dir)) != 1 {
		t.Errorf("%+v, %v", r, tree(t, dir))
	}
}

func TestConvertIntoAFileIsOneError(t *testing.T) {
	t.Parallel()
	dir := smallSequence(t, 3)
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o666); err != nil {
		t.Fatal(err)
	}
	r := do(t, "convert", "-o", file, dir)
	if r.status != StatusFailed || len(lines(r.errors)) != 1 || !strings.Contains(r.errors, file) {
		t.Errorf("%+v", r)
	}
}

func TestInterruptedConvertLeavesWholeFilesOnly(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := sample.Write(t.Context(), dir, sample.Options{Points: 5_000, Frames: 40}); err != nil {
		t.Fatal(err)
	}
	converted := filepath.Join(dir, cache.ConvertedDir)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	go func() {
		for ctx.Err() == nil {
			if done, _ := filepath.Glob(filepath.Join(converted, "*.sih5")); len(done) > 0 {
				cancel()
			}
			time.Sleep(time.Millisecond)
		}
	}()
	r := doContext(t, ctx, "convert", dir)
	if r.status != StatusInterrupted {
		t.Fatalf("%+v", r)
	}
	n := 0
	for _, f := range tree(t, dir) {
		switch {
		case strings.HasSuffix(f, ".icecache.sih5"):
			n++
		case !strings.HasSuffix(f, ".icecache"):
			t.Errorf("%s is left over", f)
		}
	}
	if n == 0 || n == 40 {
		t.Errorf("%d of 40 files were converted", n)
	}
	must(t, "info", converted)
	if !strings.Contains(r.out, " not done") {
		t.Errorf("summary %q", r.out)
	}
}

func TestSampleIsWrittenAndRead(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "s")
	out := must(t, "sample", "-o", dir, "--points", "50", "--frames", "2", "--seed", "9")
	if !regexp.MustCompile(`^2 frames of 50 particles in [\d.]+ m?s: `).MatchString(out) {
		t.Errorf("printed %q", out)
	}
	got := readInfo(t, dir)
	if len(got) != 2 || got[sample.FileName(1)].Points != 50 {
		t.Errorf("read %+v", got)
	}
}

// They came back sorted by name, from an .icecache and from a .sih5 alike.
func TestConvertKeepsTheOrderOfAttributes(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	f := oddFrame(t)
	var want []string
	for _, a := range f.Attributes {
		want = append(want, a.Name)
	}
	if slices.IsSorted(want) {
		t.Fatalf("%q are in order", want)
	}
	if _, err := sih5.Write(t.Context(), filepath.Join(dir, "a_1.sih5"), f, cache.Stamp{}, sih5.WriteOptions{NoSync: true}); err != nil {
		t.Fatal(err)
	}
	one, two, three := filepath.Join(dir, "1"), filepath.Join(dir, "2"), filepath.Join(dir, "3")
	must(t, "convert", "--to", "icecache", "-o", one, filepath.Join(dir, "a_1.sih5"))
	must(t, "convert", "-o", two, one)
	must(t, "convert", "--to", "icecache", "-o", three, two)
	for _, step := range []string{one, two, three} {
		if got := attributeNames(readInfo(t, step)["a_1.icecache"]); !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", filepath.Base(step), got, want)
		}
	}
}

// The writer had no version: nothing told files of one from those of another.
func TestConvertedFilesNameTheVersionThatWroteThem(t *testing.T) {
	t.Parallel()
	dir, to := smallSequence(t, 1), t.TempDir()
	must(t, "convert", dir)
	must(t, "convert", "-o", to, filepath.Join(dir, cache.ConvertedDir))
	for _, file := range []string{cache.ConvertedPath(filepath.Join(dir, sample.FileName(1))), filepath.Join(to, sample.FileName(1)+".sih5")} {
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Contains(b, []byte("iceexplorer 0.1.0")) {
			t.Errorf("%s does not name its writer", file)
		}
	}
}

// What a format has no place for was left out without a word.
func TestConvertTellsWhatAFormatLeavesOut(t *testing.T) {
	t.Parallel()
	dir, to := t.TempDir(), t.TempDir()
	f := oddFrame(t)
	for _, name := range []string{"a_1.sih5", "a_2.sih5"} {
		if _, err := sih5.Write(t.Context(), filepath.Join(dir, name), f, cache.Stamp{}, sih5.WriteOptions{NoSync: true}); err != nil {
			t.Fatal(err)
		}
	}
	r := do(t, "convert", "--to", "ply", "-o", to, dir)
	left := lines(r.errors)
	if r.status != StatusOK || outcomeOf(r.out) != "2 files: 2 converted" || len(tree(t, to)) != 2 || !slices.ContainsFunc(left, func(l string) bool {
		return strings.HasPrefix(l, "iceexplorer: left out of 2 files: ") && strings.Contains(l, "Label") && strings.HasSuffix(l, ": strings and bytes have no place in it")
	}) {
		t.Errorf("%+v", r)
	}
	r = do(t, "convert", "--force", "--to", "ply", "--attrs", "PointPosition,None", "-o", to, dir)
	if r.status != StatusOK || r.errors != "iceexplorer: left out of 2 files: None: some frames have no such attribute\n" {
		t.Errorf("%+v", r)
	}
	if r := do(t, "convert", "--to", "ply", "--map", "Mass", "-o", to, dir); r.status != StatusUsage || !strings.HasPrefix(r.errors, "iceexplorer: --map \"Mass\": want an attribute") {
		t.Errorf("%+v", r)
	}
}
