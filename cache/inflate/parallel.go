package inflate

import (
	"context"
	"hash/crc32"
	"math"
	"sync"
	"sync/atomic"
)

const (
	// parallelMin is how long compressed data must be for more than one
	// goroutine: in less there are too few chunks to share.
	parallelMin = 32 << 20
	maxThreads  = 4
	// chunkSize is how many compressed bytes a goroutine takes at a time: so few
	// that what it writes is still in the cache when it is joined.
	chunkSize = 1 << 20
	// A chunk ends early when its output is more than maxGrowth times as large,
	// which bounds the memory. What can be compressed that well is decoded fast.
	maxGrowth = 4
)

// chunk is a stretch of blocks, decoded without knowing what stands before.
type chunk struct {
	claimed atomic.Bool
	done    chan struct{} // closed when a helper is done; what is below is set then

	ok         bool
	start, end int // bits of src
	final      bool
	buf        *chunkBuf
	marked     []uint16 // output as markedPart leaves it
	plain      []byte   // output after that
	sum        uint32   // CRC-32 of plain
}

// chunkBuf is memory that chunks use one after the other.
type chunkBuf struct {
	decoder decoder
	marked  []uint16
	plain   []byte
}

func newChunkBuf(size int) *chunkBuf {
	n := maxGrowth*size + 8*window
	return &chunkBuf{marked: make([]uint16, n), plain: make([]byte, n)}
}

// parallelBody is body on several goroutines.
//
// The compressed data are cut into chunks of size bytes. Every threads-th chunk
// is decoded here, straight to where it belongs. Those between are begun by
// others at the first block they find in them, and joined here if the blocks
// decoded so far do end where such a chunk begins. If they don't, what was taken
// for a block was none, and the chunk is decoded here like the rest. So are
// stretches with damage, which is thus reported as by body.
func (d *decoder) parallelBody(ctx context.Context, threads, size int) (uint32, error) {
	first := d.in * 8
	d.begin(first)
	d.base, d.sum = d.out, 0
	from := func(i int) int { return first + i*size*8 }
	chunks := make([]chunk, (len(d.src)-d.in)/size)
	for i := range chunks {
		chunks[i].done = make(chan struct{})
	}
	bufs := make(chan *chunkBuf, 2*(threads-1))
	for range cap(bufs) {
		bufs <- nil // made when it is taken
	}

	ctx, cancel := context.WithCancel(ctx)
	var next atomic.Int64
	var helpers sync.WaitGroup
	defer func() {
		cancel()
		helpers.Wait()
	}()
	for range threads - 1 {
		helpers.Go(func() {
			for i := int(next.Add(1)); i < len(chunks); i = int(next.Add(1)) {
				if i%threads == 0 {
					continue
				}
				var buf *chunkBuf
				select {
				case <-ctx.Done():
					return
				case buf = <-bufs:
				}
				c := &chunks[i]
				if !c.claimed.CompareAndSwap(false, true) {
					bufs <- buf
					continue
				}
				if buf == nil {
					buf = newChunkBuf(size)
				}
				c.buf = buf
				c.decode(ctx, d.src, from(i), from(i+1))
				close(c.done)
			}
		})
	}

	for i := range chunks {
		c := &chunks[i]
		if !c.claimed.CompareAndSwap(false, true) {
			<-c.done
			if c.ok && c.start >= d.bit() {
				// Up to the chunk there may be blocks of kinds that aren't searched for.
				if err := d.stretch(ctx, c.start); err != nil {
					return 0, err
				}
				if !d.ended() && d.bit() == c.start {
					d.join(c)
				}
			}
			bufs <- c.buf
		}
		if err := d.stretch(ctx, from(i+1)); err != nil {
			return 0, err
		}
		if d.ended() {
			break
		}
	}
	if err := d.stretch(ctx, math.MaxInt); err != nil {
		return 0, err
	}
	d.end()
	return d.sum, nil
}

// join appends a chunk that begins where d is. It leaves d as it is if the chunk
// may refer to what would be before the stream, or exceeds the limit.
func (d *decoder) join(c *chunk) {
	n := len(c.marked) + len(c.plain)
	if d.out-d.base < window {
		return
	}
	if n > len(d.dst)-d.out {
		d.grow(max(uint64(n), uint64(len(d.dst))))
		if n > len(d.dst)-d.out {
			return
		}
	}
	var table [1 << 16]byte // as long as needed for no check of the index
	for i := range firstMark {
		table[i] = byte(i)
	}
	copy(table[firstMark:], d.dst[d.out-window:])
	out := d.dst[d.out:][:n]
	resolved := out[:len(c.marked)]
	for i, v := range c.marked[:len(resolved)] {
		resolved[i] = table[v]
	}
	d.sum = crc32.Update(d.sum, crc32.IEEETable, resolved)
	copy(out[len(resolved):], c.plain)
	d.sum = crcJoin(d.sum, c.sum, len(c.plain))
	d.out += n
	d.begin(c.end)
	d.final = c.final
}

// decode looks for a block from the bit from on and decodes from there to the
// end of the block that reaches the bit to, or as far as there is room.
func (c *chunk) decode(ctx context.Context, src []byte, from, to int) {
	d := &c.buf.decoder
	d.src, d.fixed = src, false
	for bit := from; ; bit++ {
		if bit = d.findBlock(ctx, bit, to); bit < 0 {
			return
		}
		if c.decodeFrom(ctx, bit, to) {
			c.start, c.ok = bit, true
			return
		}
		if ctx.Err() != nil {
			return
		}
	}
}

func (c *chunk) decodeFrom(ctx context.Context, bit, to int) bool {
	d := &c.buf.decoder
	d.begin(bit)
	d.stopBit = to
	n, clean := d.markedPart(ctx, c.buf.marked)
	if n == 0 {
		return false
	}
	c.marked, c.plain, c.sum = c.buf.marked[window:n], nil, 0
	if clean {
		// The window, then what follows it.
		d.dst, d.base, d.limit = c.buf.plain, 0, uint64(len(c.buf.plain))
		for i, v := range c.buf.marked[n-window : n] {
			d.dst[i] = byte(v)
		}
		d.out, d.sum = window, 0
		return c.decodePlain(ctx, to)
	}
	c.end, c.final = d.bit(), d.final
	return n > window
}

// decodePlain goes on within the block that markedPart was in.
func (c *chunk) decodePlain(ctx context.Context, to int) bool {
	d := &c.buf.decoder
	for {
		if d.stretch(ctx, 0) != nil {
			// Blocks before this one are good.
			return c.plain != nil && ctx.Err() == nil
		}
		c.plain, c.sum = d.dst[window:d.out], d.sum
		c.end, c.final = d.bit(), d.final
		if d.final || d.bit() >= to {
			return true
		}
		if d.blockHeader() != nil {
			return true
		}
	}
}
