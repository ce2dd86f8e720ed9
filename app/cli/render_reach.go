package cli

import (
	"fmt"
	"io"

	"iceexplorer/app/stage"
	"iceexplorer/cache/unit"
)

// frameCamera frames all that is drawn, and reports points that lie too far away for that.
func (d *drawing) frameCamera() {
	v := d.desk.Now()
	bounds, box := stage.Overall(d.reaches(), stage.SizeScale(&v))
	d.view.Bounds = bounds
	if !d.placed {
		d.view.Camera.Frame(box, float64(d.pic.W)/float64(d.pic.H))
	}

	var away, nowhere tally
	for _, s := range d.at {
		if r := s.part.reach; r != nil {
			away.add(s.part, r.Beyond(bounds))
			nowhere.add(s.part, r.Nowhere)
		}
	}
	away.tell(d.env.Stderr, "points lie far outside the picture", func(r *stage.Reach) string { return r.Tell(away.most) })
	nowhere.tell(d.env.Stderr, "points have no position", func(r *stage.Reach) string { return r.TellNowhere() })
}

// tally counts the frames with points that are not seen, and remembers the worst one.
type tally struct {
	frames int
	most   uint64 // points, in the worst
	worst  *part
}

func (t *tally) add(p *part, points uint64) {
	if points == 0 {
		return
	}
	t.frames++
	if points > t.most {
		t.most, t.worst = points, p
	}
}

// tell writes one line for all frames.
func (t *tally) tell(w io.Writer, what string, of func(*stage.Reach) string) {
	if t.frames == 0 {
		return
	}
	text := of(t.worst.reach)
	if t.frames > 1 {
		text = fmt.Sprintf("in %s %s; most in this one, where %s", unit.Plural(t.frames, "frame"), what, text)
	}
	fmt.Fprintf(w, "iceexplorer: warning: %s: %s\n", text, t.worst.in.Name)
}
