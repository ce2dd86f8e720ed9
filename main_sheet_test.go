package main

import (
	"fmt"
	"image/png"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"iceexplorer/app/inspect/spread"
	"iceexplorer/cache"
	"iceexplorer/cache/icecache"
)

// drift is what the frames of drifting hold.
type drift struct {
	id                  []int32
	age, mass, vel, pos []float32
}

// drifting writes frames of points with IDs, ages, masses and velocities at random; in the
// last one a mass is zero and a velocity no number.
func drifting(t *testing.T, frames int) (dir string, of []drift) {
	t.Helper()
	dir = t.TempDir()
	r := rand.New(rand.NewPCG(5, 6))
	const points = 3000
	for n := 1; n <= frames; n++ {
		d := drift{make([]int32, points), make([]float32, points), make([]float32, points), make([]float32, 3*points), make([]float32, 3*points)}
		for i := range points {
			d.id[i], d.age[i], d.mass[i] = int32(7*i), 3*r.Float32(), 0.5+r.Float32()
			for k := range 3 {
				d.pos[3*i+k], d.vel[3*i+k] = r.Float32(), r.Float32()-0.5
			}
		}
		if n == frames {
			d.mass[1234], d.vel[99] = 0, float32(math.NaN())
		}
		b := cache.NewBuilder(cache.Header{Version: 103, Points: points})
		b.Float32s("PointPosition", cache.TypeVector3, d.pos)
		b.Float32s("PointVelocity", cache.TypeVector3, d.vel)
		b.Int32s("ID", d.id)
		b.Float32s("Age", cache.TypeFloat, d.age)
		b.Float32s("Mass", cache.TypeFloat, d.mass)
		f, err := b.Frame()
		if err != nil {
			t.Fatal(err)
		}
		if err := icecache.WriteFile(t.Context(), filepath.Join(dir, fmt.Sprintf("drift_%d.icecache", n)), f, icecache.EncodeOptions{Level: 1}); err != nil {
			t.Fatal(err)
		}
		of = append(of, d)
	}
	return dir, of
}

// fastest is the point with the greatest velocity.
func (d *drift) fastest() (at int) {
	best := -1.0
	for i := range d.id {
		v := d.vel[3*i : 3*i+3]
		if s := math.Sqrt(float64(v[0])*float64(v[0]) + float64(v[1])*float64(v[1]) + float64(v[2])*float64(v[2])); s > best {
			best, at = s, i
		}
	}
	return at
}

// count is how many points a condition holds for.
func (d *drift) count(is func(i int) bool) (n int) {
	for i := range d.id {
		if is(i) {
			n++
		}
	}
	return n
}

func TestTheSpreadsheetAnswersQuestions(t *testing.T) {
	needDisplay(t)
	dir, of := drifting(t, 3)
	states, err := play(t, strings.Join([]string{
		"wait loaded",
		"sort v.mag down", "print state", // which is the fastest?
		"goto 3", "print state", // and in frame 3?
		"filter Age > 1", "print state", // how many are older than a second?
		"sheet-scope all", "print state",
		"filter Mass == 0", "print state", // is Mass ever zero?
		"goto 2", "print state",
		"filter-clear", "columns ID, Age", "sort-clear", "goto-point 8638 id", "print state", // what is the age of particle 8638?
		"select-rows 3 6", "select-rows 5 5 remove", "sheet-scope selected", "print state",
		"quit",
	}, "\n"), dir)
	if err != nil || len(states) != 8 {
		t.Fatalf("%v; %d states", err, len(states))
	}
	first := func(s *spread.State, title string) float64 {
		v, ok := s.First[title].(float64)
		if !ok {
			t.Errorf("%s of the first row is %v", title, s.First[title])
		}
		return v
	}
	for i, d := range []*drift{&of[0], &of[2]} {
		s := &states[i].Sheet
		if at := d.fastest(); first(s, "index") != float64(at) || first(s, "ID") != float64(d.id[at]) || float32(first(s, "Age")) != d.age[at] {
			t.Errorf("the fastest is %d, not %v", at, s.First)
		}
	}
	old := func(i int) bool { return of[2].age[i] > 1 }
	if s := states[2].Sheet; s.Rows != of[2].count(old) || s.Of != 3000 || s.Filter != "Age > 1" || s.Sort != "v.mag" || !s.Descending {
		t.Errorf("older than a second: %+v, want %d", s, of[2].count(old))
	}
	if s := states[3].Sheet; s.Rows != 3000 {
		t.Errorf("all: %+v", s)
	}
	if s := states[4].Sheet; s.Rows != 1 || first(&s, "index") != 1234 {
		t.Errorf("Mass is zero: %+v", s)
	}
	if s := states[5].Sheet; s.Rows != 0 {
		t.Errorf("Mass is zero in frame 2: %+v", s)
	}
	if s := states[6].Sheet; s.Point != 1234 || s.Cursor != 1234 || len(s.Columns) != 2 {
		t.Errorf("gone to: %+v", s)
	}
	if s := states[7].Sheet; s.Rows != 3 || first(&s, "index") != 3 || states[7].Selected != 3 {
		t.Errorf("selected: %+v", s)
	}
}

func TestTheSceneShowsOnlyThePointsThatPass(t *testing.T) {
	needDisplay(t)
	dir, of := drifting(t, 2)
	to := t.TempDir()
	shot := func(name string) string { return "save-picture " + filepath.Join(to, name) + " 320x200" }
	states, err := play(t, strings.Join([]string{
		"wait loaded", "show-grid off", shot("all.png"), "filter P.x < 0.5", "show-only-rows on", "wait idle", shot("half.png"), "panel-spreadsheet off",
		"goto 2", "select-rect 0 0 1 1", "wait idle", "print state", "show-only-rows off", "wait idle", shot("again.png"), "goto 1", "wait idle", "select-none", shot("same.png"), "quit",
	}, "\n"), dir)
	if err != nil || len(states) != 1 {
		t.Fatalf("%v; %d states", err, len(states))
	}
	half := of[1].count(func(i int) bool { return of[1].pos[3*i] < 0.5 })
	if n := states[0].Selected; n == 0 || n > half || !states[0].Sheet.Only {
		t.Errorf("%d points are selected, and %d shown", n, half)
	}
	all, some := lit(t, filepath.Join(to, "all.png")), lit(t, filepath.Join(to, "half.png"))
	if again := lit(t, filepath.Join(to, "same.png")); some == 0 || some > all*3/4 || again != all {
		t.Errorf("%d pixels are lit of all, %d of half and %d of all again", all, some, again)
	}
}

// lit counts the bright pixels below the texts of a picture.
func lit(t *testing.T, path string) (n int) {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	img, err := png.Decode(f)
	if err != nil {
		t.Fatal(err)
	}
	for y := 50; y < img.Bounds().Max.Y; y++ {
		for x := range img.Bounds().Max.X {
			if r, g, b, _ := img.At(x, y).RGBA(); r+g+b > 3*0x8000 {
				n++
			}
		}
	}
	return n
}

func TestAFilterThatIsNoneEndsAScript(t *testing.T) {
	needDisplay(t)
	dir, _ := drifting(t, 1)
	for line, want := range map[string]string{
		"filter Aeg > 1":    "column 1: Aeg: no such attribute; did you mean Age?",
		"sort P":            "cannot be sorted by a vector",
		"goto-point 3 id":   "no point has the ID 3",
		"columns ID, Age +": "missing",
	} {
		if _, err := play(t, "wait loaded\n"+line+"\nquit\n", dir); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", line, err)
		}
	}
}

func TestTheFastestPointsAreFoundByOneAction(t *testing.T) {
	needDisplay(t)
	dir, of := drifting(t, 2)
	states, err := play(t, "wait loaded\nsort-fastest\nprint state\nsort-fastest\ncolumns ID, v.mag\nsort-fastest\nprint state\nquit\n", dir)
	if err != nil || len(states) != 2 {
		t.Fatalf("%v; %d states", err, len(states))
	}
	for i, want := range []string{"ID,v.mag,", "ID,v.mag"} {
		s := &states[i].Sheet
		if at := of[0].fastest(); s.Sort != "v.mag" || !s.Descending || s.First["index"] != float64(at) || !strings.HasPrefix(strings.Join(s.Columns, ",")+",", want) {
			t.Errorf("sorted by %s, columns %q, first %v, want point %d", s.Sort, s.Columns, s.First, at)
		}
	}
}
