// Package action holds the one list of what a user can do. Menus, toolbar,
// shortcuts, the palette and scripts are all made from it, so that an action
// has one label, one key and one rule for when it is available. It knows no
// window: app/window maps its keys, app/panel draws its menus.
package action

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Action is one thing the user can do.
type Action struct {
	ID      string   // "play-toggle": lower case letters, digits, dots and dashes
	Aliases []string // further names for scripts, like IDs
	Label   string   // sentence case, "..." when a dialog follows
	Menu    string   // path of its menu, "View/Panels"; empty: in no menu
	Group   string   // a separator is drawn where neighbours in a menu differ in it
	Icon    string   // glyph of the icon font, or empty
	Keys    []string // shortcuts, "Ctrl+O"; the first one is shown
	Repeat  bool     // the shortcut fires again while the key is held
	Help    string   // one sentence for the tooltip, without a full stop
	Also    string   // words that people look for it by: "movie video"

	Params []Param // what scripts and the palette can give it

	Enabled func() bool // nil: always
	Checked func() bool // nil: not a switch

	// Do carries it out; the error of a registered action is an *Error. Menus and keys give no arguments, even where a script must give some
	// them: such an action asks for what it needs.
	Do func(Args) error

	shortcuts []Shortcut
}

// Available reports whether the action can be carried out now.
func (a *Action) Available() bool { return a.Enabled == nil || a.Enabled() }

// On reports whether the action is a switch that is on.
func (a *Action) On() bool { return a.Checked != nil && a.Checked() }

// Shortcuts returns the parsed Keys of a registered action.
func (a *Action) Shortcuts() []Shortcut { return a.shortcuts }

// Key returns the shortcut to show, or an empty string.
func (a *Action) Key() string {
	if len(a.shortcuts) == 0 {
		return ""
	}
	return a.shortcuts[0].String()
}

// Tooltip returns label, help and shortcut as a button's tooltip shows them.
func (a *Action) Tooltip() string {
	tip := strings.TrimSuffix(a.Label, "...")
	if k := a.Key(); k != "" {
		tip += " (" + k + ")"
	}
	if a.Help != "" {
		tip += "\n" + a.Help
	}
	return tip
}

// ErrUnavailable is wrapped by Run's error for an action that is switched off.
var ErrUnavailable = errors.New("not available now")

// Error is why an action was not carried out. Its text is that of Err alone.
type Error struct {
	ID  string // of the action
	Err error
}

func (e *Error) Error() string { return e.Err.Error() }
func (e *Error) Unwrap() error { return e.Err }

// ErrUnknown is wrapped by Run's error for a name no action has.
var ErrUnknown = errors.New("unknown action")

// Registry is the list of actions, in the order they were added. It is not
// safe for concurrent use.
type Registry struct {
	// Succeeded is called when an action was carried out, with its ID; it may be nil.
	Succeeded func(id string)
	// Why says why an action is not available, "" where that is not known; it may be nil.
	Why func(id string) string

	actions []*Action
	byName  map[string]*Action
	byKey   map[Shortcut]*Action
}

// NewRegistry returns an empty registry.
func NewRegistry() *Registry {
	return &Registry{byName: map[string]*Action{}, byKey: map[Shortcut]*Action{}}
}

// Add appends actions. Every fault of every action is in the error (names and
// shortcuts used twice, missing labels, keys that do not parse); faulty
// actions are left out.
func (r *Registry) Add(actions ...Action) error {
	var errs []error
	for _, a := range actions {
		if err := r.add(a); err != nil {
			errs = append(errs, fmt.Errorf("action %q: %w", a.ID, err))
		}
	}
	return errors.Join(errs...)
}

func (r *Registry) add(a Action) error {
	names := append([]string{a.ID}, a.Aliases...)
	for i, n := range names {
		if !validName(n) {
			return fmt.Errorf("bad name %q", n)
		}
		if r.byName[n] != nil || slices.Contains(names[:i], n) {
			return fmt.Errorf("name %q is used twice", n)
		}
	}
	if a.Label == "" {
		return errors.New("no label")
	}
	if a.Do == nil {
		return errors.New("does nothing")
	}
	if err := a.checkParams(); err != nil {
		return err
	}
	a.shortcuts = nil
	for _, text := range a.Keys {
		s, err := ParseShortcut(text)
		if err != nil {
			return err
		}
		if other := r.byKey[s]; other != nil {
			return fmt.Errorf("shortcut %v is used by %q", s, other.ID)
		}
		if slices.Contains(a.shortcuts, s) {
			return fmt.Errorf("shortcut %v is used twice", s)
		}
		a.shortcuts = append(a.shortcuts, s)
	}
	do := a.Do
	a.Do = func(args Args) error {
		if err := do(args); err != nil {
			return &Error{a.ID, err}
		}
		if r.Succeeded != nil {
			r.Succeeded(a.ID)
		}
		return nil
	}
	for _, n := range names {
		r.byName[n] = &a
	}
	for _, s := range a.shortcuts {
		r.byKey[s] = &a
	}
	r.actions = append(r.actions, &a)
	return nil
}

func validName(n string) bool {
	return n != "" && strings.Trim(n, "abcdefghijklmnopqrstuvwxyz0123456789.-") == "" && strings.Trim(n, ".-") == n
}

// All returns the actions in the order they were added; do not change it.
func (r *Registry) All() []*Action { return r.actions }

// Find returns the action with an ID or alias, nil when there is none.
func (r *Registry) Find(name string) *Action { return r.byName[name] }

// ByShortcut returns the action a shortcut fires, nil when there is none.
func (r *Registry) ByShortcut(s Shortcut) *Action { return r.byKey[s] }

// Run carries out the action with an ID or alias, with the words that a script
// has written behind it. The error wraps ErrUnknown, or it is an *Error with
// ErrUnavailable, what is wrong with the words, or what Do returned, written for users.
func (r *Registry) Run(name string, words ...string) error {
	a, args, err := r.Parse(name, words...)
	if err != nil {
		return err
	}
	if !a.Available() {
		return &Error{a.ID, r.unavailable(a)}
	}
	return a.Do(args)
}

// unavailable is the error for an action that is switched off.
func (r *Registry) unavailable(a *Action) error {
	label, why := strings.TrimSuffix(a.Label, "..."), ""
	if r.Why != nil {
		why = r.Why(a.ID)
	}
	if why == "" {
		return fmt.Errorf("%s: %w", label, ErrUnavailable)
	}
	return fmt.Errorf("%s: %w: %s", label, ErrUnavailable, why)
}

// Parse finds an action and reads its arguments without carrying it out.
func (r *Registry) Parse(name string, words ...string) (*Action, Args, error) {
	a := r.byName[name]
	if a == nil {
		return nil, Args{}, fmt.Errorf("%w: %q", ErrUnknown, name)
	}
	args, err := a.Parse(words)
	if err != nil {
		return a, args, &Error{a.ID, err}
	}
	return a, args, nil
}

// Search returns the actions whose label, menu, name, help or further words hold every word
// of the query, those whose label begins with it first, then those whose label holds it, or
// its words. An empty query returns all. For the palette.
func (r *Registry) Search(query string) []*Action {
	query = strings.ToLower(strings.TrimSpace(query))
	words := strings.Fields(query)
	var found []*Action
	for _, a := range r.actions {
		text := strings.ToLower(strings.Join([]string{a.Label, a.Menu, a.ID, a.Help, a.Also}, "\n"))
		if !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(text, w) }) {
			found = append(found, a)
		}
	}
	rank := func(a *Action) int {
		label := strings.ToLower(a.Label)
		switch {
		case strings.HasPrefix(label, query):
			return 0
		case strings.Contains(label, query):
			return 1
		case !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(label, w) }):
			return 2
		}
		return 3
	}
	slices.SortStableFunc(found, func(a, b *Action) int { return rank(a) - rank(b) })
	return found
}
