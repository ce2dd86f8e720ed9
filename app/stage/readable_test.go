package stage

import (
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/bits-and-blooms/bitset"

	"iceexplorer/app/disk"
	"iceexplorer/app/look"
	"iceexplorer/app/session"
	"iceexplorer/gfx/style"
)

// shutDisk brings nothing into memory while it is shut.
type shutDisk struct {
	disk.System
	shut atomic.Bool
	gate chan struct{} // closed: all comes
}

func (d *shutDisk) Populate([]byte) {
	if d.shut.Load() {
		<-d.gate
	}
}

// onDisk is a scene of the first of five frames of some points, whose disk can be shut.
func onDisk(t *testing.T, points int) (*rig, *session.Layer, *shutDisk) {
	t.Helper()
	d := &shutDisk{gate: make(chan struct{})}
	r := rigOf(t, &onePool{t, points}, session.Options{Budget: 1 << 30, Patience: time.Nanosecond, Disk: d})
	l := r.open(5)
	r.until(func() bool { return r.session.Shown(l).Frame != nil })
	r.rest()
	return r, l, d
}

// until draws until something holds.
func (r *rig) until(holds func() bool) {
	r.t.Helper()
	begun := time.Now()
	for r.frame(frameTime); !holds(); r.frame(frameTime) {
		if time.Since(begun) > 10*time.Second {
			r.t.Fatal("it never comes")
		}
	}
}

// Attributes that nobody had drawn before were read by the loop, page by page.
func TestColoursThatAreReadSlowlyComeWhenTheyAreThere(t *testing.T) {
	t.Parallel()
	r, l, d := onDisk(t, 2)
	d.shut.Store(true)
	r.opt.Look.ColorByScalar(look.Scalar{Attribute: "ID", Title: "ID"})
	r.frame(frameTime)
	if c := r.r.clouds[0]; c.Coloring.Mode != style.ColorAttribute || c.Scalar.Present() {
		t.Errorf("what is not in memory is drawn: %+v", c.Coloring)
	}
	if text := strings.Join(r.r.view.Texts[1].Lines, "\n"); !strings.HasSuffix(text, "reading ID of frame 1") {
		t.Errorf("said %q", text)
	}
	if why := r.Incomplete(); !strings.HasSuffix(why, "reading ID of frame 1") || !r.Busy() || !r.Preparing() || !r.session.Behind() || r.session.Settled(false) {
		t.Errorf("%q, busy %v, preparing %v, behind %v", why, r.Busy(), r.Preparing(), r.session.Behind())
	}
	r.opt.Look.Turn(look.Grid, false)
	if r.frame(frameTime); r.r.view.Grid {
		t.Error("other changes wait too")
	}
	close(d.gate)
	r.until(func() bool { return !r.reading })
	if c := r.r.clouds[0]; c.Coloring.Mode != style.ColorScalar || !c.Scalar.Present() || r.Incomplete() != "" || r.session.Behind() {
		t.Errorf("in memory: %+v", c.Coloring)
	}
	r.opt.Look.ColorByAttribute() // which is there still
	if r.frame(frameTime); r.r.clouds[0].Coloring.Mode != style.ColorAttribute || r.reading {
		t.Error("what was drawn before is read again")
	}
	if sh := r.session.Shown(l); sh.Held {
		t.Errorf("%+v", sh)
	}
}

func TestColoursThatAreReadSlowlyAreGivenUpForOthers(t *testing.T) {
	t.Parallel()
	r, _, d := onDisk(t, 2)
	d.shut.Store(true)
	r.opt.Look.ColorByScalar(look.Scalar{Attribute: "ID", Title: "ID"})
	r.frame(frameTime)
	r.opt.Look.ColorByConstant()
	if r.frame(frameTime); r.r.clouds[0].Coloring.Mode != style.ColorConstant || r.Busy() || r.Incomplete() != "" {
		t.Errorf("%+v", r.r.clouds[0].Coloring)
	}
	close(d.gate)
}

// The loop waited for all selected points to be looked at, and for the facts of a point to be
// read.
func TestWhatIsKnownOfPointsTooLateComesLater(t *testing.T) {
	t.Parallel()
	r, l, _ := onDisk(t, 8)
	r.session.Select(session.SelectOnly, session.Picked{Layer: l.ID, Number: 1, Rows: bitset.New(8).Set(5)})
	r.until(func() bool {
		rows, _ := r.session.Selected(l, r.session.Shown(l))
		return rows != nil && rows.Test(5) && !r.session.Choosing()
	})
	was := r.Camera()
	if err := r.FrameSelection(); err != nil {
		t.Error(err)
	}
	r.until(func() bool { return r.Resting() && r.Camera().Distance < was.Distance })

	r.at(400, 300)
	r.until(func() bool { return len(r.r.asked) > 0 })
	r.answer(5)
	r.until(func() bool { return len(r.Facts()) > 0 })
	if got := r.Facts()[0]; got != [2]string{"ID", "5"} {
		t.Errorf("%v", got)
	}
}
