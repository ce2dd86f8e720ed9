// Package browser lists what is open: sequences, their frames, and the header and attributes
// of the frame under the play head.
package browser

import (
	"fmt"
	"strconv"

	"github.com/AllenDang/cimgui-go/imgui"
	"github.com/AllenDang/giu"

	"iceexplorer/app/panel"
	"iceexplorer/app/session"
	"iceexplorer/app/widget"
	"iceexplorer/assets"
	"iceexplorer/cache/pathname"
	"iceexplorer/cache/unit"
)

// New makes the panel.
func New(h *panel.Host) panel.Panel {
	b := &browser{host: h, top: map[int]*int{}}
	return panel.Panel{Name: "Browser", Side: panel.Left, Icon: assets.IconFolderOpen, Share: 0.21, Least: [2]float32{220, 0}, Layout: b.layout}
}

type browser struct {
	host *panel.Host
	top  map[int]*int // per layer: first frame row in view
}

func (b *browser) layout() giu.Layout {
	s := b.host.Session
	if len(s.Layers()) == 0 {
		text := s.ReadingText()
		if text == "" {
			text = "No sequence is open. Drop files here, or open them with Ctrl+O."
		}
		return giu.Layout{widget.Wrapped{Text: text}}
	}
	var l giu.Layout
	for _, layer := range s.Layers() {
		l = append(l, widget.Scope{ID: strconv.Itoa(layer.ID), Of: b.layer(layer)})
	}
	return l
}

// layer is a sequence. A click on its bar makes it the active one, which is marked, with a
// tick too, if there are several.
func (b *browser) layer(l *session.Layer) giu.Widget {
	several, active := len(b.host.Session.Layers()) > 1, l == b.host.Session.Active()
	tip := pathname.Display(l.Seq.Name + "\n" + l.Seq.Label() + "\n" + l.Seq.Dir)
	flags := giu.TreeNodeFlagsDefaultOpen | giu.TreeNodeFlags(imgui.TreeNodeFlagsAllowOverlap) | giu.TreeNodeFlagsSpanAvailWidth | giu.TreeNodeFlagsFramed
	mark := ""
	if several {
		flags |= giu.TreeNodeFlagsOpenOnArrow | giu.TreeNodeFlagsOpenOnDoubleClick
	}
	if several && active {
		mark, tip = assets.IconTick+" ", tip+"\nThe active sequence"
	}
	eye := assets.IconEye
	if !l.Visible {
		eye = assets.IconEyeSlash
	}
	show := widget.Tip{
		Text: "Show or hide this sequence",
		Of:   giu.SmallButton(eye + "##visible").OnClick(func() { b.run("show-sequence", l) }),
	}
	beside := giu.Layout{
		giu.Event().OnClick(giu.MouseButtonLeft, func() { b.run("activate", l) }),
		giu.Custom(func() { widget.Tooltip(tip) }),
		b.menu(l),
		widget.OnLine{widget.Ends{Text: mark + pathname.Display(l.Seq.Name), Right: show, Width: 1.4 * imgui.FrameHeight()}},
	}
	return widget.Tree{Label: "##layer", Flags: flags, Muted: !active, Beside: beside, Of: func() giu.Widget { return b.inside(l) }}
}

// layerMenu are the actions in a sequence's context menu; "" is a separator.
var layerMenu = []string{"activate", "show-sequence", "reload", "copy-folder", "", "close"}

func (b *browser) menu(l *session.Layer) giu.Widget {
	chosen := ""
	items := widget.Lazy(func() giu.Widget {
		var items giu.Layout
		for _, id := range layerMenu {
			if id == "" {
				items = append(items, giu.Separator())
				continue
			}
			items = append(items, giu.MenuItem(b.host.Actions.Find(id).Label).OnClick(func() { chosen = id }))
		}
		return items
	})
	return giu.Layout{giu.ContextMenu().ID("menu").Layout(widget.CloseOnEscape{}, items), giu.Custom(func() {
		if chosen != "" {
			b.run(chosen, l) // the layer may be gone then
		}
	})}
}

// run carries out an action on a sequence.
func (b *browser) run(id string, l *session.Layer) {
	b.host.Run(id, "sequence="+b.host.Session.NameOf(l))
}

// inside is what opening a sequence's bar shows.
func (b *browser) inside(l *session.Layer) giu.Widget {
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

func (b *browser) frames(l *session.Layer) giu.Widget {
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
