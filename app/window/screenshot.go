package window

import (
	"errors"
	"fmt"
	"image"
	"image/png"
	"io"
	"os"
	"path/filepath"

	"github.com/AllenDang/cimgui-go/imgui"
	"github.com/AllenDang/cimgui-go/impl/opengl3"
	"github.com/go-gl/gl/v3.3-core/gl"

	"iceexplorer/cache/atomicfile"
)

type shot struct {
	path  string
	done  func(error)
	after int64 // frames drawn when the picture is taken, at the earliest
}

// shotFrames are drawn between the request and the picture, so that windows
// opened by the last action have found their size.
const shotFrames = 3

// Screenshot writes the window's contents to a PNG file, a few frames from now,
// and then calls done on the loop, once. From any goroutine. When the window
// closes before, done is not called.
func (w *Window) Screenshot(path string, done func(error)) {
	w.Post(func() {
		w.shots = append(w.shots, shot{path, done, w.Frames() + shotFrames})
	})
}

// takeShots runs after a frame, with the GL context current.
func (w *Window) takeShots() {
	if len(w.shots) == 0 {
		return
	}
	w.pacer.wake()
	var due []shot
	rest := w.shots[:0]
	for _, s := range w.shots {
		if w.Frames() >= s.after {
			due = append(due, s)
		} else {
			rest = append(rest, s)
		}
	}
	w.shots = rest
	if len(due) == 0 {
		return
	}
	img, err := capture()
	go func() { // encoding takes longer than a frame
		for _, s := range due {
			err := err
			if err == nil {
				err = writePNG(s.path, img)
			}
			w.Post(func() {
				if s.done != nil {
					s.done(err)
				}
			})
		}
	}()
}

// capture draws the last frame's commands once more, into a frame buffer of its
// own. The window's own buffers are undefined after the swap, and for a hidden
// or covered window. Call after ImGui's Render and before the next frame.
func capture() (*image.NRGBA, error) {
	data := imgui.CurrentDrawData()
	if data == nil || !data.Valid() {
		return nil, errors.New("take a screenshot: nothing has been drawn yet")
	}
	size, scale := data.DisplaySize(), data.FramebufferScale()
	width, height := int32(size.X*scale.X), int32(size.Y*scale.Y)
	if width <= 0 || height <= 0 {
		return nil, errors.New("take a screenshot: the window has no area")
	}
	var fbo, tex uint32
	gl.GenTextures(1, &tex)
	defer gl.DeleteTextures(1, &tex)
	gl.BindTexture(gl.TEXTURE_2D, tex)
	gl.TexImage2D(gl.TEXTURE_2D, 0, gl.RGBA8, width, height, 0, gl.RGBA, gl.UNSIGNED_BYTE, nil)
	gl.BindTexture(gl.TEXTURE_2D, 0)
	gl.GenFramebuffers(1, &fbo)
	defer gl.DeleteFramebuffers(1, &fbo)
	gl.BindFramebuffer(gl.FRAMEBUFFER, fbo)
	defer gl.BindFramebuffer(gl.FRAMEBUFFER, 0)
	gl.FramebufferTexture2D(gl.FRAMEBUFFER, gl.COLOR_ATTACHMENT0, gl.TEXTURE_2D, tex, 0)
	if s := gl.CheckFramebufferStatus(gl.FRAMEBUFFER); s != gl.FRAMEBUFFER_COMPLETE {
		return nil, fmt.Errorf("take a screenshot: frame buffer status %#x", s)
	}
	gl.Viewport(0, 0, width, height)
	gl.ClearColor(Colors().Back.X, Colors().Back.Y, Colors().Back.Z, 1)
	gl.Clear(gl.COLOR_BUFFER_BIT)
	opengl3.RenderDrawData(data)

	img := image.NewNRGBA(image.Rect(0, 0, int(width), int(height)))
	gl.BindBuffer(gl.PIXEL_PACK_BUFFER, 0)
	gl.PixelStorei(gl.PACK_ALIGNMENT, 4)
	gl.ReadPixels(0, 0, width, height, gl.RGBA, gl.UNSIGNED_BYTE, gl.Ptr(img.Pix))
	flip(img)
	return img, nil
}

// flip turns GL's rows, lowest first, into an image's, and makes it opaque.
func flip(img *image.NRGBA) {
	row := make([]byte, img.Stride)
	for y, last := 0, img.Rect.Dy()-1; y < last-y; y++ {
		a, b := img.Pix[y*img.Stride:][:img.Stride], img.Pix[(last-y)*img.Stride:][:img.Stride]
		copy(row, a)
		copy(a, b)
		copy(b, row)
	}
	for i := 3; i < len(img.Pix); i += 4 {
		img.Pix[i] = 255
	}
}

// writePNG writes a picture, creating the folder.
func writePNG(path string, img image.Image) error {
	err := os.MkdirAll(filepath.Dir(path), 0o755)
	if err == nil {
		err = atomicfile.Write(path, atomicfile.Options{NoSync: true}, func(w io.Writer) error {
			return (&png.Encoder{CompressionLevel: png.BestSpeed}).Encode(w, img)
		})
	}
	if err != nil {
		return fmt.Errorf("write a screenshot: %w", err)
	}
	return nil
}
