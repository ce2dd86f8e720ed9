// Package sample makes the built-in sample: a particle fountain about ten units
// tall, standing on the plane y = 0, that loops after its last frame. Every frame
// is computed from the seed and its number alone, so frames are made side by side.
package sample

import (
	"context"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"sync"

	"iceexplorer/cache"
	"iceexplorer/cache/atomicfile"
	"iceexplorer/cache/icecache"
	"iceexplorer/cache/pathname"
)

// Defaults of Options.
const (
	DefaultPoints = 20_000
	DefaultFrames = 48
	DefaultSeed   = 1
)

// Upper bounds of Options.
const (
	MaxPoints = 20_000_000
	MaxFrames = 100_000
)

// Rate is the frames per second that the sample is meant for.
const Rate = 24

// Options of a sample. Zero values are replaced by the defaults.
type Options struct {
	Points int    // particles in every frame
	Frames int    // numbered from 1
	Seed   uint64 // the same seed makes the same values

	// Progress, if not nil, is called after each frame, by one goroutine at a time.
	Progress func(done, total int)
}

// FileName is the name of a frame's file.
func FileName(frame int) string { return fmt.Sprintf("fountain_%d.icecache", frame) }

// gzipLevel takes half the time of the default level for one percent more bytes: noise does
// not compress.
const gzipLevel = 1

// Write makes the sample's frames as .icecache files of version 103 in dir, which
// is made if it is missing. Files of the same names are replaced, each as a whole.
func Write(ctx context.Context, dir string, opt Options) error {
	g, err := newGenerator(opt)
	if err != nil {
		return fmt.Errorf("make sample: %w: %s", err, dir)
	}
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return fmt.Errorf("make folder: %w: %s", pathname.Reason(err), dir)
	}
	atomicfile.Sweep(dir)
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	numbers := make(chan int)
	var (
		wait sync.WaitGroup
		mu   sync.Mutex
		done int
	)
	for range min(runtime.GOMAXPROCS(0), g.frames) {
		wait.Go(func() {
			for n := range numbers {
				f, err := g.Frame(n)
				if err == nil {
					err = icecache.WriteFile(ctx, filepath.Join(dir, FileName(n)), f, icecache.EncodeOptions{Version: 103, Level: gzipLevel})
				}
				if err != nil {
					cancel(fmt.Errorf("make sample: %w", err))
					return
				}
				mu.Lock()
				done++
				if opt.Progress != nil {
					opt.Progress(done, g.frames)
				}
				mu.Unlock()
			}
		})
	}
	for n := 1; n <= g.frames && ctx.Err() == nil; n++ {
		select {
		case numbers <- n:
		case <-ctx.Done():
		}
	}
	close(numbers)
	wait.Wait()
	return context.Cause(ctx)
}

// Frame computes one frame, from 1 to Options.Frames, in memory of its own.
func Frame(opt Options, number int) (*cache.Frame, error) {
	g, err := newGenerator(opt)
	if err != nil {
		return nil, fmt.Errorf("make sample: %w", err)
	}
	return g.Frame(number)
}

// generator holds what all frames share.
type generator struct {
	points, frames int
	seed           uint64
	turns          float64 // of the jets' nozzle per loop; a whole number
	classes        []class
	flow           flow
}

func newGenerator(opt Options) (*generator, error) {
	def := func(v, d int) int {
		if v == 0 {
			return d
		}
		return v
	}
	g := &generator{points: def(opt.Points, DefaultPoints), frames: def(opt.Frames, DefaultFrames), seed: opt.Seed}
	if g.seed == 0 {
		g.seed = DefaultSeed
	}
	if g.points < 1 || g.points > MaxPoints {
		return nil, fmt.Errorf("the number of points must be from 1 to %d, not %d", MaxPoints, opt.Points)
	}
	if g.frames < 1 || g.frames > MaxFrames {
		return nil, fmt.Errorf("the number of frames must be from 1 to %d, not %d", MaxFrames, opt.Frames)
	}
	g.turns = max(1, math.Round(float64(g.frames)/(2*Rate)))
	g.classes = classes(g.points, g.frames)
	g.flow = newFlow(g.seed)
	return g, nil
}

// Frame computes frame number, from 1.
func (g *generator) Frame(number int) (*cache.Frame, error) {
	n := g.points
	var (
		position    = make([]float32, 0, 3*n)
		velocity    = make([]float32, 0, 3*n)
		color       = make([]float32, 0, 4*n)
		size        = make([]float32, 0, n)
		id          = make([]int32, 0, n)
		age         = make([]float32, 0, n)
		limit       = make([]float32, 0, n)
		orientation = make([]float32, 0, 4*n)
		resting     = make([]byte, 0, n)
	)
	g.alive(number, func(b birth) {
		p := g.particle(b)
		position = append(position, f32(p.pos)...)
		velocity = append(velocity, f32(p.vel)...)
		color = append(color, p.color[:]...)
		orientation = append(orientation, p.orientation[:]...)
		size = append(size, p.size)
		id = append(id, b.id)
		age = append(age, float32(b.age/Rate))
		limit = append(limit, float32(b.class.life/Rate))
		resting = append(resting, bit(p.resting))
	})
	b := cache.NewBuilder(cache.Header{Version: 103, Object: cache.ObjectPointCloud, Points: uint32(n), Substeps: 1})
	b.Float32s("PointPosition", cache.TypeVector3, position)
	b.Float32s("PointVelocity", cache.TypeVector3, velocity)
	b.Float32s("Color", cache.TypeColor4, color)
	b.Float32s("Size", cache.TypeFloat, size)
	b.Int32s("ID", id)
	b.Float32s("Age", cache.TypeFloat, age)
	b.Float32s("AgeLimit", cache.TypeFloat, limit)
	b.Float32s("Orientation", cache.TypeRotation, orientation)
	b.Float32s("Mass", cache.TypeFloat, []float32{1})
	b.Add(cache.Column{Name: "Resting", Type: cache.TypeBool, Category: cache.CategoryCustom}, resting, nil)
	return b.Frame()
}

func f32(v vec) []float32 { return []float32{float32(v.x), float32(v.y), float32(v.z)} }

func bit(b bool) byte {
	if b {
		return 1
	}
	return 0
}
