package derived

import (
	"context"
	"errors"
	"slices"
	"sync"

	"iceexplorer/app/inspect/expr"
)

// Budget is how many bytes of values a Cache keeps, but for the newest column.
const Budget = 512 << 20

// Cache keeps what was made of frames, and has each made once. It may be used by any
// goroutine. The zero value is ready.
type Cache struct {
	mu    sync.Mutex
	wants []Wish // the newest
	made  map[place]*entry
	under map[place]*making
	bytes int
	clock uint64 // counts uses
	keys  uint64 // given to columns
}

// place is a frame, by a key that no other has, and what was wished of it.
type place struct {
	frame uint64
	wish  Wish
}

type entry struct {
	column *Column // nil: err
	err    error
	used   uint64
}

func (e *entry) bytes() int {
	if e.column == nil {
		return 0
	}
	return 4 * len(e.column.Values)
}

// making is a column on its way.
type making struct {
	cancel context.CancelFunc
	over   chan struct{}
}

// Want tells what is wished from now on: what was begun for another wish is given up.
func (c *Cache) Want(wishes ...Wish) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if slices.Equal(c.wants, wishes) {
		return
	}
	c.wants = slices.Clone(wishes)
	for at, m := range c.under {
		if !slices.Contains(wishes, at.wish) {
			m.cancel()
		}
	}
}

// Get is what came of a wish for a frame; ok is false if it is not there.
func (c *Cache) Get(frame uint64, w Wish) (col *Column, err error, ok bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	e := c.made[place{frame, w}]
	if e == nil {
		return nil, nil, false
	}
	c.clock++
	e.used = c.clock
	return e.column, e.err, true
}

// Make makes what is wished of a frame, unless that is there or another wish has come. It
// returns when it is there, and is called beside whoever draws.
func (c *Cache) Make(frame uint64, f expr.Frame, w Wish) {
	at := place{frame, w}
	c.mu.Lock()
	m := c.under[at]
	switch {
	case c.made[at] != nil || !slices.Contains(c.wants, w):
		c.mu.Unlock()
		return
	case m != nil:
		c.mu.Unlock()
		<-m.over
		return
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	if c.under == nil {
		c.under, c.made = map[place]*making{}, map[place]*entry{}
	}
	m = &making{cancel, make(chan struct{})}
	c.under[at] = m
	c.mu.Unlock()

	col, err := Of(ctx, f, w)

	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.under, at)
	close(m.over)
	if errors.Is(err, context.Canceled) {
		return
	}
	if col != nil {
		c.keys++
		col.Key = c.keys | 1<<63
	}
	c.clock++
	e := &entry{col, err, c.clock}
	c.made[at] = e
	c.bytes += e.bytes()
	c.trim(at)
}

// Busy reports that something is being made.
func (c *Cache) Busy() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.under) > 0
}

// mostEntries bounds what takes no memory to speak of.
const mostEntries = 4096

// trim lets go of what was used longest ago.
func (c *Cache) trim(but place) {
	for c.bytes > Budget || len(c.made) > mostEntries {
		oldest, found := place{}, false
		for at, e := range c.made {
			if at != but && (!found || e.used < c.made[oldest].used) {
				oldest, found = at, true
			}
		}
		if !found {
			return
		}
		c.bytes -= c.made[oldest].bytes()
		delete(c.made, oldest)
	}
}
