package main

import (
	"fmt"
	"math"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"iceexplorer/app/inspect/probing"
	"iceexplorer/cache"
	"iceexplorer/cache/icecache"
)

// lifetime is what a particle of living goes through.
type lifetime struct {
	first, last int // frames
	age         map[int]float32
	row         map[int]int
}

// living writes frames of particles that are born and die: of ID 7k in frame 1+k%9, for
// 3+k%14 frames. Without IDs all of them live through all frames.
func living(t *testing.T, frames int, ids bool) (dir string, of map[int32]*lifetime) {
	t.Helper()
	dir, of = t.TempDir(), map[int32]*lifetime{}
	const particles = 300
	for n := 1; n <= frames; n++ {
		var id []int32
		var age, pos []float32
		for k := particles - 1; k >= 0; k-- {
			first := 1 + k%9
			last := first + 2 + k%14
			if ids && (n < first || n > last) {
				continue
			}
			p := int32(7 * k)
			if of[p] == nil {
				of[p] = &lifetime{first, min(last, frames), map[int]float32{}, map[int]int{}}
			}
			a := float32(n-first)/24 + float32(k)/1000
			of[p].age[n], of[p].row[n] = a, len(id)
			id, age = append(id, p), append(age, a)
			pos = append(pos, float32(k), float32(n), a)
		}
		b := cache.NewBuilder(cache.Header{Version: 103, Points: uint32(len(id))})
		b.Float32s("PointPosition", cache.TypeVector3, pos)
		if ids {
			b.Int32s("ID", id)
		}
		b.Float32s("Age", cache.TypeFloat, age)
		f, err := b.Frame()
		if err != nil {
			t.Fatal(err)
		}
		if err := icecache.WriteFile(t.Context(), filepath.Join(dir, fmt.Sprintf("living_%d.icecache", n)), f, icecache.EncodeOptions{Level: 1}); err != nil {
			t.Fatal(err)
		}
	}
	return dir, of
}

// near reports whether a value of a report is a number.
func near(v any, want float32) bool {
	f, ok := v.(float64)
	return ok && math.Abs(f-float64(want)) < 1e-5
}

// pointOf is a point of a report.
func pointOf(t *testing.T, s *probing.State, number int32) *probing.PointState {
	t.Helper()
	if s != nil {
		for i := range s.Points {
			if s.Points[i].Point == number {
				return &s.Points[i]
			}
		}
	}
	t.Fatalf("%d is not followed: %+v", number, s)
	return nil
}

func TestTheProbeTellsAgesAndDeaths(t *testing.T) {
	needDisplay(t)
	const frames = 16
	dir, of := living(t, frames, true)
	states, err := play(t, strings.Join([]string{
		"wait loaded",
		"probe-points 1234,77,700", "print state", // what is the age of particle 77 in frame 12? when did 700 die?
		"goto 4", "columns ID", "select-rows 0 2", "probe", "print state", // the selected ones
		"probe-columns P.y * 2, $index", "print state",
		"probe-copy csv", "probe-points 5 index", "print state",
		"quit",
	}, "\n"), dir)
	if err != nil || len(states) != 4 {
		t.Fatalf("%v; %d states", err, len(states))
	}
	s := states[0].Probe
	if p := pointOf(t, s, 1234); p.First != nil || p.Born || p.Died || s.By != "id" || s.Open != 0 || len(s.Frames) != frames {
		t.Errorf("1234 is in no frame: %+v", p)
	}
	for _, id := range []int32{77, 700} {
		p, want := pointOf(t, s, id), of[id]
		if p.First == nil || *p.First != cache.Number(want.first) || *p.Last != cache.Number(want.last) || p.Born != (want.first > 1) || p.Died != (want.last < frames) {
			t.Errorf("%d lives from %d to %d: %+v", id, want.first, want.last, p)
		}
		for n := 1; n <= frames; n++ {
			v, row := p.Values["Age"][n-1], p.Rows[n-1]
			if age, there := want.age[n]; there && (!near(v, age) || row != want.row[n]) || !there && (v != nil || row != -1) {
				t.Errorf("age of %d in frame %d: %v in row %d, want %v", id, n, v, row, age)
			}
		}
	}
	s = states[1].Probe
	var in4 []int32
	for id, l := range of {
		if row, ok := l.row[4]; ok && row < 3 {
			in4 = append(in4, id)
		}
	}
	if slices.Sort(in4); len(s.Points) != 3 || s.Selected != 3 {
		t.Fatalf("selected: %+v", s.Points)
	}
	for i, id := range in4 {
		if p := s.Points[i]; p.Point != id || !near(p.Values["Age"][3], of[id].age[4]) {
			t.Errorf("selected %d: %+v", id, p)
		}
	}
	p := pointOf(t, states[2].Probe, in4[0])
	if !near(p.Values["P.y * 2"][3], 8) || !near(p.Values["$index"][3], float32(of[in4[0]].row[4])) || p.Values["Age"] != nil {
		t.Errorf("columns: %+v", p)
	}
	if s = states[3].Probe; s.By != "index" || len(s.Points) != 1 || !near(s.Points[0].Values["$index"][15], 5) {
		t.Errorf("by index: %+v", s)
	}
}

func TestTheProbeSaysThatThereAreNoIDs(t *testing.T) {
	needDisplay(t)
	dir, of := living(t, 3, false)
	states, err := play(t, "wait loaded\nprobe-points 12\nprint state\nquit\n", dir)
	if err != nil || len(states) != 1 {
		t.Fatalf("%v; %d states", err, len(states))
	}
	s := states[0].Probe
	if p := pointOf(t, s, 12); s.By != "index" || p.Born || p.Died || !near(p.Values["Age"][2], of[7*(300-1-12)].age[3]) {
		t.Errorf("%+v", s)
	}
	for line, want := range map[string]string{
		"probe-points 12 id":   "no ID",
		"probe-points x":       "whole numbers",
		"probe-columns Aeg":    "did you mean Age?",
		"probe-columns P, Age": "",
	} {
		_, err := play(t, "wait loaded\n"+line+"\nquit\n", dir)
		if (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", line, err)
		}
	}
}
