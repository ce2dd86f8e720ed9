package scene

import (
	"strconv"

	"github.com/AllenDang/cimgui-go/imgui"

	"iceexplorer/app/action"
	"iceexplorer/app/session"
	"iceexplorer/app/widget"
)

const menuID = "scene menu"

// menu is what a right click in the scene offers: about the point there, the selection, and
// how the scene is seen.
func (s *Panel) menu() {
	if s.stage.MenuAsked() && len(s.host.Session.Layers()) > 0 {
		imgui.OpenPopupStr(menuID)
	}
	if !imgui.BeginPopup(menuID) {
		return
	}
	widget.CloseOnEscape{}.Build()
	s.pointItems()
	imgui.Separator()
	s.actions("select-all", "select-none", "select-invert", "frame-selection")
	imgui.Separator()
	s.actions("frame-all")
	s.submenu("Camera", s.under("View/Camera"))
	s.submenu("Tool", s.under("View/Tool"))
	s.submenu("Show", []string{"show-grid", "show-axes", "show-bounds", "show-legend", "show-shapes", "show-strands", "show-help"})
	imgui.Separator()
	s.actions("save-picture", "export")
	imgui.EndPopup()
}

// pointItems are about the point that was clicked.
func (s *Panel) pointItems() {
	p, looking := s.stage.MenuPoint()
	title := "No point is seen here"
	switch {
	case looking:
		title = "Looking for the point..."
	case p != nil:
		title = p.Title()
	}
	imgui.BeginDisabled()
	imgui.MenuItemBoolV(title, "", false, true)
	imgui.EndDisabled()
	there := p != nil
	if !there && !looking {
		return
	}
	item := func(label string, enabled bool, do func()) {
		if imgui.MenuItemBoolV(label, "", false, enabled) {
			do()
		}
	}
	item("Select it", there, func() { s.stage.SelectClicked(session.SelectOnly) })
	item("Add it to the selection", there, func() { s.stage.SelectClicked(session.SelectAdd) })
	item("Take it out of the selection", there && s.host.Session.HasSelection(), func() { s.stage.SelectClicked(session.SelectRemove) })
	item("Look at it", there, s.stage.FocusClicked)
	item("Follow it with the camera", there && p.HasID, func() { s.about("follow", strconv.Itoa(int(p.ID))) })
	item("Its values over all frames", there, func() {
		number, by := p.Words()
		s.about("probe-points", number, by)
	})
	item("Its row in the spreadsheet", there, func() {
		s.about("panel-spreadsheet", "on")
		s.host.Run("goto-point", strconv.FormatUint(p.Index, 10), "index")
	})
	item("Measure from it", there, s.stage.MeasureClicked)
}

// about carries out an action about the point's layer.
func (s *Panel) about(id string, words ...string) {
	if p, _ := s.stage.MenuPoint(); p != nil {
		s.host.Session.SetActive(p.Layer)
	}
	s.host.Run(id, words...)
}

// actions are lines of actions that need nothing more.
func (s *Panel) actions(ids ...string) {
	for _, id := range ids {
		s.line(s.host.Actions.Find(id))
	}
}

func (s *Panel) line(a *action.Action) {
	if imgui.MenuItemBoolV(a.Label, a.Key(), a.On(), a.Available()) {
		s.host.Failed(a.Do(action.Args{}))
	}
}

func (s *Panel) submenu(label string, ids []string) {
	if imgui.BeginMenu(label) {
		s.actions(ids...)
		imgui.EndMenu()
	}
}

// under are the actions of one of the main menu's submenus.
func (s *Panel) under(menu string) (ids []string) {
	for _, a := range s.host.Actions.All() {
		if a.Menu == menu {
			ids = append(ids, a.ID)
		}
	}
	return ids
}
