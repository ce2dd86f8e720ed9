package check

import "math/bits"

// Kinds of B-trees of version 2 (III.A.2), by what their records say.
const (
	treeHuge       = 1 // objects of a heap that are too large for it
	treeLinkNames  = 5
	treeLinkOrder  = 6
	treeAttrNames  = 8
	treeAttrOrder  = 9
	treeChunks     = 10
	treeChunksThin = 11 // that are filtered
)

// level is what nodes of a depth of a tree hold.
type level struct {
	most    uint64 // records of a node
	all     uint64 // records of a node and of all below it
	allSize int    // bytes of such a number
	pointer uint64 // bytes of one to a node below
}

// bytesFor is how many bytes libhdf5 takes for numbers up to n.
func bytesFor(n uint64) int { return (bits.Len64(max(n, 1))-1)/8 + 1 }

type newTree struct {
	f         *file
	kind      uint64
	nodeSize  uint64
	record    uint64 // bytes
	countSize int    // bytes of a number of records
	levels    []level
	total     uint64
	visit     func(record *cursor) error
	seen      map[uint64]bool
}

// recordSizes are those of the kinds whose records have one size.
var recordSizes = map[int]uint64{treeHuge: 24, treeLinkNames: 11, treeLinkOrder: 15, treeAttrNames: 17, treeAttrOrder: 13}

// tree checks one and hands each of its records to visit.
func (f *file) tree(at uint64, kind int, visit func(record *cursor) error) error {
	c, err := f.piece(at, 38, "tree")
	if err != nil {
		return err
	}
	if !c.is("BTHD") || c.num(1) != 0 || c.num(1) != uint64(kind) {
		return c.broken("there is none")
	}
	t := newTree{f: f, kind: uint64(kind), nodeSize: c.num(4), record: c.num(2), visit: visit, seen: map[uint64]bool{}}
	depth := c.num(2)
	split, merge := c.num(1), c.num(1)
	root, n, total := c.num(8), c.num(2), c.num(8)
	if err := c.summed(34); err != nil {
		return err
	}
	want := recordSizes[kind]
	switch {
	case want != 0 && t.record != want, t.record < 8 || t.record > 512:
		return c.broken("records of %d bytes", t.record)
	case t.nodeSize < 64 || t.nodeSize > 1<<20 || t.nodeSize < 10+2*t.record:
		return c.broken("nodes of %d bytes", t.nodeSize)
	case depth > maxDepth:
		return c.broken("%d levels", depth)
	case split == 0 || split > 100 || merge > split/2:
		return c.broken("nodes that split at %d and join at %d of 100", split, merge)
	}
	if !t.measure(int(depth)) {
		return c.broken("%d levels of nodes of %d bytes", depth, t.nodeSize)
	}
	if root == nowhere {
		if n != 0 || total != 0 {
			return c.broken("records nowhere")
		}
		return nil
	}
	if err := t.node(root, n, int(depth)); err != nil {
		return err
	}
	if t.total != total {
		return c.broken("%d records, and there are %d", total, t.total)
	}
	return nil
}

// measure finds what nodes hold, as libhdf5 does.
func (t *newTree) measure(depth int) bool {
	const prefix = 10
	most := (t.nodeSize - prefix) / t.record
	t.countSize = bytesFor(most)
	t.levels = []level{{most: most, all: most}}
	for d := 1; d <= depth; d++ {
		below := t.levels[d-1]
		l := level{pointer: 8 + uint64(t.countSize+below.allSize)}
		if t.nodeSize < prefix+l.pointer+t.record+l.pointer {
			return false
		}
		l.most = (t.nodeSize - prefix - l.pointer) / (t.record + l.pointer)
		hi, all := bits.Mul64(l.most+1, below.all)
		if hi != 0 || all>>62 != 0 {
			return false
		}
		l.all = all + l.most
		l.allSize = bytesFor(l.all)
		t.levels = append(t.levels, l)
	}
	return true
}

func (t *newTree) node(at, n uint64, depth int) error {
	f := t.f
	if t.seen[at] {
		return f.broken(at, "a tree that leads back to itself")
	}
	t.seen[at] = true
	c, err := f.piece(at, t.nodeSize, "tree")
	if err != nil {
		return err
	}
	mark := "BTLF"
	if depth > 0 {
		mark = "BTIN"
	}
	if !c.is(mark) || c.num(1) != 0 || c.num(1) != t.kind {
		return c.broken("there is no node")
	}
	l := t.levels[depth]
	if n == 0 || n > l.most {
		return c.broken("%d records of %d", n, l.most)
	}
	for range n {
		r := c.cut(t.record, "tree")
		if err := t.visit(&r); err != nil {
			return err
		}
	}
	if t.total += n; depth == 0 {
		return c.summed(uint64(c.i))
	}
	for range n + 1 {
		child, m := c.num(8), c.num(t.countSize)
		before := t.total
		all := m
		if depth > 1 {
			all = c.num(t.levels[depth-1].allSize)
		}
		if err := t.node(child, m, depth-1); err != nil {
			return err
		}
		if t.total-before != all {
			return c.broken("a node with %d records, and there are %d", all, t.total-before)
		}
	}
	return c.summed(uint64(c.i))
}
