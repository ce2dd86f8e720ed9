package action

import (
	"fmt"
	"slices"
)

// Bind gives an action other keys; nil: those it was added with. The error, for users, names
// the action that has one of them, and nothing is changed.
func (r *Registry) Bind(name string, keys []string) error {
	a := r.byName[name]
	if a == nil {
		return fmt.Errorf("%w: %q", ErrUnknown, name)
	}
	if keys == nil {
		keys = a.Keys
	}
	var all []Shortcut
	for _, text := range keys {
		s, err := ParseShortcut(text)
		if err != nil {
			return err
		}
		if other := r.byKey[s]; other != nil && other != a {
			return fmt.Errorf("%v is used by %s (%s): give that other keys first", s, other.Label, other.ID)
		}
		if !slices.Contains(all, s) {
			all = append(all, s)
		}
	}
	for _, s := range a.shortcuts {
		delete(r.byKey, s)
	}
	for _, s := range all {
		r.byKey[s] = a
	}
	a.shortcuts = all
	return nil
}
