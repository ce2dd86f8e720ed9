package scene

import (
	"fmt"
	"path/filepath"
	"strconv"

	"github.com/AllenDang/cimgui-go/imgui"
	"github.com/AllenDang/giu"

	"iceexplorer/app/widget"
	"iceexplorer/app/window"
	"iceexplorer/assets"
	"iceexplorer/cache/pathname"
	"iceexplorer/gfx/style"
)

// maxRecent is how many of the files opened lately an empty window offers.
const maxRecent = 6

// column is where the empty window's lines stand, one below the other.
type column struct {
	x, y, width float32
	end         float32 // of the room
	gap         float32
}

// put makes the next line, as long as there is room.
func (c *column) put(w giu.Widget) {
	if c.y+imgui.FrameHeight() > c.end {
		return
	}
	imgui.SetCursorScreenPos(imgui.Vec2{X: c.x, Y: c.y})
	w.Build()
	c.y += imgui.FrameHeight() + c.gap
}

// welcome says what to do with an empty window, or what it is waiting for.
func (s *Panel) welcome(at, avail imgui.Vec2) {
	k := s.host.Scale()
	reading := s.host.Session.ReadingText()
	title := "Drop a folder of .icecache or .sih5 files here, or a session"
	if reading != "" {
		title = reading
	}
	title = widget.Ellipsis(title, avail.X*0.9)
	y := at.Y + avail.Y*0.3
	size := imgui.CalcTextSizeV(title, false, -1)
	x := at.X + (avail.X-size.X)/2
	imgui.WindowDrawList().AddTextVec2(imgui.Vec2{X: x, Y: y}, imgui.ColorU32Vec4(s.ink().Text), title)
	wide := min(480*k, avail.X*0.9)
	c := column{x: at.X + (avail.X-wide)/2, y: y + size.Y + 14*k, width: wide, end: at.Y + avail.Y, gap: 6 * k}
	if reading != "" {
		c.put(s.button("cancel", c.width))
		return
	}
	if text := s.Restorable(); text != "" {
		s.restore(&c, text)
	}
	for _, id := range []string{"browse", "open-session", "open-sample"} {
		c.put(s.button(id, c.width))
	}
	s.recent(&c)
}

// ink is the theme whose text can be read on the background.
func (s *Panel) ink() *window.Theme {
	if l := s.host.Look.Now(); style.Bright(l.Top) {
		return &window.Light
	}
	return &window.Dark
}

func (s *Panel) button(id string, width float32) giu.Widget {
	return widget.WideAction{Action: s.host.Actions.Find(id), Width: width, Failed: s.host.Failed}
}

// restore offers what was open when the program ended without being closed.
func (s *Panel) restore(c *column, text string) {
	forget := widget.Em(6)
	shown := widget.Ellipsis(text, c.width-forget-widget.Em(3))
	c.put(giu.Row(
		widget.Tip{Text: text, Of: giu.Button(assets.IconUndo+"  "+shown+"##restore").Size(c.width-forget-imgui.CurrentStyle().ItemSpacing().X, 0).OnClick(func() { s.host.Run("restore-session") })},
		widget.Tip{Text: s.host.Actions.Find("forget-session").Help, Of: giu.Button("Forget it").Size(forget, 0).OnClick(func() { s.host.Run("forget-session") })},
	))
	c.y += 2 * c.gap
}

// recent lists what was opened lately.
func (s *Panel) recent(c *column) {
	all := s.host.Settings.Recent
	if len(all) == 0 {
		return
	}
	c.y += c.gap
	c.put(widget.Aligned{Of: widget.Colored{Text: "Opened lately", Color: s.ink().TextDim}})
	for i, path := range all[:min(len(all), maxRecent)] {
		name := pathname.Display(filepath.Base(path)) + "   " + pathname.Display(filepath.Dir(path))
		label := fmt.Sprintf("%s##recent%d", widget.Ellipsis(name, c.width-widget.Em(1)), i)
		tip, style := pathname.Display(path), giu.Style().SetStyle(giu.StyleVarButtonTextAlign, 0, 0.5)
		if s.Gone(path) {
			tip += "\nIt is not there any more"
			style = style.SetColorVec4(giu.StyleColorText, window.Colors().TextDim)
		}
		c.put(widget.Tip{Text: tip, Of: style.To(giu.Button(label).Size(c.width, 0).OnClick(func() { s.host.Run("open-recent", strconv.Itoa(i+1)) }))})
	}
}
