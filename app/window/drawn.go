package window

import (
	"strings"
	"unsafe"

	"github.com/AllenDang/cimgui-go/imgui"
)

// Text is something written in the window, where the mouse reaches it.
type Text struct {
	Window string `json:"window"` // as ImGui names it
	Text   string `json:"text"`   // of icons nothing but these
	At     [4]int `json:"at"`     // left, top, right and bottom, in pixels
}

// Pane is a panel that no tab hides, or a dialog, menu or tooltip above them.
type Pane struct {
	Name string `json:"name"` // as ImGui names it
	At   [4]int `json:"at"`
}

// Drawn is what the last frame showed, and the input it knew of.
type Drawn struct {
	Texts    []Text  `json:"texts"` // the lowest first
	Panes    []Pane  `json:"panes"`
	Mouse    [2]int  `json:"mouse"`
	Pressed  [3]bool `json:"pressed"`  // the left, right and middle button
	Queued   bool    `json:"queued"`   // input is left for the next frames
	Keyboard bool    `json:"keyboard"` // the window has it
	Typing   bool    `json:"typing"`   // a field does
}

// Drawn looks at what the last frame drew, for scripts and tests that use the mouse as
// people do. On the loop, outside of a frame.
func (w *Window) Drawn() (d Drawn) {
	io := imgui.CurrentIO()
	p, down := io.MousePos(), io.MouseDown()
	d.Mouse, d.Pressed = [2]int{int(p.X), int(p.Y)}, [3]bool(down[:3])
	d.Queued, d.Keyboard, d.Typing = inputLeft(), windowAttrib(attribFocused), io.WantTextInput()
	data := imgui.CurrentDrawData()
	if data == nil || !data.Valid() {
		return d
	}
	modal := imgui.InternalTopMostAndVisiblePopupModal()
	seen := map[string]bool{}
	for _, name := range w.Seen() {
		seen[name] = true
	}
	all := w.glyphs()
	lists := data.CmdLists()
	var roots []*imgui.Window // of the texts, window by window
	var texts [][]Text
	for _, p := range pointers(unsafe.Pointer(lists.Data.CData), lists.Size) {
		list := imgui.NewDrawListFromC(p)
		win := imgui.InternalFindWindowByName(list.OwnerName())
		if win.CData == nil {
			continue
		}
		r := win.InternalRect()
		at := box{r.Min.X, r.Min.Y, r.Max.X, r.Max.Y}
		root := win.RootWindowDockTree()
		if modal != nil && modal.CData != nil && win.ID() == modal.ID() { // it takes the mouse from all below
			texts, roots = nil, nil
		}
		if flags := win.Flags(); flags&(imgui.WindowFlagsChildWindow|imgui.WindowFlagsTooltip|imgui.WindowFlagsNoMouseInputs) == 0 {
			for i := range texts {
				if roots[i].ID() != root.ID() {
					texts[i] = uncovered(texts[i], at)
				}
			}
		}
		if seen[win.Name()] || win.Flags()&(imgui.WindowFlagsPopup|imgui.WindowFlagsTooltip) != 0 {
			d.Panes = append(d.Panes, Pane{win.Name(), at.pixels()})
		}
		var here []Text
		for _, r := range all.phrases(list) {
			here = append(here, Text{win.Name(), strings.TrimSpace(string(r.text)), r.seen.pixels()})
		}
		texts, roots = append(texts, here), append(roots, root)
	}
	for _, t := range texts {
		d.Texts = append(d.Texts, t...)
	}
	return d
}

// uncovered are the texts whose middle does not lie below a box.
func uncovered(all []Text, by box) []Text {
	kept := all[:0]
	for _, t := range all {
		x, y := float32(t.At[0]+t.At[2])/2, float32(t.At[1]+t.At[3])/2
		if x < by.x0 || x > by.x1 || y < by.y0 || y > by.y1 {
			kept = append(kept, t)
		}
	}
	return kept
}
