package action

import "strings"

// Item is one line of a menu: an action, a separator, or a submenu.
type Item struct {
	Action *Action // nil: a separator or a submenu
	Sub    *Menu   // nil: an action or a separator
}

// Separator reports whether the item is a separating line.
func (i Item) Separator() bool { return i.Action == nil && i.Sub == nil }

// Menu is a menu or submenu with its lines.
type Menu struct {
	Label string
	Items []Item

	group string // of the last item
}

// Menus returns the menu bar: menus in the order of their first action, with a
// separator wherever neighbours differ in Group. names, when given, come first
// and in their order, empty ones left out.
func (r *Registry) Menus(names ...string) []*Menu {
	root := &Menu{}
	for _, n := range names {
		root.sub(n, "")
	}
	for _, a := range r.actions {
		if a.Menu == "" {
			continue
		}
		m := root
		for name := range strings.SplitSeq(a.Menu, "/") {
			// A submenu sits in the group of the action that first asks for it.
			group := a.Group
			if m == root {
				group = ""
			}
			m = m.sub(name, group)
		}
		m.separate(a.Group)
		m.Items = append(m.Items, Item{Action: a})
	}
	var menus []*Menu
	for _, it := range root.Items {
		if len(it.Sub.Items) > 0 {
			menus = append(menus, it.Sub)
		}
	}
	return menus
}

func (m *Menu) sub(label, group string) *Menu {
	for _, it := range m.Items {
		if it.Sub != nil && it.Sub.Label == label {
			return it.Sub
		}
	}
	m.separate(group)
	s := &Menu{Label: label}
	m.Items = append(m.Items, Item{Sub: s})
	return s
}

func (m *Menu) separate(group string) {
	if len(m.Items) > 0 && group != m.group {
		m.Items = append(m.Items, Item{})
	}
	m.group = group
}
