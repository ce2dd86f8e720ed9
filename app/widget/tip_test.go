package widget

import "testing"

// Tooltips lay below the mouse, over the control that comes next.
func TestTooltipsHideNoControlThatComesNext(t *testing.T) {
	t.Parallel()
	at := func(x0, y0, x1, y1 float32) box { return box{vec(x0, y0), vec(x1, y1)} }
	screen := at(0, 60, 1600, 970)
	left, right := at(0, 60, 300, 800), at(1300, 60, 1600, 800)
	for what, c := range map[string]struct {
		item, panel box
		mouse       float32
		w, h        float32
		x, y        float32
	}{
		"in a panel at the left":       {at(10, 200, 290, 220), left, 40, 200, 40, 304, 200},
		"and at the right":             {at(1310, 200, 1590, 220), right, 1320, 200, 40, 1096, 200},
		"at its lower end":             {at(10, 780, 290, 800), left, 40, 200, 240, 304, 730},
		"too wide for beside it":       {at(10, 200, 90, 220), left, 40, 1500, 40, 10, 156},
		"in a wide panel":              {at(400, 850, 430, 870), at(0, 810, 1600, 970), 410, 200, 40, 400, 806},
		"of a wide item":               {at(10, 850, 1590, 870), at(0, 810, 1600, 970), 700, 200, 40, 690, 806},
		"which is at the right":        {at(10, 850, 1590, 870), at(0, 810, 1600, 970), 1550, 200, 40, 1400, 806},
		"at the upper end":             {at(400, 70, 430, 90), at(0, 60, 1600, 970), 410, 200, 40, 400, 94},
		"in a bar at the upper edge":   {at(400, 25, 430, 50), at(0, 20, 1600, 60), 410, 200, 40, 400, 64},
		"in one of two lines":          {at(400, 25, 430, 40), at(0, 20, 1600, 80), 410, 200, 40, 400, 84},
		"in a bar at the lower edge":   {at(400, 975, 430, 995), at(0, 970, 1600, 1000), 410, 200, 40, 400, 926},
		"of a menu":                    {at(20, 100, 200, 120), at(10, 60, 210, 500), 30, 200, 40, 214, 100},
		"higher than what is above it": {at(400, 200, 430, 220), at(0, 60, 1600, 970), 410, 200, 300, 400, 224},
		"for which there is no room":   {at(400, 500, 430, 520), at(0, 60, 1600, 970), 410, 200, 900, 400, 60},
	} {
		p := tipPlace{item: c.item, panel: c.panel, screen: screen, size: vec(c.w, c.h), mouse: c.mouse, gap: 4, line: 20}
		if got := p.find(); got != vec(c.x, c.y) {
			t.Errorf("%s: at %v, want %v, %v", what, got, c.x, c.y)
		}
	}
}
