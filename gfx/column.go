package gfx

import (
	"fmt"

	"github.com/go-gl/gl/v3.3-core/gl"
)

// ringSlots is how many frames of a column GL may hold: one being drawn, one
// being written, one more so that neither waits. Software GL has read a column
// when the call that draws it returns, so that one frame is enough there.
const ringSlots = 3

// columnID says which data a slot holds. key 0 is never found again.
type columnID struct {
	key   uint64
	at    uintptr
	bytes int
}

// column is a ring of GL copies of one attribute of one layer.
type column struct {
	slots [ringSlots]slot
	next  int
}

type slot struct {
	id     columnID
	chunks []chunk
	used   uint64 // serial of the last Draw that read it
}

// chunk is one GL buffer. Clouds larger than a chunk have several.
type chunk struct {
	buf    uint32
	cap    int
	mapped []byte // nil without persistent mapping
}

// upload brings data into the ring and returns the slot that holds it. chunkBytes
// divides it into buffers. Nothing is copied when a slot already holds id.
func (r *Renderer) upload(c *column, id columnID, data []byte, chunkBytes int) (*slot, error) {
	if id.key != 0 {
		for i := range c.slots {
			if c.slots[i].id == id {
				c.slots[i].used = r.serial
				return &c.slots[i], nil
			}
		}
	}
	s := r.takeSlot(c)
	n := (len(data) + chunkBytes - 1) / chunkBytes
	for len(s.chunks) > n {
		last := &s.chunks[len(s.chunks)-1]
		r.dev.freeChunk(last)
		s.chunks = s.chunks[:len(s.chunks)-1]
	}
	for len(s.chunks) < n {
		s.chunks = append(s.chunks, chunk{})
	}
	for i := range s.chunks {
		part := data[i*chunkBytes : min((i+1)*chunkBytes, len(data))]
		if err := r.dev.fill(&s.chunks[i], part); err != nil {
			return nil, err
		}
	}
	r.stats.Uploaded += len(data)
	s.id = id
	return s, nil
}

// takeSlot is the slot that was written longest ago, once GL is done with it.
func (r *Renderer) takeSlot(c *column) *slot {
	s := &c.slots[c.next]
	c.next = (c.next + 1) % r.ring
	s.id = columnID{}
	r.waitFor(s.used)
	s.used = r.serial
	return s
}

// uploadParts is upload of several pieces of memory into one buffer.
func (r *Renderer) uploadParts(c *column, id columnID, parts ...[]byte) (*slot, error) {
	s := r.takeSlot(c)
	if len(s.chunks) == 0 {
		s.chunks = make([]chunk, 1)
	}
	if err := r.dev.fill(&s.chunks[0], parts...); err != nil {
		return nil, err
	}
	for _, p := range parts {
		r.stats.Uploaded += len(p)
	}
	s.id = id
	return s, nil
}

// fill puts the parts into the chunk one after another, growing it as needed.
func (d *device) fill(c *chunk, parts ...[]byte) error {
	size := 0
	for _, p := range parts {
		size += len(p)
	}
	if d.persistent {
		if c.cap < size {
			if err := d.storage(c, size); err != nil {
				return err
			}
		}
		return guardedCopies(c.mapped, parts)
	}
	if c.buf == 0 {
		c.buf = d.buffer()
	}
	gl.BindBuffer(gl.ARRAY_BUFFER, c.buf)
	// New storage each time ("orphaning"): the driver keeps the old one until
	// it is drawn.
	gl.BufferData(gl.ARRAY_BUFFER, size, nil, gl.STREAM_DRAW)
	c.cap = size
	p := gl.MapBufferRange(gl.ARRAY_BUFFER, 0, size, gl.MAP_WRITE_BIT|gl.MAP_INVALIDATE_BUFFER_BIT)
	if p == nil {
		return fmt.Errorf("mapping %d bytes of a buffer: the graphics card is out of memory", size)
	}
	err := guardedCopies(mappedBytes(p, size), parts)
	if !gl.UnmapBuffer(gl.ARRAY_BUFFER) && err == nil {
		err = fmt.Errorf("writing %d bytes to the graphics card: the memory was lost", size)
	}
	return err
}

func guardedCopies(dst []byte, parts [][]byte) error {
	for _, p := range parts {
		if err := guardedCopy(dst, p); err != nil {
			return err
		}
		dst = dst[len(p):]
	}
	return nil
}

// storage makes persistent storage with some room for the next frame to grow.
func (d *device) storage(c *chunk, n int) error {
	d.freeChunk(c)
	size := (n + n/8 + 4095) &^ 4095
	c.buf = d.buffer()
	const flags = gl.MAP_WRITE_BIT | gl.MAP_PERSISTENT_BIT | gl.MAP_COHERENT_BIT
	gl.BindBuffer(gl.ARRAY_BUFFER, c.buf)
	gl.BufferStorage(gl.ARRAY_BUFFER, size, nil, flags)
	p := gl.MapBufferRange(gl.ARRAY_BUFFER, 0, size, flags)
	if p == nil {
		d.freeChunk(c)
		return fmt.Errorf("reserving %d bytes: the graphics card is out of memory", size)
	}
	c.cap, c.mapped = size, mappedBytes(p, size)
	return nil
}

// freeChunk deletes the buffer; deleting unmaps.
func (d *device) freeChunk(c *chunk) {
	d.freeBuffer(&c.buf)
	*c = chunk{}
}

func (d *device) freeColumn(c *column) {
	for i := range c.slots {
		for j := range c.slots[i].chunks {
			d.freeChunk(&c.slots[i].chunks[j])
		}
	}
	*c = column{}
}
