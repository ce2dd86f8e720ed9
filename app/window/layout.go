package window

import (
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
		w.adapted = !w.cfg.Layout.build(root, avail, w.scale)
		w.fitScale = w.scale
	}
}

// build docks the windows, and reports whether there was room for each part.
func (l Layout) build(root imgui.ID, size [2]float32, scale float32) (fits bool) {
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
	return fits
}

// branch is a part beside the centre: a node of the dock space with all below it.
type branch struct {
	node  *imgui.DockNode
	axis  int
	size  float32
	least float32
}

// branches are the parts beside the centre that hold windows of the layout, with
// what those need.
func (w *Window) branches() []branch {
	var out []branch
	for _, s := range w.cfg.Layout.Splits {
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
				out[k].least = max(out[k].least, s.Least*w.scale)
				continue
			}
			ref := node.SizeRef()
			out = append(out, branch{node, axis, [2]float32{ref.X, ref.Y}[axis], s.Least * w.scale})
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
// cannot, the default layout is built for the room there is, and again once there is room.
func (w *Window) fit(avail [2]float32) {
	grow := float32(1)
	if w.fitScale > 0 {
		grow = w.scale / w.fitScale
	}
	w.fitScale = w.scale
	if w.adapted {
		if _, _, fits := w.cfg.Layout.plan(avail, w.scale); fits {
			w.dockBuilt = false
		}
		return
	}
	all := w.branches()
	for axis := range 2 {
		if !fitSizes(all, axis, grow, avail[axis]-w.cfg.Layout.Least[axis]*w.scale) {
			w.dockBuilt = false
			return
		}
	}
	for _, b := range all {
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

// fitSizes changes the sizes of the branches along an axis so that each has what it needs and
// all together no more than room; false: there is too little.
func fitSizes(all []branch, axis int, grow, room float32) bool {
	var sum, least float32
	for i := range all {
		if b := &all[i]; b.axis == axis {
			b.size = max(b.size*grow, b.least)
			sum += b.size
			least += b.least
		}
	}
	if sum <= room {
		return true
	}
	if least > room {
		return false
	}
	share := (room - least) / (sum - least)
	for i := range all {
		if b := &all[i]; b.axis == axis {
			b.size = b.least + (b.size-b.least)*share
		}
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
