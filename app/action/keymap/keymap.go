// Package keymap changes the keys of actions while the program runs, and says what is changed,
// so that it can be remembered.
package keymap

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"iceexplorer/app/action"
)

// Map is the keys of a registry's actions. It belongs to the loop.
type Map struct {
	actions *action.Registry
	keep    func(changed map[string][]string) error
	changed map[string][]string // by the actions' IDs; empty: the action has no keys
}

// New makes a map over the actions. keep remembers the keys that are not the program's own,
// whenever they change.
func New(r *action.Registry, keep func(changed map[string][]string) error) *Map {
	return &Map{actions: r, keep: keep, changed: map[string][]string{}}
}

// Restore gives actions the keys of an earlier run, and tells of those that cannot be given,
// which are kept as they are. What frees keys for others comes first.
func (m *Map) Restore(changed map[string][]string) (faults []string) {
	m.changed = maps.Clone(changed)
	if m.changed == nil {
		m.changed = map[string][]string{}
	}
	ids := slices.Sorted(maps.Keys(m.changed))
	for _, id := range ids {
		if m.actions.Find(id) != nil {
			_ = m.actions.Bind(id, []string{}) // no keys are always free
		}
	}
	for _, id := range ids {
		if err := m.actions.Bind(id, m.changed[id]); err != nil {
			faults = append(faults, fmt.Sprintf("preferences: shortcut of %s: %v", id, err))
		}
	}
	return faults
}

// Changed reports whether an action's keys are not the program's own.
func (m *Map) Changed(id string) bool {
	_, ok := m.changed[id]
	return ok
}

// AnyChanged reports whether those of any action are.
func (m *Map) AnyChanged() bool { return len(m.changed) > 0 }

// Keys are an action's keys as they are written.
func (m *Map) Keys(id string) []string {
	keys := []string{}
	if a := m.actions.Find(id); a != nil {
		for _, s := range a.Shortcuts() {
			keys = append(keys, s.String())
		}
	}
	return keys
}

// Set gives an action these keys; nil: the program's own. If others have one of them the error
// names the action that does, and nothing is changed.
func (m *Map) Set(name string, keys []string) error {
	if err := m.actions.Bind(name, keys); err != nil {
		return err
	}
	a := m.actions.Find(name)
	m.note(a)
	return m.keep(maps.Clone(m.changed))
}

// note remembers an action's keys where they are not the program's own.
func (m *Map) note(a *action.Action) {
	var own []string
	for _, text := range a.Keys {
		s, _ := action.ParseShortcut(text) // the registry has taken it
		own = append(own, s.String())
	}
	if now := m.Keys(a.ID); slices.Equal(now, own) {
		delete(m.changed, a.ID)
	} else {
		m.changed[a.ID] = now
	}
}

// Owner is the action that has a shortcut, but for the one it is asked for; nil: it is free.
func (m *Map) Owner(s action.Shortcut, id string) *action.Action {
	if a := m.actions.ByShortcut(s); a != nil && a.ID != id {
		return a
	}
	return nil
}

// Put gives an action a shortcut in place of another of its own; an empty one adds it. The
// action that has it loses it.
func (m *Map) Put(id string, old, s action.Shortcut) error {
	a := m.actions.Find(id)
	if a == nil {
		return fmt.Errorf("%w: %q", action.ErrUnknown, id)
	}
	if other := m.Owner(s, id); other != nil {
		if err := m.drop(other, s); err != nil {
			return err
		}
	}
	var keys []string
	placed := false
	for _, have := range a.Shortcuts() {
		switch {
		case have == old:
			keys, placed = append(keys, s.String()), true
		case have != s:
			keys = append(keys, have.String())
		}
	}
	if !placed {
		keys = append(keys, s.String())
	}
	return m.Set(id, keys)
}

// Remove takes a shortcut from an action.
func (m *Map) Remove(id string, s action.Shortcut) error {
	a := m.actions.Find(id)
	if a == nil {
		return fmt.Errorf("%w: %q", action.ErrUnknown, id)
	}
	if err := m.drop(a, s); err != nil {
		return err
	}
	return m.keep(maps.Clone(m.changed))
}

func (m *Map) drop(a *action.Action, s action.Shortcut) error {
	keys := slices.DeleteFunc(m.Keys(a.ID), func(k string) bool { return k == s.String() })
	if err := m.actions.Bind(a.ID, keys); err != nil {
		return err
	}
	m.note(a)
	return nil
}

// Reset gives an action the program's own keys. Actions that have them lose them.
func (m *Map) Reset(id string) error {
	a := m.actions.Find(id)
	if a == nil {
		return fmt.Errorf("%w: %q", action.ErrUnknown, id)
	}
	for _, text := range a.Keys {
		s, _ := action.ParseShortcut(text)
		if other := m.Owner(s, id); other != nil {
			if err := m.drop(other, s); err != nil {
				return err
			}
		}
	}
	return m.Set(id, nil)
}

// ResetAll gives all actions the program's own keys.
func (m *Map) ResetAll() error {
	ids := slices.Sorted(maps.Keys(m.changed))
	for _, id := range ids {
		if m.actions.Find(id) != nil {
			_ = m.actions.Bind(id, []string{})
		}
	}
	for _, id := range ids {
		if m.actions.Find(id) == nil {
			continue // of another version
		}
		if err := m.actions.Bind(id, nil); err != nil {
			return err
		}
	}
	m.changed = map[string][]string{}
	return m.keep(nil)
}

// Listed are the actions that keys can be given to and that hold every word of a query in what
// is shown of them, their keys included.
func (m *Map) Listed(query string) (found []*action.Action) {
	words := strings.Fields(strings.ToLower(query))
	for _, a := range m.actions.All() {
		if !bindable(a) {
			continue
		}
		text := strings.ToLower(strings.Join([]string{a.Label, a.Menu, a.ID, a.Help, strings.Join(m.Keys(a.ID), "\n")}, "\n"))
		if !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(text, w) }) {
			found = append(found, a)
		}
	}
	return found
}

// bindable reports whether an action does something when it is given no arguments.
func bindable(a *action.Action) bool {
	return a.Menu != "" || len(a.Keys) > 0 || !slices.ContainsFunc(a.Params, func(p action.Param) bool { return !p.Optional })
}
