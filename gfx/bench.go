package gfx

import (
	"fmt"
	"image"
	"io"
	"math"
	"slices"
	"text/tabwriter"
	"time"

	"github.com/go-gl/gl/v3.3-core/gl"

	"iceexplorer/gfx/style"
)

// BenchRow is one line of Bench: times in seconds, the best of several tries.
type BenchRow struct {
	Points int
	Memcpy float64 // copying the positions from memory to memory
	Upload float64 // uploading positions of a new frame to GL
	Draw   float64 // a picture of 1280x720 with nothing to upload
	Color  float64 // uploading another attribute to colour by to GL
	Quad   float64 // a picture of 1280x720 in four panes, with nothing to upload
	Moving float64 // the same while a camera moves, as the window draws it
}

// Ratio is Upload as a multiple of Memcpy.
func (b BenchRow) Ratio() float64 { return b.Upload / b.Memcpy }

// Bench measures what the renderer costs for clouds of the given sizes. Where the processor
// draws, so many points are drawn while something moves. The numbers of a row come from one
// run, so that their ratios hold on any machine.
func (r *Renderer) Bench(sizes []int, moving int) ([]BenchRow, error) {
	var rows []BenchRow
	for _, n := range sizes {
		row, err := r.benchOne(n, moving)
		if err != nil {
			return rows, err
		}
		rows = append(rows, row)
	}
	return rows, nil
}

// best is the shortest of some tries: what the work costs when nothing else runs.
func best(repeat int, f func() error) (float64, error) {
	least := inf
	for range repeat {
		start := time.Now()
		if err := f(); err != nil {
			return 0, err
		}
		least = math.Min(least, time.Since(start).Seconds())
	}
	return least, nil
}

func (r *Renderer) benchOne(n, moving int) (BenchRow, error) {
	row := BenchRow{Points: n}
	pos, scalar := make([]float32, 3*n), make([]float32, n)
	for i := range n {
		// A ball, filled evenly without a random generator.
		t := float64(i) + 0.5
		h := 1 - 2*t/float64(n)
		s, c := math.Sincos(t * 2.399963229728653)
		rad := math.Cbrt(math.Mod(t*0.6180339887498949, 1))
		w := math.Sqrt(1-h*h) * rad
		pos[3*i], pos[3*i+1], pos[3*i+2] = float32(w*c), float32(h*rad), float32(w*s)
		scalar[i] = float32(rad)
	}
	v := DefaultView()
	v.Bounds = Box{Vec3{-1, -1, -1}, Vec3{1, 1, 1}}
	v.Camera.Frame(v.Bounds, 1280.0/720)
	v.Samples, v.Points.Fixed = 1, 2
	c := Cloud{Layer: 1, Key: 1, N: n, Position: pos, Scalar: Attrib{F: scalar, Comps: 1}, Coloring: Coloring{Mode: style.ColorScalar, Max: 1}}
	clouds := []Cloud{c}
	draw := func() error {
		err := r.Draw(&v, clouds, 1280, 720)
		gl.Finish()
		return err
	}
	repeat := min(max(20_000_000/n, 7), 61)
	// Fill the ring first: fresh memory costs page faults, in both worlds.
	for range ringSlots {
		clouds[0].Key++
		if err := draw(); err != nil {
			return row, err
		}
	}
	tries := min(max(2_000_000/n, 2), 7)
	err := r.benchPanes(&row, v, clouds, tries, moving)
	if err != nil {
		return row, err
	}
	l := r.layers[1]
	upload := func(ro role, data []byte) func() error {
		return func() error {
			clouds[0].Key++
			r.serial++
			_, err := r.upload(l.columns[ro], columnID{clouds[0].Key, address(data), len(data)}, data, r.opt.ChunkPoints*len(data)/n)
			r.endDraw()
			return err
		}
	}
	s := saveState()
	defer s.restore()
	// As many targets as the ring has: one alone would stay in the cache.
	var dst [ringSlots][]float32
	for i := range dst {
		dst[i] = slices.Clone(pos)
	}
	turn := 0
	memcpy := func() error {
		turn = (turn + 1) % ringSlots
		copy(dst[turn], pos)
		return nil
	}
	// In turns, so that a busy machine slows both.
	row.Memcpy, row.Upload, row.Color = inf, inf, inf
	up, color := upload(rolePosition, bytesOf(pos)), upload(roleScalar, bytesOf(scalar))
	for range repeat {
		for _, m := range []struct {
			to *float64
			f  func() error
		}{{&row.Memcpy, memcpy}, {&row.Upload, up}, {&row.Color, color}} {
			t, err := best(1, m.f)
			if err != nil {
				return row, err
			}
			*m.to = math.Min(*m.to, t)
		}
	}
	return row, err
}

// benchPanes measures a picture, and the same in four panes, at rest and while a camera moves.
// They take turns, so that a busy machine slows all.
func (r *Renderer) benchPanes(row *BenchRow, v View, clouds []Cloud, tries, moving int) error {
	const w, h = 1280, 720
	quad := v
	for i, p := range []Preset{Top, Perspective, Front, Right} {
		at := image.Pt(i%2*w/2, i/2*h/2)
		pane := Pane{Camera: v.Camera, Area: image.Rectangle{Min: at, Max: at.Add(image.Pt(w/2, h/2))}, Name: "pane", Active: i == 1}
		pane.Camera.SetPreset(p)
		pane.Camera.Frame(v.Bounds, float64(w)/h)
		quad.Panes = append(quad.Panes, pane)
	}
	moves := quad
	if moves.Detail.Moving = true; r.Software() {
		moves.Detail.MovingPoint = moving / len(quad.Panes)
	}
	row.Draw, row.Quad, row.Moving = inf, inf, inf
	for range tries {
		for _, m := range []struct {
			to *float64
			v  *View
		}{{&row.Draw, &v}, {&row.Quad, &quad}, {&row.Moving, &moves}} {
			t, err := best(1, func() error {
				err := r.Draw(m.v, clouds, w, h)
				gl.Finish()
				return err
			})
			if err != nil {
				return err
			}
			*m.to = math.Min(*m.to, t)
		}
	}
	return nil
}

// PrintBench writes the rows as a table.
func PrintBench(w io.Writer, driver string, rows []BenchRow) error {
	fmt.Fprintf(w, "Renderer, 1280x720, %s\n", driver)
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(t, "points\tmemcpy ms\tupload ms\tupload/memcpy\tcolour change ms\tdraw ms\tfour panes ms\tmoving ms\t")
	for _, b := range rows {
		fmt.Fprintf(t, "%s\t%.3f\t%.3f\t%.2f\t%.3f\t%.1f\t%.1f\t%.1f\t\n", count(b.Points), b.Memcpy*1e3, b.Upload*1e3, b.Ratio(), b.Color*1e3, b.Draw*1e3, b.Quad*1e3, b.Moving*1e3)
	}
	return t.Flush()
}
