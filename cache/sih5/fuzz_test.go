package sih5

import (
	"context"
	"encoding/binary"
	"os"
	"path/filepath"
	"testing"

	"iceexplorer/cache"
)

// pick reads the numbers of a made-up file from fuzz input; past its end they are 0.
type pick []byte

func (p *pick) byte() byte {
	if len(*p) == 0 {
		return 0
	}
	b := (*p)[0]
	*p = (*p)[1:]
	return b
}

// number is small, near a power of two, or anything.
func (p *pick) number() uint64 {
	switch k := p.byte(); {
	case k < 128:
		return uint64(k)
	case k < 192:
		return 1<<(k&63) + uint64(int8(p.byte()))
	default:
		var b [8]byte
		for i := range b {
			b[i] = p.byte()
		}
		return binary.LittleEndian.Uint64(b[:])
	}
}

func (p *pick) file() *rawFile {
	r := &rawFile{dialect: "plain", warnings: `["x"]`}
	for i := intVersion; i < numInts; i++ {
		if p.byte()&1 == 0 {
			r.header.set(i, int64(p.number()))
		}
	}
	for range p.byte() % 4 {
		c := rawColumn{link: string([]byte{p.byte(), p.byte(), '_'})}
		for i := range intVersion {
			c.meta.set(i, int64(p.number()))
		}
		if p.byte()&1 == 0 { // mostly a type that exists
			c.meta.set(intDataType, 1<<(p.byte()%19))
			c.meta.set(intStructure, 1+int64(p.byte()&1))
			c.meta.set(intContext, 2)
		}
		for i := range c.parts {
			if p.byte()&1 == 0 {
				continue
			}
			c.parts[i] = dataset{present: true, rank: int(p.byte() % 4), elem: int(p.byte() % 10), layout: int(p.byte() % 7),
				dims: [2]uint64{p.number(), p.number()}, size: p.number(), offset: p.number(), storage: p.number(),
				chunk: [2]uint64{p.number(), p.number()}}
			if p.byte()&1 == 0 { // mostly what fits itself
				d := &c.parts[i]
				d.storage = d.dims[0] * max(d.dims[1], 1) * d.size
				d.offset = d.offset / 8 * 8
			}
		}
		for range p.byte() % 3 {
			c.meta.ranges = append(c.meta.ranges, cache.Range{Min: float64(p.number()), Finite: p.number(), NonFinite: p.number()})
		}
		r.columns = append(r.columns, c)
	}
	return r
}

// FuzzCheck makes up what libhdf5 might say of a file: whatever it is, an index that
// passes lies within the file and within the limit.
func FuzzCheck(f *testing.F) {
	f.Add([]byte{}, uint64(0), uint64(0))
	f.Add([]byte("0123456789abcdef0123456789abcdef0123456789abcdef"), uint64(1<<20), uint64(1<<30))
	f.Fuzz(func(t *testing.T, in []byte, fileSize, maxBytes uint64) {
		p := pick(in)
		r := p.file()
		fileSize >>= 8
		c, err := r.check(fileSize, maxBytes)
		if err != nil {
			if !cache.Permanent(err) {
				t.Errorf("not the file's fault: %v", err)
			}
			return
		}
		if c.need > maxBytes {
			t.Errorf("needs %d of %d bytes", c.need, maxBytes)
		}
		if c.mappable {
			if err := c.index.Check(fileSize); err != nil {
				t.Error(err)
			}
		}
		if err := c.copied().Check(c.need); err != nil {
			t.Error(err)
		}
		for i := range c.index.Columns {
			for j, s := range c.index.Columns[i].Spans() {
				d := &c.raws[i].parts[j]
				if s.Len == 0 {
					continue
				}
				if !d.present || d.dims[0] == 0 || s.Len%d.dims[0] != 0 {
					t.Errorf("%s of %d bytes in %d rows", partNames[j], s.Len, d.dims[0])
				}
				if d.layout == contiguous && (d.offset > fileSize || d.storage > fileSize-d.offset) {
					t.Errorf("%s at %d+%d passes in a file of %d", partNames[j], d.offset, d.storage, fileSize)
				}
			}
		}
	})
}

// FuzzIndex damages a file of this program and opens it. Input is a list of edits of
// four bytes: the place, the way, and the value.
func FuzzIndex(f *testing.F) {
	b := cache.NewBuilder(cache.Header{Version: 103, Points: 9})
	b.Float32s("PointPosition", cache.TypeVector3, make([]float32, 27))
	b.Strings("Text", make([]string, 9))
	b.Bools("Flag", make([]byte, 9))
	frame, err := b.Frame()
	if err != nil {
		f.Fatal(err)
	}
	dir := f.TempDir()
	path := filepath.Join(dir, "valid.sih5")
	if _, err := Write(context.Background(), path, frame, cache.Stamp{Size: 1, MTime: 2}, WriteOptions{NoSync: true}); err != nil {
		f.Fatal(err)
	}
	valid, err := os.ReadFile(path)
	if err != nil {
		f.Fatal(err)
	}
	f.Add([]byte{0, 60, 0, 1})
	f.Add([]byte{4, 0, 1, 255, 8, 0, 2, 7})
	f.Fuzz(func(t *testing.T, edits []byte) {
		data := append([]byte(nil), valid...)
		for ; len(edits) >= 4; edits = edits[4:] {
			at := (int(edits[0])<<8 | int(edits[1])) % len(data)
			switch edits[2] % 4 {
			case 0:
				data[at] ^= edits[3]
			case 1:
				data[at] = edits[3]
			case 2:
				clear(data[at:min(len(data), at+int(edits[3]))])
			case 3:
				data = data[:max(1, at)]
			}
		}
		openDamaged(t, dir, data)
	})
}

// openDamaged opens and copies out a file that may be damaged, and checks what comes
// of it.
func openDamaged(t *testing.T, dir string, data []byte) {
	path := filepath.Join(dir, "damaged.sih5")
	if err := os.WriteFile(path, data, 0o666); err != nil {
		t.Fatal(err)
	}
	f, err := Open(path, Options{MaxBytes: 1 << 20})
	if err != nil {
		return
	}
	defer f.Close()
	if f.Mappable() {
		if err := f.Index().Check(uint64(len(data))); err != nil {
			t.Error(err)
		}
	}
	if err := f.MeasureRanges(context.Background()); err == nil && f.Mappable() {
		if err := f.Index().Check(uint64(len(data))); err != nil {
			t.Error(err)
		}
	}
	if f.Need() > 1<<20 {
		t.Fatalf("needs %d bytes", f.Need())
	}
	dst := make([]byte, f.Need()+1)
	ix, err := f.Fill(context.Background(), dst)
	if err != nil {
		return
	}
	if _, err := cache.NewFrame(ix, dst, nil); err != nil {
		t.Error(err)
	}
}
