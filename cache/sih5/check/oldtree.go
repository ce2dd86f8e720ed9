package check

// oldTree is a B-tree of version 1 (III.A.1), of groups or of chunks.
type oldTree struct {
	f     *file
	kind  uint64 // 0: groups, 1: chunks
	k     uint64 // half the most children of a node
	key   uint64 // bytes
	seen  map[uint64]bool
	check func(key *cursor) error            // of every key
	leaf  func(key *cursor, at uint64) error // with the key to its left
}

// node checks one and all below it. level is what it has to be, -1 at the root.
func (t *oldTree) node(at uint64, level int) error {
	f := t.f
	if t.seen[at] {
		return f.broken(at, "a tree that leads back to itself")
	}
	t.seen[at] = true
	c, err := f.piece(at, 24+2*t.k*(t.key+8)+t.key, "tree")
	if err != nil {
		return err
	}
	if !c.is("TREE") || c.num(1) != t.kind {
		return c.broken("there is none")
	}
	here, n := int(c.num(1)), c.num(2)
	left, right := c.num(8), c.num(8)
	switch {
	case level >= 0 && here != level, here > maxDepth:
		return c.broken("a node of level %d", here)
	case n > 2*t.k || n == 0 && level >= 0:
		return c.broken("%d entries of %d", n, 2*t.k)
	case level < 0 && (left != nowhere || right != nowhere), left != nowhere && !f.holds(left, 24), right != nowhere && !f.holds(right, 24):
		return c.broken("neighbours past the end of the file")
	}
	for range n {
		key := c.cut(t.key, "tree")
		again := key
		child := c.num(8)
		if err := t.check(&again); err != nil {
			return err
		}
		if here > 0 {
			err = t.node(child, here-1)
		} else {
			err = t.leaf(&key, child)
		}
		if err != nil {
			return err
		}
	}
	last := c.cut(t.key, "tree")
	if err := t.check(&last); n > 0 && err != nil {
		return err
	}
	return c.end()
}
