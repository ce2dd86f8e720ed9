package gfx

import (
	"fmt"

	"github.com/go-gl/gl/v3.3-core/gl"
)

// target is what Draw draws into: a multisampled framebuffer for the scene and a
// plain one with the texture that is shown. Without multisampling the scene goes
// straight into the second.
type target struct {
	w, h, samples int
	scene         uint32 // framebuffer; equal to out without multisampling
	sceneColor    uint32 // renderbuffer
	depth         uint32 // renderbuffer, with a stencil
	out           uint32
	color         uint32 // texture
	sum           uint32 // framebuffer for density
	sumTex        uint32
	bright        bool // half floats instead of bytes: for colours above 1
}

// brightest is the largest value of a colour. On the curve of sRGB half floats end a little above
// 100.
func (t *target) brightest() float64 {
	if t.bright {
		return 100
	}
	return 1
}

// format is that of the colours.
func (t *target) format() (internal uint32, component uint32) {
	if t.bright {
		return gl.RGBA16F, gl.HALF_FLOAT
	}
	return gl.RGBA8, gl.UNSIGNED_BYTE
}

func (t *target) resize(d *device, w, h, samples int, density bool) error {
	if w != t.w || h != t.h || samples != t.samples {
		t.free(d)
		t.w, t.h, t.samples = w, h, samples
		internal, component := t.format()
		t.out = d.framebuffer()
		t.color = d.texture()
		gl.BindTexture(gl.TEXTURE_2D, t.color)
		gl.TexImage2D(gl.TEXTURE_2D, 0, int32(internal), int32(w), int32(h), 0, gl.RGBA, component, nil)
		gl.TexParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.LINEAR)
		gl.TexParameteri(gl.TEXTURE_2D, gl.TEXTURE_MAG_FILTER, gl.LINEAR)
		gl.TexParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_S, gl.CLAMP_TO_EDGE)
		gl.TexParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_T, gl.CLAMP_TO_EDGE)
		gl.BindFramebuffer(gl.FRAMEBUFFER, t.out)
		gl.FramebufferTexture2D(gl.FRAMEBUFFER, gl.COLOR_ATTACHMENT0, gl.TEXTURE_2D, t.color, 0)
		t.scene = t.out
		n := int32(0)
		if samples > 1 {
			n = int32(samples)
			t.scene = d.framebuffer()
			gl.BindFramebuffer(gl.FRAMEBUFFER, t.scene)
			t.sceneColor = d.renderbuffer()
			gl.BindRenderbuffer(gl.RENDERBUFFER, t.sceneColor)
			gl.RenderbufferStorageMultisample(gl.RENDERBUFFER, n, internal, int32(w), int32(h))
			gl.FramebufferRenderbuffer(gl.FRAMEBUFFER, gl.COLOR_ATTACHMENT0, gl.RENDERBUFFER, t.sceneColor)
		}
		t.depth = d.renderbuffer()
		gl.BindRenderbuffer(gl.RENDERBUFFER, t.depth)
		gl.RenderbufferStorageMultisample(gl.RENDERBUFFER, n, gl.DEPTH24_STENCIL8, int32(w), int32(h))
		gl.FramebufferRenderbuffer(gl.FRAMEBUFFER, gl.DEPTH_STENCIL_ATTACHMENT, gl.RENDERBUFFER, t.depth)
		if err := complete(w, h, samples); err != nil {
			t.free(d)
			return err
		}
	}
	if density && t.sum == 0 {
		t.sum, t.sumTex = d.framebuffer(), d.texture()
		gl.BindTexture(gl.TEXTURE_2D, t.sumTex)
		gl.TexImage2D(gl.TEXTURE_2D, 0, gl.RGBA32F, int32(w), int32(h), 0, gl.RGBA, gl.FLOAT, nil)
		gl.TexParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.NEAREST)
		gl.TexParameteri(gl.TEXTURE_2D, gl.TEXTURE_MAG_FILTER, gl.NEAREST)
		gl.BindFramebuffer(gl.FRAMEBUFFER, t.sum)
		gl.FramebufferTexture2D(gl.FRAMEBUFFER, gl.COLOR_ATTACHMENT0, gl.TEXTURE_2D, t.sumTex, 0)
		if err := complete(w, h, 1); err != nil {
			t.free(d)
			return err
		}
	}
	if !density {
		d.freeFramebuffer(&t.sum)
		d.freeTexture(&t.sumTex)
	}
	return nil
}

func complete(w, h, samples int) error {
	if st := gl.CheckFramebufferStatus(gl.FRAMEBUFFER); st != gl.FRAMEBUFFER_COMPLETE {
		return fmt.Errorf("making a picture of %d x %d pixels with %d samples: the graphics card refuses it (%#x)", w, h, samples, st)
	}
	return nil
}

func (t *target) bind() { gl.BindFramebuffer(gl.FRAMEBUFFER, t.scene) }

// resolve averages the samples into the shown texture and leaves that bound.
func (t *target) resolve(*device) {
	if t.scene != t.out {
		gl.BindFramebuffer(gl.READ_FRAMEBUFFER, t.scene)
		gl.BindFramebuffer(gl.DRAW_FRAMEBUFFER, t.out)
		gl.BlitFramebuffer(0, 0, int32(t.w), int32(t.h), 0, 0, int32(t.w), int32(t.h), gl.COLOR_BUFFER_BIT, gl.NEAREST)
	}
	gl.BindFramebuffer(gl.FRAMEBUFFER, t.out)
	gl.Disable(gl.MULTISAMPLE)
}

func (t *target) free(d *device) {
	if t.scene != t.out {
		d.freeFramebuffer(&t.scene)
	}
	d.freeFramebuffer(&t.out)
	d.freeFramebuffer(&t.sum)
	d.freeRenderbuffer(&t.sceneColor)
	d.freeRenderbuffer(&t.depth)
	d.freeTexture(&t.color)
	d.freeTexture(&t.sumTex)
	*t = target{bright: t.bright}
}
