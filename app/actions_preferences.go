package app

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"iceexplorer/app/action"
	"iceexplorer/app/settings"
	"iceexplorer/jobs"
)

// preferenceActions set one preference each, and keys of actions.
func (a *App) preferenceActions() []action.Action {
	var all []action.Action
	for _, item := range settings.Items() {
		all = append(all, a.preferenceAction(item))
	}
	return append(all, action.Action{
		ID: "shortcut", Label: "Set keys of an action", Help: "Give an action other keys, and remember them",
		Params: []action.Param{
			{Name: "action", Suggest: a.actionNames, Help: "As scripts write it, such as open-folder"},
			{Name: "keys", Many: true, Help: "Such as Ctrl+O F2; none: no keys; default: the program's own"},
		},
		Do: func(args action.Args) error { return a.setKeys(args.Text("action"), args.Texts("keys")) },
	})
}

func (a *App) preferenceAction(item settings.Item) action.Action {
	p := action.Param{Name: "value", Kind: action.Number, Min: item.Min, Max: item.Max, Help: item.Help}
	switch item.Kind {
	case settings.Whole:
		p.Kind = action.Integer
	case settings.Switch:
		p.Kind = action.Switch
	case settings.Choice:
		p.Kind, p.Choices = action.Choice, item.Choices
	case settings.Text:
		p.Kind = action.Path
	}
	return action.Action{
		ID: "preference-" + item.Key, Label: "Preference: " + strings.ReplaceAll(item.Key, "-", " "), Help: "Set it, and remember it", Params: []action.Param{p},
		Do: func(args action.Args) error {
			now := a.settings.Preferences
			var value any
			switch p.Kind {
			case action.Number, action.Integer:
				value = args.Number("value")
			case action.Switch:
				value = args.Switch("value", item.Get(&now) == true)
			case action.Choice:
				value = args.Text("value")
			case action.Path:
				value = args.Text("value")
				if path, err := filepath.Abs(args.Text("value")); err == nil && args.Text("value") != "" {
					value = path
				}
			}
			if err := item.Set(&now, value); err != nil {
				return err
			}
			if most := jobs.MaxWorkers(); now.Workers > most {
				return fmt.Errorf("at most %d workers run on this machine", most)
			}
			old := a.settings.Set(now)
			a.preferred(old)
			a.playPreferred()
			return nil
		},
	}
}

func (a *App) actionNames() []string {
	var names []string
	for _, x := range a.actions.All() {
		names = append(names, x.ID)
	}
	return names
}

// setKeys gives an action keys, unless others have them.
func (a *App) setKeys(id string, keys []string) error {
	switch {
	case slices.Equal(keys, []string{"default"}):
		keys = nil
	case slices.Equal(keys, []string{"none"}):
		keys = []string{}
	}
	if err := a.actions.Bind(id, keys); err != nil {
		return err
	}
	id = a.actions.Find(id).ID
	if a.settings.Shortcuts == nil {
		a.settings.Shortcuts = map[string][]string{}
	}
	if a.settings.Shortcuts[id] = keys; keys == nil {
		delete(a.settings.Shortcuts, id)
	}
	return a.settings.Save(a.keeper)
}

// bindKeys gives actions the keys of the preferences, and tells of those that cannot be
// given. What frees keys for others comes first.
func (a *App) bindKeys() (faults []string) {
	ids := make([]string, 0, len(a.settings.Shortcuts))
	for id := range a.settings.Shortcuts {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	for _, id := range ids {
		if a.actions.Find(id) != nil {
			_ = a.actions.Bind(id, []string{}) // no keys are always free
		}
	}
	for _, id := range ids {
		if err := a.actions.Bind(id, a.settings.Shortcuts[id]); err != nil {
			faults = append(faults, fmt.Sprintf("preferences: shortcut of %s: %v", id, err))
		}
	}
	return faults
}
