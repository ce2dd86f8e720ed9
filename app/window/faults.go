package window

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
	"unsafe"

	"github.com/AllenDang/cimgui-go/imgui"
)

// Fault is a part of the window that cannot be read or reached as it is.
type Fault struct {
	Window string `json:"window"` // as ImGui names it
	Kind   string `json:"kind"`   // cut, low, over, short, wide, tall or outside
	Text   string `json:"text"`   // that is cut, or lies over another
	At     [4]int `json:"at"`     // left, top, right and bottom, in pixels
}

// The kinds of faults.
const (
	faultCut     = "cut"     // a text is cut at its left or right
	faultLow     = "low"     // at its top or bottom, where nothing scrolls
	faultOver    = "over"    // it lies over another
	faultShort   = "short"   // its middle gave way to dots, or all of it
	faultWide    = "wide"    // something lies beyond the right edge, where nothing scrolls
	faultTall    = "tall"    // and below the lower edge
	faultOutside = "outside" // a window is not within the display
)

// Faults looks at what the last frame drew: at each text, and at the size of what is in each
// window beside the window's own. It is for tests, and for scripts that make sure of
// what they show. On the loop, outside of a frame.
func (w *Window) Faults() []Fault {
	data := imgui.CurrentDrawData()
	if data == nil || !data.Valid() {
		return nil
	}
	size := data.DisplaySize()
	display := box{0, 0, size.X, size.Y}
	all := w.glyphs()
	var out []Fault
	lists := data.CmdLists()
	for _, p := range pointers(unsafe.Pointer(lists.Data.CData), lists.Size) {
		list := imgui.NewDrawListFromC(p)
		win := imgui.InternalFindWindowByName(list.OwnerName())
		if win.CData == nil {
			continue
		}
		phrases := all.phrases(list)
		if win.DockNodeAsHost().CData != nil { // its texts are tabs, which scroll
			out = append(out, w.tabFaults(win, phrases)...)
			continue
		}
		out = append(out, textFaults(win, phrases)...)
		out = append(out, sizeFaults(win, display)...)
	}
	return out
}

// Above are the menus, popups and tooltips that the last frame drew. On the loop.
func (w *Window) Above() (all []string) {
	data := imgui.CurrentDrawData()
	if data == nil || !data.Valid() {
		return nil
	}
	lists := data.CmdLists()
	for _, p := range pointers(unsafe.Pointer(lists.Data.CData), lists.Size) {
		name := imgui.NewDrawListFromC(p).OwnerName()
		win := imgui.InternalFindWindowByName(name)
		if win.CData != nil && win.Flags()&(imgui.WindowFlagsPopup|imgui.WindowFlagsTooltip) != 0 {
			all = append(all, name)
		}
	}
	return all
}

// pointers is an array of C's pointers.
func pointers(first unsafe.Pointer, n int) []unsafe.Pointer {
	if n == 0 {
		return nil
	}
	return unsafe.Slice((*unsafe.Pointer)(first), n)
}

func textFaults(win *imgui.Window, all []phrase) (out []Fault) {
	most := win.ScrollMax()
	fault := func(kind string, r phrase) {
		out = append(out, Fault{win.Name(), kind, string(r.text), r.seen.pixels()})
	}
	for i, r := range all {
		if r.cut && most.X <= 0 {
			fault(faultCut, r)
		}
		if r.cutDown && !scrollsDown(win) {
			fault(faultLow, r)
		}
		if shortened(string(r.text)) {
			fault(faultShort, r)
		}
		for _, o := range all[:i] {
			const touch = 3 // pixels that boxes of glyphs may share
			both := r.seen.and(o.seen)
			if both.x1-both.x0 > touch && both.y1-both.y0 > touch {
				fault(faultOver, r)
				break
			}
		}
	}
	return out
}

// shortened reports that dots stand for a part of a text. Behind a word they say that a dialog follows.
func shortened(text string) bool {
	if before, after, ok := strings.Cut(text, "..."); ok && before != "" && after != "" {
		last, _ := utf8.DecodeLastRuneInString(before)
		first, _ := utf8.DecodeRuneInString(after)
		return !unicode.IsSpace(last) && !unicode.IsSpace(first)
	}
	return strings.Contains(text, "..") && !strings.ContainsFunc(text, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) })
}

// scrollsDown reports that a window scrolls, or one that it is a part of.
func scrollsDown(win *imgui.Window) bool {
	for ; win.CData != nil; win = win.ParentWindow() {
		if win.ScrollMax().Y > 0 {
			return true
		}
	}
	return false
}

func (b box) pixels() [4]int { return [4]int{int(b.x0), int(b.y0), int(b.x1), int(b.y1)} }

// tabFaults are the windows whose tab is in front but not in sight.
func (w *Window) tabFaults(host *imgui.Window, all []phrase) (out []Fault) {
	for _, name := range w.cfg.Layout.names() {
		win, node, ok := docked(name)
		if !ok || !win.DockTabIsVisible() || node.HostWindow().ID() != host.ID() {
			continue
		}
		if !slices.ContainsFunc(all, func(p phrase) bool { return string(p.text) == name && !p.cut }) {
			out = append(out, Fault{host.Name(), faultCut, name, [4]int{}})
		}
	}
	return out
}

// sizeFaults are those of a window as a whole.
func sizeFaults(win *imgui.Window, display box) (out []Fault) {
	flags, most, r := win.Flags(), win.ScrollMax(), win.InternalRect()
	at := box{r.Min.X, r.Min.Y, r.Max.X, r.Max.Y}
	fault := func(kind string) { out = append(out, Fault{win.Name(), kind, "", at.pixels()}) }
	if flags&imgui.WindowFlagsHorizontalScrollbar == 0 && most.X > 1 {
		fault(faultWide)
	}
	// What a bar of menus holds lies in a part of its own, above the window's contents.
	if flags&imgui.WindowFlagsNoScrollbar != 0 && flags&imgui.WindowFlagsMenuBar == 0 && most.Y > imgui.CurrentStyle().WindowPadding().Y { // part of it is the padding below
		fault(faultTall)
	}
	if flags&imgui.WindowFlagsChildWindow == 0 && !display.holds(at, 1) {
		fault(faultOutside)
	}
	return out
}
