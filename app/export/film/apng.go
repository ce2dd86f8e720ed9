package film

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"image"
	"image/png"
	"math"

	"iceexplorer/cache/atomicfile"
)

// apng is an animated PNG: the first picture is that of a plain PNG, each further one lies in
// fdAT chunks, as what has changed since the one before. Every picture is encoded by image/png.
type apng struct {
	opt    Options
	file   *atomicfile.File
	last   []byte // the picture before
	frames uint32
	seq    uint32 // of the next chunk of the animation
	buf    bytes.Buffer
}

// control is where the acTL chunk lies: behind the signature and the header.
const control = 8 + 12 + 13

func openAPNG(_ *Kind, o *Options) (Film, error) {
	f, err := atomicfile.Create(o.Path, atomicfile.Options{NoSync: true, Of: o.Of})
	if err != nil {
		return nil, written(err, o.Path)
	}
	return &apng{opt: *o, file: f}, nil
}

// picture is one that has transparency, or none, whatever its pixels are: all pictures of a
// film are of one type.
type picture struct {
	*image.RGBA
	opaque bool
}

func (p picture) Opaque() bool { return p.opaque }

func (a *apng) Add(ctx context.Context, img *image.RGBA) error {
	if err := errors.Join(ctx.Err(), a.opt.fits(img)); err != nil {
		return err
	}
	rect := image.Rect(0, 0, a.opt.W, a.opt.H)
	if a.frames > 0 {
		rect = changed(a.last, img.Pix, a.opt.W, a.opt.H, 4)
	}
	a.last = append(a.last[:0], img.Pix...)
	var part image.Image = img.SubImage(rect.Add(img.Rect.Min))
	if sub := part.(*image.RGBA); sub.Opaque() == a.opt.Transparent {
		part = picture{sub, !a.opt.Transparent}
	}
	a.buf.Reset()
	if err := (&png.Encoder{CompressionLevel: png.BestSpeed}).Encode(&a.buf, part); err != nil {
		return written(err, a.opt.Path)
	}
	return written(a.frame(rect), a.opt.Path)
}

// frame writes what is encoded as the next picture.
func (a *apng) frame(rect image.Rectangle) error {
	data := a.buf.Bytes()
	if a.frames == 0 {
		if _, err := a.file.Write(data[:control]); err != nil {
			return err
		}
		if err := a.chunk("acTL", binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, uint32(a.opt.Pictures)), 0)); err != nil {
			return err
		}
	}
	if err := a.chunk("fcTL", a.place(rect)); err != nil {
		return err
	}
	for rest := data[8:]; len(rest) >= 12; {
		n := binary.BigEndian.Uint32(rest)
		if uint64(n)+12 > uint64(len(rest)) {
			return errors.New("the picture is encoded in an unknown way")
		}
		if string(rest[4:8]) == "IDAT" {
			if err := a.data(rest[8 : 8+n]); err != nil {
				return err
			}
		}
		rest = rest[12+n:]
	}
	a.frames++
	return nil
}

// data writes a piece of the next picture.
func (a *apng) data(b []byte) error {
	if a.frames == 0 {
		return a.chunk("IDAT", b)
	}
	return a.chunk("fdAT", append(a.next(), b...))
}

// next is the number of a chunk of the animation.
func (a *apng) next() []byte {
	a.seq++
	return binary.BigEndian.AppendUint32(nil, a.seq-1)
}

// place says where the next picture lies and how long it stands. It replaces what was there.
func (a *apng) place(r image.Rectangle) []byte {
	b := a.next()
	for _, v := range []int{r.Dx(), r.Dy(), r.Min.X, r.Min.Y} {
		b = binary.BigEndian.AppendUint32(b, uint32(v))
	}
	of := 1000.0
	for of > 1 && a.opt.Rate*of > math.MaxUint16 {
		of /= 10
	}
	per := min(max(math.Round(a.opt.Rate*of), 1), math.MaxUint16)
	b = binary.BigEndian.AppendUint16(b, uint16(of))
	b = binary.BigEndian.AppendUint16(b, uint16(per))
	return append(b, 0, 0)
}

func (a *apng) chunk(name string, data []byte) error {
	_, err := a.file.Write(chunk(name, data))
	return err
}

func chunk(name string, data []byte) []byte {
	b := binary.BigEndian.AppendUint32(make([]byte, 0, len(data)+12), uint32(len(data)))
	b = append(append(b, name...), data...)
	return binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(b[4:]))
}

// Finish says at last how many pictures there are.
func (a *apng) Finish(ctx context.Context) error {
	defer a.Discard()
	if err := ctx.Err(); err != nil {
		return err
	}
	if a.frames == 0 {
		return fmt.Errorf("the film would have no picture: %s", a.opt.Path)
	}
	err := a.chunk("IEND", nil)
	if err == nil {
		count := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, a.frames), 0)
		_, err = a.file.WriteAt(chunk("acTL", count), control)
	}
	if err == nil {
		err = a.file.Commit()
	}
	return written(err, a.opt.Path)
}

func (a *apng) Discard() { _ = a.file.Discard() }
