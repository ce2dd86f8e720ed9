package exporting

import (
	"path/filepath"
	"testing"

	"iceexplorer/app/session"
	"iceexplorer/app/settings"
	"iceexplorer/cache"
)

// Of a sequence that was moved in time the frames with the numbers of the in and out points were written, not those
// that are seen between them.
func TestThePointsInTimeOfAMovedSequenceChooseTheFramesSeenThere(t *testing.T) {
	t.Parallel()
	r := newRig(t, 9)
	found, err := cache.Discover(r.from)
	if err != nil {
		t.Fatal(err)
	}
	r.session.Add(found.Sequences)
	// Its frames 1 to 9 lie at 11, 11.5, 12 and so on up to 15.
	if err := r.session.SetTiming(r.session.Active(), session.Timing{Offset: 10, Scale: 2}); err != nil {
		t.Fatal(err)
	}
	r.session.SetIn(12)
	r.session.SetOut(13)
	r.session.Seek(12.5)
	for _, c := range []struct {
		frames, first string
		files         int
	}{
		{settings.RangeInOut, "a_3.csv", 3},
		{settings.RangeFrame, "a_4.csv", 1},
		{settings.RangeAll, "a_1.csv", 9},
	} {
		ask := r.ask()
		ask.Of, ask.Range = settings.OfActive, c.frames
		r.until(t, "outlook", func() bool { _, known := r.desk.Outlook(ask); return known })
		if o, _ := r.desk.Outlook(ask); o.Err != nil || o.Files != c.files || o.First != filepath.Join(r.to, c.first) {
			t.Errorf("%s: %+v", c.frames, o)
		}
	}
	ask := r.ask()
	ask.Of, ask.Range = settings.OfActive, settings.RangeInOut
	if err := r.session.SetTiming(r.session.Active(), session.Timing{Offset: 11, Scale: 2}); err != nil {
		t.Fatal(err)
	}
	r.until(t, "another outlook", func() bool {
		o, known := r.desk.Outlook(ask)
		return known && o.First == filepath.Join(r.to, "a_1.csv") && o.Files == 3
	})
}
