package cli

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"iceexplorer/app/sample"
	"iceexplorer/cache"
	"iceexplorer/cache/export/exporttest/toy"
	"iceexplorer/cache/export/formats"
)

// A format is one package and one line: plan, workers, report, flags and help follow from
// what it declares.
func TestAFormatIsAPackageAndALine(t *testing.T) {
	t.Parallel()
	list := append(formats.All(), toy.Format()) // the line, which this binary's workers have too
	try := func(args ...string) result {
		var out, errs bytes.Buffer
		env := testEnv(&out, &errs)
		env.Formats = list
		return result{run(t.Context(), append([]string{"convert"}, args...), env), out.String(), errs.String()}
	}
	dir, to := smallSequence(t, 3), filepath.Join(t.TempDir(), "new")
	if err := os.WriteFile(filepath.Join(dir, "broken_1.icecache"), []byte("no cache"), 0o600); err != nil {
		t.Fatal(err)
	}
	r := try("--to", "toy", "--head", "--before", "no. ", "-o", to, dir)
	if r.status != StatusFailed || outcomeOf(r.out) != "4 files: 3 converted, 1 failed" || strings.Count(r.errors, "\n") != 1 || !strings.HasSuffix(r.errors, "broken_1.icecache\n") {
		t.Errorf("first: %+v", r)
	}
	files := tree(t, to)
	if len(files) != 3 || filepath.Ext(files[2]) != ".toy" {
		t.Fatalf("there are %q", files)
	}
	b, err := os.ReadFile(filepath.Join(to, files[2]))
	if lines := strings.Split(string(b), "\n"); err != nil || len(lines) < 3 || !strings.HasSuffix(lines[0], " points") || !strings.HasPrefix(lines[1], "no. ") {
		t.Errorf("%s begins %.60q, %v", files[2], b, err)
	}
	// Beside their sources, where they are the second time.
	for _, want := range []string{"4 files: 3 converted, 1 failed", "4 files: 0 converted, 3 skipped (exists: --force writes it again), 1 failed"} {
		if r := try("--to", "toy", dir); outcomeOf(strings.TrimSuffix(r.out, "\n")) != want {
			t.Errorf("%+v, want %s", r, want)
		}
	}
	for args, want := range map[string]string{
		"--to abc":                  `--to "abc": want sih5, icecache, csv, `,
		"--to sih5 --head":          "--head is for a list of IDs: add --to toy",
		"--to toy --head --before=": "--head needs a text before the IDs",
		"--to toy --version 102":    "--version is for an .icecache: add --to icecache",
	} {
		if r := try(append(strings.Fields(args), dir)...); r.status != StatusUsage || !strings.HasPrefix(r.errors, "iceexplorer: "+want) {
			t.Errorf("%s: %+v", args, r)
		}
	}
	if r := try("--help"); !strings.Contains(strings.Join(strings.Fields(r.out), " "), " or toy (default sih5) ") || !strings.Contains(r.out, "\n  --before TEXT ") || !strings.Contains(r.out, "\n  --head ") {
		t.Errorf("help: %s", r.out)
	}
}

// A file that holds a sequence is one job of a worker, which has one frame at a time.
func TestAFormatMayHoldASequence(t *testing.T) {
	t.Parallel()
	var out, errs bytes.Buffer
	try := func(args ...string) result {
		out.Reset()
		errs.Reset()
		env := testEnv(&out, &errs)
		env.Formats = append(formats.All(), toy.Index())
		return result{run(t.Context(), append([]string{"convert", "--to", "toyindex"}, args...), env), out.String(), errs.String()}
	}
	dir := smallSequence(t, 4)
	to := t.TempDir()
	list := filepath.Join(to, "fountain.toyindex")
	for _, want := range []string{"1 sequence: 1 converted", "1 sequence: 0 converted, 1 skipped (exists: --force writes it again)"} {
		if r := try("-o", to, dir); r.status != StatusOK || outcomeOf(r.out) != want {
			t.Errorf("%+v, want %s", r, want)
		}
	}
	b, err := os.ReadFile(list)
	if lines := regexp.MustCompile(`^1: \d+ points, checksum [0-9a-f]{8}\n2: .*\n3: .*\n4: \d+ points, .*\n$`); err != nil || !lines.Match(b) {
		t.Errorf("%q, %v", b, err)
	}
	must(t, "convert", dir)
	mapped := t.TempDir()
	if r := try("-o", mapped, filepath.Join(dir, cache.ConvertedDir)); r.status != StatusOK {
		t.Errorf("of mapped frames: %+v", r)
	}
	if again, err := os.ReadFile(filepath.Join(mapped, "fountain.toyindex")); err != nil || !bytes.Equal(again, b) {
		t.Errorf("of mapped frames: %q, %v", again, err)
	}
	broken := filepath.Join(dir, sample.FileName(3))
	if err := os.WriteFile(broken, []byte("no cache"), 0o600); err != nil {
		t.Fatal(err)
	}
	r := try("--force", "-o", to, dir)
	if r.status != StatusFailed || outcomeOf(r.out) != "1 sequence: 0 converted, 1 failed" || strings.Count(r.errors, "\n") != 1 || !strings.HasSuffix(r.errors, ": "+broken+"\n") {
		t.Errorf("with a broken frame: %+v", r)
	}
	if again, err := os.ReadFile(list); err != nil || !bytes.Equal(again, b) {
		t.Errorf("what was there is not: %q, %v", again, err)
	}
}
