// Package browser lists what is open: sequences, their frames, and the header and attributes
// of the frame under the play head.
package browser

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/AllenDang/cimgui-go/imgui"
	"github.com/AllenDang/giu"

	"iceexplorer/app/panel"
	"iceexplorer/app/session"
	"iceexplorer/app/widget"
	"iceexplorer/assets"
	"iceexplorer/cache/pathname"
	"iceexplorer/cache/unit"
)

// Name of the panel.
const Name = "Browser"

// Browser is the panel.
type Browser struct {
	host *panel.Host
	top  map[int]*int // per layer: first frame row in view

	naming  *session.Layer // whose name is being typed; nil: none
	name    string         // as it is typed
	dragged *session.Layer
	begin   bool // the field is to have the keyboard
	keys    bool // the mouse was over the panel in the last frame, or it has the keyboard

	onSwitches bool // the mouse was over the switches of a bar in the last frame
}

// New makes the browser.
func New(h *panel.Host) *Browser { return &Browser{host: h, top: map[int]*int{}} }

// Panel is the panel to register.
func (b *Browser) Panel() panel.Panel {
	return panel.Panel{Name: Name, Side: panel.Left, Icon: assets.IconFolderOpen, Share: 0.21, Least: [2]float32{220, 0}, Layout: b.layout}
}

// HasKeys reports that the key that renames is for this panel.
func (b *Browser) HasKeys() bool {
	keys := b.keys && b.host.Session.Active() != nil
	b.keys = false // until the panel is built again
	return keys
}

// Rename lets the user type a name for a layer.
func (b *Browser) Rename(l *session.Layer) {
	b.naming, b.name, b.begin = l, pathname.Display(l.Name()), true
}

func (b *Browser) layout() giu.Layout {
	s := b.host.Session
	if len(s.Layers()) == 0 {
		text := s.ReadingText()
		if text == "" {
			text = "No sequence is open. Drop files here, or open them with Ctrl+O."
		}
		return giu.Layout{widget.Wrapped{Text: text}}
	}
	b.keys = imgui.IsWindowHoveredV(imgui.HoveredFlagsChildWindows) || imgui.IsWindowFocusedV(imgui.FocusedFlagsChildWindows)
	if b.keys && b.naming == nil && imgui.IsKeyPressedBoolV(imgui.KeyF2, false) {
		b.Rename(s.Active())
	}
	var l giu.Layout
	for _, layer := range s.Layers() {
		l = append(l, widget.Scope{ID: strconv.Itoa(layer.ID), Of: b.layer(layer)})
	}
	return l
}

// layer is a sequence. A click on its bar makes it the active one, which is marked, with a
// tick too, if there are several; a double click renames it.
func (b *Browser) layer(l *session.Layer) giu.Widget {
	several, active := len(b.host.Session.Layers()) > 1, l == b.host.Session.Active()
	flags := giu.TreeNodeFlags(imgui.TreeNodeFlagsAllowOverlap) | giu.TreeNodeFlagsSpanAvailWidth | giu.TreeNodeFlagsFramed
	if several { // their list is to be seen at a glance
		flags |= giu.TreeNodeFlagsOpenOnArrow
	} else {
		flags |= giu.TreeNodeFlagsDefaultOpen
	}
	beside := giu.Layout{
		giu.Event().OnClick(giu.MouseButtonLeft, func() { b.run("activate", l) }).OnDClick(giu.MouseButtonLeft, func() { b.doubleClick(l) }),
		giu.Custom(func() { widget.Tooltip(b.tip(l)) }),
		b.menu(l),
		b.drag(l),
		widget.Lazy(func() giu.Widget { return b.line(l) }),
	}
	return widget.Tree{Label: "##layer", Flags: flags, Muted: !active, Beside: beside, Of: func() giu.Widget { return b.inside(l) }}
}

// doubleClick renames a layer, unless a switch was clicked twice.
func (b *Browser) doubleClick(l *session.Layer) {
	if !b.onSwitches {
		b.Rename(l)
	}
}

// tip is all that there is to say of a layer.
func (b *Browser) tip(l *session.Layer) string {
	text := l.Name()
	if l.Title() != "" {
		text += "\n" + l.Seq.Name
	}
	text += "\n" + l.Seq.Label() + "\n" + l.Seq.Dir
	for _, c := range []struct {
		is   bool
		text string
	}{
		{len(b.host.Session.Layers()) > 1 && l == b.host.Session.Active(), "The active sequence"},
		{b.host.Look.HasOwn(l.ID), "Drawn with its own look"},
		{l.Solo(), "Shown alone"},
		{!l.Visible && !l.Hidden(), "Not shown, as others are shown alone"},
		{l.Locked(), "Locked: its points are not selected, and it stays where it lies in time"},
	} {
		if c.is {
			text += "\n" + c.text
		}
	}
	return pathname.Display(text)
}

// line is what stands on a layer's bar, the last item: its name, and what is switched there.
// Switches that are off appear under the mouse, where they leave room for the name.
func (b *Browser) line(l *session.Layer) giu.Widget {
	if b.naming == l {
		return widget.OnLine{b.field(l)}
	}
	// While a switch is pressed the window counts as hovered too: its switches would else move away from under the mouse.
	over := imgui.IsMouseHoveringRect(imgui.ItemRectMin(), imgui.ItemRectMax()) && imgui.IsWindowHoveredV(imgui.HoveredFlagsAllowWhenBlockedByActiveItem)
	name := pathname.Display(b.host.Session.Called(l))
	if len(b.host.Session.Layers()) > 1 && l == b.host.Session.Active() {
		name = assets.IconTick + " " + name
	}
	return giu.Custom(func() {
		imgui.SameLine()
		const gap = 2
		all := b.switches(l)
		room := imgui.ContentRegionAvail().X - imgui.CurrentStyle().FramePadding().X
		wide := func(which []widget.Small) (w float32) {
			for _, s := range which {
				w += s.Width() + gap*b.host.Scale()
			}
			return w
		}
		if least := min(widget.TextWidth(name), widget.Em(6)); !over || room-wide(all) < least {
			last := len(all) - 1
			all = slices.DeleteFunc(all, func(s widget.Small) bool { return !s.On && s.ID != all[last].ID })
		}
		right := imgui.CursorPosX() + room - wide(all)
		imgui.TextUnformatted(widget.Ellipsis(name, room-wide(all)-imgui.CurrentStyle().ItemSpacing().X))
		imgui.SameLineV(right, -1)
		if over {
			b.onSwitches = imgui.MousePos().X >= imgui.CursorScreenPos().X
		}
		row := widget.Beside{Gap: gap}
		for _, s := range all {
			row.Of = append(row.Of, s)
		}
		row.Build()
	})
}

// switches are those of a layer; the last is always seen.
func (b *Browser) switches(l *session.Layer) []widget.Small {
	eye := assets.IconEye
	if l.Hidden() {
		eye = assets.IconEyeSlash
	}
	of := func(id, glyph, tip string, on bool) widget.Small {
		return widget.Small{ID: id, Glyph: glyph, Tip: tip, On: on, Click: func() { b.run(id, l) }}
	}
	return []widget.Small{
		of("layer-own-look", assets.IconPalette, "Own look: draw and colour this sequence in its own way", b.host.Look.HasOwn(l.ID)),
		of("layer-solo", assets.IconCrosshairs, "Show alone: sequences that are not shown alone are hidden", l.Solo()),
		of("layer-lock", assets.IconLock, "Lock: its points cannot be selected, and it stays where it lies in time", l.Locked()),
		of("show-sequence", eye, "Show or hide this sequence", l.Visible),
	}
}

// field takes a new name: Enter takes it, Escape does not.
func (b *Browser) field(l *session.Layer) giu.Widget {
	return giu.Custom(func() {
		imgui.SetNextItemWidth(widget.Rest)
		if b.begin {
			imgui.SetKeyboardFocusHere()
		}
		entered := imgui.InputTextWithHint("##name", pathname.Display(l.Seq.Name), &b.name, imgui.InputTextFlagsEnterReturnsTrue|imgui.InputTextFlagsAutoSelectAll, nil)
		switch {
		case b.begin:
			b.begin = false
		case entered:
			b.naming = nil
			b.host.Run("layer-rename", "name="+b.name, "sequence="+b.host.Session.NameOf(l))
		case !imgui.IsItemActive():
			b.naming = nil
		}
	})
}

// dragKind is that of a layer that is dragged in the list.
const dragKind = "layer"

// drag moves a layer in the list to where it is let go.
func (b *Browser) drag(l *session.Layer) giu.Widget {
	return giu.Custom(func() {
		layers := b.host.Session.Layers()
		if len(layers) < 2 {
			return
		}
		widget.Dragged{Kind: dragKind, Text: pathname.Display(l.Name()), Start: func() { b.dragged = l }}.Build()
		if widget.Dropped(dragKind) && b.dragged != nil {
			b.host.Session.MoveLayer(b.dragged, slices.Index(layers, l))
		}
	})
}

// layerMenu are the actions in a sequence's context menu; "" is a separator.
var layerMenu = []string{
	"activate", "layer-frame", "", "show-sequence", "layer-solo", "layer-lock", "layer-own-look", "", "layer-rename", "layer-move up", "layer-move down",
	"", "layer-offset", "layer-scale", "layer-time-reset", "reload", "", "layer-reveal", "copy-folder", "close",
}

// menuWords are how the menu calls an action with arguments.
var menuWords = map[string]string{"layer-move up": "Move up", "layer-move down": "Move down", "layer-offset": "Set offset...", "layer-scale": "Set time scale...", "close": "Close"}

func (b *Browser) menu(l *session.Layer) giu.Widget {
	chosen := ""
	items := widget.Lazy(func() giu.Widget {
		on := map[string]bool{"show-sequence": !l.Hidden(), "layer-solo": l.Solo(), "layer-lock": l.Locked(), "layer-own-look": b.host.Look.HasOwn(l.ID), "activate": l == b.host.Session.Active()}
		at := slices.Index(b.host.Session.Layers(), l)
		off := map[string]bool{"layer-offset": l.Locked(), "layer-scale": l.Locked(), "layer-move up": at == 0, "layer-move down": at == len(b.host.Session.Layers())-1, "layer-time-reset": l.Timing().Plain() || l.Locked()}
		var items giu.Layout
		for _, id := range layerMenu {
			if id == "" {
				items = append(items, giu.Separator())
				continue
			}
			a := b.host.Actions.Find(strings.Fields(id)[0])
			items = append(items, giu.MenuItem(cmp.Or(menuWords[id], a.Label)).Selected(on[id]).Enabled(!off[id]).OnClick(func() { chosen = id }))
		}
		return items
	})
	return giu.Layout{giu.ContextMenu().ID("menu").Layout(widget.CloseOnEscape{}, items), giu.Custom(func() {
		switch chosen {
		case "":
		case "layer-offset", "layer-scale":
			b.run("activate", l)
			b.host.Ask(chosen)
		default:
			b.run(chosen, l) // the layer may be gone then
		}
	})}
}

// run carries out an action on a sequence.
func (b *Browser) run(id string, l *session.Layer) {
	words := strings.Fields(id)
	b.host.Run(words[0], append(words[1:], "sequence="+b.host.Session.NameOf(l))...)
}

// inside is what opening a sequence's bar shows.
func (b *Browser) inside(l *session.Layer) giu.Widget {
	layout := giu.Layout{widget.Dim(l.Seq.Label())}
	if why := l.NoConvert(); why != "" {
		layout = append(layout, panel.Note(session.Warning, "not converted: "+why))
	}
	head, _ := b.host.Session.Number()
	n := l.ToOwn(head)
	return append(layout,
		widget.Tree{
			Label: fmt.Sprintf("Frames (%s)###frames", unit.Count(int64(len(l.Seq.Frames)))),
			Of:    func() giu.Widget { return b.frames(l) },
		},
		widget.Tree{
			Label: fmt.Sprintf("Frame %v###frame", n), Flags: giu.TreeNodeFlagsDefaultOpen,
			Of: func() giu.Widget { return frame(l, n) },
		},
	)
}

// frameRows is how many frames are listed at a time.
const frameRows = 8

func (b *Browser) frames(l *session.Layer) giu.Widget {
	if b.top[l.ID] == nil {
		b.top[l.ID] = new(int)
	}
	head, _ := b.host.Session.Number()
	own := l.ToOwn(head)
	text, dim := *imgui.StyleColorVec4(imgui.ColText), *imgui.StyleColorVec4(imgui.ColTextDisabled)
	return widget.List{Rows: len(l.Seq.Frames), View: frameRows, Top: b.top[l.ID], Row: func(i int) widget.Row {
		f := l.Seq.Frames[i]
		st, _ := l.State(f.Number)
		icon, color := panel.StateLook(st)
		tip := fmt.Sprintf("frame %v: %s\n%s", f.Number, st, f.Path())
		if why := panel.Trouble(l, f.Number); why != "" {
			tip += "\n" + why
		}
		return widget.Row{
			Selected: f.Number == own, Tip: tip,
			Cells: []widget.Cell{{X: 0, Text: icon, Color: color}, {X: 22, Text: f.Number.String(), Color: text}, {X: 80, Text: st.String(), Color: dim}},
			Click: func() {
				b.host.Run("goto", l.ToHead(f.Number).String())
				b.run("activate", l)
			},
		}
	}}
}
