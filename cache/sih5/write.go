package sih5

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"gonum.org/v1/hdf5"

	"iceexplorer/cache"
	"iceexplorer/cache/atomicfile"
	"iceexplorer/cache/measure"
	"iceexplorer/cache/owner"
	"iceexplorer/cache/pathname"
)

// WriteOptions are what a file says of its making.
type WriteOptions struct {
	Writer string // program and version; "iceexplorer" if empty
	NoSync bool   // leave flushing to the system: a power cut may then leave a damaged file
	Like   string // the file that the frame was read from, for the new one's rights and group; "": the usual ones
	Linked bool   // the folder may be a link: somebody has named it

	Whole func(fs.FileInfo) // gets what the complete file is, before it has its name; may be nil
}

// linkedError refuses to write into a folder that is a link, which others may have put there.
type linkedError struct{}

func (linkedError) Error() string {
	return "its folder is a link, which others may have made; choose the folder that it leads to under Preferences > Files as the one for converted frames, which are then read from there too, or write to it with -o"
}
func (linkedError) Unwrap() error { return fs.ErrPermission }

// Write stores f as path, in a folder made if it is missing. src is the stamp of the
// source that f was read from; it is zero for frames without one. The file appears under
// its name when it is complete and on the disk; on error and when ctx ends nothing
// is left of it. The index describes the written file: spans are file offsets.
// Errors end with the path.
func Write(ctx context.Context, path string, f *cache.Frame, src cache.Stamp, opt WriteOptions) (*cache.Index, error) {
	ix, err := write(ctx, path, f, src, opt)
	if err != nil {
		return nil, fmt.Errorf("cannot be written: %w: %s", pathname.Step(err), path)
	}
	return ix, nil
}

func write(ctx context.Context, path string, f *cache.Frame, src cache.Stamp, opt WriteOptions) (*cache.Index, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	w := writer{frame: f, src: src, opt: opt, index: f.Index()}
	if err := w.measure(ctx); err != nil {
		return nil, err
	}
	if err := owner.MakeFolder(filepath.Dir(path)); err != nil {
		return nil, err
	}
	if !opt.Linked && owner.Linked(filepath.Dir(path)) {
		return nil, linkedError{}
	}
	// Whatever is there is not a converted frame, or an old one.
	file, err := atomicfile.Create(path, atomicfile.Options{NoSync: opt.NoSync, Replace: true, Like: opt.Like})
	if err != nil {
		return nil, err
	}
	defer file.Discard()
	skeleton, err := w.create(ctx)
	if err != nil {
		return nil, err
	}
	defer forget(skeleton)
	if err := w.copyTo(ctx, skeleton, file); err != nil {
		return nil, err
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if opt.Whole != nil {
		st, err := file.Stat()
		if err != nil {
			return nil, err
		}
		opt.Whole(st)
	}
	return w.index, file.Commit()
}

// writeOn writes in pieces, between which ctx may end it, and adds them to a checksum.
func writeOn(ctx context.Context, w io.Writer, b []byte, to *sum) error {
	for len(b) > 0 {
		if err := ctx.Err(); err != nil {
			return err
		}
		n := min(pieceBytes, len(b))
		to.add(b[:n])
		if _, err := w.Write(b[:n]); err != nil {
			return err
		}
		b = b[n:]
	}
	return nil
}

// target is a file that is written from its first byte to its last, and mended here and there.
type target interface {
	io.Writer
	io.WriterAt
}

type writer struct {
	frame *cache.Frame
	src   cache.Stamp
	opt   WriteOptions
	index *cache.Index // of the file; the places are known once it is created
	parts []part
	sums  cache.Span // of the checksums
}

// measure fills in what the frame does not know yet.
func (w *writer) measure(ctx context.Context) error {
	w.index.Storage = cache.StorageMapped
	w.index.Columns = slices.Clone(w.index.Columns)
	for i := range w.index.Columns {
		c := &w.index.Columns[i]
		if c.HasData() {
			if err := measure.ColumnContext(ctx, c, w.frame.Attributes[i].Bytes()); err != nil {
				return err
			}
		}
		for _, s := range c.Spans() {
			s.Offset = 0
			if !c.HasData() {
				s.Len = 0
			}
		}
	}
	return nil
}

// create makes a skeleton: a file with all that path will hold but the data, whose
// places it sets in the index. libhdf5 makes it in memory, since it does not survive
// a full disk: closing fails, keeps the file open and crashes when tried again.
func (w *writer) create(ctx context.Context) (skeleton *os.File, err error) {
	skeleton, path, err := memoryFile()
	if err != nil {
		return nil, err
	}
	err = exclusive(func() error {
		f, err := createFile(path)
		if err != nil {
			return err
		}
		if err := closeFile(f, w.groups(ctx, f)); err != nil {
			return err
		}
		if err := w.allocate(path, smallAlign); err != nil {
			return err
		}
		return w.allocate(path, largeAlign)
	})
	if err != nil {
		forget(skeleton)
		return nil, err
	}
	return skeleton, nil
}

// closeFile closes a file that was written to, and returns err or what went wrong.
func closeFile(f *hdf5.File, err error) error {
	if f.Close() != nil && err == nil {
		return libError("close")
	}
	return err
}

// copyTo writes the skeleton and the data, in the order of the bytes, and then their checksums.
func (w *writer) copyTo(ctx context.Context, skeleton *os.File, file target) error {
	info, err := skeleton.Stat()
	if err != nil {
		return err
	}
	size := uint64(info.Size())
	if err := w.index.Check(size); err != nil {
		return err
	}
	type piece struct {
		at   uint64
		data []byte
		part int // -1: of none
	}
	var sums sums
	pieces := []piece{{w.sums.Offset, make([]byte, w.sums.Len), -1}, {at: size, part: -1}}
	for i, a := range w.frame.Attributes {
		spans := w.index.Columns[i].Spans()
		for j, data := range a.Parts() {
			if spans[j].Len > 0 {
				pieces = append(pieces, piece{spans[j].Offset, data, len(sums.parts)})
				sums.parts = append(sums.parts, 0)
			}
		}
	}
	slices.SortFunc(pieces, func(a, b piece) int { return cmp.Compare(a.at, b.at) })
	done := uint64(0)
	for _, p := range pieces {
		if p.at < done {
			return fmt.Errorf("data overlaps at byte %d", p.at)
		}
		gap := make([]byte, p.at-done)
		if _, err := skeleton.ReadAt(gap, int64(done)); err != nil {
			return err
		}
		if err := writeOn(ctx, file, gap, &sums.rest); err != nil {
			return err
		}
		to := new(sum)
		if p.part >= 0 {
			to = &sums.parts[p.part]
		}
		if err := writeOn(ctx, file, p.data, to); err != nil {
			return err
		}
		done = p.at + uint64(len(p.data))
	}
	_, err = file.WriteAt(sums.encode(), int64(w.sums.Offset))
	return err
}

func (w *writer) groups(ctx context.Context, f *hdf5.File) error {
	summary := summarize(w.index.Columns)
	if err := w.header(f, summary); err != nil {
		return err
	}
	room, taken := 0, map[string]int{}
	for i := range w.index.Columns {
		room += roomLink(linkName(w.index.Columns[i].Name, taken))
	}
	g, err := makeGroup(&f.CommonFG, "ATTRIBS", room, true)
	if err != nil {
		return err
	}
	defer g.Close()
	cw, err := newColumnWriter(g)
	if err != nil {
		return err
	}
	defer cw.close()
	cw.brief = summary != ""
	for i := range w.index.Columns {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := cw.write(&w.index.Columns[i], i); err != nil {
			return err
		}
	}
	w.parts = cw.parts
	w.sums.Len = sumsLen(w.index.Columns)
	return makeSums(f, cw.list, w.sums.Len)
}

// allocate gives the parts that shall lie at multiples of alignment their places in the file at
// path.
func (w *writer) allocate(path string, alignment uint) error {
	wants := func(p part) bool { return (p.span.Len >= largeBytes) == (alignment == largeAlign) }
	if alignment == largeAlign && !slices.ContainsFunc(w.parts, wants) {
		return nil
	}
	f, err := openAligned(path, alignment)
	if err != nil {
		return err
	}
	if err = w.places(f, wants); err == nil && alignment == smallAlign {
		w.sums.Offset, err = allocateSums(f)
	}
	return closeFile(f, err)
}

func (w *writer) places(f *hdf5.File, wants func(part) bool) error {
	g, err := openGroup(&f.CommonFG, "ATTRIBS")
	if err != nil {
		return err
	}
	defer g.Close()
	for _, p := range w.parts {
		if !wants(p) {
			continue
		}
		if p.span.Offset, err = allocate(g, p.link, p.part); err != nil {
			return err
		}
	}
	return nil
}

// header writes what the file says of the frame as a whole.
func (w *writer) header(f *hdf5.File, summary string) error {
	m := w.headerMeta()
	type text struct{ name, value string }
	program := w.opt.Writer
	if program == "" {
		program = "iceexplorer"
	}
	strings := []text{{"name", "ICECACHE"}, {"writer", program}}
	texts := []text{{"source_storage", string(w.frame.Storage)}, {"source_dialect", w.index.Dialect}, {"columns", summary}}
	if len(w.index.Warnings) > 0 {
		b, err := json.Marshal(w.index.Warnings)
		if err != nil {
			return err
		}
		texts = append(texts, text{"source_warnings", string(b)})
	}
	if w.index.Damage != nil {
		b, err := json.Marshal(w.index.Damage)
		if err != nil {
			return err
		}
		texts = append(texts, text{"source_damage", string(b)})
	}
	room := roomMeta(&m)
	for _, t := range strings {
		room += roomAttribute(t.name, roomString, roomScalar, 16)
	}
	for _, t := range texts {
		if t.value != "" && len(t.value) < maxSummary { // others get a block of their own
			room += roomAttribute(t.name, 8, roomScalar, len(t.value))
		}
	}
	g, err := makeGroup(&f.CommonFG, "HEADER", room, false)
	if err != nil {
		return err
	}
	defer g.Close()
	if err := writeMeta(g, &m); err != nil {
		return err
	}
	for _, t := range strings {
		err = errors.Join(err, writeStrings(g, t.name, false, t.value))
	}
	for _, t := range texts {
		err = errors.Join(err, writeText(g, t.name, t.value))
	}
	return err
}

func (w *writer) headerMeta() (m meta) {
	h := w.frame.Header
	m.set(intVersion, int64(h.Version))
	m.set(intObject, int64(h.Object))
	m.set(intPoints, int64(h.Points))
	m.set(intEdges, int64(h.Edges))
	m.set(intPolygons, int64(h.Polygons))
	m.set(intSamples, int64(h.Samples))
	m.set(intBlobs, 0)
	m.set(intAttributes, int64(len(w.index.Columns)))
	m.set(intSubsteps, int64(h.Substeps))
	m.set(intLayout, layoutVersion)
	if w.src != (cache.Stamp{}) {
		m.set(intSourceSize, w.src.Size)
		m.set(intSourceMTime, w.src.MTime)
	}
	return m
}
