package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jezek/xgb"

	"iceexplorer/app"
	"iceexplorer/app/sample"
)

// The tests run the whole program: this binary again, in its three faces.
const asProgram = "ICEEXPLORER_TEST_AS_PROGRAM"

func TestMain(m *testing.M) {
	if shown := os.Getenv(asFileManager); shown != "" && isFileManager(os.Args[0]) {
		if err := os.WriteFile(shown, []byte(strings.Join(os.Args[1:], "\n")), 0o600); err != nil {
			panic(err)
		}
		return
	}
	if os.Getenv(asProgram) != "" {
		os.Exit(run(os.Args[1:], testDisk()))
	}
	os.Exit(m.Run())
}

// program is a command line of the program, with a configuration of its own.
func program(t testing.TB, args ...string) *exec.Cmd {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(exe, args...)
	cmd.Env = append(os.Environ(), asProgram+"=1", "ICEEXPLORER_CONFIG_DIR="+t.TempDir(), "LIBGL_ALWAYS_SOFTWARE=1")
	return cmd
}

func needDisplay(t testing.TB) {
	t.Helper()
	if os.Getenv("DISPLAY") == "" && runtime.GOOS != "windows" {
		t.Skip("no display: make test runs this under xvfb-run")
	}
	if runtime.GOOS == "windows" {
		return
	}
	if err := heldDisplay(); err != nil {
		t.Fatal(err)
	}
}

// heldDisplay keeps a connection to the display until the tests end. An X server without
// clients starts anew, and refuses the window that is opened meanwhile.
var heldDisplay = sync.OnceValue(func() (err error) {
	xgb.Logger.SetOutput(io.Discard) // it tells of every display that asks for no key
	for end := time.Now().Add(10 * time.Second); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		if _, err = xgb.NewConn(); err == nil {
			break
		}
	}
	return err
})

// until waits for something that must come.
func until(t *testing.T, what string, is func() bool) {
	t.Helper()
	for begun := time.Now(); !is(); time.Sleep(2 * time.Millisecond) {
		if time.Since(begun) > time.Minute {
			t.Fatalf("a minute without: %s", what)
		}
	}
}

// caches is a folder of a small sequence: a copy of the corpus' if there is one,
// else of the sample.
func caches(t *testing.T) (dir string, frames int) {
	t.Helper()
	dir = t.TempDir()
	from := corpus("sequence_10k")
	if from == "" {
		frames = 12
		if err := sample.Write(t.Context(), dir, sample.Options{Points: 5000, Frames: frames}); err != nil {
			t.Fatal(err)
		}
		return dir, frames
	}
	files, err := filepath.Glob(filepath.Join(from, "*.icecache"))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, filepath.Base(f)), b, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir, len(files)
}

// corpus is a folder of the shared corpus, "" if it is not there.
func corpus(name string) string {
	dir, err := os.Getwd()
	for err == nil {
		p := filepath.Join(dir, "shared", "corpus", name)
		if st, err := os.Stat(p); err == nil && st.IsDir() {
			return p
		}
		up := filepath.Dir(dir)
		if up == dir {
			break
		}
		dir = up
	}
	return ""
}

// play runs the window with a script and returns the states it printed.
func play(t testing.TB, script string, args ...string) ([]app.State, error) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "script.txt")
	if err := os.WriteFile(file, []byte("timeout 60s\n"+script), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := program(t, append([]string{"--run", file}, args...)...)
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	runErr := cmd.Run()
	if runErr != nil {
		runErr = fmt.Errorf("%w: %s", runErr, errs.String())
	}
	var states []app.State
	lines := bufio.NewScanner(&out)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var s app.State
		if err := json.Unmarshal(lines.Bytes(), &s); err != nil {
			t.Fatalf("%v in %q", err, lines.Text())
		}
		states = append(states, s)
	}
	return states, runErr
}

func TestSequenceLoadsPlaysConvertsAndOpensAgainWithoutDecoding(t *testing.T) {
	needDisplay(t)
	dir, n := caches(t)
	shot := filepath.Join(t.TempDir(), "shot.png")
	states, err := play(t, "wait loaded\nprint state\nplay\nwait 700ms\nprint state\nstop\nwait converted\ngoto 5\nprint state\nscreenshot "+shot+"\nquit\n", dir)
	if err != nil || len(states) != 3 {
		t.Fatalf("%v; %d states", err, len(states))
	}
	if s := states[0]; len(s.Layers) != 1 || s.Layers[0].Frames != n || s.Decoded != n || s.Layers[0].States["scratch"]+s.Layers[0].States["mapped"] != n || s.Workers < 1 {
		t.Errorf("loaded: %+v", s)
	}
	if s := states[1]; !s.Playing || s.Points == 0 {
		t.Errorf("playing: %+v", s)
	}
	if s := states[2]; s.Playing || s.Frame != 5 || s.Converted != n || s.Layers[0].States["mapped"] != n {
		t.Errorf("converted: %+v", s)
	}
	if st, err := os.Stat(shot); err != nil || st.Size() < 10_000 {
		t.Errorf("screenshot: %v %v", st, err)
	}
	states, err = play(t, "wait loaded\nprint state\nquit\n", dir)
	if err != nil || len(states) != 1 {
		t.Fatalf("%v; %d states", err, len(states))
	}
	if s := states[0]; s.Decoded != 0 || s.Indexed != n || s.Layers[0].States["mapped"] != n {
		t.Errorf("opened again: %+v", s)
	}
}

func TestScriptThatFailsIsTheExitStatus(t *testing.T) {
	needDisplay(t)
	if _, err := play(t, "open /nowhere/at/all\nquit\n"); err == nil || !strings.Contains(err.Error(), "exit status 1") || !strings.Contains(err.Error(), "no such file or folder") {
		t.Errorf("open nowhere: %v", err)
	}
	if _, err := play(t, "dance\n"); err == nil || !strings.Contains(err.Error(), "dance") {
		t.Errorf("unknown action: %v", err)
	}
	cmd := program(t, "--run", "-")
	cmd.Stdin = strings.NewReader("wait loaded\n\ndance\n")
	if out, err := cmd.CombinedOutput(); cmd.ProcessState.ExitCode() != 1 || !strings.Contains(string(out), `standard input:3: unknown action: "dance"`) {
		t.Errorf("unknown action in what another program writes: %v: %s", err, out)
	}
}

// window starts the window with a script that waits, and a pipe of its output.
func startWindow(t *testing.T, script string, args ...string) (*exec.Cmd, *bufio.Scanner) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "script.txt")
	if err := os.WriteFile(file, []byte(script), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := program(t, append([]string{"--run", file}, args...)...)
	return cmd, begin(t, cmd)
}

// begin starts a program, which ends with the test, with a pipe of its output.
func begin(t *testing.T, cmd *exec.Cmd) *bufio.Scanner {
	t.Helper()
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	cmd.Stderr = os.Stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		cmd.Process.Kill()
		cmd.Wait()
	})
	sc := bufio.NewScanner(out)
	sc.Buffer(nil, 1<<20)
	return sc
}

func TestVerbsAndHelpNeedNoDisplay(t *testing.T) {
	for _, tc := range []struct {
		args   []string
		status int
		out    string
	}{
		{[]string{"--help"}, 0, "Usage:"},
		{[]string{"--version"}, 0, "iceexplorer "},
		{[]string{"info", "--help"}, 0, "Usage: iceexplorer info"},
		{[]string{"--frobnicate"}, 2, ""},
		{[]string{}, 1, ""},
	} {
		if len(tc.args) == 0 && runtime.GOOS == "windows" {
			continue // there is always a display
		}
		cmd := program(t, tc.args...)
		cmd.Env = append(cmd.Env, "DISPLAY=", "WAYLAND_DISPLAY=")
		var out, errs bytes.Buffer
		cmd.Stdout, cmd.Stderr = &out, &errs
		err := cmd.Run()
		if got := cmd.ProcessState.ExitCode(); got != tc.status || !strings.Contains(out.String(), tc.out) {
			t.Errorf("%q: status %d, %v\n%s%s", tc.args, got, err, &out, &errs)
		}
		if tc.status == 1 && (!strings.Contains(errs.String(), "no display") || strings.Count(errs.String(), "\n") != 1) {
			t.Errorf("without a display: %q", errs.String())
		}
	}
}

func TestEveryRoomSaysWhatLivesThere(t *testing.T) {
	t.Parallel()
	docs := map[string]bool{}
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (strings.HasPrefix(d.Name(), ".") && path != "." || d.Name() == "testdata" || d.Name() == "out" || d.Name() == "bin") {
			return filepath.SkipDir
		}
		if !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		b, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		dir := filepath.Dir(path)
		docs[dir] = docs[dir] || bytes.Contains(b, []byte("\n// Package ")) || bytes.HasPrefix(b, []byte("// Package ")) || bytes.HasPrefix(b, []byte("// Command "))
		return nil
	})
	if err != nil || len(docs) < 15 {
		t.Fatalf("%v; %d packages", err, len(docs))
	}
	for dir, ok := range docs {
		if !ok {
			t.Errorf("%s has no package comment", dir)
		}
	}
}
