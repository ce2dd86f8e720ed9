// Package panel says what a panel is, keeps the list of them, and holds what they share. Each
// lies in a package of its own below, reads what is open and asks for actions; none knows
// another.
package panel

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/AllenDang/cimgui-go/imgui"
	"github.com/AllenDang/giu"

	"iceexplorer/app/action"
	"iceexplorer/app/settings"
	"iceexplorer/app/window"
)

// Side is where a panel is.
type Side uint8

// The sides. The first five are docked, where the user may move them.
const (
	Center Side = iota
	Left
	Right
	Top
	Bottom
	MenuBar   // at the top of the window; its layout is a giu.MainMenuBar
	TopBar    // below the menu bar
	BottomBar // along the lower edge of the window
	Dialog    // a modal window, shown by Set.Show
	Popup     // a window without a title that a click beside it closes, shown by Set.Show
	Above     // above all panels: its layout makes windows of its own
)

// Panel is a part of the window.
type Panel struct {
	Name   string // title of its tab or dialog, and in menus
	Side   Side
	Icon   string
	Layout func() giu.Layout // what it shows; called in each frame in which it is visible

	Share  float32                           // docked: its initial share of the remaining room
	Least  [2]float32                        // docked: the least width and height, in pixels at scale 1
	Wants  func() float32                    // docked at the top or bottom: how high it is where there is room, in the same pixels, as that changes with what it shows
	Canvas bool                              // docked: it fills all of its room itself, without padding
	Fixed  bool                              // docked: it cannot be hidden
	Hidden bool                              // docked: at first it is not shown
	Loose  bool                              // docked: at first it floats above the others, as wide as Width
	Part   string                            // docked: panels of one side and part are tabs; others lie beside each other
	Keys   []string                          // docked: shortcuts that show and hide it
	Still  bool                              // docked: it does not scroll
	Height func() float32                    // bars: in pixels, without the padding
	Tall   float32                           // dialogs: in heights of the text, where the window is as high; 0: as its contents
	Width  float32                           // dialogs and what is loose: in heights of the text
	Opened func()                            // dialogs and popups: it is about to be shown
	Closed func()                            // dialogs and popups: it was shown in the last frame
	Cancel func()                            // above: closes the dialog that it shows, if it does
	Unseen func()                            // docked: called instead of Layout while it is not seen
	Due    func(time.Time) (time.Time, bool) // when it must be built without input
}

// docked reports whether the panel has a place in the dock space.
func (p *Panel) docked() bool { return p.Side <= Bottom }

// Set is all panels of a window, in the order in which they are built.
type Set struct {
	panels   []Panel
	settings *settings.Settings  // remembers what is hidden
	shown    map[string]bool     // dialogs and popups that the last frame showed
	front    string              // a docked panel that is to come before its tabs
	docks    map[string]imgui.ID // where the panels of a side were built last
	bare     bool                // the scene is shown alone
	room     [3]float32          // width and height of the window, and its scale, in the last frame
	tall     map[string]float32  // how high dialogs and popups would be, in pixels
	cramped  map[string]bool     // docked panels that scroll for once: they have less than their least height
	closing  bool                // the dialog in front is to close
	recenter int                 // frames for which dialogs are put into the middle of the window
}

// NewSet makes a set of panels.
func NewSet(s *settings.Settings, panels ...Panel) *Set {
	return &Set{panels: panels, settings: s, shown: map[string]bool{}, docks: map[string]imgui.ID{}, tall: map[string]float32{}, cramped: map[string]bool{}}
}

// Docking is the initial layout of the docked panels: those at the top and the bottom go
// across the window, the others lie between them.
func (s *Set) Docking() window.Layout {
	var l window.Layout
	var parts [][2]string // of the splits
	sides := map[Side]window.Side{Left: window.Left, Right: window.Right, Top: window.Top, Bottom: window.Bottom}
	for _, p := range s.panels {
		if !p.docked() || p.Loose {
			continue
		}
		if p.Side == Center {
			l.Center = append(l.Center, p.Name)
			l.Least = [2]float32{max(l.Least[0], p.Least[0]), max(l.Least[1], p.Least[1])}
			continue
		}
		least := p.Least[0]
		if p.Side == Top || p.Side == Bottom {
			least = p.Least[1]
		}
		side := sides[p.Side]
		if i := slices.Index(parts, [2]string{fmt.Sprint(side), p.Part}); i >= 0 { // tabs of one part
			l.Splits[i].Windows = append(l.Splits[i].Windows, p.Name)
			l.Splits[i].Ratio, l.Splits[i].Least = max(l.Splits[i].Ratio, p.Share), max(l.Splits[i].Least, least)
			l.Splits[i].Wants = either(l.Splits[i].Wants, p.Wants)
			continue
		}
		parts = append(parts, [2]string{fmt.Sprint(side), p.Part})
		l.Splits = append(l.Splits, window.Split{Side: side, Ratio: p.Share, Least: least, Windows: []string{p.Name}, Wants: p.Wants})
	}
	slices.SortStableFunc(l.Splits, func(a, b window.Split) int { return order(a.Side) - order(b.Side) })
	return l
}

// either is what a part wants of which one of two panels wants it; nil wants nothing.
func either(a, b func() float32) func() float32 {
	switch {
	case a == nil:
		return b
	case b == nil:
		return a
	}
	return func() float32 { return max(a(), b()) }
}

// order says when a side is cut off.
func order(s window.Side) int {
	if s == window.Top || s == window.Bottom {
		return 0
	}
	return 1
}

// Actions show and hide the panels.
func (s *Set) Actions() []action.Action {
	var all []action.Action
	for _, p := range s.panels {
		if !p.docked() || p.Fixed {
			continue
		}
		all = append(all, action.Action{
			ID: "panel-" + strings.ReplaceAll(strings.ToLower(p.Name), " ", "-"), Label: p.Name, Icon: p.Icon, Menu: "View/Panels", Group: "panels", Keys: p.Keys,
			Help: "Show or hide the panel", Checked: func() bool { return s.Shown(p.Name) },
			Params: []action.Param{{Name: "state", Kind: action.Switch, Optional: true}},
			Do: func(args action.Args) error {
				on := args.Switch("state", s.Shown(p.Name))
				if s.settings.SetShown(p.Name, on); on {
					s.front, s.bare = p.Name, false
				}
				return nil
			},
		})
	}
	return append(all, action.Action{
		ID: "hide-panels", Label: "Scene alone", Menu: "View", Group: "layout", Keys: []string{"Tab"},
		Help: "Hide the panels and bars around the scene, or show them again", Checked: func() bool { return s.bare },
		Params: []action.Param{{Name: "state", Kind: action.Switch, Optional: true}},
		Do: func(args action.Args) error {
			s.bare = args.Switch("state", s.bare)
			return nil
		},
	}, action.Action{
		ID: "close-dialog", Label: "Close the dialog", Help: "Close the dialog in front, as Escape does; for scripts",
		Do: func(action.Args) error {
			for _, open := range s.shown {
				s.closing = s.closing || open
			}
			for _, p := range s.panels {
				if p.Cancel != nil {
					p.Cancel()
				}
			}
			return nil
		},
	})
}

// Shown reports whether a docked panel is shown.
func (s *Set) Shown(name string) bool {
	i := slices.IndexFunc(s.panels, func(p Panel) bool { return p.Name == name && p.docked() })
	switch {
	case i < 0 || s.panels[i].Fixed:
		return true
	case s.panels[i].Hidden:
		return slices.Contains(s.settings.Opened, name)
	}
	return !slices.Contains(s.settings.Closed, name)
}

// Reset shows the docked panels that are shown at first.
func (s *Set) Reset() { s.settings.Closed, s.settings.Opened, s.bare = nil, nil, false }

// Open shows a docked panel.
func (s *Set) Open(name string) {
	if !s.Shown(name) {
		s.settings.SetShown(name, true)
	}
}

// Reveal shows a docked panel, before the tabs beside it.
func (s *Set) Reveal(name string) {
	s.Open(name)
	s.front, s.bare = name, false
}

// Show opens a dialog or a popup.
func (s *Set) Show(name string) {
	for _, p := range s.panels {
		if p.Name == name && (p.Side == Dialog || p.Side == Popup) {
			if p.Opened != nil {
				p.Opened()
			}
			s.recenter = 3
			giu.OpenPopup(name)
		}
	}
}

// Due is when something must be built without input.
func (s *Set) Due(now time.Time) (due time.Time, ok bool) {
	for _, p := range s.panels {
		if p.Due == nil {
			continue
		}
		if t, has := p.Due(now); has && (!ok || t.Before(due)) {
			due, ok = t, true
		}
	}
	return due, ok
}

// Bars builds what lies around the dock space.
func (s *Set) Bars() {
	for i := range s.panels {
		switch p := &s.panels[i]; p.Side {
		case MenuBar:
			p.Layout().Build()
		case TopBar, BottomBar:
			if s.bare {
				continue
			}
			edge := imgui.DirUp
			if p.Side == BottomBar {
				edge = imgui.DirDown
			}
			bar(p, edge)
		}
	}
}

const barFlags = imgui.WindowFlagsNoScrollbar | imgui.WindowFlagsNoScrollWithMouse | imgui.WindowFlagsNoSavedSettings | imgui.WindowFlagsNoDocking | imgui.WindowFlagsNoTitleBar | imgui.WindowFlagsNoMove

// bar builds a bar along an edge of the window, which giu has no widget for.
func bar(p *Panel, edge imgui.Dir) {
	if imgui.InternalBeginViewportSideBar("##"+p.Name, imgui.MainViewport(), edge, p.Height(), barFlags) {
		p.Layout().Build()
	}
	imgui.End()
}

// Build builds the docked panels and what lies above them.
func (s *Set) Build() {
	s.look()
	for i := range s.panels {
		switch p := &s.panels[i]; {
		case p.docked():
			s.dock(p)
		case p.Side == Dialog:
			s.modal(p)
		case p.Side == Popup:
			s.popup(p)
		case p.Side == Above:
			p.Layout().Build()
		}
	}
}

// look notices that the window or its scale has changed: a dialog may be out of it then. It finds
// its own new size in the frames after that.
func (s *Set) look() {
	size := imgui.MainViewport().Size()
	room := [3]float32{size.X, size.Y, imgui.CurrentStyle().FontScaleDpi()}
	s.recenter = max(s.recenter-1, 0)
	if s.room != room {
		s.room, s.recenter = room, 3
	}
}

// dock builds a window in the dock space. giu.Window would give each a position and a size of
// its own.
func (s *Set) dock(p *Panel) {
	seen := false
	if s.Shown(p.Name) && (!s.bare || p.Side == Center) {
		seen = s.window(p)
	}
	if !seen && p.Unseen != nil {
		p.Unseen()
	}
}

func (s *Set) window(p *Panel) (seen bool) {
	flags := imgui.WindowFlagsNoCollapse
	open := true
	closable := &open
	if p.Fixed {
		closable = nil
	}
	if p.Still && !s.cramped[p.Name] {
		flags |= imgui.WindowFlagsNoScrollbar | imgui.WindowFlagsNoScrollWithMouse
	}
	if p.Canvas {
		imgui.PushStyleVarVec2(imgui.StyleVarWindowPadding, imgui.Vec2{})
	}
	s.place(p)
	begun := imgui.BeginV(p.Name, closable, flags)
	if p.Canvas {
		imgui.PopStyleVar()
	}
	if !p.Loose {
		s.docks[p.beside()] = imgui.WindowDockID()
	}
	if begun {
		room := imgui.ContentRegionAvail()
		if seen = !p.Canvas || room.X >= leastCanvas && room.Y >= leastCanvas; seen {
			p.Layout().Build()
		}
		s.cramped[p.Name] = imgui.WindowSize().Y < p.Least[1]*imgui.CurrentStyle().FontScaleDpi()
	}
	imgui.End()
	if !open {
		s.settings.SetShown(p.Name, false)
	}
	return seen
}

// beside names the panels whose tabs a panel is among.
func (p *Panel) beside() string { return fmt.Sprint(p.Side, p.Part) }

// place puts a panel that a kept layout does not know among the tabs of its part, or of
// its side, or leaves it loose where that has none, and brings one to the front that is to be seen.
func (s *Set) place(p *Panel) {
	vp := imgui.MainViewport()
	size := vp.Size()
	if p.Loose {
		loose(p, vp)
		s.toFront(p)
		return
	}
	imgui.SetNextWindowSizeV(imgui.Vec2{X: size.X * 0.6, Y: size.Y * 0.4}, imgui.CondFirstUseEver)
	id := s.docks[p.beside()]
	if id == 0 {
		whole := Panel{Side: p.Side}
		id = s.docks[whole.beside()]
	}
	if id != 0 {
		imgui.SetNextWindowDockIDV(id, imgui.CondFirstUseEver)
	}
	s.toFront(p)
}

func (s *Set) toFront(p *Panel) {
	if s.front == p.Name {
		s.front = ""
		imgui.SetNextWindowFocus()
	}
}

// loose puts a panel into the middle of the window at first, and keeps it no larger than that.
func loose(p *Panel, vp *imgui.Viewport) {
	room, k := vp.WorkSize(), imgui.CurrentStyle().FontScaleDpi()
	most := imgui.Vec2{X: room.X * 0.96, Y: room.Y * 0.96}
	least := imgui.Vec2{X: min(p.Least[0]*k, most.X), Y: min(p.Least[1]*k, most.Y)}
	imgui.SetNextWindowPosV(vp.WorkCenter(), imgui.CondFirstUseEver, imgui.Vec2{X: 0.5, Y: 0.5})
	imgui.SetNextWindowSizeV(imgui.Vec2{X: p.Width * imgui.FontSize(), Y: min(most.Y, 0.75*p.Width*imgui.FontSize())}, imgui.CondFirstUseEver)
	imgui.SetNextWindowSizeConstraints(least, most)
}

// leastCanvas is the least width and height, in pixels, of a panel that draws itself.
const leastCanvas = 16
