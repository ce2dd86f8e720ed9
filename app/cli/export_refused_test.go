package cli

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Files with blank rows were written of an attribute that no frame has.
func TestAnAttributeThatNoFrameHasIsRefused(t *testing.T) {
	t.Parallel()
	dir, to := smallSequence(t, 2), filepath.Join(t.TempDir(), "new")
	for _, tc := range []struct {
		format, flag, value, want string
		status                    int
	}{
		{"csv", "--attrs", "ID,PointPositon", "no frame has an attribute PointPositon; did you mean PointPosition?\n", StatusFailed},
		{"sih5", "--attrs", "Nope", "no frame has an attribute Nope\n", StatusFailed},
		{"csv", "--map", "Nope=x", "no frame has an attribute Nope\n", StatusFailed},
		{"csv", "--map", "P=x y", "P has 3 components, and 2 names are given\n", StatusUsage},
	} {
		for _, more := range [][]string{nil, {"--dry-run"}} {
			r := do(t, append([]string{"export", "--to", tc.format, tc.flag, tc.value, "-o", to, dir}, more...)...)
			if r.status != tc.status || !strings.HasPrefix(r.errors, "iceexplorer: "+tc.want) || r.out != "" {
				t.Errorf("%s %s: %+v", tc.flag, tc.value, r)
			}
		}
	}
	if _, err := os.Stat(to); err == nil {
		t.Error("the folder was made")
	}
	placed(t, func(n int) string { return filepath.Join(dir, fmt.Sprintf("fountain_%d.icecache", n)) }, 3)
	r := do(t, "export", "--to", "csv", "--attrs", "ID,Rest", "-o", to, dir)
	if r.status != StatusOK || r.errors != "iceexplorer: left out of 2 files: Rest: some frames have no such attribute\n" {
		t.Errorf("of an attribute that one frame has: %+v", r)
	}
}

// Fewer files than frames were asked for were written without a word.
func TestFramesThatDoNotExistAreNamed(t *testing.T) {
	t.Parallel()
	dir, to := smallSequence(t, 3), t.TempDir()
	args := []string{"export", "--to", "csv", "--frames", "2-9", "--overwrite", "-o", to, dir}
	for _, more := range [][]string{nil, {"--dry-run"}} {
		if r := do(t, append(args, more...)...); r.status != StatusOK || r.errors != "iceexplorer: these frames do not exist: 4-9\n" {
			t.Errorf("%q: %+v", more, r)
		}
	}
	for _, more := range [][]string{{"--json"}, {"--json", "--dry-run"}} {
		if r := do(t, append(args, more...)...); r.status != StatusOK || strings.Count(r.out, `"absent":"4-9"`) != 1 || r.errors != "" {
			t.Errorf("%q: %+v", more, r)
		}
	}
}

// Programs could not tell which path it was that does not exist.
func TestAPathThatDoesNotExistIsNamedInJSON(t *testing.T) {
	t.Parallel()
	dir, to := smallSequence(t, 1), t.TempDir()
	gone := filepath.Join(dir, "gone")
	if r := do(t, "export", "--to", "csv", "--json", "-o", to, dir, gone); r.status != StatusFailed || !strings.Contains(r.out, fmt.Sprintf(`"from":[%q]`, gone)) {
		t.Errorf("%+v", r)
	}
}

// What an export had written was noted as no caches when it was run again.
func TestWhatWasExportedIsNotNotedBesideItsSources(t *testing.T) {
	t.Parallel()
	dir := smallSequence(t, 2)
	must(t, "export", "--to", "csv", dir)
	if err := os.WriteFile(filepath.Join(dir, "notes.doc"), nil, 0o666); err != nil {
		t.Fatal(err)
	}
	must := func(args ...string) {
		t.Helper()
		if r := do(t, append(args, dir)...); r.status != StatusOK || r.errors != "iceexplorer: note: 1 file is not a particle cache: notes.doc: "+dir+"\n" {
			t.Errorf("%q: %+v", args, r)
		}
	}
	must("export", "--to", "csv", "--overwrite")
	must("convert", "--to", "mc")
	must("convert", "--to", "usda")
	must("export", "--to", "csv", "--overwrite")
	must("convert")
}

// A folder that cannot be written to ended with 1, as if some files were there, and said nothing to programs; a dry run
// was content with it, and a report without a folder was found out about when all was written.
func TestNothingIsBegunThatCannotBeWritten(t *testing.T) {
	t.Parallel()
	dir, to := smallSequence(t, 2), t.TempDir()
	file := filepath.Join(to, "file")
	if err := os.WriteFile(file, nil, 0o666); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{
		{"-o", file}, {"-o", file, "--dry-run"}, {"-o", filepath.Join(file, "below")}, {"-o", filepath.Join(file, "below"), "--dry-run"},
		{"-o", to, "--report", filepath.Join(to, "nofolder", "r.json")}, {"-o", to, "--report", to},
		{"-o", to, "--dry-run", "--report", filepath.Join(to, "nofolder", "r.json")}, {"-o", to, "--dry-run", "--report", to},
	} {
		r := do(t, append([]string{"export", "--to", "csv", "--json", dir}, args...)...)
		var told notBegunEvent
		if err := json.Unmarshal([]byte(r.out), &told); err != nil || r.status != StatusUsage || told.Event != "refused" || !strings.HasPrefix(r.errors, "iceexplorer: "+told.Why+"\n") {
			t.Errorf("%q: %+v, %v", args, r, err)
		}
	}
	if got := tree(t, to); len(got) != 1 {
		t.Errorf("there are %q", got)
	}
	// A report may lie in a folder that is made for the files.
	made := filepath.Join(to, "made")
	for _, more := range [][]string{{"--dry-run"}, nil} {
		must(t, append([]string{"export", "--to", "csv", "--name", "below/{name}.{frame}", "-o", made, "--report", filepath.Join(made, "r.json"), dir}, more...)...)
	}
}

// A dry run was content with a condition that a frame cannot meet.
func TestADryRunFailsOfWhatTheRunWouldFailOf(t *testing.T) {
	t.Parallel()
	dir, to := smallSequence(t, 2), t.TempDir()
	placed(t, func(n int) string { return filepath.Join(dir, fmt.Sprintf("fountain_%d.icecache", n)) }, 3) // which alone has Rest
	for _, args := range [][]string{{"--where", "Rest.x > -1"}, {"--derive", "a=Rest"}} {
		args = append([]string{"export", "--to", "csv", "--overwrite", "-o", to, dir}, args...)
		run, dry := do(t, args...), do(t, append(args, "--dry-run")...)
		if dry.status != StatusFailed || dry.errors != run.errors || !strings.HasSuffix(dry.out, "3 files: 1 to be written, 2 would fail\n") {
			t.Errorf("%+v, and the run %+v", dry, run)
		}
	}
}

// A slip of the pen in a condition or a template was told of for each frame.
func TestWhatNoFrameCanHaveIsRefusedOnce(t *testing.T) {
	t.Parallel()
	dir, to := smallSequence(t, 3), filepath.Join(t.TempDir(), "new")
	for _, tc := range []struct {
		args   []string
		want   string
		status int
	}{
		{[]string{"--where", "Agee > 1"}, "the condition: column 1: Agee: no such attribute; did you mean Age?\n", StatusFailed},
		{[]string{"--derive", "a=Nope"}, "a: column 1: Nope: no such attribute\n", StatusFailed},
		{[]string{"--name", "{version}.{frame}"}, "neither its name nor a folder has a version such as v003 for {version}: " + dir, StatusUsage},
	} {
		for _, more := range [][]string{nil, {"--dry-run"}} {
			r := do(t, append(append([]string{"export", "--to", "csv", "-o", to, dir}, tc.args...), more...)...)
			if r.status != tc.status || !strings.HasPrefix(r.errors, "iceexplorer: "+tc.want) || strings.Count(r.errors, "iceexplorer: ") != 1 || r.out != "" {
				t.Errorf("%q: %+v", tc.args, r)
			}
		}
	}
	if _, err := os.Stat(to); err == nil {
		t.Error("the folder was made")
	}
}

func TestAProgramInThePlaceOfAFormatIsToldWhatItReads(t *testing.T) {
	t.Parallel()
	for program, want := range map[string]string{
		"maya": "; for maya there is usda or mc\n", "Houdini": "; for Houdini there is usda or bgeo\n", "alembic": "; Alembic cannot be written, and usda, ply and mc lead to the same programs\n",
		"spreadsheets": "; for spreadsheets there is csv or tsv\n", "nothing": " or txt\n",
	} {
		r := do(t, "export", "--to", program, ".")
		if r.status != StatusUsage || !strings.Contains(r.errors, want) {
			t.Errorf("%s: %+v", program, r)
		}
	}
}

// A folder that cannot be made was followed by a hint at the help text, which knows nothing of it.
func TestADiskThatRefusesIsNoMatterOfTheHelp(t *testing.T) {
	t.Parallel()
	dir := smallSequence(t, 1)
	for _, more := range [][]string{nil, {"--dry-run"}} {
		r := do(t, append([]string{"export", "--to", "csv", "-o", filepath.Join(dir, "fountain_1.icecache"), dir}, more...)...)
		if r.status != StatusUsage || strings.Contains(r.errors, "hint:") || !strings.Contains(r.errors, "fountain_1.icecache") {
			t.Errorf("%v: %+v", more, r)
		}
	}
}
