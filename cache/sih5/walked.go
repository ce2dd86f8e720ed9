package sih5

import (
	"bytes"
	"encoding/binary"
	"math"
	"slices"

	"iceexplorer/cache"
	"iceexplorer/cache/sih5/check"
)

// walked opens a file of this program by what the walk has seen of it, without libhdf5, which takes
// several times as long, and which only has to be right about what is copied. ok is false if there is
// anything that libhdf5 has to be asked.
func (f *File) walked(left *check.Left, seen *check.Seen, opt *Options) (ok bool) {
	if seen == nil || opt.asked || len(left.Attributes) > 0 || len(seen.Groups) > cache.MaxAttributes {
		return false
	}
	r := &rawFile{seen: true, left: left, links: uint(len(seen.Groups)), out: leaving{whole: opt.Whole}}
	if !r.seenHeader(seen.Header) || !r.seenColumns(seen, opt) {
		return false
	}
	c, err := r.check(f.size, opt.MaxBytes)
	if err != nil || !c.mappable {
		return false
	}
	f.raw, f.checked = r, c
	return true
}

// seenHeader takes what /HEADER says.
func (r *rawFile) seenHeader(values []check.Value) bool {
	var ok bool
	if r.header, ok = seenMeta(values); !ok || !r.ours() {
		return false
	}
	texts := r.texts()
	for i := range values {
		v := &values[i]
		to, known := texts[string(v.Name)]
		switch {
		case !known:
		case v.Count == 1 && v.Kind == check.Text && len(v.Bytes) <= maxText:
			text, _, _ := bytes.Cut(v.Bytes, []byte{0})
			*to = string(text)
		default:
			return false
		}
	}
	return true
}

// seenColumns takes the columns that are wanted, by the header's summary if that fits, else by what their
// groups say.
func (r *rawFile) seenColumns(seen *check.Seen, opt *Options) bool {
	columns, ok := expand(r.summary, r.links, opt.wants)
	if ok && placeSeen(columns, seen.Groups) {
		r.columns = columns
		return true
	}
	for i := range seen.Groups {
		g := &seen.Groups[i]
		if !opt.wants(r.called(g.Link)) {
			continue
		}
		c := rawColumn{link: g.Link}
		if c.meta, ok = seenMeta(g.Values); !ok {
			return false
		}
		if c.meta.ints[intBlobTypes] != 0 {
			k := slices.IndexFunc(g.Values, func(v check.Value) bool { return string(v.Name) == "blobtype_bytes" })
			if k < 0 || g.Values[k].Kind != check.Uint8 {
				return false
			}
			if c.blobTypes, ok = unpackNames(g.Values[k].Bytes); !ok {
				return false
			}
		}
		for k := range g.Parts {
			c.parts[k] = seenPart(&g.Parts[k])
		}
		r.columns = append(r.columns, c)
	}
	return true
}

// placeSeen adds to columns where their values lie; false if the groups are not theirs.
func placeSeen(columns []rawColumn, groups []check.Group) bool {
	byLink := make(map[string]*check.Parts, len(groups))
	for i := range groups {
		byLink[groups[i].Link] = &groups[i].Parts
	}
	for i := range columns {
		parts := byLink[columns[i].link]
		if parts == nil {
			return false
		}
		for k := range parts {
			columns[i].parts[k] = seenPart(&parts[k])
		}
	}
	return true
}

// seenMeta is what a group's attributes say; ok is false if one that is known is not as this program writes it.
func seenMeta(values []check.Value) (m meta, ok bool) {
	var vectors [numVectors][]byte
	for i := range values {
		v := &values[i]
		k, known := metaNames()[string(v.Name)]
		switch {
		case !known:
		case k < numInts && v.Count == 1 && v.Kind == check.Int64:
			m.set(k, int64(binary.LittleEndian.Uint64(v.Bytes)))
		case k < numInts && v.Count == 1 && v.Kind == check.Bool:
			m.set(k, int64(int8(v.Bytes[0])))
		case k >= numInts && v.Count <= maxComponents && v.Kind == vectorKinds[k-numInts]:
			vectors[k-numInts] = v.Bytes
		default:
			return m, false
		}
	}
	m.take(vectors)
	return m, true
}

// take takes the ranges and lengths.
func (m *meta) take(vectors [numVectors][]byte) {
	num := func(v, i int) uint64 { return binary.LittleEndian.Uint64(vectors[v][8*i:]) }
	float := func(v, i int) float64 { return math.Float64frombits(num(v, i)) }
	if len(vectors[vectorLengths]) == 4*8 {
		m.lengths = cache.Lengths{Min: float(vectorLengths, 0), Max: float(vectorLengths, 1),
			Finite: uint64(float(vectorLengths, 2)), NonFinite: uint64(float(vectorLengths, 3))}
	}
	for _, v := range vectors[:vectorLengths] {
		if len(v) != len(vectors[0]) {
			return
		}
	}
	for i := range len(vectors[0]) / 8 {
		m.ranges = append(m.ranges, cache.Range{Min: float(vectorMin, i), Max: float(vectorMax, i), Mean: float(vectorMean, i),
			Finite: num(vectorFinite, i), NonFinite: num(vectorNonFinite, i)})
	}
}

// vectorKinds are how vectors are written.
var vectorKinds = [numVectors]check.Kind{check.Float64, check.Float64, check.Float64, check.Int64, check.Int64, check.Float64}

// kindsSeen are the types of elements as libhdf5 is asked for them, with their bytes.
var kindsSeen = map[check.Kind]struct {
	elem int
	size uint64
}{
	check.Float32: {elemF32, 4}, check.Float64: {elemFloat, 8}, check.Int32: {elemI32, 4}, check.Int64: {elemInt, 8},
	check.Uint8: {elemU8, 1}, check.Uint64: {elemU64, 8}, check.Bool: {elemBool, 1},
}

func seenPart(d *check.Dataset) dataset {
	if !d.Present {
		return dataset{}
	}
	k := kindsSeen[d.Kind]
	to := dataset{present: true, rank: d.Rank, elem: k.elem, layout: contiguous, dims: d.Dims, size: k.size, offset: nowhere}
	if d.Placed {
		to.offset, to.storage = d.Offset, d.Size
	}
	return to
}
