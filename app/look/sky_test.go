package look

import "testing"

func TestBackgroundFollowsTheThemeUnlessTheUserChoseOne(t *testing.T) {
	t.Parallel()
	sky := func(d *Desk) Sky { return Sky{d.Now().Top, d.Now().Bottom} }
	d := NewDesk()
	d.Follow(LightSky)
	if sky(d) != LightSky {
		t.Errorf("the background is %v", sky(d))
	}
	d.Reset()
	if sky(d) != LightSky {
		t.Errorf("after a reset it is %v", sky(d))
	}
	if err := d.Put(Default()); err != nil || sky(d) != LightSky { // a session saved in the dark
		t.Errorf("%v: after a session it is %v", err, sky(d))
	}
	before := d.Now()
	d.Paint(BackgroundTop, [3]float32{1, 0, 0})
	chosen := sky(d)
	d.Follow(DarkSky)
	if sky(d) != chosen {
		t.Errorf("the background that was chosen became %v", sky(d))
	}
	d.Restore(State{Common: before})
	if sky(d) != DarkSky {
		t.Errorf("undone in the other theme it is %v", sky(d))
	}
}

func TestLooksWithoutAThemeKeepTheirBackground(t *testing.T) {
	t.Parallel()
	d, light := NewDesk(), Default()
	light.Top, light.Bottom = LightSky[0], LightSky[1]
	if err := d.Put(light); err != nil || d.Now().Top != LightSky[0] {
		t.Errorf("%v: %v", err, d.Now().Top)
	}
}
