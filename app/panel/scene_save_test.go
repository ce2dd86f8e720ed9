package panel

import (
	"errors"
	"testing"

	"iceexplorer/app/session"
	"iceexplorer/cache"
)

// unsaved is a saver of three pictures, the first of which is being written, without
// a window.
func unsaved() *saver {
	s := &scenePanel{host: &Host{
		Session: session.New(nil, nil, session.Options{}),
	}}
	s.saver = saver{scene: s, opt: SaveOptions{Path: "p_%d.png"}, numbers: []cache.Number{1, 2, 3}, writing: true}
	return &s.saver
}

// Cancel told of two pictures where three lay in the folder: the one that was being
// written did not count.
func TestCanceledSequenceCountsThePictureOnItsWay(t *testing.T) {
	t.Parallel()
	for want, outcome := range map[string]error{"Canceled: 1 of 3 pictures saved: p_%d.png": nil, "Canceled: 0 of 3 pictures saved: p_%d.png": errors.New("disk full")} {
		v := unsaved()
		v.cancel()
		if !v.on() || len(v.scene.host.Session.Messages()) > 0 {
			t.Fatalf("ended before the picture was written: %+v", v.scene.host.Session.Messages())
		}
		v.cancel() // again
		v.written(outcome)
		m := v.scene.host.Session.Messages()
		if v.on() || m[len(m)-1].Text != want {
			t.Errorf("still on: %v; said %+v, want %q", v.on(), m, want)
		}
	}
	v := unsaved()
	v.writing, v.at, v.saved = false, 1, 1
	v.cancel()
	if m := v.scene.host.Session.Messages(); v.on() || len(m) != 1 || m[0].Text != "Canceled: 1 of 3 pictures saved: p_%d.png" {
		t.Errorf("between two pictures: %+v", m)
	}
}
