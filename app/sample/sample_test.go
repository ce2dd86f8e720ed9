package sample

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"iceexplorer/cache"
	"iceexplorer/cache/icecache"
)

func mustFrame(t *testing.T, opt Options, n int) *cache.Frame {
	t.Helper()
	f, err := Frame(opt, n)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func sum(a *cache.Attribute) string {
	s := sha256.Sum256(a.Bytes())
	return hex.EncodeToString(s[:])
}

func TestFrameDependsOnSeedAndNumberAlone(t *testing.T) {
	t.Parallel()
	opt := Options{Points: 700, Frames: 12, Seed: 7}
	a, b := mustFrame(t, opt, 5), mustFrame(t, opt, 5)
	for i := range a.Attributes {
		if sum(a.Attributes[i]) != sum(b.Attributes[i]) {
			t.Errorf("%s differs between two runs", a.Attributes[i].Name)
		}
	}
	opt.Seed = 8
	for name, other := range map[string]*cache.Frame{"seed": mustFrame(t, opt, 5), "frame": mustFrame(t, Options{Points: 700, Frames: 12, Seed: 7}, 6)} {
		if sum(a.Attribute("PointPosition")) == sum(other.Attribute("PointPosition")) {
			t.Errorf("positions of another %s are the same", name)
		}
	}
}

func TestFrameHoldsEverythingAnArtistLooksFor(t *testing.T) {
	t.Parallel()
	f := mustFrame(t, Options{Points: 3000}, 20)
	for name, want := range map[string]cache.DataType{
		"PointPosition": cache.TypeVector3, "PointVelocity": cache.TypeVector3, "Color": cache.TypeColor4,
		"Size": cache.TypeFloat, "ID": cache.TypeLong, "Age": cache.TypeFloat, "AgeLimit": cache.TypeFloat,
		"Orientation": cache.TypeRotation, "Mass": cache.TypeFloat, "Resting": cache.TypeBool,
	} {
		a := f.Attribute(name)
		if a == nil {
			t.Errorf("no %s", name)
			continue
		}
		if a.Type != want || a.NumRows() != 3000 || a.Constant != (name == "Mass") {
			t.Errorf("%s is %v with %d rows, constant %v", name, a.Type, a.NumRows(), a.Constant)
		}
	}
	if resting := f.Attribute("Resting").Bytes(); !slices.Contains(resting, 1) || !slices.Contains(resting, 0) {
		t.Error("Resting is the same for all")
	}
}

func TestValuesAreSane(t *testing.T) {
	t.Parallel()
	for _, opt := range []Options{{}, {Points: 1}, {Points: 2}, {Points: 7, Frames: 1}, {Points: 1009, Frames: 8}, {Points: 500, Frames: 400}} {
		last := max(opt.Frames, 1)
		for _, n := range []int{1, (1 + last) / 2, last} {
			f := mustFrame(t, opt, n)
			for _, a := range f.Attributes {
				for i, v := range a.Float32s() {
					if math.IsNaN(float64(v)) || math.Abs(float64(v)) > 100 {
						t.Fatalf("%+v frame %d: %s[%d] = %v", opt, n, a.Name, i, v)
					}
				}
			}
			pos, age, limit := f.Attribute("PointPosition").Float32s(), f.Attribute("Age").Float32s(), f.Attribute("AgeLimit").Float32s()
			for i := range age {
				x, y, z := pos[3*i], pos[3*i+1], pos[3*i+2]
				if y < 0 || y > 12 || x*x+z*z > 100 {
					t.Fatalf("%+v frame %d: particle at %v %v %v", opt, n, x, y, z)
				}
				if age[i] < 0 || age[i] > limit[min(i, len(limit)-1)] {
					t.Fatalf("%+v frame %d: age %v of %v", opt, n, age[i], limit)
				}
			}
		}
	}
}

func TestIDsRiseAndHaveGaps(t *testing.T) {
	t.Parallel()
	opt := Options{Points: 2000, Frames: 24}
	seen := map[int32]bool{}
	for n := 1; n <= opt.Frames; n++ {
		ids := mustFrame(t, opt, n).Attribute("ID").Int32s()
		for i := range ids {
			if ids[i] < 0 || i > 0 && ids[i] <= ids[i-1] {
				t.Fatalf("frame %d: ID %d after %d", n, ids[i], ids[max(i-1, 0)])
			}
			seen[ids[i]] = true
		}
		if span := int(ids[len(ids)-1] - ids[0] + 1); span == len(ids) {
			t.Errorf("frame %d: no gaps", n)
		}
	}
	if len(seen) <= opt.Points {
		t.Error("no particle was born")
	}
}

func TestFrameAfterTheLastIsTheFirst(t *testing.T) {
	t.Parallel()
	for _, opt := range []Options{{Points: 2000, Frames: 48}, {Points: 999, Frames: 8}, {Points: 600, Frames: 300}, {Points: 100, Frames: 1}} {
		g, err := newGenerator(opt)
		if err != nil {
			t.Fatal(err)
		}
		type key struct {
			kind kind
			look uint64
			age  int64 // in thousandths of a frame
		}
		collect := func(frame int) map[key]state {
			m := map[key]state{}
			g.alive(frame, func(b birth) { m[key{b.class.kind, b.look, int64(math.Round(b.age * 1000))}] = g.particle(b) })
			return m
		}
		first, after := collect(1), collect(opt.Frames+1)
		if len(first) != opt.Points {
			t.Errorf("%+v: %d different particles", opt, len(first))
		}
		for k, a := range first {
			b, ok := after[k]
			if !ok {
				t.Fatalf("%+v: particle %+v does not come again", opt, k)
			}
			if d := a.pos.sub(b.pos).length(); d > 1e-6 {
				t.Fatalf("%+v: particle %+v is %g away from where the loop begins", opt, k, d)
			}
		}
	}
}

func TestVelocityLeadsToTheNextPosition(t *testing.T) {
	t.Parallel()
	g, err := newGenerator(Options{Points: 400})
	if err != nil {
		t.Fatal(err)
	}
	checked := 0
	g.alive(10, func(b birth) {
		now := g.particle(b)
		const step = 1.0 / 480
		b.age += step * Rate
		if b.age >= b.class.life {
			return
		}
		next := g.particle(b)
		if now.resting || next.resting {
			return
		}
		checked++
		if d := now.pos.add(now.vel.scale(step)).sub(next.pos).length(); d > 0.01 {
			t.Errorf("%v flies %g past its next position", now, d)
		}
	})
	if checked < 200 {
		t.Errorf("only %d particles fly", checked)
	}
}

func TestWriteMakesFilesThatReadBack(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "new", "folder")
	opt := Options{Points: 4001, Frames: 3, Seed: 3}
	var progress []string
	opt.Progress = func(done, total int) { progress = append(progress, fmt.Sprint(done, "/", total)) }
	if err := Write(t.Context(), dir, opt); err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(progress, " "); got != "1/3 2/3 3/3" {
		t.Errorf("progress %q", got)
	}
	found, err := cache.Discover(dir)
	if err != nil || len(found.Sequences) != 1 || found.Sequences[0].Name != "fountain" || found.Sequences[0].Summary() != "1-3" {
		t.Fatalf("found %+v, %v", found, err)
	}
	for n := 1; n <= opt.Frames; n++ {
		var dec icecache.Decoder
		file, err := dec.Open(t.Context(), filepath.Join(dir, FileName(n)), icecache.Options{})
		if err != nil {
			t.Fatal(err)
		}
		mem := make([]byte, file.Need())
		ix, err := file.Fill(t.Context(), mem)
		if err != nil {
			t.Fatal(err)
		}
		got, err := cache.NewFrame(ix, mem, nil)
		if err != nil {
			t.Fatal(err)
		}
		if got.Header.Version != 103 || got.Storage != cache.StorageGzip || got.Dialect != "plain" {
			t.Errorf("written as version %d, %s, %s", got.Header.Version, got.Storage, got.Dialect)
		}
		for _, want := range mustFrame(t, opt, n).Attributes {
			if a := got.Attribute(want.Name); a == nil || sum(a) != sum(want) {
				t.Errorf("frame %d: %s is not what was computed", n, want.Name)
			}
		}
	}
}

func TestWriteRefusesWhatItCannotMake(t *testing.T) {
	t.Parallel()
	for _, opt := range []Options{{Points: -1}, {Points: MaxPoints + 1}, {Frames: -1}, {Frames: MaxFrames + 1}} {
		if err := Write(t.Context(), t.TempDir(), opt); err == nil || !strings.Contains(err.Error(), "must be from 1 to") {
			t.Errorf("%+v: %v", opt, err)
		}
	}
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o666); err != nil {
		t.Fatal(err)
	}
	if err := Write(t.Context(), file, Options{Points: 1}); err == nil || !strings.HasSuffix(err.Error(), ": "+file) {
		t.Errorf("into a file: %v", err)
	}
}

func TestWriteStopsWhenCanceled(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	dir := t.TempDir()
	err := Write(ctx, dir, Options{Points: 50, Frames: 5000, Progress: func(done, _ int) {
		if done == 3 {
			cancel()
		}
	}})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	if len(entries) > 100 {
		t.Errorf("%d files in spite of cancel", len(entries))
	}
	for _, e := range entries {
		if !strings.HasSuffix(e.Name(), ".icecache") {
			t.Errorf("%s is left over", e.Name())
		}
	}
}
