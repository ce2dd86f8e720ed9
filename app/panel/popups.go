package panel

import (
	"fmt"
	"runtime"
	"time"

	"github.com/AllenDang/cimgui-go/imgui"

	"iceexplorer/app/action"
	"iceexplorer/app/action/palette"
	"iceexplorer/app/session"
	"iceexplorer/app/settings"
	"iceexplorer/app/widget"
	"iceexplorer/app/window"
	"iceexplorer/assets"
	"iceexplorer/cache/unit"
	"iceexplorer/jobs"
)

// Names of the dialogs, as their title bars show them.
const (
	popupShortcuts   = "Keyboard shortcuts"
	popupMessages    = "Messages"
	popupAbout       = "About ICE Explorer"
	popupPreferences = "Preferences"
	popupPalette     = "Find action"
	popupSave        = "Save picture"
	popupSequence    = "Save sequence"
)

// popups are dialogs and messages above the panels.
type popups struct {
	host   *Host
	window *window.Window
	driver string

	opening string // to be opened in this frame

	apply   func(old settings.Preferences)
	draft   settings.Preferences
	editing bool   // the draft
	seen    bool   // the preferences were drawn in this frame
	bounded string // why fewer workers are used than were typed

	saving saveDialog

	chooser chooser

	search *palette.Palette
	asked  string // its title when the field last took the keyboard

	expire time.Time // of the toast
	toast  session.Message
}

func (p *popups) show(name string) { p.opening = name }

func (p *popups) draw() {
	if p.opening != "" {
		imgui.OpenPopupStr(p.opening)
		p.opening = ""
	}
	p.dialog(popupShortcuts, 34, p.shortcuts)
	p.dialog(popupMessages, 60, p.messages)
	p.dialog(popupAbout, 34, p.about)
	p.seen = false
	p.dialog(popupPreferences, 38, p.preferences)
	if p.editing && !p.seen { // closed, maybe with a number half typed
		p.editing = false
		p.commit()
	}
	p.dialog(popupSave, 38, p.savePicture)
	p.dialog(popupSequence, 38, p.saveSequence)
	p.palette()
	p.chooser.browser.Build()
	p.toasts()
}

// dialog draws a modal window of a width in text heights, closed by its cross or
// Escape.
func (p *popups) dialog(name string, width float32, body func()) {
	vp := imgui.MainViewport()
	center := imgui.Vec2{X: vp.Pos().X + vp.Size().X/2, Y: vp.Pos().Y + vp.Size().Y/2}
	imgui.SetNextWindowPosV(center, imgui.CondAppearing, imgui.Vec2{X: 0.5, Y: 0.5})
	imgui.SetNextWindowSizeV(imgui.Vec2{X: width * imgui.FontSize()}, imgui.CondAppearing)
	open := true
	if !imgui.BeginPopupModalV(name, &open, imgui.WindowFlagsNoSavedSettings|imgui.WindowFlagsAlwaysAutoResize) {
		return
	}
	body()
	if imgui.IsKeyPressedBool(imgui.KeyEscape) {
		imgui.CloseCurrentPopup()
	}
	imgui.EndPopup()
}

func (p *popups) shortcuts() {
	if !imgui.BeginTableV("keys", 2, imgui.TableFlagsRowBg|imgui.TableFlagsScrollY|imgui.TableFlagsSizingStretchProp, imgui.Vec2{X: 32 * imgui.FontSize(), Y: 30 * imgui.FontSize()}, 0) {
		return
	}
	for _, a := range p.host.Actions.All() {
		if len(a.Shortcuts()) == 0 {
			continue
		}
		imgui.TableNextRow()
		imgui.TableNextColumn()
		for i, s := range a.Shortcuts() {
			if i > 0 {
				imgui.SameLine()
				widget.TextDim("or")
				imgui.SameLine()
			}
			imgui.TextUnformatted(s.String())
		}
		imgui.TableNextColumn()
		imgui.TextUnformatted(a.Label)
	}
	imgui.EndTable()
}

func (p *popups) messages() {
	msgs := p.host.Session.Messages()
	if imgui.BeginChildStrV("list", imgui.Vec2{X: 58 * imgui.FontSize(), Y: 24 * imgui.FontSize()}, 0, 0) {
		if len(msgs) == 0 {
			widget.TextDim("Nothing was said yet.")
		}
		for _, m := range msgs {
			icon, color := levelLook(m.Level)
			text := imgui.CurrentStyle().Colors()[imgui.ColText]
			if m.Past {
				icon, color = assets.IconDone, window.ColorTextDim
				text = window.ColorTextDim
			}
			imgui.PushStyleColorVec4(imgui.ColText, color)
			imgui.TextUnformatted(icon)
			imgui.PopStyleColor()
			if m.Past {
				widget.Tooltip("This has been put right")
			}
			imgui.SameLine()
			widget.TextDim(m.Time.Format("15:04:05"))
			imgui.SameLine()
			imgui.PushTextWrapPosV(0)
			imgui.PushStyleColorVec4(imgui.ColText, text)
			imgui.TextUnformatted(m.Text)
			imgui.PopStyleColor()
			imgui.PopTextWrapPos()
		}
	}
	imgui.EndChild()
	if imgui.Button("Copy all") {
		var text string
		for _, m := range msgs {
			text += m.Time.Format("15:04:05 ") + m.Text + "\n"
		}
		imgui.SetClipboardText(text)
	}
}

func (p *popups) about() {
	imgui.TextUnformatted("ICE Explorer " + p.host.Version)
	wrapped("Opens, plays, inspects and converts Softimage ICE particle caches.", nil)
	imgui.Spacing()
	st := p.host.Stats()
	facts([][2]string{
		{"graphics", p.driver},
		{"built with", runtime.Version() + " for " + runtime.GOOS + " " + runtime.GOARCH},
		{"workers", fmt.Sprint(len(st.Workers))},
		{"scratch memory", fmt.Sprintf("%s of %s", unit.Bytes(st.Scratch), unit.Bytes(st.ScratchBudget))},
	})
	imgui.Spacing()
	wrapped("Apache License 2.0. Dear ImGui, GLFW, HDF5, DejaVu and Font Awesome under their own licences.", nil)
}

func (p *popups) showPreferences(apply func(old settings.Preferences)) {
	p.apply, p.draft, p.editing = apply, p.host.Settings.Preferences, true
	_, p.bounded = jobs.Workers(p.draft.Workers) // it may have been set on a larger machine
	p.show(popupPreferences)
}

// preferences edits a draft: a number that is being typed, or a slider that is being
// dragged, counts when it is let go.
func (p *popups) preferences() {
	pr := &p.draft
	done := false
	entered := func() { done = done || imgui.IsItemDeactivatedAfterEdit() }
	number := func(label, help string, v *int, unit string) {
		n := int32(*v)
		if imgui.InputIntV(label, &n, 1, 4, 0) {
			*v = int(max(n, 0))
		}
		entered()
		widget.Tooltip(help)
		if unit != "" {
			imgui.SameLine()
			widget.TextDim(unit)
		}
	}
	check := func(label string, v *bool) {
		if imgui.Checkbox(label, v) {
			done = true
		}
	}
	slider := func(label string, v *float64, lo, hi float32, format string) {
		n := float32(*v)
		if imgui.SliderFloatV(label, &n, lo, hi, format, imgui.SliderFlagsAlwaysClamp) {
			*v = float64(n)
		}
		entered()
	}
	imgui.PushItemWidth(12 * imgui.FontSize())
	imgui.SeparatorText("Loading")
	number("Worker processes", fmt.Sprintf("0: as many as this machine has cores, which is %d. At most %d", runtime.NumCPU(), jobs.MaxWorkers()), &pr.Workers, "")
	if p.bounded != "" {
		icon, color := levelLook(session.Warning)
		wrapped(icon+" "+p.bounded, &color)
	}
	mb := int(pr.ScratchBytes / 1e6)
	number("Scratch memory", "For frames that are not converted yet. 0: a quarter of memory", &mb, "MB")
	pr.ScratchBytes = int64(mb) * 1e6
	check("Convert frames to .sih5 in the background", &pr.Convert)
	widget.Tooltip("Converted frames lie in a folder .sih5 beside their sources, and open at once")
	imgui.SeparatorText("Playback")
	widget.RateInput{Label: "Frame rate", FPS: pr.FPS, Change: func(fps float64) { pr.FPS = fps }}.Build()
	entered()
	imgui.SeparatorText("View")
	check("Z is up", &pr.ZUp)
	slider("Point size", &pr.PointSize, 0.5, 16, "%.1f px")
	widget.Tooltip("Of points without a Size")
	slider("Size of text and buttons", &pr.ThemeScale, 0.5, 4, "%.2f x")
	imgui.PopItemWidth()
	p.seen = true
	if done {
		p.commit()
	}
}

// commit makes the draft the preferences. Loop and play mode may have been changed
// by their actions meanwhile.
func (p *popups) commit() {
	now := &p.host.Settings.Preferences
	p.draft.Loop, p.draft.PlayMode = now.Loop, now.PlayMode
	if workers, note := jobs.Workers(p.draft.Workers); note != "" {
		p.draft.Workers, p.bounded = workers, note
		p.host.Session.TellOf(session.About("workers"), session.Warning, note)
	} else if p.draft.Workers != now.Workers {
		p.bounded = ""
		p.host.Session.Settle(session.About("workers"))
	}
	old := p.host.Settings.Set(p.draft)
	p.draft = *now
	p.apply(old)
}

func (p *popups) showPalette() {
	p.search = palette.New(p.host.Actions)
	p.show(popupPalette)
}

const paletteRows = 12

func (p *popups) palette() {
	vp := imgui.MainViewport()
	imgui.SetNextWindowPosV(imgui.Vec2{X: vp.Pos().X + vp.Size().X/2, Y: vp.Pos().Y + vp.Size().Y*0.18}, imgui.CondAppearing, imgui.Vec2{X: 0.5})
	if !imgui.BeginPopupV(popupPalette, imgui.WindowFlagsNoSavedSettings) {
		return
	}
	defer imgui.EndPopup()
	run, words := p.paletteField()
	if chosen, more := p.paletteList(); chosen != nil {
		run, words = chosen, more
	}
	if imgui.IsKeyPressedBool(imgui.KeyEscape) && !p.search.Back() {
		imgui.CloseCurrentPopup()
	}
	if run != nil {
		imgui.CloseCurrentPopup()
		tellError(p.host, p.host.Actions.Run(run.ID, words...))
	}
}

// paletteField is where one types. It returns an action that Enter has chosen.
func (p *popups) paletteField() (run *action.Action, words []string) {
	s := p.search
	if title := s.Title(); title != "" {
		imgui.TextUnformatted(title)
	}
	// A field of its own for every question, so that it begins empty.
	imgui.PushIDStr(s.Title())
	defer imgui.PopID()
	if imgui.IsWindowAppearing() || p.asked != s.Title() {
		imgui.SetKeyboardFocusHere()
		p.asked = s.Title()
	}
	imgui.SetNextItemWidth(36 * imgui.FontSize())
	query := s.Query()
	enter := imgui.InputTextWithHint("##query", s.Prompt(), &query, imgui.InputTextFlagsEnterReturnsTrue, nil)
	s.SetQuery(query)
	if why := s.Wrong(); why != "" {
		_, bad := levelLook(session.Error)
		wrapped(why, &bad)
	}
	if enter {
		run, words = s.Enter()
		imgui.SetKeyboardFocusHereV(-1) // Enter has taken it away
	}
	return run, words
}

// paletteList is what was found. It returns an action that a click has chosen.
func (p *popups) paletteList() (run *action.Action, words []string) {
	s := p.search
	if imgui.IsKeyPressedBool(imgui.KeyDownArrow) {
		s.Move(1)
	}
	if imgui.IsKeyPressedBool(imgui.KeyUpArrow) {
		s.Move(-1)
	}
	rows, pick := s.Rows(), s.Pick()
	top := max(pick-paletteRows+1, 0)
	for i := top; i < min(top+paletteRows, len(rows)); i++ {
		r := rows[i]
		imgui.PushIDInt(int32(i))
		if imgui.SelectableBoolV(r.Icon+"  "+r.Label, i == pick, imgui.SelectableFlagsNoAutoClosePopups, imgui.Vec2{}) {
			run, words = s.Choose(r)
		}
		if r.Help != "" {
			widget.Tooltip(r.Help)
		}
		if r.Key != "" {
			imgui.SameLineV(30*imgui.FontSize(), -1)
			widget.TextDim(r.Key)
		}
		imgui.PopID()
	}
	if len(rows) == 0 && s.Title() == "" {
		widget.TextDim("Nothing found")
	}
	return run, words
}

// toastTime is how long a warning or error stays in view.
const toastTime = 6 * time.Second

// toasts shows the latest warning or error for a while.
func (p *popups) toasts() {
	msgs := p.host.Session.Messages()
	now := time.Now()
	for _, m := range msgs {
		switch {
		case m.Past && m.Text == p.toast.Text && m.Time.Equal(p.toast.Time):
			p.expire = time.Time{}
		case !m.Past && m.Level > session.Info && m.Time.After(p.toast.Time) && now.Sub(m.Time) < toastTime:
			p.toast, p.expire = m, m.Time.Add(toastTime)
		}
	}
	if now.After(p.expire) {
		return
	}
	vp := imgui.MainViewport()
	pad := imgui.FontSize()
	imgui.SetNextWindowPosV(imgui.Vec2{X: vp.WorkPos().X + vp.WorkSize().X - pad, Y: vp.WorkPos().Y + vp.WorkSize().Y - pad}, imgui.CondAlways, imgui.Vec2{X: 1, Y: 1})
	flags := imgui.WindowFlagsNoDecoration | imgui.WindowFlagsNoSavedSettings | imgui.WindowFlagsNoDocking | imgui.WindowFlagsNoFocusOnAppearing |
		imgui.WindowFlagsNoNav | imgui.WindowFlagsAlwaysAutoResize
	if imgui.BeginV("##toast", nil, flags) {
		icon, color := levelLook(p.toast.Level)
		imgui.PushStyleColorVec4(imgui.ColText, color)
		imgui.TextUnformatted(icon)
		imgui.PopStyleColor()
		imgui.SameLine()
		imgui.PushTextWrapPosV(34 * imgui.FontSize())
		imgui.TextUnformatted(p.toast.Text)
		imgui.PopTextWrapPos()
		if imgui.IsWindowHovered() && imgui.IsMouseClickedBool(imgui.MouseButtonLeft) {
			p.expire = time.Time{}
		}
	}
	imgui.End()
}

// nextDue is when the toast goes away.
func (p *popups) nextDue(now time.Time) (time.Time, bool) {
	if now.After(p.expire) {
		return time.Time{}, false
	}
	return p.expire.Add(time.Millisecond), true
}
