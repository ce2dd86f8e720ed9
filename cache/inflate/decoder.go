package inflate

import (
	"context"
	"fmt"
	"hash/crc32"
	"math"
)

// checkEvery is how many bytes of output are decoded between two looks at the
// context; what they were is still in the cache when the checksum is taken.
const checkEvery = 256 << 10

type blockState uint8

const (
	atHeader blockState = iota
	inStored
	inHuffman
)

// decoder decodes raw deflate streams from src into dst. Bits of src before
// in are either consumed or in the low nbits of bits; the rest of bits is zero
// except within the fast loop.
type decoder struct {
	src   []byte
	in    int
	bits  uint64
	nbits uint

	dst   []byte // all of it may be written
	out   int    // bytes written
	base  int    // where the member's output starts; distances end there
	limit uint64 // dst doesn't grow past it

	state  blockState
	final  bool
	stored int // bytes left of a stored block

	stopBit int    // bit of src from which on no block is begun
	sum     uint32 // CRC-32 of the member's output so far

	ready        bool // the symbols' entries are filled in
	fixed        bool // the tables are those of the fixed code
	litSymbols   [numLitLen]uint32
	distSymbols  [numDist]uint32
	lens         [numLitLen + numDist + 137]uint8 // a repeat may run over the end
	precodeTable [1 << precodeBits]uint32
	litTable     [litTableSize]uint32
	distTable    [distTableSize]uint32
}

// grow makes dst longer, for at least want bytes after d.out if limit allows.
func (d *decoder) grow(want uint64) {
	n := min(d.limit, uint64(d.out)+want)
	if n <= uint64(len(d.dst)) {
		return
	}
	if n <= uint64(cap(d.dst)) {
		d.dst = d.dst[:n]
		return
	}
	dst := Buffer(n)
	copy(dst, d.dst[:d.out])
	d.dst = dst
}

// body decodes one raw deflate stream from d.in on and returns the CRC-32 of
// its output.
func (d *decoder) body(ctx context.Context) (uint32, error) {
	d.begin(d.in * 8)
	d.base, d.sum = d.out, 0
	if err := d.stretch(ctx, math.MaxInt); err != nil {
		return 0, err
	}
	d.end()
	return d.sum, nil
}

// begin makes d decode blocks from a bit of src on.
func (d *decoder) begin(bit int) {
	if !d.ready {
		d.litSymbols, d.distSymbols = symbolEntries()
		d.ready = true
	}
	d.in, d.bits, d.nbits = bit/8, 0, 0
	if n := uint(bit % 8); n > 0 && d.fill(n) {
		d.take(n)
	}
	d.state, d.final = atHeader, false
}

// end moves d.in behind the last byte of which bits were decoded.
func (d *decoder) end() {
	d.in -= int(d.nbits / 8)
	d.bits, d.nbits = 0, 0
}

// bit is the position in src of the next bit to decode.
func (d *decoder) bit() int { return d.in*8 - int(d.nbits) }

// ended tells whether the whole stream was decoded.
func (d *decoder) ended() bool { return d.final && d.state == atHeader }

// stretch decodes blocks to the end of the stream or of the block that reaches
// the bit stop, and takes the checksum.
func (d *decoder) stretch(ctx context.Context, stop int) error {
	d.stopBit = stop
	for done := false; !done; {
		from := d.out
		var err error
		done, err = d.run(from + checkEvery)
		if err != nil {
			return err
		}
		d.sum = crc32.Update(d.sum, crc32.IEEETable, d.dst[from:d.out])
		if err := ctx.Err(); err != nil {
			return fmt.Errorf("gunzip: %w", err)
		}
	}
	return nil
}

// run decodes until the stream ends or the block that reaches stopBit (done),
// until d.out reaches stop, or a number of blocks, which may be empty.
func (d *decoder) run(stop int) (done bool, err error) {
	for range 64 {
		if d.state == atHeader && (d.final || d.bit() >= d.stopBit) {
			return true, nil
		}
		if d.out >= stop {
			break
		}
		switch d.state {
		case atHeader:
			err = d.blockHeader()
		case inStored:
			err = d.copyStored(stop)
		case inHuffman:
			d.fastLoop(stop)
			err = d.slowLoop(stop)
		}
		if err != nil {
			return false, err
		}
	}
	return false, nil
}

// fill loads bits from src until there are at least n (at most 56); it is false
// if src ends before.
func (d *decoder) fill(n uint) bool {
	for d.nbits < n {
		if d.in >= len(d.src) {
			return false
		}
		d.bits |= uint64(d.src[d.in]) << d.nbits
		d.in++
		d.nbits += 8
	}
	return true
}

// take consumes n bits, which must have been filled.
func (d *decoder) take(n uint) uint {
	v := d.bits & (1<<n - 1)
	d.bits >>= n
	d.nbits -= n
	return uint(v)
}

// damaged reports damage at the bits to be decoded next.
func (d *decoder) damaged(msg string) error {
	return d.errorAt(d.in-int(d.nbits/8), msg)
}

func (d *decoder) blockHeader() error {
	if !d.fill(3) {
		return d.truncated("the file is cut short")
	}
	d.final = d.take(1) == 1
	switch d.take(2) {
	case 0:
		d.take(d.nbits % 8)
		if !d.fill(32) {
			return d.truncated("the file is cut short")
		}
		n, check := d.take(16), d.take(16)
		if n^check != 0xffff {
			return d.damaged("length of a stored block is damaged")
		}
		d.in -= int(d.nbits / 8)
		d.bits, d.nbits = 0, 0
		d.stored = int(n)
		d.state = inStored
		return nil
	case 1:
		if !d.fixed {
			d.fixedTables()
		}
	case 2:
		d.fixed = false
		if err := d.dynamicTables(); err != nil {
			return err
		}
	default:
		return d.damaged("block of no known kind")
	}
	d.state = inHuffman
	return nil
}

func (d *decoder) fixedTables() {
	lens := d.lens[:numLitLen]
	for i := range lens {
		switch {
		case i < 144:
			lens[i] = 8
		case i < 256:
			lens[i] = 9
		case i < 280:
			lens[i] = 7
		default:
			lens[i] = 8
		}
	}
	buildTable(d.litTable[:], litBits, lens, d.litSymbols[:])
	lens = d.lens[:numDist]
	for i := range lens {
		lens[i] = 5
	}
	buildTable(d.distTable[:], distBits, lens, d.distSymbols[:])
	d.fixed = true
}

// dynamicTables reads the code lengths of a block and builds its tables.
func (d *decoder) dynamicTables() error {
	order := [numPrecode]uint8{16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15}
	if !d.fill(14) {
		return d.truncated("the file is cut short")
	}
	numLit, numDist, numPre := d.take(5)+257, d.take(5)+1, d.take(4)+4
	if numLit > 286 || numDist > 30 {
		return d.damaged("too many code lengths")
	}
	var precode [numPrecode]uint8
	for _, i := range order[:numPre] {
		if !d.fill(3) {
			return d.truncated("the file is cut short")
		}
		precode[i] = uint8(d.take(3))
	}
	var symbols [numPrecode]uint32
	for i := range symbols {
		symbols[i] = uint32(i) << 16
	}
	if !buildTable(d.precodeTable[:], precodeBits, precode[:], symbols[:]) {
		return d.damaged("code of the code lengths is damaged")
	}
	total := numLit + numDist
	for i := uint(0); i < total; {
		// A code word of at most 7 bits and 7 extra bits; near the end of src
		// there may be fewer.
		enough := d.fill(14)
		e := d.precodeTable[d.bits&(1<<precodeBits-1)]
		if n := uint(e & 63); e&entrySpecial != 0 || n > d.nbits {
			if !enough {
				return d.truncated("the file is cut short")
			}
			return d.damaged("code lengths are damaged")
		}
		d.take(uint(e & 63))
		sym := uint8(e >> 16)
		if sym < 16 {
			d.lens[i] = sym
			i++
			continue
		}
		value, least, extra := uint8(0), uint(3), uint(3)
		switch sym {
		case 16:
			if i == 0 {
				return d.damaged("code lengths are damaged")
			}
			value, extra = d.lens[i-1], 2
		case 18:
			least, extra = 11, 7
		}
		if !d.fill(extra) {
			return d.truncated("the file is cut short")
		}
		n := least + d.take(extra)
		for j := i; j < i+n; j++ {
			d.lens[j] = value
		}
		i += n
		if i > total {
			return d.damaged("code lengths are damaged")
		}
	}
	if !buildTable(d.litTable[:], litBits, d.lens[:numLit], d.litSymbols[:]) ||
		!buildTable(d.distTable[:], distBits, d.lens[numLit:total], d.distSymbols[:]) {
		return d.damaged("code is damaged")
	}
	return nil
}

func (d *decoder) copyStored(stop int) error {
	for d.stored > 0 && d.out < stop {
		if d.in >= len(d.src) {
			return d.truncated("the file is cut short")
		}
		if d.out == len(d.dst) {
			if err := d.more(); err != nil {
				return err
			}
		}
		n := min(d.stored, len(d.src)-d.in)
		n = copy(d.dst[d.out:], d.src[d.in:d.in+n])
		d.in += n
		d.out += n
		d.stored -= n
	}
	if d.stored == 0 {
		d.state = atHeader
	}
	return nil
}

// more makes room for more output when dst is full.
func (d *decoder) more() error {
	if uint64(len(d.dst)) >= d.limit {
		return d.limitError()
	}
	d.grow(max(64<<10, uint64(len(d.dst))))
	return nil
}

// slowLoop decodes symbol by symbol to the end of the block, to stop, or until
// the fast loop has room again.
func (d *decoder) slowLoop(stop int) error {
	for d.out < stop {
		d.fill(48)
		e := d.litTable[d.bits&(1<<litBits-1)]
		used := uint(0)
		if e&entryKindMask == entryPointer {
			used = litBits
			e = d.litTable[e>>16&0x7fff+uint32(d.bits>>litBits)&(1<<(e>>8&15)-1)]
		}
		length, n, err := d.symbol(e, used)
		if err != nil {
			return err
		}
		switch {
		case int32(e) < 0:
			if d.out == len(d.dst) {
				if err := d.more(); err != nil {
					return err
				}
			}
			d.take(n)
			d.dst[d.out] = byte(length)
			d.out++
			if d.hasFastRoom() {
				return nil
			}
			continue
		case e&entrySpecial != 0:
			d.take(n)
			d.state = atHeader
			return nil
		}
		d.take(n)

		e = d.distTable[d.bits&(1<<distBits-1)]
		used = 0
		if e&entryKindMask == entryPointer {
			used = distBits
			e = d.distTable[e>>16&0x7fff+uint32(d.bits>>distBits)&(1<<(e>>8&15)-1)]
		}
		dist, n, err := d.symbol(e, used)
		if err != nil {
			return err
		}
		if dist > d.out-d.base {
			return d.damaged("distance reaches before the start")
		}
		d.take(n)
		for length > 0 {
			if d.out == len(d.dst) {
				if err := d.more(); err != nil {
					return err
				}
			}
			k := min(length, len(d.dst)-d.out, dist)
			copy(d.dst[d.out:d.out+k], d.dst[d.out-dist:])
			d.out += k
			length -= k
		}
		if d.hasFastRoom() {
			return nil
		}
	}
	return nil
}

// symbol evaluates the table entry e, which lies used bits after the start of
// the code word, and returns its literal, length or distance and how many bits
// it takes.
func (d *decoder) symbol(e uint32, used uint) (value int, n uint, err error) {
	if e&entrySpecial != 0 && e&entryKindMask != entryEnd {
		if d.in >= len(d.src) && d.nbits < maxCodeLen {
			return 0, 0, d.truncated("the file is cut short")
		}
		return 0, 0, d.damaged("not a code word")
	}
	word := used + uint(e>>8&15)
	n = used + uint(e&63)
	if n > d.nbits {
		return 0, 0, d.truncated("the file is cut short")
	}
	value = int(e>>16&0x7fff) + int(d.bits&(1<<n-1)>>word)
	return value, n, nil
}
