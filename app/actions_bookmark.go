package app

import (
	"fmt"
	"slices"
	"strings"

	"iceexplorer/app/action"
	"iceexplorer/app/session"
	"iceexplorer/cache"
)

// frameBookmarkActions name frames and lead to them.
func (a *App) frameBookmarkActions() []action.Action {
	s := a.session
	some := func() bool { return len(s.Bookmarks()) > 0 }
	name := []action.Param{{Name: "name", Help: "The bookmark's name", Suggest: func() []string {
		var names []string
		for _, b := range s.Bookmarks() {
			names = append(names, b.Name)
		}
		return names
	}}}
	step := func(id, label, key, help string, dir int) action.Action {
		return action.Action{ID: id, Label: label, Menu: "Playback", Group: "bookmarks", Keys: []string{key}, Help: help, Enabled: some, Do: do(func() { s.StepBookmark(dir) })}
	}
	return []action.Action{
		{
			ID: "bookmark-add", Label: "Add bookmark", Menu: "Playback", Group: "bookmarks", Keys: []string{"Alt+B"}, Help: "Name the frame under the play head, or another one", Enabled: a.hasFrames,
			Params: []action.Param{
				{Name: "name", Optional: true, Help: "Without it the bookmark is called after its frame"},
				{Name: "frame", Kind: action.Frame, Optional: true, Help: "Without it the frame under the play head"},
			},
			Do: func(args action.Args) error {
				number := a.frameOr(args, "frame")
				s.AddBookmark(args.Text("name"), number)
				if strings.TrimSpace(args.Text("name")) == "" {
					s.TellOf(session.About("bookmark"), session.Info, fmt.Sprintf("Bookmark at frame %v; a right click on it in the ruler gives it a name", number))
				}
				return nil
			},
		},
		step("bookmark-previous", "Go to previous bookmark", "Alt+Left", "Go to the bookmark before the play head", -1),
		step("bookmark-next", "Go to next bookmark", "Alt+Right", "Go to the bookmark after the play head", 1),
		{
			ID: "bookmark-goto", Label: "Go to bookmark", Help: "Move the play head to a bookmark", Enabled: some, Params: name,
			Do: func(args action.Args) error {
				number, ok := s.Bookmarked(args.Text("name"))
				if !ok {
					return a.noBookmark(args.Text("name"))
				}
				return a.goTo(number)
			},
		},
		{
			ID: "bookmark-rename", Label: "Rename bookmark", Help: "Give a bookmark another name", Enabled: some,
			Params: append(slices.Clone(name), action.Param{Name: "to", Help: "Its new name; without it the bookmark is called after its frame", Optional: true}),
			Do: func(args action.Args) error {
				if !s.RenameBookmark(args.Text("name"), args.Text("to")) {
					return a.noBookmark(args.Text("name"))
				}
				return nil
			},
		},
		{
			ID: "bookmark-remove", Label: "Remove bookmark", Help: "Forget a bookmark", Enabled: some, Params: name,
			Do: func(args action.Args) error {
				if !s.RemoveBookmark(args.Text("name")) {
					return a.noBookmark(args.Text("name"))
				}
				return nil
			},
		},
	}
}

// noBookmark says that there is none of a name, and which there are.
func (a *App) noBookmark(name string) error {
	var names []string
	for _, b := range a.session.Bookmarks() {
		names = append(names, b.Name)
	}
	return fmt.Errorf("there is no bookmark %q; there are %s", name, strings.Join(names, ", "))
}

// frameOr is the frame that an action's argument names, or else the one under the play head.
func (a *App) frameOr(args action.Args, name string) cache.Number {
	if args.Has(name) {
		return args.Frame(name)
	}
	n, _ := a.session.Number()
	return n
}
