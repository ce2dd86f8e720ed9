package cli

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"iceexplorer/cache"
)

// flipped changes a bit near the end of a file, where data lie, before the checksums, and keeps its time.
func flipped(t *testing.T, path string) {
	t.Helper()
	st, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	b[len(b)-400] ^= 8
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Chtimes(path, st.ModTime(), st.ModTime()); err != nil {
		t.Fatal(err)
	}
}

// A converted file with a flipped bit was up to date.
func TestVerifyFindsAFlippedBitAndConvertMendsIt(t *testing.T) {
	t.Parallel()
	dir := smallSequence(t, 3)
	converted := filepath.Join(dir, cache.ConvertedDir)
	if got := outcomeOf(must(t, "convert", "--verify", dir)); got != "3 files: 3 converted" {
		t.Errorf("%q", got)
	}
	if out := must(t, "info", "--verify", converted); strings.Count(out, "verified: all checksums hold") != 3 {
		t.Errorf("%s", out)
	}
	if out := must(t, "info", "--verify", "--json", dir); strings.Count(out, `"verified":"gzip's checksum and the structure hold"`) != 3 {
		t.Errorf("%s", out)
	}
	files, err := filepath.Glob(filepath.Join(converted, "*"))
	if err != nil {
		t.Fatal(err)
	}
	flipped(t, files[1])
	r := do(t, "info", "--verify", converted)
	if r.status != 1 || strings.Count(r.out, "verified: all") != 2 || !strings.Contains(r.errors, "is damaged: attribute ") || !strings.Contains(r.errors, filepath.Base(files[1])) {
		t.Errorf("status %d, %s%s", r.status, r.out, r.errors)
	}
	if got := outcomeOf(must(t, "convert", dir)); got != "3 files: 0 converted, 3 skipped (up to date)" {
		t.Errorf("without --verify: %q", got)
	}
	r = do(t, "convert", "--verify", dir)
	if r.status != 0 || outcomeOf(r.out) != "3 files: 1 converted, 2 skipped (up to date, compared: equal to their sources)" || !strings.Contains(r.errors, "written anew, as it is damaged: attribute ") {
		t.Errorf("status %d, %s%s", r.status, r.out, r.errors)
	}
	must(t, "info", "--verify", converted)
}

func TestVerifyFindsDamagedSources(t *testing.T) {
	t.Parallel()
	dir := smallSequence(t, 1)
	files, err := filepath.Glob(filepath.Join(dir, "*.icecache"))
	if err != nil {
		t.Fatal(err)
	}
	flipped(t, files[0])
	r := do(t, "info", "--verify", dir)
	if r.status != 1 || !strings.Contains(r.errors, "damaged") || !strings.Contains(r.errors, files[0]) {
		t.Errorf("status %d, %s", r.status, r.errors)
	}
}

// A file with bytes after its data held, and nothing was said of these.
func TestVerifyTellsOfWhatWasAddedToAFile(t *testing.T) {
	t.Parallel()
	dir := smallSequence(t, 1)
	files, err := filepath.Glob(filepath.Join(dir, "*.icecache"))
	if err != nil {
		t.Fatal(err)
	}
	f, err := os.OpenFile(files[0], os.O_APPEND|os.O_WRONLY, 0)
	if err == nil {
		_, err = f.Write([]byte(strings.Repeat("added", 80)))
		err = errors.Join(err, f.Close())
	}
	if err != nil {
		t.Fatal(err)
	}
	r := do(t, "info", "--verify", dir)
	if r.status != 0 || !strings.Contains(r.out, "something was added to the file after them") || !strings.Contains(r.out, "400 bytes of garbage follow") {
		t.Errorf("status %d, %s%s", r.status, r.out, r.errors)
	}
}

func TestVerifyIsForWhatHasChecksums(t *testing.T) {
	t.Parallel()
	dir := smallSequence(t, 1)
	for _, args := range [][]string{{"info", "--verify", "--rows", "1", dir}, {"info", "--verify", "--checksum", dir}, {"convert", "--verify", "--to", "csv", "-o", t.TempDir(), dir}} {
		if r := do(t, args...); r.status != 2 || !strings.Contains(r.errors, "--verify") {
			t.Errorf("%q: status %d, %s", args, r.status, r.errors)
		}
	}
}
