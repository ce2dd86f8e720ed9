package panel

import (
	"fmt"

	"github.com/AllenDang/cimgui-go/imgui"

	"iceexplorer/app/player"
	"iceexplorer/app/session"
	"iceexplorer/app/widget"
	"iceexplorer/app/window"
	"iceexplorer/assets"
	"iceexplorer/cache"
	"iceexplorer/cache/pathname"
	"iceexplorer/cache/unit"
)

// timelinePanel plays: transport buttons, and a ruler with the play head and the
// state of every frame.
type timelinePanel struct {
	host    *Host
	window  *window.Window
	ruler   widget.Ruler
	states  []widget.State
	resume  bool   // playback goes on when the play head is let go
	editing bool   // the frame field has the keyboard
	number  string // as it is typed
	frames  []float64
	of      uint64 // version of the session that frames are of
}

func newTimelinePanel(h *Host) *timelinePanel {
	t := &timelinePanel{host: h}
	looks := map[session.State]widget.State{
		session.Absent:  {Pattern: widget.Line},
		session.Queued:  {Pattern: widget.Low, Priority: 1},
		session.Loading: {Pattern: widget.Hatch, Priority: 4},
		session.Scratch: {Pattern: widget.Half, Priority: 2},
		session.Mapped:  {Pattern: widget.Solid, Priority: 1},
		session.Partial: {Pattern: widget.Broken, Priority: 5},
		session.Failed:  {Pattern: widget.Cross, Priority: 6},
	}
	for _, st := range session.States() {
		look := looks[st]
		_, look.Color = StateLook(st)
		look.Name = st.String()
		t.states = append(t.states, look)
	}
	return t
}

func (t *timelinePanel) draw() {
	s := t.host.Session
	t.transport()
	frames := s.Frames()
	if len(frames) == 0 {
		wrapped("The frames of what you open appear here.", nil)
		return
	}
	in := widget.RulerInput{
		Frames: t.numbers(), States: t.states, Version: s.Version(),
		State: func(i int) int {
			st, _ := s.StateAt(frames[i])
			return int(st)
		},
		Tooltip: func(i int) string { return t.details(frames[i]) },
	}
	head, _ := s.Number()
	in.Head = float64(head)
	if s.Limited() {
		first, hasIn := s.In()
		last, hasOut := s.Out()
		in.In, in.HasIn, in.Out, in.HasOut = float64(first), hasIn, float64(last), hasOut
	}
	t.ruler.ID, t.ruler.Size, t.ruler.Show, t.ruler.Act = "ruler", imgui.ContentRegionAvail(), in, t.act
	t.ruler.Build()
}

// act does what the user did on the ruler.
func (t *timelinePanel) act(ev widget.RulerEvent) {
	s := t.host.Session
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
func (t *timelinePanel) numbers() []float64 {
	if v := t.host.Session.Version(); v != t.of {
		t.of, t.frames = v, t.frames[:0]
		for _, n := range t.host.Session.Frames() {
			t.frames = append(t.frames, float64(n))
		}
	}
	return t.frames
}

// details says more on a frame than its state: per layer, where there are several,
// why it failed and what it lacks.
func (t *timelinePanel) details(number cache.Number) string {
	var text string
	layers := t.host.Session.Layers()
	for _, l := range layers {
		st, ok := l.State(number)
		line := st.String()
		if !ok {
			line = "no such frame"
		}
		if why := Trouble(l, number); why != "" {
			line = why
		} else if len(layers) == 1 {
			continue
		}
		if text != "" {
			text += "\n"
		}
		text += pathname.Display(l.Seq.Name + ": " + line)
	}
	return text
}

func (t *timelinePanel) transport() {
	p := t.host.Session
	k := t.window.Scale()
	button := func(id string) {
		widget.Action{Action: t.host.Actions.Find(id), Failed: t.host.Failed}.Build()
		imgui.SameLineV(0, 3*k)
	}
	button("first")
	button("step-back")
	button("play-reverse")
	toggle := t.host.Actions.Find("play-toggle")
	icon := assets.IconPlay
	if p.Playing() {
		icon = assets.IconPause
	}
	widget.Icon{ID: "play-toggle", Glyph: icon, Tip: toggle.Tooltip(), On: p.Playing(), Disabled: !toggle.Available(), Click: func() {
		t.host.Run("play-toggle")
	}}.Build()
	imgui.SameLineV(0, 3*k)
	button("step-forward")
	button("last")
	button("loop-toggle")
	t.goOn("Frame", 72*k)
	t.frameField()
	t.goOn("Rate", 64*k)
	imgui.AlignTextToFramePadding()
	widget.TextDim("Rate")
	imgui.SameLine()
	widget.RateDrag{ID: "##fps", FPS: p.FPS(), Lowest: player.MinFPS, Highest: player.MaxFPS, Width: 80 * k, Change: func(fps float64) {
		p.SetFPS(fps)
		t.host.Settings.Preferences.FPS = fps
	}}.Build()
	widget.Tooltip("Frames a second. Drag, or double-click to type")
	mode := "every frame"
	if p.Mode() == player.RealTime {
		mode = "real time"
	}
	// Where a narrow window has no room, the line goes on below.
	if need := imgui.CalcTextSizeV(mode, false, -1).X + 32*k; imgui.ItemRectMax().X+need < imgui.WindowPos().X+imgui.WindowWidth() {
		imgui.SameLineV(0, 14*k)
	}
	if imgui.Button(mode + "###mode") {
		next := player.RealTime
		if p.Mode() == player.RealTime {
			next = player.EveryFrame
		}
		t.host.Run("mode-" + next.String())
	}
	widget.Tooltip("Every frame: slower if frames come late.\nReal time: frames that come late are dropped and counted.")
	t.notes()
}

// goOn continues the line if there is room for a label and a field, else below.
func (t *timelinePanel) goOn(label string, field float32) {
	k := t.window.Scale()
	imgui.SameLineV(0, 14*k)
	if need := imgui.CalcTextSizeV(label, false, -1).X + imgui.CurrentStyle().ItemSpacing().X + field; imgui.ContentRegionAvail().X < need {
		imgui.NewLine()
	}
}

// frameField shows the frame under the play head, and takes another.
func (t *timelinePanel) frameField() {
	k := t.window.Scale()
	imgui.AlignTextToFramePadding()
	widget.TextDim("Frame")
	imgui.SameLine()
	head, ok := t.host.Session.Number()
	if !t.editing {
		t.number = head.String()
	}
	imgui.BeginDisabledV(!ok)
	imgui.SetNextItemWidth(72 * k)
	imgui.InputTextWithHint("##frame", "", &t.number, imgui.InputTextFlagsAutoSelectAll|imgui.InputTextFlagsCharsDecimal, nil)
	t.editing = imgui.IsItemActive()
	if imgui.IsItemDeactivatedAfterEdit() {
		t.host.Run("goto", t.number)
	}
	imgui.EndDisabled()
	widget.Tooltip("The frame under the play head. Type a number to go there")
}

// notes are what playback has to say, at the right end.
func (t *timelinePanel) notes() {
	p := t.host.Session
	var text string
	switch first, last, ok := p.Range(); {
	case !ok:
		return
	case p.Waiting():
		text = "waiting for a frame"
	case p.Dropped() > 0:
		text = unit.Plural(p.Dropped(), "frame") + " dropped"
	default:
		text = fmt.Sprintf("%v to %v", first, last)
		if p.Boost() > 1 {
			text += fmt.Sprintf(", %gx", p.Boost())
		}
	}
	width := imgui.CalcTextSizeV(text, false, -1).X
	x := imgui.WindowWidth() - width - imgui.CurrentStyle().WindowPadding().X
	if used := imgui.ItemRectMax().X - imgui.WindowPos().X; used > x-imgui.CurrentStyle().ItemSpacing().X {
		return // a narrow window has no room for it
	}
	imgui.SameLineV(x, -1)
	widget.TextDim(text)
}
