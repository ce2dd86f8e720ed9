package main

import (
	"bufio"
	"encoding/json"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"iceexplorer/app"
	"iceexplorer/app/disk"
	"iceexplorer/app/sample"
)

// slowFolder names a folder whose listing, and those of the folders in it, the program
// gets after slowWait only. So it is with what it asks of files anywhere, and with columns
// of slowPoints points, which those of the other folder do not have. slowFor names another time than slowWait.
const (
	slowFolder = "ICEEXPLORER_TEST_SLOW"
	slowFor    = "ICEEXPLORER_TEST_SLOW_FOR"
	slowWait   = 5 * time.Second
	slowPoints = 2000
)

// slowDisk is a disk on a network that hardly answers.
type slowDisk struct {
	disk.System
	folder string
	wait   time.Duration
}

func testDisk() disk.Disk {
	if dir := os.Getenv(slowFolder); dir != "" {
		wait, err := time.ParseDuration(os.Getenv(slowFor))
		if err != nil {
			wait = slowWait
		}
		return slowDisk{folder: dir, wait: wait}
	}
	return disk.System{}
}

func (d slowDisk) ReadDir(name string) ([]fs.DirEntry, error) {
	if name == d.folder || filepath.Dir(name) == d.folder {
		time.Sleep(d.wait)
	}
	return d.System.ReadDir(name)
}

func (d slowDisk) Stat(name string) (fs.FileInfo, error) {
	if ext := filepath.Ext(name); ext == ".icecache" || ext == ".png" {
		time.Sleep(d.wait)
	}
	return d.System.Stat(name)
}

func (d slowDisk) Populate(b []byte) {
	if len(b) >= 4*slowPoints {
		time.Sleep(d.wait)
	}
	d.System.Populate(b)
}

// longestTurn is how long a turn of the loop may take whatever the disk does. Where the
// renderer or others use the processor it may take busyFactor times as long as when nothing
// is waited for: the disk takes seconds.
const (
	longestTurn = 50 // ms
	busyFactor  = 5
	leastTurns  = 20 // that a step must have, or nothing was tested
)

// loopStep is what a user does while the loop must turn.
type loopStep struct {
	name, script string
	done         func(app.State) bool
}

// slowSteps are what a user does with a disk that hardly answers, while a sequence
// plays. Each takes at least slowWait.
var slowSteps = []loopStep{
	{"open a folder", "open %slow\n", func(s app.State) bool { return s.Playing && len(s.Layers) == 2 }},
	{"bring its frames into memory", "wait 6s\n", func(s app.State) bool { return s.Playing && s.Layers[1].States["mapped"] == 2 }},
	{"reload it", "reload\n", func(s app.State) bool { return s.Playing && len(s.Layers) == 2 }},
	{"ask where a picture goes", "save-picture\nwait 6s\n", func(s app.State) bool { return s.Playing }},
	{"browse it", "open-folder\nwait 6s\n", func(s app.State) bool { return s.Playing }},
	// Sources are looked at while nothing plays, and the window draws.
	{"rest", "stop\n" + strings.Repeat("step-forward\nwait 500ms\n", 12), func(s app.State) bool { return !s.Playing && s.Layers[1].States["mapped"] == 2 }},
	{"show a frame of it", "color-by constant\ngoto 2\n" + "wait loaded\n" + turnAround, func(s app.State) bool { return s.Frame == 2 && s.ColorBy == "constant" }},
	{"draw other attributes of it", "color-by PointVelocity.mag\n" + turnAround, func(s app.State) bool { return s.ColorBy == "PointVelocity.mag" }},
	{"draw trails", "show-trails 1\n" + turnAround, func(s app.State) bool { return s.Frame == 2 }},
	{"select in it", "select-all\n" + turnAround, func(s app.State) bool { return s.Selected == slowPoints+300 }},
}

// turnAround has the window draw while nothing plays, for longer than slowWait.
var turnAround = strings.Repeat("orbit-left\nwait 250ms\n", 22)

// Folders were listed, files looked at and frames read in the window's loop: it stood
// still for as long as the disk took.
func TestTheWindowPlaysOnWhateverTheDiskDoes(t *testing.T) {
	needDisplay(t)
	base := t.TempDir()
	fast, slow := filepath.Join(base, "near", "fast"), filepath.Join(base, "far", "slow")
	for dir, opt := range map[string]sample.Options{fast: {Points: 300, Frames: 12}, slow: {Points: slowPoints, Frames: 2}} {
		if err := os.MkdirAll(filepath.Dir(dir), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := sample.Write(t.Context(), dir, opt); err != nil {
			t.Fatal(err)
		}
	}
	// What is drawn for the first time has programs of the graphics card compiled.
	const drawn = "select-all\nshow-trails 1\ncolor-by PointVelocity.mag\nwait 1s\nselect-none\nshow-trails 0\ncolor-by Color\n"
	script := "timeout 60s\nopen " + fast + "\nwait converted\n" + drawn + "mode-real-time\nplay\nwait 1s\nprint state\nwait 4s\nprint state\n"
	steps := slices.Clone(slowSteps)
	for i := range steps {
		steps[i].script = strings.ReplaceAll(steps[i].script, "%slow", slow)
	}
	holdNothing(t, slowWait, func(args ...string) *exec.Cmd { return slowProgram(t, filepath.Dir(slow), args...) }, script, steps)
}

// holdNothing runs the steps after a script that prints two states, between which all is as
// usual, and fails if a turn of the loop takes too long. least is how long each takes.
func holdNothing(t *testing.T, least time.Duration, program func(args ...string) *exec.Cmd, script string, steps []loopStep) {
	t.Helper()
	for _, s := range steps {
		script += s.script + "print state\n"
	}
	// Something else may take the processor meanwhile: what was too slow is tried again.
	for try := 1; ; try++ {
		usual, slowest := playSteps(t, least, program, script+"quit\n", steps)
		limit := max(longestTurn, min(usual*busyFactor, float64(slowWait.Milliseconds())/2))
		t.Logf("longest turn: %.1f ms, %.1f ms before; the limit is %.0f ms", slowest, usual, limit)
		if slowest < limit {
			return
		}
		if try == 2 {
			t.Fatalf("a turn of the loop took %.1f ms", slowest)
		}
	}
}

// playSteps runs the steps, and returns the longest turns of the loop, in ms, before
// them and during them.
func playSteps(t *testing.T, least time.Duration, program func(args ...string) *exec.Cmd, script string, steps []loopStep) (usual, slowest float64) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "script.txt")
	if err := os.WriteFile(file, []byte(script), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := program("--run", file)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	cmd.Stderr = os.Stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	lines.Buffer(nil, 1<<20)
	var states []app.State
	var came []time.Time
	for lines.Scan() {
		var s app.State
		if err := json.Unmarshal(lines.Bytes(), &s); err != nil {
			t.Fatal(err)
		}
		states, came = append(states, s), append(came, time.Now())
	}
	if err := cmd.Wait(); err != nil || len(states) != len(steps)+2 {
		t.Fatalf("%v, %d states", err, len(states))
	}
	for i, step := range steps {
		s, took, turns := states[i+2], came[i+2].Sub(came[i+1]), states[i+2].Loops-states[i+1].Loops
		t.Logf("%s: %v, %d turns, the longest %.1f ms", step.name, took.Round(time.Millisecond), turns, s.Turn)
		if took < least || !step.done(s) || turns < leastTurns {
			text, _ := json.Marshal(s)
			t.Errorf("%s: after %v %s", step.name, took, text)
		}
		slowest = max(slowest, s.Turn)
	}
	return states[1].Turn, slowest
}

// slowProgram is smallProgram with a slow folder.
func slowProgram(t *testing.T, folder string, args ...string) *exec.Cmd {
	t.Helper()
	cmd := smallProgram(t, args...)
	cmd.Env = append(cmd.Env, slowFolder+"="+folder)
	return cmd
}

// smallProgram is the program with a small window: it is drawn by the processor.
func smallProgram(t *testing.T, args ...string) *exec.Cmd {
	t.Helper()
	cmd := program(t, args...)
	config := t.TempDir()
	if err := os.WriteFile(filepath.Join(config, "settings.json"), []byte(`{"window":{"width":900,"height":600}}`), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd.Env = append(cmd.Env, "ICEEXPLORER_CONFIG_DIR="+config, "ICEEXPLORER_NO_NATIVE_DIALOGS=1")
	return cmd
}

// A folder that is not read to its end must not keep the window open. What does not end in order is ended after two
// seconds, which a busy machine may take.
func TestTheWindowEndsThoughAFolderIsBeingRead(t *testing.T) {
	needDisplay(t)
	if runtime.GOOS == "windows" {
		t.Skip("there is no signal that asks a window to close")
	}
	dir, _ := caches(t)
	for range 3 {
		cmd := slowProgram(t, dir, "--run", "-")
		cmd.Env = append(cmd.Env, slowFor+"=1h")
		d := sitAt(t, cmd)
		if err := (dropper{d.screen}).drop(d.window, dir); err != nil {
			t.Fatal(err)
		}
		d.sees("##status", "Reading")
		if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
			t.Fatal(err)
		}
		d.ends()
		if cmd.ProcessState.Success() {
			return
		}
		t.Logf("ended with %v", cmd.ProcessState)
	}
	t.Error("it does not end by itself")
}
