package look

import "slices"

// Sky is a background, at its top and at its bottom.
type Sky [2][3]float32

// The backgrounds that come with the themes of the window.
var (
	DarkSky  = Sky{{0.150, 0.158, 0.172}, {0.070, 0.074, 0.082}}
	LightSky = Sky{{0.900, 0.905, 0.915}, {0.740, 0.750, 0.765}}
)

// Follow puts the sky of a theme behind the scene, now and whenever a look comes that has the
// sky of another theme. A background that the user chose stays. It cannot be undone by itself.
func (d *Desk) Follow(s Sky) {
	d.sky = &s
	d.change("", "", func(l *Look) { d.under(l) })
}

// under replaces the sky of a theme by that of the one in use.
func (d *Desk) under(l *Look) {
	if d.sky != nil && slices.Contains([]Sky{DarkSky, LightSky}, Sky{l.Top, l.Bottom}) {
		l.Top, l.Bottom = d.sky[0], d.sky[1]
	}
}
