// Package timeline controls playback: transport buttons, and a ruler with the play head and
// the state of every frame.
package timeline

import (
	"github.com/AllenDang/cimgui-go/imgui"
	"github.com/AllenDang/giu"

	"iceexplorer/app/panel"
	"iceexplorer/app/player"
	"iceexplorer/app/session"
	"iceexplorer/app/widget"
	"iceexplorer/assets"
	"iceexplorer/cache"
	"iceexplorer/cache/pathname"
)

// New makes the panel. strip is a curve over the frames from a number to another.
func New(h *panel.Host, strip func(size imgui.Vec2, from, to float64) giu.Widget) panel.Panel {
	t := &timeline{host: h, strip: strip, states: states(), marks: map[int]*marks{}}
	return panel.Panel{
		Name: "Timeline", Side: panel.Bottom, Icon: assets.IconClock, Share: 0.15, Least: [2]float32{0, 140}, Still: true, Layout: t.layout,
		Wants: func() float32 { return t.wants }, Unseen: func() { t.wants = 0 },
	}
}

type timeline struct {
	host    *panel.Host
	strip   func(size imgui.Vec2, from, to float64) giu.Widget
	ruler   widget.Ruler
	states  []widget.State
	bars    widget.Stretches
	marks   map[int]*marks // on the bars, by the layers' IDs
	dragged session.Timing // of the layer whose bar is dragged, before that
	refused bool           // it is locked, which was said
	active  *session.Layer // whose bar was brought into view last
	menu    bool           // of a bar, to be opened
	wants   float32        // the height at which all has room, at a scale of 1

	at       cache.Number // where the ruler's menu was opened
	openMenu bool
	name     string // of a bookmark, as it is typed
	resume   bool   // playback goes on when the play head is let go
	frame    numberField
	first    numberField
	last     numberField
	frames   []float64
	of       uint64 // version of the session that frames are of
}

// states are how the ruler shows the states of frames.
func states() (looks []widget.State) {
	patterns := map[session.State]widget.State{
		session.Absent:  {Pattern: widget.Line},
		session.Queued:  {Pattern: widget.Low, Priority: 1},
		session.Loading: {Pattern: widget.Hatch, Priority: 4},
		session.Scratch: {Pattern: widget.Half, Priority: 2},
		session.Mapped:  {Pattern: widget.Solid, Priority: 1},
		session.Partial: {Pattern: widget.Broken, Priority: 5},
		session.Failed:  {Pattern: widget.Cross, Priority: 6},
	}
	for _, st := range session.States() {
		look := patterns[st]
		_, look.Color = panel.StateLook(st)
		look.Name = st.String()
		looks = append(looks, look)
	}
	return looks
}

func (t *timeline) layout() giu.Layout {
	if len(t.host.Session.Frames()) == 0 {
		return giu.Layout{t.transport(), widget.Wrapped{Text: "The frames of what you open appear here."}}
	}
	return giu.Layout{t.transport(), widget.Lazy(t.time)}
}

// time is the ruler.
func (t *timeline) time() giu.Widget {
	s := t.host.Session
	frames := s.Frames()
	in := widget.RulerInput{
		Frames: t.numbers(), States: t.states, Version: s.Version(),
		State: func(i int) int {
			st, _ := s.StateAt(frames[i])
			return int(st)
		},
		Nearest: func(n float64) float64 { return float64(s.Nearest(cache.Number(n))) },
		Between: s.Interpolate(),
		Tooltip: func(i int) string { return t.details(frames[i]) },
	}
	t.tellTime(&in)
	head, _ := s.Position()
	in.Head = float64(head)
	if s.Limited() {
		first, hasIn := s.In()
		last, hasOut := s.Out()
		in.In, in.HasIn, in.Out, in.HasOut = float64(first), hasIn, float64(last), hasOut
	}
	t.ruler.ID, t.ruler.Size, t.ruler.Show, t.ruler.Act = "ruler", imgui.ContentRegionAvail(), in, t.act
	spacing := imgui.CurrentStyle().ItemSpacing().Y
	least := leastRuler * t.host.Scale()
	t.wants = imgui.WindowHeight() - t.ruler.Size.Y + least
	if len(s.Layers()) > mostBars { // the bars scroll
		t.ruler.Size.X -= imgui.CurrentStyle().ScrollbarSize()
	}
	var l giu.Layout
	if t.host.Settings.Preferences.ProfileStrip {
		height := widget.Em(2)
		t.ruler.Size.Y -= height + spacing
		t.wants += height + spacing
		from, to := t.ruler.View()
		l = append(l, t.strip(imgui.Vec2{X: t.ruler.Size.X, Y: height}, from, to))
	}
	l = append(l, &t.ruler, giu.Custom(t.rulerMenu))
	if n := t.barCount(); n > 0 {
		t.wants += t.bars.Height(n) + spacing
		if rows := barRows(n, t.ruler.Size.Y-spacing, least, t.bars.Height); rows > 0 {
			t.ruler.Size.Y -= t.bars.Height(rows) + spacing
			l = append(l, t.layerBars(t.bars.Height(rows)))
		}
	}
	t.wants /= t.host.Scale()
	return l
}

// act carries out what the user did on the ruler.
func (t *timeline) act(ev widget.RulerEvent) {
	s := t.host.Session
	if ev.Context {
		t.at, t.openMenu = cache.Number(ev.At), true
	}
	if ev.Begin {
		t.resume = s.Playing()
		s.Stop()
	}
	if ev.Seek != nil {
		s.Seek(cache.Number(*ev.Seek))
	}
	if ev.In != nil {
		s.SetIn(cache.Number(*ev.In))
	}
	if ev.Out != nil {
		s.SetOut(cache.Number(*ev.Out))
	}
	if ev.End && t.resume {
		s.Play()
	}
}

// numbers are the session's frames as the ruler knows them.
func (t *timeline) numbers() []float64 {
	if v := t.host.Session.Version(); v != t.of {
		t.of, t.frames = v, t.frames[:0]
		for _, n := range t.host.Session.Frames() {
			t.frames = append(t.frames, float64(n))
		}
	}
	return t.frames
}

// details says more about a frame than its state: for each layer, if there are several, why
// it failed and what it lacks.
func (t *timeline) details(number cache.Number) string {
	var text string
	layers := t.host.Session.Layers()
	for _, l := range layers {
		own := l.ToOwn(number)
		st, ok := l.State(own)
		line := st.String()
		if !ok {
			line = "no such frame"
		}
		if why := panel.Trouble(l, own); why != "" {
			line = why
		} else if len(layers) == 1 {
			continue
		}
		if text != "" {
			text += "\n"
		}
		text += pathname.Display(l.Name() + ": " + line)
	}
	return text
}

// transport is the line of buttons and fields above the ruler.
func (t *timeline) transport() giu.Widget {
	s, k := t.host.Session, t.host.Scale()
	button := func(id string) giu.Widget {
		return widget.Action{Action: t.host.Actions.Find(id), Failed: t.host.Failed}
	}
	toggle := t.host.Actions.Find("play-toggle")
	icon := assets.IconPlay
	if s.Playing() {
		icon = assets.IconPause
	}
	play := widget.Icon{
		ID: "play-toggle", Glyph: icon, Tip: toggle.Tooltip(), On: s.Playing() && s.Dir() > 0, Disabled: !toggle.Available(),
		Click: func() { t.host.Run("play-toggle") },
	}
	buttons := widget.Beside{Gap: 3, Of: []giu.Widget{
		button("first"), button("step-back"), button("play-reverse"), play, button("step-forward"), button("last"),
	}}
	switches := widget.Beside{Gap: 3, Of: []giu.Widget{button("loop-toggle"), button("interpolate")}}
	gap := imgui.CurrentStyle().ItemSpacing().X
	mode, next := t.mode()
	return giu.Layout{widget.Flow{Gap: 14, Parts: []widget.Part{
		{Of: buttons},
		{Needs: 2.3*imgui.FrameHeight() + 3*k, Of: switches},
		{Needs: widget.TextWidth("Frame") + gap + 72*k, Of: giu.Row(widget.Aligned{Of: widget.Dim("Frame")}, t.headField(72*k))},
		{Needs: widget.TextWidth("Playto") + 3*gap + 120*k, Of: t.rangeFields(60 * k)},
		{Needs: widget.TextWidth("Rate") + gap + 80*k, Of: giu.Row(widget.Aligned{Of: widget.Dim("Rate")}, t.rate(80*k))},
		{Needs: widget.TextWidth(mode) + 18*k, Of: widget.Tip{
			Text: "Every frame: play more slowly when frames are late.\nReal time: drop late frames, and count them.",
			Of:   giu.Button(mode).ID(giu.ID(mode + "###mode")).OnClick(func() { t.host.Run("mode-" + next.String()) }),
		}},
	}}, widget.AtRight(t.notes())}
}

// mode is how playback treats late frames, and the other way to treat them.
func (t *timeline) mode() (name string, next player.Mode) {
	if t.host.Session.Mode() == player.RealTime {
		return "real time", player.EveryFrame
	}
	return "every frame", player.RealTime
}

func (t *timeline) rate(width float32) giu.Widget {
	s := t.host.Session
	return widget.Tip{
		Text: "Frames per second. Drag, or click to type",
		Of: widget.RateDrag{ID: "##fps", FPS: s.FPS(), Lowest: player.MinFPS, Highest: player.MaxFPS, Width: width, Change: func(fps float64) {
			s.SetFPS(fps)
			t.host.Settings.Preferences.FPS = fps
		}},
	}
}
