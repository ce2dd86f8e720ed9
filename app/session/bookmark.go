package session

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"iceexplorer/cache"
)

// Bookmark is a number with a name.
type Bookmark struct {
	Name   string       `json:"name"`
	Number cache.Number `json:"frame"`
}

// Bookmarks are those that were added, by rising number.
func (s *Session) Bookmarks() []Bookmark { return s.bookmarks }

// AddBookmark names a number. Without a name it is called after the number; one of the same
// name moves there.
func (s *Session) AddBookmark(name string, number cache.Number) {
	if name = strings.TrimSpace(name); name == "" {
		name = fmt.Sprintf("Frame %v", number)
	}
	kept := slices.DeleteFunc(slices.Clone(s.bookmarks), func(b Bookmark) bool { return b.Name == name })
	s.bookmarks = append(kept, Bookmark{name, number})
	slices.SortStableFunc(s.bookmarks, func(a, b Bookmark) int { return cmp.Compare(a.Number, b.Number) })
	s.changed(Drawn)
}

// RenameBookmark calls a bookmark something else, and reports whether there was one of the old name. Without a new one it
// is called after its number.
func (s *Session) RenameBookmark(name, to string) bool {
	i := s.bookmarkNamed(name)
	if i < 0 {
		return false
	}
	number := s.bookmarks[i].Number
	s.RemoveBookmark(name)
	s.AddBookmark(to, number)
	return true
}

// RemoveBookmark forgets a bookmark, and reports whether there was one of that name.
func (s *Session) RemoveBookmark(name string) bool {
	i := s.bookmarkNamed(name)
	if i < 0 {
		return false
	}
	s.bookmarks = slices.Delete(slices.Clone(s.bookmarks), i, i+1)
	s.changed(Drawn)
	return true
}

// Bookmarked is the number of a bookmark.
func (s *Session) Bookmarked(name string) (number cache.Number, ok bool) {
	i := s.bookmarkNamed(name)
	if i < 0 {
		return 0, false
	}
	return s.bookmarks[i].Number, true
}

func (s *Session) bookmarkNamed(name string) int {
	return slices.IndexFunc(s.bookmarks, func(b Bookmark) bool { return b.Name == name })
}

// StepBookmark stops and moves the play head to the next bookmark, or for -1 to the one before,
// if there is one.
func (s *Session) StepBookmark(dir int) {
	head, _ := s.Number()
	at := -1
	for i, b := range s.bookmarks {
		if dir < 0 && b.Number < head || dir > 0 && b.Number > head {
			at = i
			if dir > 0 {
				break
			}
		}
	}
	if at >= 0 {
		s.steer(func() {
			s.player.Stop()
			s.player.Seek(s.bookmarks[at].Number)
		})
	}
}
