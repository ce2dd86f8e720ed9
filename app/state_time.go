package app

import (
	"iceexplorer/app/player"
	"iceexplorer/app/session"
	"iceexplorer/cache"
)

// TimeState is what State says of time.
type TimeState struct {
	Gaps        string             `json:"gaps"`  // what missing frames show: hold or empty
	Speed       float64            `json:"speed"` // factor on the frame rate
	Dropped     int                `json:"dropped"`
	Units       string             `json:"units"`       // of the timeline: frames, seconds or timecode
	Time        string             `json:"time"`        // of the play head in them
	Interpolate bool               `json:"interpolate"` // what is between frames is shown
	Position    cache.Number       `json:"position"`    // of the play head, between frames too
	Bookmarks   []session.Bookmark `json:"bookmarks"`
}

func (a *App) timeState() TimeState {
	s := a.session
	t := TimeState{Gaps: s.Gaps().String(), Speed: s.Speed(), Dropped: s.Dropped(), Units: a.settings.Preferences.Units}
	t.Bookmarks = append([]session.Bookmark{}, s.Bookmarks()...)
	t.Interpolate = s.Interpolate()
	t.Position, _ = s.Position()
	if _, ok := s.Number(); ok {
		u, _ := player.ParseUnit(t.Units)
		t.Time = u.Text(t.Position, s.FPS())
	}
	return t
}
