package sih5

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"gonum.org/v1/hdf5"

	"iceexplorer/cache"
	"iceexplorer/cache/measure"
	"iceexplorer/cache/pathname"
	"iceexplorer/cache/regular"
	"iceexplorer/cache/sih5/check"
)

// DefaultMaxBytes bounds a frame's columns unless Options says otherwise.
const DefaultMaxBytes = 16 << 30

// Options bound what a file may ask for.
type Options struct {
	MaxBytes uint64 // of all columns together; 0 is DefaultMaxBytes
	// Only are the attributes that are needed, whatever their case and padding; nil: all. A
	// file of this program is then opened without a look at the others.
	Only []string

	unchecked bool // for tests of what libhdf5 does with what the check refuses
}

func (o *Options) wants(name string) bool {
	name = cache.TrimPadding(name)
	return o.Only == nil || slices.ContainsFunc(o.Only, func(n string) bool { return strings.EqualFold(cache.TrimPadding(n), name) })
}

// File is a .sih5 or another HDF5 file with its groups, opened and checked.
type File struct {
	path    string
	size    uint64
	base    uint64 // where its superblock is
	raw     *rawFile
	checked *checked
	file    *hdf5.File // open only if the columns must be copied
}

// Open reads and checks all of a file but its data. The error of a file that is
// damaged or not of this kind is a cache.FormatError, that of one which uses what
// this package does not know a cache.UnsupportedError; the text ends with the path.
func Open(path string, opt Options) (*File, error) {
	f, err := open(path, opt)
	if err != nil {
		return nil, failed("cannot be read", path, err)
	}
	return f, nil
}

// failed words an error so that it ends with the path. What libhdf5 says of a file
// that the system let it read is the file's fault.
func failed(doing, path string, err error) error {
	var l *libraryError
	if err = pathname.Reason(err); errors.As(err, &l) && l.cause == nil {
		err = &cache.FormatError{Offset: -1, Field: l.doing, Msg: l.reason()}
	}
	return fmt.Errorf("%s: %w: %s", doing, err, path)
}

var signature = []byte("\x89HDF\r\n\x1a\n")

// findHDF5 looks for the signature where the format allows it: at 0, 512, 1024, ...
func findHDF5(f io.ReaderAt, size int64) (at int64, ok bool) {
	var b [8]byte
	for ; at+8 <= size; at = max(512, at*2) {
		if _, err := f.ReadAt(b[:], at); err == nil && string(b[:]) == string(signature) {
			return at, true
		}
	}
	return 0, false
}

func notHDF5(o io.ReaderAt) error {
	var start [16]byte
	n, err := o.ReadAt(start[:], 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	e := &cache.FormatError{Offset: -1, Msg: "not an HDF5 file"}
	if c := cache.ContentOf(start[:n]); c != cache.ContentUnknown {
		e.Msg += " but " + c.String()
	}
	return e
}

// Is reports whether the file at path is HDF5, whatever its name.
func Is(path string) bool {
	_, err := look(path, nil)
	return err == nil
}

func open(path string, opt Options) (*File, error) {
	if opt.MaxBytes == 0 {
		opt.MaxBytes = DefaultMaxBytes
	}
	f := &File{path: path}
	size, err := look(path, func(r io.ReaderAt, at, size uint64) error {
		if f.base, f.size = at, size; opt.unchecked {
			return nil
		}
		return check.File(r, at, size)
	})
	if err != nil {
		return nil, err
	}
	err = exclusive(func() (err error) {
		h, err := openFile(path)
		if err != nil {
			return err
		}
		defer func() {
			if err != nil || f.checked.mappable {
				h.Close()
			} else {
				f.file = h
			}
		}()
		if f.raw, err = readFile(h, &opt); err != nil {
			return err
		}
		f.checked, err = f.raw.check(size, opt.MaxBytes)
		return err
	})
	if err != nil {
		return nil, err
	}
	return f, nil
}

// probe looks whether path is an HDF5 file that libhdf5 can be handed, and returns its size.
func probe(path string) (uint64, error) { return look(path, check.File) }

// look looks whether path is an HDF5 file, without libhdf5, and returns its size. then, if
// there is one, gets it with the place of its superblock.
func look(path string, then func(r io.ReaderAt, at, size uint64) error) (uint64, error) {
	o, err := regular.Open(path)
	var other *regular.Error
	if errors.As(err, &other) {
		return 0, &cache.FormatError{Offset: -1, Msg: other.Error()}
	}
	if err != nil {
		return 0, err
	}
	defer o.Close()
	info, err := o.Stat()
	if err != nil {
		return 0, err
	}
	at, ok := findHDF5(o, info.Size())
	if !ok {
		return 0, notHDF5(o)
	}
	size := uint64(info.Size())
	if then == nil {
		return size, nil
	}
	return size, then(o, uint64(at), size)
}

func openGroup(f *hdf5.CommonFG, name string) (*hdf5.Group, error) {
	g, err := f.OpenGroup(name)
	if err != nil {
		return nil, libError("open group " + name)
	}
	return g, nil
}

func readFile(h *hdf5.File, opt *Options) (*rawFile, error) {
	r := &rawFile{}
	if err := r.readHeader(h); err != nil {
		return nil, err
	}
	return r, r.readColumns(h, opt)
}

func (r *rawFile) readColumns(h *hdf5.File, opt *Options) error {
	g, err := openLinked(&h.CommonFG, "ATTRIBS")
	if g == nil {
		return err
	}
	defer g.Close()
	n, err := g.NumObjects()
	if err != nil {
		return libError("list group ATTRIBS")
	}
	if n > cache.MaxAttributes {
		return &cache.FormatError{Offset: -1, Field: "attribute count", Msg: "too many", Value: n}
	}
	r.links = n
	if r.readSummarized(g, n, opt) {
		return nil
	}
	names, others, err := links(g)
	if err != nil {
		return err
	}
	r.others = others
	r.columns = make([]rawColumn, len(names))
	for i, link := range names {
		if err := r.readColumn(g, link, &r.columns[i]); err != nil {
			return err
		}
	}
	return nil
}

func (r *rawFile) readHeader(h *hdf5.File) error {
	g, err := openLinked(&h.CommonFG, "HEADER")
	if err != nil {
		return err
	}
	if g == nil {
		return &cache.FormatError{Offset: -1, Msg: "not a particle cache: there is no group HEADER"}
	}
	defer g.Close()
	if r.header, err = readMeta(g); err != nil || !r.ours() {
		return err
	}
	for _, a := range []struct {
		name string
		to   *string
	}{{"source_storage", &r.source}, {"source_dialect", &r.dialect}, {"source_warnings", &r.warnings}, {"source_damage", &r.damage}, {"columns", &r.summary}} {
		b, err := readBytes(g, a.name)
		if err != nil {
			return err
		}
		*a.to = string(b)
	}
	return nil
}

// readSummarized reads the columns of a group of n links that are wanted, by the header's
// summary; it reports false if that does not fit.
func (r *rawFile) readSummarized(attribs *hdf5.Group, n uint, opt *Options) bool {
	columns, all := expand(r.summary, opt.wants)
	if uint(all) != n {
		return false
	}
	for i := range columns {
		if readParts(attribs, columns[i].link, &columns[i].parts) != nil {
			return false
		}
	}
	r.columns = columns
	return true
}

func (r *rawFile) readColumn(attribs *hdf5.Group, link string, to *rawColumn) error {
	c, err := readColumn(attribs, link)
	if err != nil {
		return err
	}
	*to = c
	if !r.ours() || c.meta.ints[intBlobTypes] == 0 {
		return nil
	}
	g, err := openLinked(&attribs.CommonFG, link)
	if err != nil || g == nil {
		return err
	}
	defer g.Close()
	b, err := readBytes(g, "blobtype_bytes")
	if err != nil {
		return err
	}
	var ok bool
	if to.blobTypes, ok = unpackNames(b); !ok {
		return &cache.FormatError{Offset: -1, Field: "attribute " + link, Msg: "names of blob types are damaged"}
	}
	return nil
}

// Source says what the file was made from; ok is false if it does not say.
func (f *File) Source() (src cache.Stamp, ok bool) { return f.raw.sourceState() }

func (r *rawFile) sourceState() (src cache.Stamp, ok bool) {
	h := &r.header
	if !r.ours() || !h.has(intSourceSize) || !h.has(intSourceMTime) {
		return cache.Stamp{}, false
	}
	return cache.Stamp{Size: h.ints[intSourceSize], MTime: h.ints[intSourceMTime]}, true
}

// Lacks reports whether attributes that the file had when it was written are gone, or are links to other
// places: then its source has more.
func (f *File) Lacks() bool { return f.raw.lacks() }

// SourceStorage is how the source held its data; empty if the file does not say.
func (f *File) SourceStorage() cache.Storage { return cache.Storage(f.raw.source) }

// Index describes the columns. Where Mappable, the spans are file offsets; else only
// their lengths mean something.
func (f *File) Index() *cache.Index { return f.checked.index }

// Mappable reports whether a mapping of the file holds every column as it is used.
func (f *File) Mappable() bool { return f.checked.mappable }

// Size is the size in bytes of the file that was checked.
func (f *File) Size() int64 { return int64(f.size) }

// Need is the number of bytes that Fill wants.
func (f *File) Need() uint64 { return f.checked.need }

// Close gives back what the file holds.
func (f *File) Close() error {
	if f.file == nil {
		return nil
	}
	return exclusive(func() error {
		h := f.file
		f.file = nil
		if h.Close() != nil {
			return failed("close sih5", f.path, libError("close"))
		}
		return nil
	})
}

// Fill copies the columns into dst, which must have at least Need bytes, measures the ranges
// that the file does not give, and returns the index of dst.
func (f *File) Fill(ctx context.Context, dst []byte) (*cache.Index, error) {
	ix, err := f.fill(ctx, dst)
	if err != nil {
		return nil, failed("cannot be read", f.path, err)
	}
	return ix, nil
}

// Measure is Fill for the index alone: no values are stored.
func (f *File) Measure(ctx context.Context) (*cache.Index, error) {
	ix := f.checked.copied()
	err := f.attribs(func(g *hdf5.Group) error {
		for i := range ix.Columns {
			if err := measureColumn(ctx, g, f.checked.raws[i], &ix.Columns[i]); err != nil {
				return fmt.Errorf("attribute %s: %w", ix.Columns[i].Name, err)
			}
		}
		return nil
	})
	if err != nil {
		return nil, failed("cannot be read", f.path, err)
	}
	return ix, nil
}

// attribs opens the group of the columns for do.
func (f *File) attribs(do func(*hdf5.Group) error) error {
	return exclusive(func() (err error) {
		h := f.file
		if h == nil {
			if _, err := probe(f.path); err != nil { // it may be another by now
				return err
			}
			if h, err = openFile(f.path); err != nil {
				return err
			}
			defer h.Close()
		}
		g, err := openLinked(&h.CommonFG, "ATTRIBS")
		if err != nil || g == nil {
			return err
		}
		defer g.Close()
		return do(g)
	})
}

func (f *File) fill(ctx context.Context, dst []byte) (*cache.Index, error) {
	if uint64(len(dst)) < f.checked.need {
		return nil, fmt.Errorf("%d bytes are too few for %d", len(dst), f.checked.need)
	}
	ix := f.checked.copied()
	err := f.attribs(func(g *hdf5.Group) error {
		for i := range ix.Columns {
			if err := copyColumn(ctx, g, f.checked.raws[i], &ix.Columns[i], dst); err != nil {
				return fmt.Errorf("attribute %s: %w", ix.Columns[i].Name, err)
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	for i := range ix.Columns {
		if c := &ix.Columns[i]; c.HasData() {
			if err := measure.ColumnContext(ctx, c, dst[c.Data.Offset:c.Data.End()]); err != nil {
				return nil, err
			}
		}
	}
	return ix, nil
}
