package main

import (
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"iceexplorer/app"
	"iceexplorer/cache"
	"iceexplorer/cache/icecache"
)

// burst is what a frame of bursting holds.
type burst struct{ age, vel []float32 }

// bursting writes eight frames: in the fifth most points are gone, in the sixth one is
// flung away, and the third alone has Heat. Mass is the same for all.
func bursting(t *testing.T) (dir string, of []burst) {
	t.Helper()
	dir = t.TempDir()
	r := rand.New(rand.NewPCG(3, 4))
	for n := 1; n <= 8; n++ {
		points := 5000 + 10*n
		if n >= 5 {
			points = 700 + n
		}
		d := burst{make([]float32, points), make([]float32, 3*points)}
		for i := range d.age {
			d.age[i] = 3 * r.Float32() * r.Float32()
			d.vel[3*i], d.vel[3*i+1] = r.Float32(), r.Float32()
		}
		if n == 6 {
			d.vel[3*77+2] = -5000
		}
		b := cache.NewBuilder(cache.Header{Version: 103, Points: uint32(points)})
		b.Float32s("PointPosition", cache.TypeVector3, d.vel)
		b.Float32s("PointVelocity", cache.TypeVector3, d.vel)
		b.Float32s("Age", cache.TypeFloat, d.age)
		b.Float32s("Mass", cache.TypeFloat, []float32{0.5})
		if n == 3 {
			b.Float32s("Heat", cache.TypeFloat, d.age)
		}
		f, err := b.Frame()
		if err != nil {
			t.Fatal(err)
		}
		if err := icecache.WriteFile(t.Context(), filepath.Join(dir, fmt.Sprintf("burst_%d.icecache", n)), f, icecache.EncodeOptions{Level: 1}); err != nil {
			t.Fatal(err)
		}
		of = append(of, d)
	}
	return dir, of
}

// counted is the histogram of some values, as numpy has it.
func counted(values []float32, lo, hi float64, bins int) []uint64 {
	out := make([]uint64, bins)
	for _, v := range values {
		if f := float64(v); f >= lo && f <= hi {
			out[min(int((f-lo)*(float64(bins)/(hi-lo))), bins-1)]++
		}
	}
	return out
}

// within is how many values lie in a range.
func within(values []float32, lo, hi float32) (n int) {
	for _, v := range values {
		if v >= lo && v <= hi {
			n++
		}
	}
	return n
}

func attributeNamed(t *testing.T, s *app.State, name string) app.AttributeState {
	t.Helper()
	for _, a := range s.Attributes {
		if a.Name == name {
			return a
		}
	}
	t.Fatalf("no attribute %s in %+v", name, s.Attributes)
	return app.AttributeState{}
}

func TestProfilesSayWhenSomethingHappened(t *testing.T) {
	needDisplay(t)
	dir, of := bursting(t)
	states, err := play(t, "wait loaded\nprofile points\nwait idle\nprint state\nprofile pointvelocity\nprint state\nprofile Age\nshow-profile-strip on\nprint state\ngoto 4\nwait idle\nprint state\nquit\n", dir)
	if err != nil || len(states) != 4 {
		t.Fatalf("%v; %d states", err, len(states))
	}
	if p := states[0].Profile; p == nil || p.Of != "points" || p.Drop == nil || p.Drop.Frame != 5 || p.Drop.From != 5040 || p.Drop.To != 705 || p.Unmeasured != 0 {
		t.Errorf("when did the count drop? %+v", p)
	}
	if p := states[1].Profile; p == nil || p.Of != "PointVelocity.mag" || p.Rise == nil || p.Rise.Frame != 6 || math.Abs(p.Rise.To-5000) > 1 {
		t.Errorf("when did this one explode? %+v", p)
	}
	ages := states[2].Profile
	for i, d := range of {
		sum := 0.0
		for _, v := range d.age {
			sum += float64(v)
		}
		if float32(*ages.Min[i]) != slices.Min(d.age) || float32(*ages.Max[i]) != slices.Max(d.age) || math.Abs(*ages.Mean[i]-sum/float64(len(d.age))) > 1e-6 {
			t.Errorf("Age in frame %d: %v to %v, mean %v", i+1, *ages.Min[i], *ages.Max[i], *ages.Mean[i])
		}
	}
	// What is the range of Age in frame 4? Which frame has Heat, what is the Mass?
	age := attributeNamed(t, &states[3], "Age").Parts[0]
	if float32(*age.Min) != slices.Min(of[3].age) || float32(*age.Max) != slices.Max(of[3].age) {
		t.Errorf("Age: %v to %v", *age.Min, *age.Max)
	}
	if heat := attributeNamed(t, &states[3], "Heat"); heat.About != "not in this frame, but in 1 frame" {
		t.Errorf("%+v", heat)
	}
	if mass := attributeNamed(t, &states[3], "Mass"); mass.About != "the same for all" || mass.Values != "0.5" {
		t.Errorf("%+v", mass)
	}
}

func TestHistogramsAreCountedAndUsed(t *testing.T) {
	needDisplay(t)
	dir, of := bursting(t)
	states, err := play(t, strings.Join([]string{
		"wait loaded", "goto 2", "wait idle", "histogram Age", "histogram-sequence", "wait idle", "print state",
		"histogram-to selection 0.5 1.25", "wait 300ms", "wait idle", "histogram-of selection", "wait idle", "print state",
		"filter Age > 2", "histogram-of filter", "wait idle", "print state",
		"histogram-to colours 0.25 2", "histogram-to filter 1 2", "wait idle", "print state",
		"histogram Age * 2", "histogram-log on", "goto 3", "wait idle", "print state",
		"close", "wait idle", "print state", "quit",
	}, "\n"), dir)
	if err != nil || len(states) != 6 {
		t.Fatalf("%v; %d states", err, len(states))
	}
	h := states[0].Histogram
	two := of[1].age
	if h == nil || h.Counts == nil || h.Frame != 2 || h.Count != uint64(len(two)) || float32(h.Counts.Lo) != slices.Min(two) || float32(h.Counts.Hi) != slices.Max(two) {
		t.Fatalf("%+v", h)
	}
	if want := counted(two, h.Counts.Lo, h.Counts.Hi, len(h.Counts.Bins)); !slices.Equal(h.Counts.Bins, want) {
		t.Errorf("%v, want %v", h.Counts.Bins, want)
	}
	sorted := slices.Sorted(slices.Values(two))
	if at := float64(len(sorted)-1) / 2; math.Abs(*h.Percentiles[3]-(float64(sorted[int(at)])+float64(sorted[int(math.Ceil(at))]))/2) > 1e-6 {
		t.Errorf("median %v", *h.Percentiles[3])
	}
	var all []float32
	for _, d := range of {
		all = append(all, d.age...)
	}
	q := h.Sequence
	if q == nil || h.Frames != 8 || float32(q.Lo) != slices.Min(all) || float32(q.Hi) != slices.Max(all) || !slices.Equal(q.Bins, counted(all, q.Lo, q.Hi, len(q.Bins))) {
		t.Errorf("of all frames: %+v", q)
	}
	if want := within(two, 0.5, 1.25); states[1].Selected != want || states[1].Histogram.Count != uint64(want) {
		t.Errorf("%d selected, %d counted, want %d", states[1].Selected, states[1].Histogram.Count, want)
	}
	if got, want := states[2].Histogram, within(two, math.Nextafter32(2, 3), 9); got.Count != uint64(want) || got.Points != "filter" {
		t.Errorf("filtered: %+v, want %d", got, want)
	}
	if s := states[3]; s.ColorBy != "Age" || s.Sheet.Rows != within(two, 1, 2) || s.Histogram.Count != uint64(within(two, 1, 2)) {
		t.Errorf("used: coloured by %s, %d rows, %d counted", s.ColorBy, s.Sheet.Rows, s.Histogram.Count)
	}
	if got := states[4].Histogram; got.Frame != 3 || !got.Log || got.Of != "Age * 2" || got.Count != uint64(within(of[2].age, 1, 2)) {
		t.Errorf("of an expression: %+v", got)
	}
	if got := states[5]; got.Histogram == nil || got.Histogram.Counts != nil || got.Profile != nil || len(got.Attributes) != 0 {
		t.Errorf("of nothing: %+v", got.Histogram)
	}
}

func TestChartsOfWhatThereIsNotEndAScript(t *testing.T) {
	needDisplay(t)
	dir := writeBalls(t, "a")
	for line, want := range map[string]string{
		"histogram Size +":                     "column 7",
		"profile Humidity":                     `no frame has numbers called "Humidity"`,
		"histogram Size\nhistogram-to colours": "no range",
		"histogram-to colours 1 2":             "not available",
	} {
		if _, err := play(t, "wait loaded\n"+line+"\nquit\n", dir); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", line, err)
		}
	}
}

// Frames for which there is no room are read for the counts alone.
func TestFramesThatDoNotFitIntoMemoryAreCountedToo(t *testing.T) {
	needDisplay(t)
	dir, of := bursting(t)
	config, script := t.TempDir(), filepath.Join(t.TempDir(), "script.txt")
	if err := os.WriteFile(filepath.Join(config, "settings.json"), []byte(`{"preferences":{"scratchBytes":400000}}`), 0o600); err != nil {
		t.Fatal(err)
	}
	text := "timeout 60s\nwait loaded\nhistogram Age * 1\nhistogram-sequence\nwait idle\nprint state\nquit\n"
	if err := os.WriteFile(script, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := program(t, "--run", script, "--no-convert", dir)
	cmd.Env = append(cmd.Env, "ICEEXPLORER_CONFIG_DIR="+config)
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	var s app.State
	if err := json.Unmarshal(out, &s); err != nil {
		t.Fatalf("%v in %q", err, out)
	}
	var all []float32
	for _, d := range of {
		all = append(all, d.age...)
	}
	q := s.Histogram.Sequence
	if s.Layers[0].States["absent"] == 0 || q == nil || s.Histogram.Frames != 8 || !slices.Equal(q.Bins, counted(all, q.Lo, q.Hi, len(q.Bins))) {
		t.Errorf("%v; %d frames counted, %d not: %s", s.Layers[0].States, s.Histogram.Frames, s.Histogram.Skipped, s.Histogram.Why)
	}
}
