package sih5

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"gonum.org/v1/hdf5"

	"iceexplorer/cache"
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
	// Whole has a file that lacks one of its attributes, as it cannot be read, be an error: it would stand in
	// for another. Otherwise what can be read is, and its index says what is missing.
	Whole bool

	unchecked bool // for tests of what libhdf5 does with what the check refuses
	asked     bool // for tests that compare: libhdf5 is asked in any case
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
	return fmt.Errorf("%s: %w: %s", doing, fault(pathname.Reason(err)), path)
}

// fault has what libhdf5 says be an error of the file.
func fault(err error) error {
	var l *libraryError
	if errors.As(err, &l) && l.cause == nil {
		return &cache.FormatError{Offset: -1, Field: l.doing, Msg: l.reason()}
	}
	return err
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
	left, seen := &check.Left{}, (*check.Seen)(nil)
	size, err := look(path, func(r io.ReaderAt, at, size uint64) (err error) {
		if f.base, f.size = at, size; !opt.unchecked {
			left, seen, err = check.File(r, at, size)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	if f.walked(left, seen, &opt) {
		return f, nil
	}
	f.raw = &rawFile{left: left, out: leaving{whole: opt.Whole}}
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
		if err = f.raw.read(h, &opt); err != nil {
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

// probe looks whether path is an HDF5 file that libhdf5 can be handed, but for what is left out.
func probe(path string) (out *check.Left, err error) {
	_, err = look(path, func(r io.ReaderAt, at, size uint64) (err error) {
		out, _, err = check.File(r, at, size)
		return err
	})
	return out, err
}

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

func (r *rawFile) read(h *hdf5.File, opt *Options) error {
	if err := r.readHeader(h); err != nil {
		return err
	}
	return r.readColumns(h, opt)
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
	done, err := r.readSummarized(g, n, opt)
	if done || err != nil {
		return err
	}
	names, others, err := links(g)
	if err != nil {
		return err
	}
	r.others = others
	for _, link := range names {
		if err := r.readLink(g, link); err != nil {
			return err
		}
	}
	return nil
}

// readLink reads the column that a link leads to, unless libhdf5 must not be handed it.
func (r *rawFile) readLink(attribs *hdf5.Group, link string) error {
	why, refused := r.left.Attributes[link]
	switch {
	case refused && why == nil:
		r.stray(link)
		return nil
	case refused:
		return r.out.leave(r.called(link), why)
	}
	c, err := r.readColumn(attribs, link)
	if err != nil {
		return r.out.leave(r.called(link), err)
	}
	r.columns = append(r.columns, c)
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
	for name, to := range r.texts() {
		b, err := readBytes(g, name)
		if err != nil {
			return err
		}
		*to = string(b)
	}
	return nil
}

// texts are what files of this program say in words, by the names of the header's attributes.
func (r *rawFile) texts() map[string]*string {
	return map[string]*string{"source_storage": &r.source, "source_dialect": &r.dialect, "source_warnings": &r.warnings, "source_damage": &r.damage, "columns": &r.summary}
}

// readSummarized reads the columns of a group of n links that are wanted, by the header's
// summary; done is false if that does not fit.
func (r *rawFile) readSummarized(attribs *hdf5.Group, n uint, opt *Options) (done bool, err error) {
	columns, ok := expand(r.summary, n, opt.wants)
	if !ok {
		return false, nil
	}
	var out []rawColumn
	for i := range columns {
		c := &columns[i]
		if why, refused := r.left.Attributes[c.link]; refused && why == nil {
			return false, nil
		} else if refused {
			if err := r.out.leave(r.called(c.link), why); err != nil {
				return false, err
			}
			continue
		}
		if readParts(attribs, c.link, &c.parts) != nil {
			r.out.list = nil
			return false, nil
		}
		out = append(out, *c)
	}
	r.columns = out
	return true, nil
}

func (r *rawFile) readColumn(attribs *hdf5.Group, link string) (rawColumn, error) {
	c, err := readColumn(attribs, link)
	if err != nil || !r.ours() || c.meta.ints[intBlobTypes] == 0 {
		return c, err
	}
	g, err := openLinked(&attribs.CommonFG, link)
	if err != nil || g == nil {
		return c, err
	}
	defer g.Close()
	b, err := readBytes(g, "blobtype_bytes")
	if err != nil {
		return c, err
	}
	var ok bool
	if c.blobTypes, ok = unpackNames(b); !ok {
		return c, &cache.FormatError{Offset: -1, Field: "attribute " + link, Msg: "names of blob types are damaged"}
	}
	return c, nil
}
