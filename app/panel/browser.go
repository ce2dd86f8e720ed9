package panel

import (
	"fmt"

	"github.com/AllenDang/cimgui-go/imgui"

	"iceexplorer/app/session"
	"iceexplorer/app/widget"
	"iceexplorer/app/window"
	"iceexplorer/assets"
	"iceexplorer/cache"
	"iceexplorer/cache/pathname"
	"iceexplorer/cache/unit"
)

// browserPanel lists what is open: sequences, their frames, and of the frame under
// the play head its header and attributes.
type browserPanel struct {
	host   *Host
	window *window.Window
	top    map[int]int // per layer: first frame row in view
}

func (b *browserPanel) draw() {
	s := b.host.Session
	if text := s.ReadingText(); text != "" && len(s.Layers()) == 0 {
		wrapped(text, nil)
		return
	}
	if len(s.Layers()) == 0 {
		wrapped("No sequence is open. Drop files here, or open a folder with Ctrl+O.", nil)
		return
	}
	for _, l := range s.Layers() {
		imgui.PushIDInt(int32(l.ID))
		b.layer(l)
		imgui.PopID()
	}
}

func (b *browserPanel) layer(l *session.Layer) {
	open := b.head(l)
	b.layerMenu(l)
	imgui.SameLine()
	b.headRow(l)
	if !open {
		return
	}
	widget.TextDim(l.Seq.Label())
	if why := l.NoConvert(); why != "" {
		_, color := LevelLook(session.Warning)
		wrapped(assets.IconWarning+" not converted: "+why, &color)
	}
	if imgui.TreeNodeExStr(fmt.Sprintf("Frames (%s)###frames", unit.Count(int64(len(l.Seq.Frames))))) {
		b.frames(l)
		imgui.TreePop()
	}
	n, _ := b.host.Session.Number()
	if imgui.TreeNodeExStrV(fmt.Sprintf("Frame %v###frame", n), imgui.TreeNodeFlagsDefaultOpen) {
		b.frame(l, n)
		imgui.TreePop()
	}
	imgui.TreePop()
}

// head is the bar of a layer, which opens its list; a click makes it the active one.
// Where there are several that one is marked, also by a tick.
func (b *browserPanel) head(l *session.Layer) (open bool) {
	several, active := len(b.host.Session.Layers()) > 1, l == b.host.Session.Active()
	tip := pathname.Display(l.Seq.Name + "\n" + l.Seq.Label() + "\n" + l.Seq.Dir)
	flags := imgui.TreeNodeFlags(imgui.TreeNodeFlagsDefaultOpen | imgui.TreeNodeFlagsAllowOverlap | imgui.TreeNodeFlagsSpanAvailWidth | imgui.TreeNodeFlagsFramed)
	if several {
		flags |= imgui.TreeNodeFlagsOpenOnArrow | imgui.TreeNodeFlagsOpenOnDoubleClick
	}
	if several && active {
		tip += "\nThe active sequence"
	}
	if !active {
		imgui.PushStyleColorVec4(imgui.ColHeader, *imgui.StyleColorVec4(imgui.ColFrameBg))
	}
	open = imgui.TreeNodeExStrV("##layer", flags)
	if !active {
		imgui.PopStyleColor()
	}
	if imgui.IsItemClicked() {
		b.run("activate", l)
	}
	widget.Tooltip(tip)
	return open
}

// headRow is what stands in the bar of a layer, whose width ends at the panel's.
func (b *browserPanel) headRow(l *session.Layer) {
	side := imgui.FrameHeight()
	right := imgui.CursorPosX() + imgui.ContentRegionAvail().X
	eye := assets.IconEye
	if !l.Visible {
		eye = assets.IconEyeSlash
	}
	mark := ""
	if len(b.host.Session.Layers()) > 1 && l == b.host.Session.Active() {
		mark = assets.IconTick + " "
	}
	room := right - imgui.CursorPosX() - 1.7*side - imgui.CalcTextSize(mark).X
	imgui.TextUnformatted(mark + widget.Ellipsis(pathname.Display(l.Seq.Name), room))
	imgui.SameLineV(right-1.4*side, -1)
	if imgui.SmallButton(eye + "##visible") {
		b.run("show-sequence", l)
	}
	widget.Tooltip("Show or hide this sequence")
}

func (b *browserPanel) layerMenu(l *session.Layer) {
	if !imgui.BeginPopupContextItem() {
		return
	}
	for _, id := range layerMenu {
		if id == "" {
			imgui.Separator()
			continue
		}
		if a := b.host.Actions.Find(id); imgui.MenuItemBool(a.Label) {
			defer b.run(id, l) // the layer may be gone then
		}
	}
	imgui.EndPopup()
}

// layerMenu are the actions of a sequence's context menu; "" is a line between them.
var layerMenu = []string{"activate", "show-sequence", "reload", "copy-folder", "", "close"}

// run carries out an action about a sequence.
func (b *browserPanel) run(id string, l *session.Layer) {
	b.host.Run(id, "sequence="+b.host.Session.NameOf(l))
}

// frameRows is how many frames are listed at a time: the list scrolls by rows, so
// that its length costs nothing.
const frameRows = 8

func (b *browserPanel) frames(l *session.Layer) {
	if b.top == nil {
		b.top = map[int]int{}
	}
	total := len(l.Seq.Frames)
	view := min(total, frameRows)
	rowH := imgui.TextLineHeightWithSpacing()
	avail := imgui.ContentRegionAvail()
	at := imgui.CursorScreenPos()
	size := imgui.Vec2{X: avail.X, Y: rowH * float32(view)}
	bar := imgui.CurrentStyle().ScrollbarSize()
	top := int64(min(max(b.top[l.ID], 0), total-view))
	head, _ := b.host.Session.Number()
	for i := int(top); i < int(top)+view; i++ {
		f := l.Seq.Frames[i]
		st, _ := l.State(f.Number)
		icon, color := StateLook(st)
		imgui.PushIDInt(int32(i))
		pos := imgui.CursorScreenPos()
		if imgui.SelectableBoolV("##row", f.Number == head, imgui.SelectableFlagsNone, imgui.Vec2{X: size.X - bar - 4}) {
			b.host.Run("goto", f.Number.String())
			b.run("activate", l)
		}
		tip := fmt.Sprintf("frame %v: %s\n%s", f.Number, st, f.Path())
		if why := Trouble(l, f.Number); why != "" {
			tip += "\n" + why
		}
		widget.Tooltip(tip)
		dl := imgui.WindowDrawList()
		dl.AddTextVec2(pos, imgui.ColorU32Vec4(color), icon)
		dl.AddTextVec2(imgui.Vec2{X: pos.X + 22*b.window.Scale(), Y: pos.Y}, imgui.ColorU32Col(imgui.ColText), f.Number.String())
		dl.AddTextVec2(imgui.Vec2{X: pos.X + 80*b.window.Scale(), Y: pos.Y}, imgui.ColorU32Col(imgui.ColTextDisabled), st.String())
		imgui.PopID()
	}
	if total > view {
		box := imgui.Rect{Min: imgui.Vec2{X: at.X + avail.X - bar, Y: at.Y}, Max: imgui.Vec2{X: at.X + avail.X, Y: at.Y + size.Y}}
		imgui.InternalScrollbarEx(box, imgui.IDStr("##bar"), imgui.AxisY, &top, int64(view), int64(total))
		if imgui.IsMouseHoveringRect(at, imgui.Vec2{X: at.X + size.X, Y: at.Y + size.Y}) && imgui.IsWindowHovered() {
			top -= int64(3 * imgui.CurrentIO().MouseWheel())
		}
	}
	b.top[l.ID] = int(top)
}

// frame shows header and attributes.
func (b *browserPanel) frame(l *session.Layer, number cache.Number) {
	f := l.Frame(number)
	if f == nil {
		if why := l.Failure(number); why != "" {
			icon, color := StateLook(session.Failed)
			wrapped(icon+" "+why, &color)
			return
		}
		why := "this sequence has no such frame"
		if st, ok := l.State(number); ok {
			why = st.String()
		}
		wrapped(why, nil)
		return
	}
	if why := Trouble(l, number); why != "" {
		icon, color := LevelLook(session.Warning)
		wrapped(icon+" "+why, &color)
	}
	if imgui.TreeNodeExStrV("Header", imgui.TreeNodeFlagsNone) {
		b.header(f)
		imgui.TreePop()
	}
	if imgui.TreeNodeExStrV(fmt.Sprintf("Attributes (%d)###attributes", len(f.Attributes)), imgui.TreeNodeFlagsDefaultOpen) {
		for _, a := range f.Attributes {
			b.attribute(a)
		}
		if f.Damage != nil {
			for _, name := range f.Damage.Missing {
				missingAttribute(name)
			}
		}
		imgui.TreePop()
	}
}

func (b *browserPanel) header(f *cache.Frame) {
	h := f.Header
	rows := [][2]string{
		{"version", fmt.Sprint(h.Version)}, {"object", h.Object.String()}, {"points", unit.Count(int64(h.Points))},
		{"edges", unit.Count(int64(h.Edges))}, {"polygons", unit.Count(int64(h.Polygons))}, {"samples", unit.Count(int64(h.Samples))},
		{"sub-steps", fmt.Sprint(h.Substeps)}, {"storage", string(f.Storage)},
	}
	if f.Dialect != "" {
		rows = append(rows, [2]string{"dialect", f.Dialect})
	}
	wrappedFacts(rows)
	for _, w := range f.Warnings {
		icon, color := LevelLook(session.Warning)
		wrapped(icon+" "+w, &color)
	}
}

// facts is a table of names and values.
func facts(rows [][2]string) { factTable(rows, false) }

// wrappedFacts are facts in a panel: long values go on in the next line.
func wrappedFacts(rows [][2]string) { factTable(rows, true) }

func factTable(rows [][2]string, wrap bool) {
	if !imgui.BeginTableV("facts", 2, imgui.TableFlagsSizingFixedFit, imgui.Vec2{}, 0) {
		return
	}
	if wrap {
		imgui.TableSetupColumn("")
		imgui.TableSetupColumnV("", imgui.TableColumnFlagsWidthStretch, 0, 0)
	}
	for _, r := range rows {
		imgui.TableNextRow()
		imgui.TableNextColumn()
		widget.TextDim(r[0])
		imgui.TableNextColumn()
		if wrap {
			imgui.PushTextWrapPosV(0)
		}
		imgui.TextUnformatted(r[1])
		if wrap {
			imgui.PopTextWrapPos()
		}
	}
	imgui.EndTable()
}

// missingAttribute stands for one that a damaged file declares and does not hold.
func missingAttribute(name string) {
	imgui.TreeNodeExStrV("##missing "+name, imgui.TreeNodeFlagsLeaf|imgui.TreeNodeFlagsNoTreePushOnOpen|imgui.TreeNodeFlagsSpanAvailWidth)
	imgui.SameLine()
	widget.TextDim(cache.TrimPadding(name))
	imgui.SameLine()
	icon, color := LevelLook(session.Warning)
	imgui.PushStyleColorVec4(imgui.ColText, color)
	imgui.TextUnformatted(icon + " missing")
	imgui.PopStyleColor()
}

func (b *browserPanel) attribute(a *cache.Attribute) {
	kind := a.Type.String()
	if a.Structure == cache.Array {
		kind += "[]"
	}
	if a.Constant {
		kind += ", constant"
	}
	open := imgui.TreeNodeExStrV("##"+a.Name, imgui.TreeNodeFlagsSpanAvailWidth)
	imgui.SameLine()
	imgui.TextUnformatted(a.Name)
	imgui.SameLine()
	widget.TextDim(kind)
	if !open {
		return
	}
	rows := [][2]string{
		{"context", a.Context.String()}, {"category", a.Category.String()},
		{"rows", unit.Count(int64(a.NumRows()))}, {"values", unit.Count(int64(a.Values))},
	}
	names := a.Type.ComponentNames()
	for i, r := range a.Ranges {
		name := "range"
		if i < len(names) {
			name = names[i]
		}
		text := "no finite values"
		if r.Finite > 0 {
			text = fmt.Sprintf("%.5g to %.5g, mean %.5g", r.Min, r.Max, r.Mean)
		}
		if r.NonFinite > 0 {
			text += fmt.Sprintf(", %s not finite", unit.Count(int64(r.NonFinite)))
		}
		rows = append(rows, [2]string{name, text})
	}
	wrappedFacts(rows)
	imgui.TreePop()
}
