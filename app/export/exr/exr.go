// Package exr writes pictures for compositing: OpenEXR files with scene-linear colours, how far
// what is seen lies from the camera, and which point of which sequence it is.
package exr

import (
	"errors"
	"fmt"
	"math"

	"github.com/mrjoshuak/go-openexr/exr"
	"github.com/mrjoshuak/go-openexr/half"

	"iceexplorer/app/inspect/cores"
	"iceexplorer/cache/atomicfile"
	"iceexplorer/cache/pathname"
)

// Channels of a file, besides R, G, B and A.
const (
	Depth    = "Z"        // float: along the camera's axis, in units of the scene
	ID       = "id.ID"    // uint: of the point, as two's complement where it is negative
	Sequence = "id.layer" // uint: 0 where no point is seen, else a sequence of the header, from 1
)

// Far is the depth where no point is seen, as Blender writes it: a number, as infinity becomes NaN
// when a compositor scales or blurs the channel.
const Far = 1e10

// Picture is what a file holds: W*H values of each kind, top row first.
type Picture struct {
	W, H int
	// Color has red, green, blue and alpha of each pixel as half floats: premultiplied, on the
	// curve of sRGB, which goes on above 1. Write makes them linear, in place.
	Color     []uint16
	Depth     []float32
	ID        []uint32
	Sequence  []uint32
	Sequences []Named
	Rate      float64 // pictures per second; 0: not known
}

// Named is a sequence of the header.
type Named struct {
	Name string
	IDs  string // what ID has of its points: ID or index
}

// rows is how many rows of pixels are compressed as one, by the format.
const rows = 16

// Write makes a file of a picture, which appears under its name when it is complete. The folder
// must exist. of is what the picture shows, for who may see it.
func Write(path string, of *atomicfile.Sources, p *Picture) error {
	if err := write(path, of, p); err != nil {
		return fmt.Errorf("write the picture: %w: %s", pathname.Reason(err), path)
	}
	return nil
}

func write(path string, of *atomicfile.Sources, p *Picture) (err error) {
	// As of other pictures, which can be made again: it need not be on the disk.
	f, err := atomicfile.Create(path, atomicfile.Options{NoSync: true, Of: of})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Discard()) }()
	linear(p.Color)
	w, err := exr.NewScanlineWriter(f, header(p))
	if err != nil {
		return err
	}
	w.SetFrameBuffer(buffer(p))
	// The library computes on as many cores as it has blocks for.
	for y, step := 0, rows*cores.Count(); y < p.H; y += step {
		if err := w.WritePixels(y, min(y+step, p.H)-1); err != nil {
			return err
		}
	}
	if err := w.Close(); err != nil {
		return err
	}
	return f.Commit()
}

func header(p *Picture) *exr.Header {
	h := exr.NewScanlineHeader(p.W, p.H)
	h.SetCompression(exr.CompressionZIP)
	channels := exr.NewChannelList()
	for _, name := range colors {
		channels.Add(exr.NewChannel(name, exr.PixelTypeHalf))
	}
	channels.Add(exr.NewChannel(Depth, exr.PixelTypeFloat))
	channels.Add(exr.NewChannel(ID, exr.PixelTypeUint))
	channels.Add(exr.NewChannel(Sequence, exr.PixelTypeUint))
	h.SetChannels(channels)
	exr.SetChromaticities(h, exr.DefaultChromaticities()) // those of sRGB
	text := func(name, value string) {
		h.Set(&exr.Attribute{Name: name, Type: exr.AttrTypeString, Value: value})
	}
	text("software", "ICE Explorer")
	if rate, ok := rational(p.Rate); ok {
		h.Set(&exr.Attribute{Name: "framesPerSecond", Type: exr.AttrTypeRational, Value: rate})
	}
	for i, s := range p.Sequences {
		text(fmt.Sprintf("layer%d", i+1), s.Name)
		text(fmt.Sprintf("layer%dID", i+1), s.IDs)
	}
	return h
}

var colors = [...]string{"R", "G", "B", "A"}

func buffer(p *Picture) *exr.FrameBuffer {
	fb := exr.NewFrameBuffer()
	pixels := make([]half.Half, len(p.Color))
	for i, v := range p.Color {
		pixels[i] = half.FromBits(v)
	}
	for i, name := range colors {
		s := exr.NewSliceFromHalf(pixels[i:], p.W, p.H)
		s.XStride *= len(colors)
		s.YStride *= len(colors)
		fb.Set(name, s)
	}
	fb.Set(Depth, exr.NewSliceFromFloat32(p.Depth, p.W, p.H))
	fb.Set(ID, exr.NewSliceFromUint32(p.ID, p.W, p.H))
	fb.Set(Sequence, exr.NewSliceFromUint32(p.Sequence, p.W, p.H))
	return fb
}

// rational is a rate as compositors know it: 23.976 is 24000/1001.
func rational(rate float64) (r exr.Rational, ok bool) {
	if !(rate > 0) || rate > 1e6 {
		return r, false
	}
	for _, denom := range []float64{1, 2, 4} {
		if num := rate * denom; num == math.Round(num) {
			return exr.Rational{Num: int32(num), Denom: uint32(denom)}, true
		}
	}
	if whole := math.Round(rate); math.Abs(rate-whole*1000/1001) < 0.0006*whole/24 {
		return exr.Rational{Num: int32(whole) * 1000, Denom: 1001}, true
	}
	return exr.Rational{Num: int32(math.Round(rate * 1000)), Denom: 1000}, true
}
