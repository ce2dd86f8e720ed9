package stage

import (
	"testing"

	"iceexplorer/app/session"
)

func TestARightClickAsksForAMenuAboutThePoint(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		do   func(r *rig)
		want bool
	}{
		{"click", func(r *rig) { r.drags(ButtonRight, 0, [2]float64{400, 300}) }, true},
		{"click of an unsteady hand", func(r *rig) { r.drags(ButtonRight, 0, [2]float64{400, 300}, [2]float64{402, 301}) }, true},
		{"with Alt, which navigates", func(r *rig) { r.drags(ButtonRight, Alt, [2]float64{400, 300}) }, true},
		{"drag", func(r *rig) { r.drags(ButtonRight, 0, [2]float64{400, 300}, [2]float64{430, 300}) }, false},
		{"left click", func(r *rig) { r.drags(ButtonLeft, 0, [2]float64{400, 300}) }, false},
		{"flight", func(r *rig) {
			r.Press(ButtonRight, 0, 400, 300)
			r.Hold(Keys{Forward: true})
			r.frame(frameTime)
			r.Release(0)
		}, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			r := newRig(t, corners(1))
			if tt.do(r); r.MenuAsked() != tt.want {
				t.Fatalf("a menu was asked for: %v", !tt.want)
			}
			if r.MenuAsked() {
				t.Error("it opens twice")
			}
			if !tt.want {
				return
			}
			if p, looking := r.MenuPoint(); p != nil || !looking {
				t.Fatalf("before the answer: %v, looking %v", p, looking)
			}
			r.answer(5)
			p, looking := r.MenuPoint()
			if p == nil || looking || p.Index != 5 || p.HasID {
				t.Fatalf("point %+v, looking %v", p, looking)
			}
			if number, by := p.Words(); number != "5" || by != "index" || p.Title() != "Point 5 of a" {
				t.Errorf("%q: %s %s", p.Title(), number, by)
			}
			r.SelectClicked(session.SelectOnly)
			if r.rest(); r.session.SelectionSize() != 1 {
				t.Errorf("%d points are selected", r.session.SelectionSize())
			}
			r.session.CloseLayer(p.Layer)
			if p, _ := r.MenuPoint(); p != nil {
				t.Error("the point of a closed sequence is left")
			}
		})
	}
}

func TestARightClickBesideThePointsSaysSo(t *testing.T) {
	t.Parallel()
	r := newRig(t, corners(1))
	r.drags(ButtonRight, 0, [2]float64{10, 300})
	r.answer()
	if p, looking := r.MenuPoint(); p != nil || looking {
		t.Errorf("point %v, looking %v", p, looking)
	}
}

func TestMeasuringBeginsAtTheClickedPoint(t *testing.T) {
	t.Parallel()
	r := newRig(t, corners(1))
	r.drags(ButtonRight, 0, [2]float64{400, 300})
	r.answer(2)
	r.MeasureClicked()
	if r.Tool() != ToolMeasure || len(r.Tape().Places) != 1 {
		t.Fatalf("tool %v, %d places", r.Tool(), len(r.Tape().Places))
	}
	r.drags(ButtonLeft, 0, [2]float64{500, 300})
	r.answer(3)
	if _, _, ok := r.Tape().Length(); !ok {
		t.Error("the next click is not the other end")
	}
}
