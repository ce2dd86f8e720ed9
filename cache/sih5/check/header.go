package check

import "bytes"

// Kinds of messages in object headers (IV.A.2).
const (
	msgNil          = 0x00
	msgSpace        = 0x01
	msgLinkInfo     = 0x02
	msgType         = 0x03
	msgOldFill      = 0x04
	msgFill         = 0x05
	msgLink         = 0x06
	msgExternal     = 0x07
	msgLayout       = 0x08
	msgGroupInfo    = 0x0a
	msgPipeline     = 0x0b
	msgAttribute    = 0x0c
	msgComment      = 0x0d
	msgOldTime      = 0x0e
	msgShared       = 0x0f
	msgContinuation = 0x10
	msgSymbols      = 0x11
	msgTime         = 0x12
	msgBTreeK       = 0x13
	msgDriver       = 0x14
	msgAttrInfo     = 0x15
	msgReferences   = 0x16
	msgFileSpace    = 0x17
	msgCacheImage   = 0x18
)

// header is an object's.
type header struct {
	at         uint64
	messages   []message
	old        bool   // of version 1, without checksums
	attributes []attr // in it; object checks them
	dense      bool   // there may be others
	others     int    // of these, twice if they are found by order too
}

type message struct {
	kind uint64
	c    cursor
}

// Bounds of headers: all links of a group may lie in one.
const (
	maxChunks   = 1 << 10
	maxMessages = 1 << 15
)

// first is the message of a kind, nil if there is none.
func (h *header) first(kind uint64) *cursor {
	for i := range h.messages {
		if h.messages[i].kind == kind {
			return &h.messages[i].c
		}
	}
	return nil
}

// header takes an object header apart, with all its continuations, and looks at no message.
// It is good until the next.
func (f *file) header(at uint64) (*header, error) {
	if at >= f.end {
		return nil, f.broken(at, "an object past the end of the file")
	}
	c, err := f.piece(at, min(f.end-at, 32), "object header")
	if err != nil {
		return nil, err
	}
	h := &header{at: at, messages: f.messages[:0]}
	if bytes.HasPrefix(c.all, []byte("OHDR")) {
		err = f.newHeader(h, c)
	} else {
		h.old = true
		err = f.oldHeader(h, c)
	}
	f.messages = h.messages
	return h, err
}

// span is a continuation.
type span struct{ at, n uint64 }

func (f *file) oldHeader(h *header, c *cursor) error {
	version, _, count := c.num(1), c.num(1), c.num(2)
	references, size := c.num(4), c.num(4)
	if version != 1 || references == 0 {
		return c.broken("there is none")
	}
	if c.end() != nil {
		return c.end()
	}
	todo := []span{{h.at + 16, size}}
	for i := 0; i < len(todo); i++ {
		if i == maxChunks {
			return c.broken("too many parts")
		}
		c, err := f.piece(todo[i].at, todo[i].n, "object header")
		if err != nil {
			return err
		}
		for len(c.left()) >= 8 {
			kind, n, flags := c.num(2), c.num(2), c.num(1)
			c.skip(3)
			if n%8 != 0 || len(h.messages) == int(count) {
				return c.broken("messages of a wrong size or number")
			}
			if todo, err = f.message(h, c, kind, n, flags, todo); err != nil {
				return err
			}
		}
	}
	return nil
}

func (f *file) newHeader(h *header, c *cursor) error {
	c.skip(4)
	version, flags := c.num(1), c.num(1)
	if version != 2 || flags>>6 != 0 {
		return c.broken("version %d with flags %#x", version, flags)
	}
	if flags&0x20 != 0 {
		c.skip(16) // times
	}
	if flags&0x10 != 0 {
		most, least := c.num(2), c.num(2)
		if most < least {
			return c.broken("at most %d and at least %d attributes", most, least)
		}
	}
	size := c.num(1 << (flags & 3))
	if c.end() != nil {
		return c.end()
	}
	todo := []span{{c.pos(), size}}
	if !f.holds(c.pos(), size) || !f.holds(c.pos()+size, 4) {
		return c.broken("it ends past the end of the file")
	}
	if err := f.sum(h.at, c.pos()-h.at+size, "object header"); err != nil {
		return err
	}
	for i := 0; i < len(todo); i++ {
		if i == maxChunks {
			return c.broken("too many parts")
		}
		part := todo[i]
		if i > 0 {
			start, err := f.piece(part.at, part.n, "continuation of an object header")
			if err != nil {
				return err
			}
			if !start.is("OCHK") || len(start.left()) < 4 {
				return start.broken("there is none")
			}
			if err := start.summed(part.n - 4); err != nil {
				return err
			}
			part = span{part.at + 4, part.n - 8}
		}
		c, err := f.piece(part.at, part.n, "object header")
		if err != nil {
			return err
		}
		if todo, err = f.newMessages(h, c, flags&0x04 != 0, todo); err != nil {
			return err
		}
	}
	return nil
}

// newMessages takes those of one part of a header of version 2.
func (f *file) newMessages(h *header, c *cursor, ordered bool, todo []span) ([]span, error) {
	prefix := 4
	if ordered {
		prefix = 6
	}
	for len(c.left()) >= prefix { // less is a gap
		kind, n, flags := c.num(1), c.num(2), c.num(1)
		if ordered {
			c.skip(2)
		}
		var err error
		if todo, err = f.message(h, c, kind, n, flags, todo); err != nil {
			return nil, err
		}
	}
	return todo, nil
}

// message adds one to a header; todo gets its continuation.
func (f *file) message(h *header, c *cursor, kind, n, flags uint64, todo []span) ([]span, error) {
	m := message{kind, c.cut(n, "")}
	if c.short {
		return nil, c.broken("a message ends past its end")
	}
	if len(h.messages) == maxMessages {
		return nil, c.broken("too many messages")
	}
	if flags&0x02 != 0 && kind != msgNil {
		return nil, unsupported("a part of the file that objects share (a committed data type)")
	}
	if flags&0x40 != 0 {
		return nil, c.broken("a message with flags %#x", flags)
	}
	f.notOurs(flags&^0x05 != 0) // what programs that do not know such a message did with it
	h.messages = append(h.messages, m)
	if kind != msgContinuation {
		return todo, nil
	}
	next := span{m.c.num(8), m.c.num(8)}
	if m.c.end() != nil || next.n == 0 || !f.holds(next.at, next.n) {
		return nil, f.broken(m.c.at, "a continuation past the end of the file")
	}
	for _, s := range todo {
		if s.at < next.at+next.n && next.at < s.at+s.n {
			return nil, f.broken(m.c.at, "a continuation of itself")
		}
	}
	return append(todo, next), nil
}
