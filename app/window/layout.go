package window

import (
	"bytes"
	"os"

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

// Split cuts a part off and docks windows in it, as tabs in their order.
type Split struct {
	Side    Side
	Ratio   float32 // share of what is cut, 0 to 1
	Of      string  // a window docked by an earlier split, whose part is cut; empty: the centre
	Windows []string
}

// Layout is where windows are docked at first. The splits are made in order;
// Center gets what is left. Windows are named by their ImGui titles.
type Layout struct {
	Splits []Split
	Center []string
}

const dockSpaceName = "dock"

// dockSpace fills what the bars leave with the dock space, and builds the
// default layout in it where there is none.
func (w *Window) dockSpace() {
	viewport := imgui.MainViewport()
	root := imgui.DockSpaceOverViewportV(imgui.IDStr(dockSpaceName), viewport, imgui.DockNodeFlagsNone, imgui.NewEmptyWindowClass())
	if !w.dockBuilt {
		w.dockBuilt = true
		w.cfg.Layout.build(root, viewport.WorkSize())
	}
}

func (l Layout) build(root imgui.ID, size imgui.Vec2) {
	dirs := [...]imgui.Dir{Left: imgui.DirLeft, Right: imgui.DirRight, Top: imgui.DirUp, Bottom: imgui.DirDown}
	imgui.InternalDockBuilderRemoveNode(root)
	imgui.InternalDockBuilderAddNodeV(root, imgui.DockNodeFlags(imgui.DockNodeFlagsDockSpace))
	imgui.InternalDockBuilderSetNodeSize(root, size)
	center := root
	nodes := map[string]imgui.ID{}
	dock := func(windows []string, node imgui.ID) {
		for _, name := range windows {
			imgui.InternalDockBuilderDockWindow(name, node)
			nodes[name] = node
		}
	}
	for _, s := range l.Splits {
		from, known := nodes[s.Of]
		if !known {
			from = center
		}
		var part, rest imgui.ID
		imgui.InternalDockBuilderSplitNode(from, dirs[s.Side], s.Ratio, &part, &rest)
		for name, node := range nodes {
			if node == from { // a split node's windows move to what is left of it
				nodes[name] = rest
				imgui.InternalDockBuilderDockWindow(name, rest)
			}
		}
		if !known {
			center = rest
		}
		dock(s.Windows, part)
	}
	dock(l.Center, center)
	imgui.InternalDockBuilderFinish(root)
}

// ResetLayout builds the default layout anew in the next frame.
func (w *Window) ResetLayout() { w.dockBuilt = false }

// hasLayout reports whether an ImGui file holds a docked layout.
func hasLayout(iniFile string) bool {
	if iniFile == "" {
		return false
	}
	text, err := os.ReadFile(iniFile)
	return err == nil && bytes.Contains(text, []byte("DockSpace"))
}
