package stage

import (
	"fmt"

	"iceexplorer/cache/unit"
	"iceexplorer/gfx"
)

// texts are what the scene says in its corners.
func (s *Stage) texts(sc *scene) []gfx.Text {
	if len(s.session.Layers()) == 0 {
		return nil
	}
	n, _ := s.session.Number()
	head := fmt.Sprintf("Frame %v", n)
	if at, _ := s.session.Position(); sc.between != "" && at.Whole() {
		head += ", " + sc.between
	} else if sc.between != "" {
		head = fmt.Sprintf("Frame %.2f, %s", float64(at), sc.between)
	}
	lines := append([]string{head}, sc.pointsText(s.session.Points())...)
	lines = append(lines, sc.unseen(s.view.Bounds)...)
	if text := s.session.SelectionText(); text != "" {
		lines = append(lines, text)
	}
	if p := s.session; p.Playing() && p.Dropped() > 0 {
		lines = append(lines, unit.Plural(p.Dropped(), "frame")+" dropped")
	}
	texts := []gfx.Text{{Corner: gfx.TopLeft, Lines: lines, Plate: true}}
	if len(sc.Notes) > 0 {
		texts = append(texts, Warning(sc.Notes))
	}
	// Of four panes in that at the bottom right.
	if k, a := s.size.Scale, s.area(PaneCount-1); s.common().Help && float64(a.Dx()) >= 620*k && float64(s.h) >= 300*k {
		texts = append(texts, gfx.Text{Corner: gfx.BottomRight, Lines: []string{s.help()}, Plate: true})
	}
	return texts
}

// pointsText says how many points the frame under the play head has, and whether they
// can be drawn. Of one that is not there yet nothing is known; the notes say so.
func (sc *scene) pointsText(points uint64) []string {
	drawn, some, held := uint64(0), uint64(0), false
	for i, sh := range sc.shown {
		if held = held || sh.Held; !sh.Held {
			drawn += uint64(sc.Clouds[i].N)
			some += uint64(sc.points(i))
		}
	}
	switch {
	case some < drawn:
		return []string{fmt.Sprintf("%s of %s shown", unit.Count(some), unit.Plural(points, "point"))}
	case drawn < points:
		return []string{fmt.Sprintf("%s of %s can be drawn", unit.Count(int64(drawn)), unit.Plural(int64(points), "point"))}
	case points > 0 || !held:
		return []string{unit.Plural(int64(points), "point")}
	}
	return nil
}

// unseen tells of the points that have no place, or are too far away to be seen with the
// others, which lie in bounds.
func (sc *scene) unseen(bounds gfx.Box) (lines []string) {
	for _, r := range sc.reaches {
		if r.Nowhere > 0 {
			lines = append(lines, r.TellNowhere())
		}
		if n := r.Beyond(bounds); n > 0 {
			lines = append(lines, Away(n, r.Points))
		}
	}
	return lines
}
