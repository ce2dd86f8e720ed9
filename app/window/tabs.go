package window

import (
	"slices"

	"github.com/AllenDang/cimgui-go/imgui"
)

// names are the windows of the layout, those of the centre first.
func (l Layout) names() []string {
	all := slices.Clone(l.Center)
	for _, s := range l.Splits {
		all = append(all, s.Windows...)
	}
	return all
}

// docked is a window with its place in the dock space, if it has one.
func docked(name string) (win *imgui.Window, node *imgui.DockNode, ok bool) {
	win = imgui.InternalFindWindowByName(name)
	if win.CData == nil || !win.WasActive() {
		return win, nil, false
	}
	node = win.DockNode()
	return win, node, node.CData != nil && node.TabBar().CData != nil
}

// Seen are the docked windows that no tab hides. On the loop.
func (w *Window) Seen() (all []string) {
	for _, name := range w.cfg.Layout.names() {
		if win, _, ok := docked(name); ok && win.DockTabIsVisible() {
			all = append(all, name)
		}
	}
	return all
}

// settle is how many frames ImGui takes to make the tabs of a new layout.
const settle = 3

// noteFronts keeps which windows are seen, rather than the tabs beside them, before they are docked
// anew. Where parts become one the first window of the centre wins, if it is seen.
func (w *Window) noteFronts() {
	if w.front > 0 { // it was docked anew just now, and what is seen is of no account
		w.front = settle
		return
	}
	w.fronts, w.front = nil, settle
	center := w.cfg.Layout.Center
	seen := func(name string) bool {
		win, _, ok := docked(name)
		return ok && win.DockTabIsVisible()
	}
	for _, name := range w.cfg.Layout.names() {
		if seen(name) && !slices.Contains(center, name) {
			w.fronts = append(w.fronts, name)
		}
	}
	if len(center) > 0 && (len(w.fronts) == 0 || seen(center[0])) {
		w.fronts = append(w.fronts, center[0])
	}
}

// bringFront shows the windows that were seen before the layout was built, once ImGui has made
// the tabs.
func (w *Window) bringFront() {
	if w.front == 0 {
		return
	}
	if w.front--; w.front == 0 {
		for _, name := range w.fronts {
			win, node, ok := docked(name)
			switch {
			case !ok:
			case hasKeys(node) && !imgui.IsPopupOpenStrV("", imgui.PopupFlagsAnyPopup): // the tab that has the keyboard would come back
				imgui.SetWindowFocusStr(name)
			default:
				node.TabBar().SetNextSelectedTabId(win.TabId())
			}
		}
	}
	w.pacer.wake()
}

// hasKeys reports that a window among the tabs of a part has the keyboard.
func hasKeys(node *imgui.DockNode) bool {
	nav := imgui.CurrentContext().NavWindow()
	if nav.CData == nil {
		return false
	}
	there := nav.RootWindow().DockNode()
	return there.CData != nil && there.ID() == node.ID()
}

// strip is what decides where the tabs of a part are scrolled to.
type strip struct {
	tab   imgui.ID // the one in front
	room  float32
	tabs  float32 // the width of all
	count int16
}

// scrollTabs has the tab in front in sight, when it or the room of the tabs has changed: ImGui scrolls
// to a tab when it comes to the front, and may not know the tabs' widths yet.
func (w *Window) scrollTabs() {
	for _, name := range w.cfg.Layout.names() {
		win, node, ok := docked(name)
		if !ok || !win.DockTabIsVisible() {
			continue
		}
		bar := node.TabBar()
		r := bar.BarRect()
		now := strip{win.TabId(), r.Max.X - r.Min.X, bar.WidthAllTabs(), bar.TabsActiveCount()}
		if w.strips[node.ID()] != now {
			w.strips[node.ID()] = now
			bar.SetNextScrollToTabId(win.TabId())
			w.pacer.wake()
		}
	}
}
