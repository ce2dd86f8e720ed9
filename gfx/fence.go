package gfx

import (
	"time"

	"github.com/go-gl/gl/v3.3-core/gl"
)

// fence is passed when GL has done everything that was called before it. The
// zero fence is none.
//
// llvmpipe (seen in Mesa 22.3) reports a fence as passed while its last thread is still about
// to unlock it. The wait drops the sync object's reference, and if that was the last one, the
// thread writes into freed memory. A second sync object of the same fence, never asked, keeps
// that memory until a later fence has been passed, which the thread reaches only when it is
// done with this one.
type fence struct {
	sync, hold uintptr
	serial     uint64 // counts the device's fences
}

func (d *device) fence() fence {
	d.live["fence"]++
	d.fences++
	f := fence{sync: gl.FenceSync(gl.SYNC_GPU_COMMANDS_COMPLETE, 0), serial: d.fences}
	if d.software {
		f.hold = gl.FenceSync(gl.SYNC_GPU_COMMANDS_COMPLETE, 0)
	}
	return f
}

// wait blocks for at most the given time and is true when GL has passed f.
func (d *device) wait(f fence, limit time.Duration) bool {
	if gl.ClientWaitSync(f.sync, gl.SYNC_FLUSH_COMMANDS_BIT, uint64(limit)) == gl.TIMEOUT_EXPIRED {
		return false
	}
	d.sweepFences(f.serial)
	return true
}

// freeFence deletes the fence; what holds its memory goes when a later one has
// been passed.
func (d *device) freeFence(f *fence) {
	if f.sync == 0 {
		return
	}
	gl.DeleteSync(f.sync)
	d.spent = append(d.spent, *f)
	*f = fence{}
}

// sweepFences forgets the spent fences that are older than one that was passed.
func (d *device) sweepFences(passed uint64) {
	left := d.spent[:0]
	for _, f := range d.spent {
		if f.serial >= passed {
			left = append(left, f)
			continue
		}
		if f.hold != 0 {
			gl.DeleteSync(f.hold)
		}
		d.live["fence"]--
	}
	d.spent = left
}

// closeFences forgets all. The last one is safe after Finish too, as the driver
// keeps it until something else is drawn.
func (d *device) closeFences() {
	if len(d.spent) > 0 {
		gl.Finish()
		d.sweepFences(d.fences + 1)
	}
}

// finish waits until GL has passed the fence, and gives it up.
func (d *device) finish(f *fence) {
	for !d.wait(*f, time.Second) {
	}
	d.freeFence(f)
}

// drawFence is passed when GL has finished the Draw of that serial.
type drawFence struct {
	draw  uint64
	fence fence
}

// waitFor blocks until GL no longer reads what the Draw of this serial used.
func (r *Renderer) waitFor(serial uint64) {
	for len(r.fences) > 0 && r.fences[0].draw <= serial {
		r.dev.finish(&r.fences[0].fence)
		r.fences = r.fences[1:]
	}
}

// endDraw leaves a fence behind this Draw, and drops those long passed.
func (r *Renderer) endDraw() {
	if len(r.fences) > 2*ringSlots {
		r.waitFor(r.fences[0].draw)
	}
	r.fences = append(r.fences, drawFence{r.serial, r.dev.fence()})
}
