package widget

import (
	"math"
	"slices"

	"github.com/AllenDang/cimgui-go/imgui"
)

// Pattern is how a state's block is filled, so that states differ in more than colour.
type Pattern uint8

// The patterns, told apart by height and by what is drawn into them.
const (
	Line   Pattern = iota // a thin line at the bottom
	Low                   // a third of the height
	Hatch                 // full height, slanted lines
	Half                  // the lower 60 %
	Solid                 // full height
	Cross                 // full height, crossed out
	Hollow                // full height, only an outline
	Broken                // full height, with a gap across
)

// State is how a frame's state is shown in a Ruler.
type State struct {
	Name     string // "mapped"
	Color    imgui.Vec4
	Pattern  Pattern
	Priority int // where frames share a pixel the highest one shows
}

// narrowest is how many pixels a block of the bar is wide at least. Frames that would have
// less share one.
const narrowest = 3

type box struct{ lo, hi imgui.Vec2 }

// states draws the bar: runs of pixels with the same state are one block.
func (r *Ruler) states(list *imgui.DrawList, a axis, bar box, in RulerInput) {
	if in.State == nil || len(in.States) == 0 {
		return
	}
	r.bin(a, in)
	gap := float32(0)
	if a.perFrame()*r.finest >= 2*narrowest {
		gap = 1
	}
	for i := 0; i < len(r.bins); {
		run := i + 1
		s := r.bins[i]
		if gap == 0 {
			for run < len(r.bins) && r.bins[run] == s {
				run++
			}
		} else { // frames are apart: one block each
			for run < len(r.bins) && r.bins[run] == s && r.owners[run] == r.owners[i] {
				run++
			}
		}
		if s >= 0 && int(s) < len(in.States) {
			block := box{vec(a.x+float32(i), bar.lo.Y), vec(a.x+float32(run)-gap, bar.hi.Y)}
			block.draw(list, in.States[s])
		}
		i = run
	}
}

// bin fills bins with the state to show at each pixel.
func (r *Ruler) bin(a axis, in RulerInput) {
	width := int(a.width)
	key := binKey{in.Version, len(in.Frames), width, in.Frames[0], in.Frames[len(in.Frames)-1], a.from, a.to}
	if in.Version != 0 && key == r.key {
		return
	}
	r.key = key
	r.bins = slices.Grow(r.bins[:0], width)[:width]
	r.owners = slices.Grow(r.owners[:0], width)[:width]
	for i := range r.bins {
		r.bins[i] = -1
	}
	scale := a.perFrame()
	begin, _ := slices.BinarySearch(in.Frames, math.Floor(a.from))
	for i := begin; i < len(in.Frames) && in.Frames[i]-0.5 < a.to; i++ {
		s := in.State(i)
		if s < 0 || s >= len(in.States) {
			continue
		}
		from, to := cell(in.Frames, i)
		left, right := (from-a.from)*scale, (to-a.from)*scale
		lo, hi := int(math.Round(left)), int(math.Round(right))
		if right-left < narrowest { // the block that its middle lies in
			lo = min(int(math.Floor((left+right)/(2*narrowest))), width/narrowest-1) * narrowest
			hi = lo + narrowest
		}
		for x := max(lo, 0); x < min(hi, width); x++ {
			if old := r.bins[x]; old < 0 || in.States[s].Priority > in.States[old].Priority {
				r.bins[x], r.owners[x] = int16(s), int32(i)
			}
		}
	}
}

// draw draws a block of a state; the legend uses it too.
func (b box) draw(list *imgui.DrawList, s State) {
	c, h := color(s.Color), b.hi.Y-b.lo.Y
	lines := color(imgui.Vec4{W: 0.55})
	switch s.Pattern {
	case Line:
		list.AddRectFilled(vec(b.lo.X, b.hi.Y-max(h*0.15, scaled(2))), b.hi, c)
	case Low:
		list.AddRectFilled(vec(b.lo.X, b.hi.Y-h*0.33), b.hi, c)
	case Half:
		list.AddRectFilled(vec(b.lo.X, b.hi.Y-h*0.6), b.hi, c)
	case Solid:
		list.AddRectFilled(b.lo, b.hi, c)
	case Hollow:
		list.AddRect(b.lo, b.hi, c)
	case Broken:
		list.AddRectFilled(b.lo, vec(b.hi.X, b.lo.Y+h*0.3), c)
		list.AddRectFilled(vec(b.lo.X, b.lo.Y+h*0.62), b.hi, c)
	case Hatch, Cross:
		list.AddRectFilled(b.lo, b.hi, c)
		list.PushClipRectV(b.lo, b.hi, true)
		step := h * 0.5
		if s.Pattern == Cross {
			step = h
		}
		for x := float32(math.Floor(float64(b.lo.X/step)))*step - h; x < b.hi.X; x += step {
			list.AddLineV(vec(x, b.hi.Y), vec(x+h, b.lo.Y), lines, scaled(1.5))
			if s.Pattern == Cross {
				list.AddLineV(vec(x, b.lo.Y), vec(x+h, b.hi.Y), lines, scaled(1.5))
			}
		}
		list.PopClipRect()
	}
}
