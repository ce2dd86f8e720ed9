package cli

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"iceexplorer/app/sample"
	"iceexplorer/cache"
)

// rename gives a file another name, for which there is a folder.
func rename(t *testing.T, from, to string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(to), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(from, to); err != nil {
		t.Fatal(err)
	}
}

// shorter is a folder of 3 frames with the converted frames of 6.
func shorter(t *testing.T) string {
	t.Helper()
	dir := smallSequence(t, 6)
	must(t, "convert", dir)
	for n := 4; n <= 6; n++ {
		if err := os.Remove(filepath.Join(dir, sample.FileName(n))); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// filesOf are the files that info lists, from a folder.
func filesOf(t *testing.T, dir, out string) (files []string) {
	t.Helper()
	for line := range strings.Lines(out) {
		if line = strings.TrimSpace(line); strings.HasPrefix(line, dir) {
			rel, err := filepath.Rel(dir, line)
			if err != nil {
				t.Fatal(err)
			}
			files = append(files, filepath.ToSlash(rel))
		}
	}
	return files
}

// Frames 4 to 6 of a deleted simulation stayed in the sequence.
func TestFramesWhoseSourcesAreGoneAreNoPartOfASequenceWithSources(t *testing.T) {
	t.Parallel()
	dir := shorter(t)
	const left = "3 converted frames are left out, as the sources are gone (frames 4-6); convert --prune removes them: "
	r := do(t, "info", dir)
	if got := filesOf(t, dir, r.out); !slices.Equal(got, []string{"fountain_1.icecache", "fountain_2.icecache", "fountain_3.icecache"}) {
		t.Errorf("info lists %q", got)
	}
	if r.status != StatusOK || r.errors != "iceexplorer: warning: fountain: "+left+dir+"\n" {
		t.Errorf("info: status %d, %q", r.status, r.errors)
	}
	r = do(t, "convert", dir)
	if outcomeOf(r.out) != "3 files: 0 converted, 3 skipped (up to date)" || !strings.Contains(r.errors, left) {
		t.Errorf("convert: %q, %q", r.out, r.errors)
	}
	if r := do(t, "info", filepath.Join(dir, cache.ConvertedDir, "fountain_5.icecache.sih5")); r.status != StatusOK || r.errors != "" {
		t.Errorf("a frame that is asked for: status %d, %q", r.status, r.errors)
	}
}

// symlink makes a link. Wine says so too, but makes none.
func symlink(to, link string) error {
	if err := os.Symlink(to, link); err != nil {
		return err
	}
	_, err := os.Lstat(link)
	return err
}

func TestPruneRemovesConvertedFramesWithoutSourceAndNothingElse(t *testing.T) {
	t.Parallel()
	dir := shorter(t)
	hidden := filepath.Join(dir, cache.ConvertedDir)
	// Of another sequence, which has no sources at all; not named as ours are; and in a
	// folder that is no .sih5 folder of ours.
	for _, to := range []string{".sih5/old_1.icecache.sih5", ".sih5/fountain_9.sih5", "fountain_8.sih5", "old/fountain_7.icecache.sih5"} {
		data, err := os.ReadFile(filepath.Join(hidden, "fountain_1.icecache.sih5"))
		if err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(dir, filepath.FromSlash(to))
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	linked := symlink("fountain_1.icecache.sih5", filepath.Join(hidden, "fountain_10.icecache.sih5")) == nil
	before := tree(t, dir)
	r := do(t, "convert", "--prune", dir)
	if !strings.HasSuffix(r.out, "\n3 converted frames removed, as the sources are gone\n") {
		t.Errorf("%q", r.out)
	}
	if linked && (r.status != StatusFailed || !strings.Contains(r.errors, "not removed: it is a link, or its folder is one: ")) {
		t.Errorf("status %d, %q", r.status, r.errors)
	}
	gone := []string{".sih5/fountain_4.icecache.sih5", ".sih5/fountain_5.icecache.sih5", ".sih5/fountain_6.icecache.sih5"}
	want := slices.DeleteFunc(before, func(f string) bool { return slices.Contains(gone, f) })
	if got := tree(t, dir); !slices.Equal(got, want) {
		t.Errorf("left are %q, want %q", got, want)
	}
	if out := must(t, "convert", "--prune", smallSequence(t, 2)); strings.Contains(out, "removed") {
		t.Errorf("nothing to remove: %q", out)
	}
	for _, args := range [][]string{{"-o", t.TempDir()}, {"--to", "icecache", "-o", t.TempDir()}} {
		if r := do(t, append([]string{"convert", "--prune", dir}, args...)...); r.status != StatusUsage {
			t.Errorf("%q: status %d", args, r.status)
		}
	}
}

func TestPruneLeavesLinkedFoldersAlone(t *testing.T) {
	t.Parallel()
	dir, other := shorter(t), t.TempDir()
	rename(t, filepath.Join(dir, cache.ConvertedDir), filepath.Join(other, "elsewhere"))
	if err := symlink(filepath.Join(other, "elsewhere"), filepath.Join(dir, cache.ConvertedDir)); err != nil {
		t.Skipf("no links here (Windows asks for a privilege, Wine makes none): %v", err)
	}
	if r := do(t, "convert", "--prune", dir); r.status != StatusFailed || strings.Count(r.errors, "not removed: ") != 1 || strings.Count(r.errors, "2 more files not removed for the same reason: ") != 1 || strings.Contains(r.out, "removed") {
		t.Errorf("status %d, %q", r.status, r.errors)
	}
	if got := len(tree(t, other)); got != 6 {
		t.Errorf("%d files are left", got)
	}
}

func TestASourceThatCameBackKeepsItsConvertedFrame(t *testing.T) {
	t.Parallel()
	dir := shorter(t)
	found, err := cache.Discover(dir)
	if err != nil || len(found.Gone) != 3 {
		t.Fatalf("%v, %v", found.Gone, err)
	}
	if err := os.WriteFile(filepath.Join(dir, sample.FileName(5)), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	var out, errs strings.Builder
	if err := prune(Env{Stdout: &out, Stderr: &errs}, dir, append(found.Gone, filepath.Join(dir, sample.FileName(1)))); err == nil {
		t.Error("no error")
	}
	if out.String() != "2 converted frames removed, as the sources are gone\n" || strings.Count(errs.String(), "not removed: ") != 2 {
		t.Errorf("%q, %q", out.String(), errs.String())
	}
}

func TestVerbsSayWhatTheyDoNotOpenOfAFolder(t *testing.T) {
	t.Parallel()
	dir := smallSequence(t, 2)
	for _, name := range []string{"notes.doc", "fountain_1.sih5"} {
		if err := os.WriteFile(filepath.Join(dir, name), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, args := range [][]string{{"info", dir}, {"convert", dir}, {"info", "--json", dir}} {
		r := do(t, args...)
		want := "iceexplorer: note: 1 file is not a particle cache: notes.doc: " + dir + "\n" +
			"iceexplorer: warning: fountain_1.sih5 is not opened, as fountain_1.icecache is the same frame: " + dir + "\n"
		if r.status != StatusOK || r.errors != want {
			t.Errorf("%q: status %d, %q", args, r.status, r.errors)
		}
	}
}

// All frames of name.101.0, .25, .5, .75 in the order of time, through every verb.
func TestFramesBetweenWholeOnesAreInOrderInEveryVerb(t *testing.T) {
	t.Parallel()
	from, dir := smallSequence(t, 5), t.TempDir()
	var want []string
	for i, number := range []string{"101.0", "101.25", "101.5", "101.75", "102.0"} {
		want = append(want, "name."+number+".icecache")
		rename(t, filepath.Join(from, sample.FileName(i+1)), filepath.Join(dir, want[i]))
	}
	for range 2 { // the second time from the converted files too
		if got := filesOf(t, dir, must(t, "info", dir)); !slices.Equal(got, want) {
			t.Errorf("info lists %q", got)
		}
		must(t, "convert", dir)
	}
	if got := filesOf(t, dir, must(t, "info", filepath.Join(dir, "name.[101..102x0.5].icecache"))); !slices.Equal(got, []string{want[0], want[2], want[4]}) {
		t.Errorf("every half frame: %q", got)
	}
	back := filepath.Join(t.TempDir(), "back")
	must(t, "convert", "--to", "icecache", "-o", back, filepath.Join(dir, cache.ConvertedDir))
	if got := tree(t, back); !slices.Equal(got, want) {
		t.Errorf("written back: %q", got)
	}
}
