package main

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"iceexplorer/app"
)

// answers are what testdata/questions.py says of the cache that it has made.
type answers struct {
	Asked, Flung int32
	Age          float64 // of the point Asked in frame 12
	Fastest      []struct {
		Index, ID int
		Speed     float64
	}
	Older    []int     // than a second, in each frame
	Speeds   []float64 // of the point Flung
	Exploded int       // the frame in which it is flung away
	Least    []float64 // Mass
	Zeros    [][]int32 // the points without Mass
}

func numpysAnswers(t *testing.T) (dir string, a answers) {
	t.Helper()
	const python = "/usr/bin/python3" // Debian's
	if err := exec.Command(python, "-c", "import numpy, h5py").Run(); err != nil {
		t.Skip("numpy and h5py are not installed")
	}
	dir = t.TempDir()
	cmd := exec.Command(python, "testdata/questions.py", dir)
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err == nil {
		err = json.Unmarshal(out, &a)
	}
	if err != nil {
		t.Fatal(err)
	}
	return dir, a
}

// rise is the place after the steepest rise of a curve.
func rise(curve []any) (at int) {
	most := math.Inf(-1)
	for i := 1; i < len(curve); i++ {
		a, ok := curve[i-1].(float64)
		if b, ok2 := curve[i].(float64); ok && ok2 && b-a > most {
			most, at = b-a, i
		}
	}
	return at
}

// What an artist asks of a cache takes at most three actions, and is what numpy finds.
func TestThreeActionsAnswerAQuestion(t *testing.T) {
	needDisplay(t)
	dir, want := numpysAnswers(t)
	at := func(frame int) string { return fmt.Sprint("goto ", frame) }
	cell := func(v any, want float64) bool {
		f, ok := v.(float64)
		return ok && math.Abs(f-want) <= 1e-6*math.Abs(want)
	}
	zero := slices.IndexFunc(want.Zeros, func(ids []int32) bool { return len(ids) > 0 })
	questions := []struct {
		question string
		actions  []string
		answered func(*app.State) bool
	}{
		{"what is the age of particle 1234 in frame 12?", []string{fmt.Sprint("probe-points ", want.Asked)}, func(s *app.State) bool {
			return cell(pointOf(t, s.Probe, want.Asked).Values["Age"][11], want.Age)
		}},
		{"the same in the spreadsheet", []string{at(12), fmt.Sprintf("filter ID == %d", want.Asked)}, func(s *app.State) bool {
			return s.Sheet.Rows == 1 && cell(s.Sheet.First["Age"], want.Age)
		}},
		{"which is the fastest?", []string{at(12), "columns ID, v.mag", "sort v.mag down"}, func(s *app.State) bool {
			f := want.Fastest[11]
			return cell(s.Sheet.First["index"], float64(f.Index)) && cell(s.Sheet.First["ID"], float64(f.ID)) && cell(s.Sheet.First["v.mag"], f.Speed)
		}},
		{"how many are older than a second?", []string{at(3), "filter Age > 1"}, func(s *app.State) bool {
			return s.Sheet.Rows == want.Older[2]
		}},
		{"when did this one explode?", []string{fmt.Sprint("probe-points ", want.Flung), "probe-columns v.mag"}, func(s *app.State) bool {
			curve := pointOf(t, s.Probe, want.Flung).Values["v.mag"]
			for i, v := range want.Speeds {
				if !cell(curve[i], v) {
					return false
				}
			}
			return rise(curve) == want.Exploded-1
		}},
		{"when did anything?", []string{"profile PointVelocity"}, func(s *app.State) bool {
			return s.Profile != nil && s.Profile.Rise != nil && int(s.Profile.Rise.Frame) == want.Exploded
		}},
		{"is Mass ever zero?", []string{"profile Mass"}, func(s *app.State) bool {
			for i, least := range want.Least {
				if v := s.Profile.Min[i]; v == nil || float32(*v) != float32(least) {
					return false
				}
			}
			return true
		}},
		{"whose Mass is?", []string{at(zero + 1), "filter Mass == 0"}, func(s *app.State) bool {
			return s.Sheet.Rows == 1 && cell(s.Sheet.First["ID"], float64(want.Zeros[zero][0]))
		}},
	}
	var script strings.Builder
	for _, q := range questions {
		if len(q.actions) > 3 {
			t.Errorf("%s %d actions", q.question, len(q.actions))
		}
		fmt.Fprintf(&script, "goto 1\nfilter-clear\nsort-clear\ncolumns-default\n%s\nwait idle\nprint state\n", strings.Join(q.actions, "\n"))
	}
	states, err := play(t, "wait loaded\n"+script.String()+"quit\n", dir)
	if err != nil || len(states) != len(questions) {
		t.Fatalf("%v; %d states", err, len(states))
	}
	for i, q := range questions {
		if s := &states[i]; !q.answered(s) {
			t.Errorf("%s %+v, %+v, %+v", q.question, s.Sheet, s.Profile, s.Probe)
		}
	}
}
