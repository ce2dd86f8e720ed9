// Package shortcuts is the window of all keys, which it changes, and of what the mouse does in
// the scene.
package shortcuts

import (
	"strings"

	"github.com/AllenDang/cimgui-go/imgui"
	"github.com/AllenDang/giu"

	"iceexplorer/app/action"
	"iceexplorer/app/action/keymap"
	"iceexplorer/app/panel"
	"iceexplorer/app/session"
	"iceexplorer/app/stage"
	"iceexplorer/app/widget"
	"iceexplorer/assets"
)

// Name of the window, as its title bar shows it.
const Name = "Keyboard shortcuts"

// Options of New.
type Options struct {
	Keys       *keymap.Map
	Navigation func() stage.Navigation
	Pressed    func() (s action.Shortcut, ok bool) // in this frame
}

// Window is the list of keys.
type Window struct {
	host *panel.Host
	opt  Options

	search string
	preset int // whose mouse is listed, from 1; 0: that of the preferences
	asked  asked
	focus  bool // the search is to have the keyboard
}

// New makes the window.
func New(h *panel.Host, opt Options) *Window { return &Window{host: h, opt: opt} }

// Panel is the panel to register.
func (w *Window) Panel() panel.Panel {
	return panel.Panel{
		Name: Name, Side: panel.Right, Icon: assets.IconKeyboard, Hidden: true, Loose: true, Still: true, Width: 44, Least: [2]float32{300, 220},
		Layout: w.layout, Unseen: w.unseen,
	}
}

// Open gets the window ready to be shown, with nothing searched for.
func (w *Window) Open() { w.search, w.focus = "", true }

// Change asks for other keys of an action in place of its first ones.
func (w *Window) Change(a *action.Action) {
	w.search = a.ID
	w.ask(a, first(a))
}

// Waits reports that the next keys are those of an action.
func (w *Window) Waits() bool { return w.asked.of != nil }

func (w *Window) unseen() { w.asked = asked{} }

func first(a *action.Action) (s action.Shortcut) {
	if all := a.Shortcuts(); len(all) > 0 {
		s = all[0]
	}
	return s
}

func (w *Window) layout() giu.Layout {
	w.listen()
	search := giu.InputText(&w.search).Hint("Search actions, keys and mouse").Size(min(widget.Em(18), imgui.ContentRegionAvail().X-widget.ButtonWidth("Reset all")-imgui.CurrentStyle().ItemSpacing().X))
	l := giu.Layout{}
	if w.focus {
		w.focus = false
		l = append(l, widget.FocusNext{})
	}
	l = append(l, search, widget.OnLine{widget.Tip{
		Text: "Give all actions the program's own keys",
		Of:   giu.Button("Reset all").Disabled(!w.opt.Keys.AnyChanged()).OnClick(func() { w.host.Run("reset-shortcuts") }),
	}})
	if w.asked.of != nil {
		l = append(l, w.question())
	} else {
		l = append(l, widget.Wrapped{Text: "Click on keys, or on +, and press others. They are kept at once."})
	}
	return append(l, giu.Child().Border(false).Layout(
		giu.TreeNode("Mouse in the scene").Flags(giu.TreeNodeFlagsDefaultOpen).Layout(widget.Lazy(w.mouse)),
		giu.TreeNode("Keys").Flags(giu.TreeNodeFlagsDefaultOpen).Layout(widget.Lazy(w.keys)),
	))
}

// mouse lists what the mouse does in the scene, as in the program that is chosen.
func (w *Window) mouse() giu.Widget {
	used := w.opt.Navigation()
	shown := used
	if w.preset > 0 {
		shown = stage.Navigation(w.preset - 1)
	}
	var labels []string
	for i := range stage.Navigations() {
		labels = append(labels, stage.Navigation(i).Label())
	}
	choice := giu.Row(
		widget.Wide{Width: widget.Em(12), Of: widget.Choice{ID: "##preset", Names: labels, At: int(shown), Chosen: func(i int) { w.preset = i + 1 }}},
		widget.Tip{Text: "Let the mouse and the keys of this program move the camera", Of: giu.Button("Use it").Disabled(shown == used).OnClick(func() { w.host.Run("navigation", shown.String()) })},
	)
	var rows []*giu.TableRowWidget
	for _, use := range shown.Uses() {
		if text := strings.ToLower(use[0] + "\n" + use[1]); holds(text, w.search) {
			rows = append(rows, giu.TableRow(giu.Label(use[0]).Wrapped(true), giu.Label(use[1]).Wrapped(true)))
		}
	}
	if len(rows) == 0 {
		return giu.Layout{choice, widget.Dim("Nothing of the mouse is called so.")}
	}
	return giu.Layout{choice, giu.Table().ID("mouse").NoHeader(true).Flags(giu.TableFlagsRowBg).Columns(
		giu.TableColumn("").Flags(giu.TableColumnFlagsWidthFixed).InnerWidthOrWeight(widget.Em(11)), giu.TableColumn("").Flags(giu.TableColumnFlagsWidthStretch),
	).Rows(rows...)}
}

// holds reports whether a text in small letters has every word of a query.
func holds(text, query string) bool {
	for _, word := range strings.Fields(strings.ToLower(query)) {
		if !strings.Contains(text, word) {
			return false
		}
	}
	return true
}

// keys lists the actions with their keys, which are buttons.
func (w *Window) keys() giu.Widget {
	all := w.opt.Keys.Listed(w.search)
	if len(all) == 0 {
		return widget.Dim("No action is called so.")
	}
	return widget.Lines{ID: "keys", Rows: len(all), Columns: []float32{0, min(widget.Em(17), imgui.ContentRegionAvail().X*0.6)}, Cell: func(row, col int) giu.Widget {
		a := all[row]
		if col == 0 {
			return name(a)
		}
		return w.buttons(a)
	}}
}

// name is an action as menus call it, with where it is found.
func name(a *action.Action) giu.Widget {
	label := strings.TrimSuffix(a.Label, "...")
	tip := a.Help + "\nIn scripts: " + a.ID
	of := widget.Tip{Text: strings.TrimPrefix(tip, "\n"), Of: widget.Aligned{Of: giu.Label(label)}}
	if a.Menu == "" {
		return of
	}
	return widget.Beside{Gap: 8, Of: []giu.Widget{of, widget.Dim(strings.ReplaceAll(a.Menu, "/", " > "))}}
}

// buttons are an action's keys.
func (w *Window) buttons(a *action.Action) giu.Widget {
	var all []giu.Widget
	for _, s := range a.Shortcuts() {
		text := s.String()
		if w.asked.of == a && w.asked.old == s {
			text = "..."
		}
		all = append(all, widget.Tip{Text: "Click, and press other keys", Of: giu.Button(text + "##" + s.String()).OnClick(func() { w.ask(a, s) })})
	}
	add := "+"
	if w.asked.of == a && w.asked.old == (action.Shortcut{}) {
		add = "..."
	}
	all = append(all, widget.Tip{Text: "Give it more keys", Of: giu.Button(add + "##add").OnClick(func() { w.ask(a, action.Shortcut{}) })})
	if w.opt.Keys.Changed(a.ID) {
		all = append(all, widget.Tip{Text: "Give it the program's own keys: " + own(a), Of: giu.Button(assets.IconUndo + "##reset").OnClick(func() {
			w.host.Failed(w.opt.Keys.Reset(a.ID))
		})})
	}
	return widget.Beside{Gap: 4, Of: all}
}

func own(a *action.Action) string {
	if len(a.Keys) == 0 {
		return "none"
	}
	return strings.Join(a.Keys, ", ")
}

// question says what is waited for.
func (w *Window) question() giu.Widget {
	q := &w.asked
	label := strings.TrimSuffix(q.of.Label, "...")
	cancel := giu.Button("Cancel").OnClick(func() { w.asked = asked{} })
	if q.owner != nil {
		other := strings.TrimSuffix(q.owner.Label, "...")
		return giu.Layout{
			panel.Note(session.Warning, q.wanted.String()+" belongs to "+other+"."),
			widget.Flow{Gap: 8, Parts: []widget.Part{
				{Of: giu.Button("Take it from " + widget.Ellipsis(other, widget.Em(16)) + "##take").OnClick(func() { w.put(q.wanted) })}, {Needs: widget.Em(6), Of: cancel},
			}},
		}
	}
	text, parts := "Press the keys for "+label+". Esc cancels.", []widget.Part{{Needs: widget.Em(6), Of: cancel}}
	if q.old != (action.Shortcut{}) {
		text = "Press the keys for " + label + ", in place of " + q.old.String() + ". Esc cancels."
		id, old := q.of.ID, q.old
		parts = append([]widget.Part{{Of: giu.Button("Remove " + old.String() + "##remove").OnClick(func() {
			w.asked = asked{}
			w.host.Failed(w.opt.Keys.Remove(id, old))
		})}}, parts...)
	}
	return giu.Layout{panel.Note(session.Info, text), widget.Flow{Gap: 8, Parts: parts}}
}
