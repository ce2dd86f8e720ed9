package stage

import (
	"slices"
	"strings"
	"testing"
	"time"

	"iceexplorer/app/session"
)

func TestThePictureIsHeldUntilItIsKnownWhichPointsAreDrawn(t *testing.T) {
	t.Parallel()
	r := newRig(t, []float32{0, 0, 0, 1, 0, 0, 2, 0, 0}, []float32{0, 0, 0, 5, 0, 0, 2, 0, 0})
	only := Only{}
	r.opt.Only = func(*session.Layer, session.Shown) Only { return only }
	r.rest()
	if c := r.r.clouds[0]; c.Only != nil {
		t.Fatal("not all points are drawn")
	}
	only = Only{Some: true, Waiting: true}
	r.session.Seek(2)
	draws := r.r.draws
	r.frame(frameTime)
	r.frame(heldTime / 2)
	if r.r.draws != draws || r.Prepare() || r.Incomplete() == "" {
		t.Error("a picture is made though it is not known what of")
	}
	if due, ok := r.Due(); !ok || due.After(r.clock.Add(heldTime)) {
		t.Error("nothing is due")
	}
	r.frame(heldTime)
	if c := r.r.clouds[0]; r.r.draws == draws || c.Only == nil || c.Shown() != 0 {
		t.Error("points are drawn that may not pass the filter")
	}
	only = Only{Some: true, Words: []uint64{0b101}, Count: 2, Key: 7}
	r.frame(frameTime)
	if c := r.r.clouds[0]; !slices.Equal(c.Only, []uint64{0b101}) || c.OnlyKey != 7 || !r.Prepare() || r.Incomplete() != "" {
		t.Errorf("%b is drawn", c.Only)
	}
	if text := strings.Join(r.r.view.Texts[0].Lines, "\n"); !strings.Contains(text, "2 of 3 points shown") {
		t.Error(text)
	}
	only = Only{Some: true, Why: "Heat: no such attribute"}
	r.frame(time.Second)
	if c := r.r.clouds[0]; c.Only == nil || c.Shown() != 0 || !strings.Contains(strings.Join(r.r.view.Texts[1].Lines, "\n"), "Heat: no such attribute") {
		t.Errorf("%+v", r.r.view.Texts)
	}
}
