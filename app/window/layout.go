package window

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/AllenDang/cimgui-go/imgui"
)

// Side is where a split puts its new part.
type Side uint8

// The sides of a split.
const (
	Left Side = iota
	Right
	Top
	Bottom
)

// Split cuts a part off the centre and docks windows in it, as tabs in their order.
type Split struct {
	Side    Side
	Ratio   float32 // share of the part that is cut, 0 to 1
	Least   float32 // least width of the part, or height at Top and Bottom, in pixels at scale 1
	Windows []string
	// Wants is how much the part is given where there is room, beyond Least and in the same
	// pixels, as that changes with what it shows; nil: nothing.
	Wants func() float32
}

// wants is how many pixels at scale 1 the part is given where there is room.
func (s *Split) wants() float32 {
	if s.Wants == nil {
		return s.Least
	}
	return max(s.Least, s.Wants())
}

// Layout is where windows are docked at first. The splits are made in order;
// Center gets what is left, Least pixels at scale 1 of it. Windows are named by
// their ImGui titles.
type Layout struct {
	Splits []Split
	Center []string
	Least  [2]float32 // width and height
}

// part is a split with its size in pixels.
type part struct {
	Split
	pixels float32
}

// axis is that along which a side is cut: 0 for a width, 1 for a height.
func (s Side) axis() int {
	if s == Top || s == Bottom {
		return 1
	}
	return 0
}

// plan fits the layout to a size in pixels and a scale. If a part finds no room, its windows
// become tabs of another part cut along the same axis, or of the centre; fits is false then.
func (l Layout) plan(size [2]float32, scale float32) (parts []part, center []string, fits bool) {
	center, fits = l.Center, true
	rest := size
	for i, s := range l.Splits {
		a := s.Side.axis()
		room := rest[a] - l.Least[a]*scale
		for _, later := range l.Splits[i+1:] {
			if later.Side.axis() == a {
				room -= later.Least * scale
			}
		}
		px := min(max(s.Ratio*rest[a], s.Least*scale), room)
		if px >= s.Least*scale && px > 0 {
			parts = append(parts, part{s, px})
			rest[a] -= px
			continue
		}
		fits = false
		if k := slices.IndexFunc(parts, func(p part) bool { return p.Side.axis() == a }); k >= 0 {
			parts[k].Windows = slices.Concat(parts[k].Windows, s.Windows)
			if more := min(s.Least*scale-parts[k].pixels, rest[a]-l.Least[a]*scale); more > 0 {
				parts[k].pixels += more
				rest[a] -= more
			}
		} else if least := s.Least * scale; rest[a]-l.Least[a]*scale >= least && least > 0 {
			parts = append(parts, part{s, least}) // those that follow go with it
			rest[a] -= least
		} else {
			center = slices.Concat(center, s.Windows)
		}
	}
	return parts, center, fits
}

const dockSpaceName = "dock"

// dockSpace fills the room that the bars leave with the dock space, and builds the default
// layout in it if there is none.
func (w *Window) dockSpace() {
	viewport := imgui.MainViewport()
	size := viewport.WorkSize()
	avail := [2]float32{size.X, size.Y}
	if w.dockBuilt && w.scale > 0 {
		w.fit(avail)
	}
	flags := imgui.DockNodeFlags(imgui.DockNodeFlagsNoCloseButton) // the tab in front has one already
	root := imgui.DockSpaceOverViewportV(imgui.IDStr(dockSpaceName), viewport, flags, imgui.NewEmptyWindowClass())
	if !w.dockBuilt && w.scale > 0 {
		w.dockBuilt = true
		w.noteFronts()
		w.shape, w.adapted = w.cfg.Layout.build(root, avail, w.scale)
		w.fitScale = w.scale
	}
}

// build docks the windows, and tells how, and whether some part found no room.
func (l Layout) build(root imgui.ID, size [2]float32, scale float32) (shape string, adapted bool) {
	dirs := [...]imgui.Dir{Left: imgui.DirLeft, Right: imgui.DirRight, Top: imgui.DirUp, Bottom: imgui.DirDown}
	imgui.InternalDockBuilderRemoveNode(root)
	imgui.InternalDockBuilderAddNodeV(root, imgui.DockNodeFlags(imgui.DockNodeFlagsDockSpace))
	imgui.InternalDockBuilderSetNodeSize(root, imgui.Vec2{X: size[0], Y: size[1]})
	dock := func(windows []string, node imgui.ID) {
		for _, name := range windows {
			imgui.InternalDockBuilderDockWindow(name, node)
		}
	}
	parts, tabs, fits := l.plan(size, scale)
	center, rest := root, size
	for _, p := range parts {
		a := p.Side.axis()
		var cut, left imgui.ID
		imgui.InternalDockBuilderSplitNode(center, dirs[p.Side], p.pixels/max(rest[a], 1), &cut, &left)
		rest[a] -= p.pixels
		center = left
		dock(p.Windows, cut)
	}
	dock(tabs, center)
	imgui.InternalDockBuilderFinish(root)
	return shapeOf(parts, tabs), !fits
}

// shapeOf tells which windows are tabs of which part, whatever its size.
func shapeOf(parts []part, center []string) string {
	var all strings.Builder
	for _, p := range parts {
		fmt.Fprintf(&all, "%d %q\n", p.Side, p.Windows)
	}
	fmt.Fprintf(&all, "%q", center)
	return all.String()
}

// branch is a part beside the centre: a node of the dock space with all below it.
type branch struct {
	node  *imgui.DockNode
	axis  int
	size  float32
	least float32
	wants float32 // least or more
}

// branches are the parts beside the centre that hold windows of the layout, with
// what those need.
func (w *Window) branches() []branch {
	var out []branch
	for i := range w.cfg.Layout.Splits {
		s := &w.cfg.Layout.Splits[i]
		least, wants := s.Least*w.scale, s.wants()*w.scale
		for _, name := range s.Windows {
			win := imgui.InternalFindWindowByName(name)
			if win.CData == nil || !win.WasActive() {
				continue
			}
			node, axis := besideCenter(win.DockNode())
			if node == nil || axis != s.Side.axis() {
				continue // it floats, or the user has put it elsewhere
			}
			if k := slices.IndexFunc(out, func(b branch) bool { return b.node.ID() == node.ID() }); k >= 0 {
				out[k].least, out[k].wants = max(out[k].least, least), max(out[k].wants, wants)
				continue
			}
			ref := node.SizeRef()
			out = append(out, branch{node, axis, [2]float32{ref.X, ref.Y}[axis], least, wants})
		}
	}
	return out
}

// besideCenter climbs from a node to the one whose neighbour holds the centre; nil if
// the node holds it itself, or lies in no dock space.
func besideCenter(n *imgui.DockNode) (*imgui.DockNode, int) {
	for n.CData != nil {
		if n.HasCentralNodeChild() || n.InternalIsCentralNode() {
			return nil, 0
		}
		p := n.ParentNode()
		if p.CData == nil {
			return nil, 0
		}
		if p.HasCentralNodeChild() {
			if p.SplitAxis() == imgui.AxisX {
				return n, 0
			}
			return n, 1
		}
		n = p
	}
	return nil, 0
}

// fit gives parts that have become too small the room they need, even after a change of
// scale; if the centre would vanish, it takes that from parts with room to spare. If it
// cannot, the default layout is built for the room there is, and again once there is room
// for another one.
func (w *Window) fit(avail [2]float32) {
	grow := float32(1)
	if w.fitScale > 0 {
		grow = w.scale / w.fitScale
	}
	w.fitScale = w.scale
	if w.adapted {
		if parts, center, fits := w.cfg.Layout.plan(avail, w.scale); fits || shapeOf(parts, center) != w.shape {
			w.dockBuilt = false
			return
		}
	}
	all := w.branches()
	was := w.lowered(all, grow)
	for axis := range 2 {
		if !fitSizes(all, axis, grow, avail[axis]-w.cfg.Layout.Least[axis]*w.scale) && !w.adapted {
			w.dockBuilt = false
			return
		}
	}
	clear(w.raised)
	for i, b := range all {
		if b.size > was[i] {
			w.raised[b.node.ID()] = raise{was[i], b.size}
		}
		ref := b.node.SizeRef()
		if old := [2]float32{ref.X, ref.Y}[b.axis]; old != b.size {
			if b.axis == 0 {
				ref.X = b.size
			} else {
				ref.Y = b.size
			}
			b.node.SetSizeRef(ref)
		}
	}
}

// raise is how a part was made larger for what it shows.
type raise struct{ from, to float32 }

// lowered has branches whose size is still the one that they were raised to begin with that of
// before, so that they do not stay larger than they have to, and returns the sizes at the new scale.
func (w *Window) lowered(all []branch, grow float32) (sizes []float32) {
	for i := range all {
		b := &all[i]
		if r, ok := w.raised[b.node.ID()]; ok && math.Abs(float64(b.size-r.to)) < 1 {
			b.size = r.from
		}
		sizes = append(sizes, b.size*grow)
	}
	return sizes
}

// fitSizes changes the sizes of the branches along an axis so that each has what it needs, or
// wants if all can have that, and all together no more than room; false: there is too little.
func fitSizes(all []branch, axis int, grow, room float32) bool {
	var along []*branch
	var sum, least, wants float32
	for i := range all {
		if b := &all[i]; b.axis == axis {
			along = append(along, b)
			b.wants = max(b.wants, b.least)
			least, wants = least+b.least, wants+b.wants
		}
	}
	if least > room {
		return false
	}
	for _, b := range along {
		if wants <= room {
			b.least = b.wants
		}
		b.size = max(b.size*grow, b.least)
		sum += b.size
	}
	if sum <= room {
		return true
	}
	if wants <= room {
		least = wants
	}
	share := (room - least) / (sum - least)
	for _, b := range along {
		b.size = b.least + (b.size-b.least)*share
	}
	return true
}

// ResetLayout builds the default layout anew in the next frame, with the first window of each part
// in front.
func (w *Window) ResetLayout() {
	w.dockBuilt, w.fronts, w.front = false, nil, settle
	for _, s := range w.cfg.Layout.Splits {
		w.fronts = append(w.fronts, s.Windows[0])
	}
	w.fronts = append(w.fronts, w.cfg.Layout.Center...)
}

// LayoutText is the layout as it is now, and the scale that it is made for.
func (w *Window) LayoutText() (text string, scale float32) {
	return imgui.SaveIniSettingsToMemory(), w.scale
}

// LoadLayout takes over a layout of LayoutText before the next frame, with which it is fitted to
// the window.
func (w *Window) LoadLayout(text string, scale float32) {
	w.load = func() {
		imgui.LoadIniSettingsFromMemory(text)
		w.dockBuilt, w.adapted, w.fitScale = hasLayout(text), false, scale
	}
	w.pacer.wake()
}

// hasLayout reports whether ImGui's text holds a docked layout.
func hasLayout(text string) bool { return strings.Contains(text, "DockSpace") }

// noteLayout has a changed layout kept. ImGui, which has no file to save to, counts down from
// a change to the time for that.
func (w *Window) noteLayout() {
	changed := imgui.CurrentContext().SettingsDirtyTimer() > 0
	if w.unkept && !changed {
		w.keepLayout()
	}
	w.unkept = changed
}

func (w *Window) keepLayout() {
	if w.cfg.KeepLayout != nil {
		w.contain("keeping the layout", func() { w.cfg.KeepLayout(imgui.SaveIniSettingsToMemory()) })
	}
}
