package cli

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

func TestHelpIsAsReviewed(t *testing.T) {
	t.Parallel()
	golden(t, "help.golden", must(t, "--help"))
	for _, v := range verbs(testEnv(nil, nil)) {
		name := "help_" + v.name + ".golden"
		if v.name == "register" { // each system has another to tell of
			name = "help_register_" + runtime.GOOS + ".golden"
		}
		golden(t, name, must(t, v.name, "--help"))
	}
}

// The help of Windows, which -update writes there alone, kept what had been changed.
func TestTheHelpOfRegisterEndsAlikeOnEverySystem(t *testing.T) {
	t.Parallel()
	var ends []string
	for _, system := range []string{"linux", "windows"} {
		path := filepath.Join("testdata", "help_register_"+system+".golden")
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		_, end, ok := strings.Cut(string(text), "\nFlags:\n")
		if !ok {
			t.Fatalf("no flags: %s", path)
		}
		ends = append(ends, end)
	}
	if ends[0] != ends[1] {
		t.Errorf("on Windows it ends\n%s\nand not\n%s", ends[1], ends[0])
	}
}

func TestHelpNamesEveryVerbAndFlag(t *testing.T) {
	t.Parallel()
	program := must(t, "--help")
	for _, v := range verbs(testEnv(nil, nil)) {
		if !strings.Contains(program, "\n  "+v.name+" ") {
			t.Errorf("the program's help lacks %s", v.name)
		}
		f := newFlags()
		v.flags(f)
		text := must(t, v.name, "--help")
		for _, h := range f.help {
			if !strings.Contains(text, "\n  "+h.name+" ") || h.text == "" {
				t.Errorf("the help of %s lacks %s", v.name, h.name)
			}
		}
		for _, line := range strings.Split(text+program, "\n") {
			if len(line) > 90 {
				t.Errorf("a line of %d characters: %s", len(line), line)
			}
		}
	}
}

func TestHelpIsAskedForInSeveralWays(t *testing.T) {
	t.Parallel()
	want := must(t, "--help")
	for _, args := range [][]string{{}, {"-h"}, {"help"}, {"-help"}} {
		if must(t, args...) != want {
			t.Errorf("%q prints something else than --help", args)
		}
	}
	want = must(t, "info", "--help")
	for _, args := range [][]string{{"help", "info"}, {"info", "-h"}, {"info", "x", "--json", "--help"}} {
		if must(t, args...) != want {
			t.Errorf("%q prints something else than info --help", args)
		}
	}
}

func TestVersionNamesTheBuild(t *testing.T) {
	t.Parallel()
	if got := must(t, "--version"); got != "iceexplorer 0.1.0 (build test)\n" {
		t.Errorf("got %q", got)
	}
}

func TestIsVerb(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]bool{
		"info": true, "convert": true, "sample": true, "help": true, "--help": true, "-h": true, "--version": true,
		"": false, "./info": false, "--sample": false, "a.icecache": false, "Info": false,
	} {
		if IsVerb(name) != want {
			t.Errorf("IsVerb(%q) = %v", name, !want)
		}
	}
}

func TestUsageErrorsSayWhatIsWrongAndHint(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		args string
		want string
		hint string
	}{
		{"nope", `no verb "nope"; there are info, query, stats, trace, convert, export, render, sample`, "iceexplorer --help"},
		{"help nope", `no verb "nope"`, "iceexplorer --help"},
		{"info", "info needs a file or folder", "iceexplorer info --help"},
		{"info --nope x", "unknown flag --nope", "iceexplorer info --help"},
		{"info x -z", "unknown flag -z", "iceexplorer info --help"},
		{"info x --attr", "--attr needs a value", "iceexplorer info --help"},
		{"info x --jobs 0", `--jobs "0": want a whole number from 1`, "iceexplorer info --help"},
		{"info x --jobs many", `--jobs "many": want a whole number from 1`, "iceexplorer info --help"},
		{"info x --max-bytes 3Q", `--max-bytes "3Q": want a number of bytes`, "iceexplorer info --help"},
		{"info x --rows 9-3", `--rows "9-3": want rows such as`, "iceexplorer info --help"},
		{"info x --rows=-3", `--rows "-3": want rows such as`, "iceexplorer info --help"},
		{"convert", "convert needs a file or folder", "iceexplorer convert --help"},
		{"convert x --to abc", `--to "abc": want sih5, icecache`, "iceexplorer convert --help"},
		{"convert x --version 101 --to icecache", "--version 101: want 100, 102 or 103", "iceexplorer convert --help"},
		{"convert x --version 103", "--version is for an .icecache", "iceexplorer convert --help"},
		{"sample", "sample needs a folder to write to: -o DIR", "iceexplorer sample --help"},
		{"sample -o x y", `sample takes no argument "y"`, "iceexplorer sample --help"},
		{"sample -o x --points 99999999999", "--points 99999999999: at most 20,000,000", "iceexplorer sample --help"},
		{"sample -o x --frames 0", `--frames "0": want a whole number from 1`, "iceexplorer sample --help"},
	} {
		r := do(t, strings.Fields(tc.args)...)
		if r.status != StatusUsage || r.out != "" {
			t.Errorf("%s: status %d, printed %q", tc.args, r.status, r.out)
		}
		if !strings.HasPrefix(r.errors, "iceexplorer: "+tc.want) || !strings.HasSuffix(r.errors, "\nhint: "+tc.hint+"\n") {
			t.Errorf("%s: %q", tc.args, r.errors)
		}
	}
}

func TestFlagsStandAnywhereButAfterTwoDashes(t *testing.T) {
	t.Parallel()
	f := newFlags()
	f.bool("json", "")
	f.list("attr", "", "")
	if help, err := f.parse(strings.Fields("a --attr x b -json --attr=y c -- --json -d")); help || err != nil {
		t.Fatal(help, err)
	}
	if got := strings.Join(f.args, " "); got != "a b c --json -d" {
		t.Errorf("arguments %q", got)
	}
	if got := strings.Join(f.texts("attr"), " "); got != "x y" || !f.isSet("json") {
		t.Errorf("attr %q, json %v", got, f.isSet("json"))
	}
}

func TestNumbersForReading(t *testing.T) {
	t.Parallel()
	for got, want := range map[string]string{
		number(0.123456): "0.1235", number(123456.7): "123457", number(1e12): "1e+12", number(-2): "-2",
	} {
		if got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestFlagsOfTheWindow(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for _, tc := range []struct {
		args   string
		status int
		want   string // begins what is printed; "": nothing is, and the window opens
	}{
		{"--jobs 2 --help", StatusOK, "iceexplorer 1.2.3"},
		{"DIR --version", StatusOK, "iceexplorer 1.2.3"},
		{"--jobs x", StatusUsage, `iceexplorer: --jobs "x": want a whole number from 1`},
		{"--jobs -3", StatusUsage, `iceexplorer: --jobs "-3": want a whole number from 1`},
		{"--bogus", StatusUsage, "iceexplorer: unknown flag --bogus"},
		{"inof DIR", StatusUsage, `iceexplorer: no verb, file or folder "inof"; did you mean info?`},
		{"rendr a -o z.png", StatusUsage, `iceexplorer: no verb, file or folder "rendr"; did you mean render?`},
		{"DIR", StatusOK, ""},
		{"gone.icecache", StatusOK, ""}, // the window tells
		{"--sample --jobs 3 --run script.txt --hidden", StatusOK, ""},
	} {
		var out strings.Builder
		w, status, done := ParseWindow(strings.Fields(strings.ReplaceAll(tc.args, "DIR", dir)), Env{Stdout: &out, Stderr: &out, Version: "1.2.3"})
		if status != tc.status || done != (tc.want != "") || !strings.HasPrefix(out.String(), tc.want) {
			t.Errorf("%s: status %d, done %v, %q", tc.args, status, done, out.String())
		}
		if tc.args[0] == '-' && !done && (!w.Sample || w.Jobs != 3 || w.Script != "script.txt" || !w.Hidden || len(w.Paths) > 0) {
			t.Errorf("%s: %+v", tc.args, w)
		}
	}
}

// cmd knows no single quotes: an example made a file named 1' of what stood behind its >.
func TestExamplesAreForTheConsolesOfWindowsToo(t *testing.T) {
	t.Parallel()
	const text = "of the sequence's frames:\n  iceexplorer query --where 'Age > 1' \\\n    --limit 2 PATH\n(a glob: 'a.*', the frames' own)\n"
	const want = "of the sequence's frames:\n  iceexplorer query --where \"Age > 1\" ^\n    --limit 2 PATH\n(a glob: \"a.*\", the frames' own)\n"
	if got := forConsole(text, "windows"); got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if got := forConsole(text, "linux"); got != text {
		t.Errorf("elsewhere: %q", got)
	}
	for _, v := range verbs(testEnv(nil, nil)) {
		if got := forConsole(must(t, v.name, "--help"), "windows"); strings.Contains(got, " '") {
			t.Errorf("%s has single quotes:\n%s", v.name, got)
		}
	}
}
