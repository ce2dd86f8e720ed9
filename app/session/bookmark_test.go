package session

import (
	"slices"
	"testing"

	"iceexplorer/cache"
)

func TestBookmarksAreNamedNumbersInOrder(t *testing.T) {
	t.Parallel()
	s, _, _ := openSparse(t, Options{}, sparse("a", 1, 50))
	s.AddBookmark("hit", 30)
	s.AddBookmark("", 10)
	s.AddBookmark(" rest ", 40)
	s.AddBookmark("hit", 20) // moves
	want := []Bookmark{{"Frame 10", 10}, {"hit", 20}, {"rest", 40}}
	if !slices.Equal(s.Bookmarks(), want) {
		t.Errorf("%v, want %v", s.Bookmarks(), want)
	}
	var heads []cache.Number
	for _, dir := range []int{1, 1, 1, 1, -1, -1, -1} {
		s.StepBookmark(dir)
		n, _ := s.Number()
		heads = append(heads, n)
	}
	if want := []cache.Number{10, 20, 40, 40, 20, 10, 10}; !slices.Equal(heads, want) {
		t.Errorf("bookmarks lead to %v, want %v", heads, want)
	}
	if !s.RemoveBookmark("hit") || s.RemoveBookmark("hit") {
		t.Error("a bookmark is not removed once")
	}
	if n, ok := s.Bookmarked("rest"); n != 40 || !ok {
		t.Errorf("rest is at %v, %v", n, ok)
	}
	if _, ok := s.Bookmarked("hit"); ok {
		t.Error("a removed bookmark is there")
	}
	s.CloseAll()
	if len(s.Bookmarks()) != 0 {
		t.Error("bookmarks outlive what they are of")
	}
}

func TestSpeedChangesTheRateAimedAt(t *testing.T) {
	t.Parallel()
	s, _, _ := openSparse(t, Options{}, sparse("a", 1, 50))
	var told Change
	s.Subscribe(func(c Change) { told |= c })
	s.SetFPS(24)
	s.SetSpeed(0.25)
	if s.Speed() != 0.25 || s.Rate() != 6 || s.FPS() != 24 || told&Play == 0 {
		t.Errorf("speed %v, rate %v, fps %v, told %b", s.Speed(), s.Rate(), s.FPS(), told)
	}
}
