package gfx

import (
	"testing"
	"time"

	"github.com/go-gl/gl/v3.3-core/gl"
)

// llvmpipe crashed in malloc when a fence was let go while its thread had not
// left it: see fence.
func TestMemoryOfAFenceStaysUntilALaterOneIsPassed(t *testing.T) {
	r := newTestRenderer(t, Options{})
	d := r.dev
	d.software = true
	mark := func() fence {
		gl.Clear(gl.COLOR_BUFFER_BIT)
		return d.fence()
	}
	first, second, third := mark(), mark(), mark()
	holds := []uintptr{first.hold, second.hold, third.hold}
	expect := func(when string, want ...bool) {
		t.Helper()
		for i, h := range holds {
			if gl.IsSync(h) != want[i] {
				t.Errorf("%s: fence %d is held: %v", when, i+1, !want[i])
			}
		}
	}
	sync := first.sync
	d.finish(&first)
	if gl.IsSync(sync) || first != (fence{}) {
		t.Error("the finished fence is not deleted")
	}
	expect("after the first", true, true, true)
	if !d.wait(second, time.Second) {
		t.Fatal("the second is not passed")
	}
	expect("after the second", false, true, true)
	d.freeFence(&second)
	d.finish(&third)
	expect("after the third", false, false, true)
	d.closeFences()
	expect("in the end", false, false, false)
	if d.live["fence"] != 0 {
		t.Errorf("%d fences are counted as left", d.live["fence"])
	}
}
