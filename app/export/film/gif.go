package film

import (
	"bufio"
	"compress/lzw"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"image"
	"io"
	"math"
	"path/filepath"

	"github.com/klauspost/compress/zstd"

	"iceexplorer/cache/atomicfile"
)

// gifFilm is an animated GIF. One palette serves the whole film, so that nothing flickers; it
// is known when all pictures are, which wait for it on the disk, packed.
type gifFilm struct {
	opt    Options
	file   *atomicfile.File
	spool  *atomicfile.File
	pack   *zstd.Encoder
	census census
	frames int
}

func openGIF(_ *Kind, o *Options) (Film, error) {
	if o.W > math.MaxUint16 || o.H > math.MaxUint16 {
		return nil, fmt.Errorf("a GIF has no room for %d x %d pixels", o.W, o.H)
	}
	f, err := atomicfile.Create(o.Path, atomicfile.Options{NoSync: true, Of: o.Of})
	if err != nil {
		return nil, written(err, o.Path)
	}
	g := &gifFilm{opt: *o, file: f}
	if g.spool, err = atomicfile.Create(filepath.Join(filepath.Dir(o.Path), "spool"), atomicfile.Options{NoSync: true, Replace: true, Of: o.Of}); err != nil {
		g.Discard()
		return nil, written(err, o.Path)
	}
	if g.pack, err = zstd.NewWriter(g.spool, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithEncoderConcurrency(1)); err != nil {
		g.Discard()
		return nil, written(err, o.Path)
	}
	return g, nil
}

func (g *gifFilm) Add(ctx context.Context, img *image.RGBA) error {
	if err := errors.Join(ctx.Err(), g.opt.fits(img)); err != nil {
		return err
	}
	g.census.count(img.Pix)
	g.frames++
	_, err := g.pack.Write(img.Pix)
	return written(err, g.opt.Path)
}

// Finish writes the film.
func (g *gifFilm) Finish(ctx context.Context) error {
	defer g.Discard()
	if g.frames == 0 {
		return fmt.Errorf("the film would have no picture: %s", g.opt.Path)
	}
	err := g.pack.Close()
	if err == nil {
		_, err = g.spool.Seek(0, io.SeekStart)
	}
	if err != nil {
		return written(err, g.opt.Path)
	}
	pictures, err := zstd.NewReader(g.spool, zstd.WithDecoderConcurrency(1))
	if err != nil {
		return written(err, g.opt.Path)
	}
	defer pictures.Close()
	w := bufio.NewWriterSize(g.file, 1<<16)
	if err = g.write(ctx, w, pictures); err == nil {
		if err = w.Flush(); err == nil {
			err = g.file.Commit()
		}
	}
	return written(err, g.opt.Path)
}

func (g *gifFilm) Discard() {
	if g.pack != nil {
		_ = g.pack.Close() // its goroutines end; the spool goes
	}
	for _, f := range []*atomicfile.File{g.spool, g.file} {
		if f != nil {
			_ = f.Discard()
		}
	}
}

func (g *gifFilm) write(ctx context.Context, w *bufio.Writer, pictures io.Reader) error {
	p := g.census.palette()
	g.head(w, &p)
	pix, n := make([]byte, 4*g.opt.W*g.opt.H), g.opt.W*g.opt.H
	now, last, out := make([]byte, n), make([]byte, n), make([]byte, n)
	for i := range g.frames {
		if err := ctx.Err(); err != nil {
			return err
		}
		if _, err := io.ReadFull(pictures, pix); err != nil {
			return err
		}
		p.draw(now, pix, g.opt.W)
		rect := image.Rect(0, 0, g.opt.W, g.opt.H)
		if i > 0 && !g.opt.Transparent {
			rect = changed(last, now, g.opt.W, g.opt.H, 1)
		}
		part := out[:0]
		for y := rect.Min.Y; y < rect.Max.Y; y++ {
			for x := rect.Min.X; x < rect.Max.X; x++ {
				at := y*g.opt.W + x
				if c := now[at]; i == 0 || g.opt.Transparent || c != last[at] {
					part = append(part, c)
				} else {
					part = append(part, noColor)
				}
			}
		}
		if err := g.picture(w, i, rect, part); err != nil {
			return err
		}
		now, last = last, now
	}
	return w.WriteByte(0x3b)
}

// head writes what comes before the pictures: the size, the palette, and that the film goes
// round. Errors of a bufio.Writer stay.
func (g *gifFilm) head(w *bufio.Writer, p *palette) {
	w.WriteString("GIF89a")
	w.Write(binary.LittleEndian.AppendUint16(binary.LittleEndian.AppendUint16(nil, uint16(g.opt.W)), uint16(g.opt.H)))
	w.Write([]byte{0xf7, 0, 0}) // 256 colours of 8 bits
	var table [3 * 256]byte
	for i, c := range p.colors {
		table[3*i], table[3*i+1], table[3*i+2] = byte(c[0]), byte(c[1]), byte(c[2])
	}
	w.Write(table[:])
	w.WriteString("\x21\xff\x0bNETSCAPE2.0\x03\x01\x00\x00\x00")
}

// slowest is the shortest time of a picture that players keep to, in hundredths of a second.
const slowest = 2

// delay is how long a picture stands, in hundredths of a second: what is lost by rounding
// comes back in a later one.
func (g *gifFilm) delay(i int) uint16 {
	at := func(i int) float64 { return math.Round(float64(i) * 100 / g.opt.Rate) }
	return uint16(min(max(at(i+1)-at(i), slowest), math.MaxUint16))
}

func (g *gifFilm) picture(w *bufio.Writer, i int, r image.Rectangle, part []byte) error {
	flags := byte(1<<2 | 1) // it stays, and a colour stands for none
	if g.opt.Transparent {
		flags = 2<<2 | 1 // it is wiped out
	}
	w.Write([]byte{0x21, 0xf9, 4, flags})
	w.Write(binary.LittleEndian.AppendUint16(nil, g.delay(i)))
	w.Write([]byte{noColor, 0, 0x2c})
	for _, v := range []int{r.Min.X, r.Min.Y, r.Dx(), r.Dy()} {
		w.Write(binary.LittleEndian.AppendUint16(nil, uint16(v)))
	}
	w.Write([]byte{0, 8})
	b := &blocks{w: w}
	z := lzw.NewWriter(b, lzw.LSB, 8)
	if _, err := z.Write(part); err != nil {
		return err
	}
	if err := z.Close(); err != nil {
		return err
	}
	return b.end()
}

// blocks writes data as blocks of at most 255 bytes, each behind its length.
type blocks struct {
	w    *bufio.Writer
	data [256]byte
	n    int
}

func (b *blocks) Write(p []byte) (int, error) {
	for _, v := range p {
		if err := b.WriteByte(v); err != nil {
			return 0, err
		}
	}
	return len(p), nil
}

// WriteByte makes lzw write here without a buffer of its own.
func (b *blocks) WriteByte(v byte) error {
	b.n++
	b.data[b.n] = v
	if b.n < 255 {
		return nil
	}
	return b.flush()
}

// Flush is lzw's, which a block may outlast.
func (b *blocks) Flush() error { return nil }

func (b *blocks) flush() error {
	b.data[0] = byte(b.n)
	_, err := b.w.Write(b.data[:b.n+1])
	b.n = 0
	return err
}

func (b *blocks) end() error {
	if b.n > 0 {
		if err := b.flush(); err != nil {
			return err
		}
	}
	return b.w.WriteByte(0)
}
