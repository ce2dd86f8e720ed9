package sih5

/*
#cgo linux CFLAGS: -I/usr/include/hdf5/serial
#include <stdlib.h>
#include "lib.h"
*/
import "C"

import (
	"fmt"
	"runtime"
	"sync"
	"unsafe"

	"iceexplorer/cache"
	"iceexplorer/cache/refusal"

	"gonum.org/v1/hdf5"
)

// The rules that make the calls below right:
//   - libhdf5 is not thread-safe as Debian builds it: each call is made inside
//     exclusive. Ids may be kept from one exclusive to the next.
//   - Its error stack belongs to the OS thread: exclusive stays on one, and libError
//     is called right after the call that failed.
//   - C never keeps a Go pointer, and what it mallocs is freed here.

// library serialises all use of libhdf5 in this process.
var library sync.Mutex

// exclusive runs f with libhdf5 to itself, on one OS thread, with the printing of
// errors and the loading of plugins off.
func exclusive(f func() error) error {
	library.Lock()
	defer library.Unlock()
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	C.lib_rein()
	return f()
}

// libraryError is what libhdf5 says of a call that failed.
type libraryError struct {
	doing string
	text  string
	cause error // nil unless the system refused something
}

func (e *libraryError) Error() string {
	return e.doing + ": " + e.reason()
}

func (e *libraryError) reason() string {
	switch {
	case e.cause != nil:
		return e.cause.Error()
	case e.text == "":
		return "libhdf5 gives no reason"
	}
	return e.text
}

func (e *libraryError) Unwrap() error { return e.cause }

func libError(doing string) *libraryError {
	var buf [512]C.char
	var errno C.int
	C.lib_error(&buf[0], C.size_t(len(buf)), &errno)
	return &libraryError{doing: doing, text: C.GoString(&buf[0]), cause: refusal.OfC(int(errno))}
}

// adopt makes a gonum object of an id: gonum has no constructor for ids that it did
// not open itself, and its objects begin with the id.
func adopt[T hdf5.File | hdf5.Group | hdf5.Datatype](id C.hid_t) *T {
	o := new(T)
	*(*C.hid_t)(unsafe.Pointer(o)) = id
	return o
}

const _ = -(unsafe.Sizeof(hdf5.File{}) - unsafe.Sizeof(C.hid_t(0))) // does not compile if it is more

func cid(o interface{ ID() int64 }) C.hid_t { return C.hid_t(o.ID()) }

func createFile(path string) (*hdf5.File, error) {
	p := C.CString(path)
	defer C.free(unsafe.Pointer(p))
	id := C.lib_create(p)
	if id < 0 {
		return nil, libError("libhdf5")
	}
	return adopt[hdf5.File](id), nil
}

func openFile(path string) (*hdf5.File, error) {
	p := C.CString(path)
	defer C.free(unsafe.Pointer(p))
	id := C.lib_open(p)
	if id < 0 {
		return nil, libError("libhdf5")
	}
	return adopt[hdf5.File](id), nil
}

// openLinked opens the group that a hard link in loc leads to; nil if there is no link.
func openLinked(loc *hdf5.CommonFG, name string) (*hdf5.Group, error) {
	p := C.CString(name)
	defer C.free(unsafe.Pointer(p))
	switch C.lib_link(cid(loc), p) {
	case C.LIB_NO_LINK:
		return nil, nil
	case C.LIB_HARD_LINK:
		return openGroup(loc, name)
	case C.LIB_OTHER_LINK:
		return nil, &cache.UnsupportedError{Msg: "the group " + name + " as a link to another place"}
	}
	return nil, libError("libhdf5")
}

// makeGroup creates a group that stays compact up to 4096 links and 256 attributes. room is
// what these take in bytes, see room.go. If ordered, it knows in which order its links were
// made.
func makeGroup(loc *hdf5.CommonFG, name string, room int, ordered bool) (*hdf5.Group, error) {
	p := C.CString(name)
	defer C.free(unsafe.Pointer(p))
	id := C.lib_make_group(cid(loc), p, C.uint(room), C.int(btoi(ordered)))
	if id < 0 {
		return nil, libError("create group " + name)
	}
	return adopt[hdf5.Group](id), nil
}

// openAligned opens a file that createFile has made, to give datasets their places at
// multiples of alignment.
func openAligned(path string, alignment uint) (*hdf5.File, error) {
	p := C.CString(path)
	defer C.free(unsafe.Pointer(p))
	id := C.lib_open_aligned(p, C.uint(alignment))
	if id < 0 {
		return nil, libError("libhdf5")
	}
	return adopt[hdf5.File](id), nil
}

// contiguousList is the creation list of contiguous datasets that have no place yet.
func contiguousList() (*hdf5.PropList, error) {
	p, err := hdf5.NewPropList(hdf5.P_DATASET_CREATE)
	if err != nil {
		return nil, libError("dataset list")
	}
	if C.lib_contiguous(cid(p)) < 0 {
		err := libError("dataset list")
		p.Close()
		return nil, err
	}
	return p, nil
}

// allocate gives a dataset its place.
func allocate(attribs *hdf5.Group, link string, part int) (uint64, error) {
	p := C.CString(link)
	defer C.free(unsafe.Pointer(p))
	var at C.uint64_t
	if C.lib_allocate(cid(attribs), p, C.int(part), &at) < 0 {
		return 0, libError("allocate dataset")
	}
	return uint64(at), nil
}

func boolType() (*hdf5.Datatype, error) {
	id := C.lib_bool_type()
	if id < 0 {
		return nil, libError("bool type")
	}
	return adopt[hdf5.Datatype](id), nil
}

// makeDataset creates a dataset. gonum's own way leaks a type for each.
func makeDataset(g *hdf5.Group, part int, typ *hdf5.Datatype, list *hdf5.PropList, dims ...uint64) error {
	var d [2]C.uint64_t
	for i, n := range dims {
		d[i] = C.uint64_t(n)
	}
	if C.lib_make_dataset(cid(g), C.int(part), cid(typ), C.int(len(dims)), &d[0], cid(list)) < 0 {
		return libError("create dataset " + partNames[part])
	}
	return nil
}

// writeMeta writes the integers of m that it has, its ranges and lengths.
func writeMeta(g *hdf5.Group, m *meta) error {
	var c C.lib_meta
	for i, v := range m.ints {
		c.ints[i] = C.int64_t(v)
	}
	for i, r := range m.ranges {
		for v, x := range [...]float64{r.Min, r.Max, r.Mean} {
			*(*float64)(unsafe.Pointer(&c.vec[v][i])) = x
		}
		*(*int64)(unsafe.Pointer(&c.vec[C.LIB_FINITE][i])) = int64(r.Finite)
		*(*int64)(unsafe.Pointer(&c.vec[C.LIB_NONFINITE][i])) = int64(r.NonFinite)
	}
	if l := m.lengths; l != (cache.Lengths{}) {
		c.nvec[C.LIB_LENGTHS] = 4
		for i, x := range [...]float64{l.Min, l.Max, float64(l.Finite), float64(l.NonFinite)} {
			*(*float64)(unsafe.Pointer(&c.vec[C.LIB_LENGTHS][i])) = x
		}
	}
	if C.lib_write_meta(cid(g), &c, C.uint32_t(m.have), C.int(len(m.ranges))) < 0 {
		return libError("write attributes")
	}
	return nil
}

// writeStrings writes strings as h5py does; v is scalar if there is one and not list.
func writeStrings(g *hdf5.Group, name string, list bool, v ...string) error {
	n := C.CString(name)
	defer C.free(unsafe.Pointer(n))
	array := (**C.char)(C.malloc(C.size_t(len(v)) * C.size_t(unsafe.Sizeof(n))))
	defer C.free(unsafe.Pointer(array))
	for i, s := range v {
		p := C.CString(s)
		defer C.free(unsafe.Pointer(p))
		unsafe.Slice(array, len(v))[i] = p
	}
	scalar := C.int(1)
	if list {
		scalar = 0
	}
	if C.lib_write_strings(cid(g), n, array, C.int(len(v)), scalar) < 0 {
		return libError("write attribute " + name)
	}
	return nil
}

// writeText writes a string of fixed length, nothing if it is empty.
func writeText(g *hdf5.Group, name, v string) error {
	if v == "" {
		return nil
	}
	n, p := C.CString(name), C.CString(v)
	defer C.free(unsafe.Pointer(n))
	defer C.free(unsafe.Pointer(p))
	if C.lib_write_text(cid(g), n, p, C.size_t(len(v))) < 0 {
		return libError("write attribute " + name)
	}
	return nil
}

func writeBytes(g *hdf5.Group, name string, v []byte) error {
	n := C.CString(name)
	defer C.free(unsafe.Pointer(n))
	if C.lib_write_bytes(cid(g), n, unsafe.Pointer(unsafe.SliceData(v)), C.size_t(len(v))) < 0 {
		return libError("write attribute " + name)
	}
	return nil
}

func goMeta(c *C.lib_meta) meta {
	m := meta{have: uint32(c.have)}
	for i := range m.ints {
		m.ints[i] = int64(c.ints[i])
	}
	f := func(v, i int) float64 { return *(*float64)(unsafe.Pointer(&c.vec[v][i])) }
	if c.nvec[C.LIB_LENGTHS] == 4 {
		m.lengths = cache.Lengths{Min: f(C.LIB_LENGTHS, 0), Max: f(C.LIB_LENGTHS, 1),
			Finite: uint64(f(C.LIB_LENGTHS, 2)), NonFinite: uint64(f(C.LIB_LENGTHS, 3))}
	}
	n := int(c.nvec[0])
	for _, k := range c.nvec[:C.LIB_RANGES] {
		if int(k) != n {
			return m
		}
	}
	for i := range n {
		k := func(v int) uint64 { return *(*uint64)(unsafe.Pointer(&c.vec[v][i])) }
		m.ranges = append(m.ranges, cache.Range{Min: f(C.LIB_MIN, i), Max: f(C.LIB_MAX, i), Mean: f(C.LIB_MEAN, i),
			Finite: k(C.LIB_FINITE), NonFinite: k(C.LIB_NONFINITE)})
	}
	return m
}

func readMeta(g *hdf5.Group) (meta, error) {
	var c C.lib_meta
	if C.lib_read_meta(cid(g), &c) < 0 {
		return meta{}, libError("read attributes")
	}
	return goMeta(&c), nil
}

// readParts describes the datasets of one group of /ATTRIBS.
func readParts(attribs *hdf5.Group, link string, to *[numParts]dataset) error {
	return readGroup(attribs, link, nil, to)
}

// readColumn reads the integers and ranges of one group too.
func readColumn(attribs *hdf5.Group, link string) (rawColumn, error) {
	c := rawColumn{link: link}
	var m C.lib_meta
	err := readGroup(attribs, link, &m, &c.parts)
	c.meta = goMeta(&m)
	return c, err
}

func readGroup(attribs *hdf5.Group, link string, m *C.lib_meta, to *[numParts]dataset) error {
	p := C.CString(link)
	defer C.free(unsafe.Pointer(p))
	var parts [numParts]C.lib_dataset
	if C.lib_read_column(cid(attribs), p, m, &parts[0]) < 0 {
		return libError("attribute " + link)
	}
	for i := range parts {
		to[i] = goDataset(&parts[i])
	}
	return nil
}

func goDataset(d *C.lib_dataset) dataset {
	to := dataset{present: d.present != 0, rank: int(d.rank), elem: int(d._type), layout: int(d.layout),
		dims: [2]uint64{uint64(d.dims[0]), uint64(d.dims[1])}, size: uint64(d.size), offset: uint64(d.offset),
		storage: uint64(d.storage), chunk: [2]uint64{uint64(d.chunk[0]), uint64(d.chunk[1])}}
	for _, id := range d.filters[:d.nfilters] {
		to.filters = append(to.filters, int(id))
	}
	if d.lacking != 0 {
		to.lacking, to.packed = filterName(int(d.lacking), C.GoString(&d.filter[0])), d.packed != 0
	}
	return to
}

// readBytes reads an attribute that is a string of fixed length or an array of bytes;
// nil if there is none of that kind or it is longer than maxText.
func readBytes(g *hdf5.Group, name string) ([]byte, error) {
	n := C.CString(name)
	defer C.free(unsafe.Pointer(n))
	var p *C.char
	var size C.size_t
	rc := C.lib_read_bytes(cid(g), n, maxText, &p, &size)
	defer C.free(unsafe.Pointer(p))
	if rc < 0 {
		return nil, libError("read attribute " + name)
	}
	return unsafeBytes(p, size), nil
}

// links are the names of the hard links in g, as they were made if g knows, else in the
// order of their bytes; others counts the links that lead elsewhere.
func links(g *hdf5.Group) (names []string, others int, err error) {
	var p *C.char
	var size C.size_t
	var n C.int
	rc := C.lib_links(cid(g), maxText, &p, &size, &n)
	defer C.free(unsafe.Pointer(p))
	if rc < 0 {
		return nil, 0, libError("list group")
	}
	return splitZeros(unsafeBytes(p, size)), int(n), nil
}

// unsafeBytes copies what C has malloc'ed.
func unsafeBytes(p *C.char, n C.size_t) []byte {
	return append([]byte(nil), unsafe.Slice((*byte)(unsafe.Pointer(p)), int(n))...)
}

// readRows copies rows [from, from+n) of a part of a column into dst, which must
// hold them as comps elements of type elem each.
func readRows(attribs *hdf5.Group, link string, part, elem int, from, n, comps uint64, dst []byte) error {
	size := map[int]uint64{elemF32: 4, elemI32: 4, elemU8: 1, elemU64: 8}[elem]
	if uint64(len(dst)) < n*comps*size || size == 0 {
		return fmt.Errorf("%d bytes for %d x %d elements", len(dst), n, comps)
	}
	p := C.CString(link)
	defer C.free(unsafe.Pointer(p))
	if C.lib_read_rows(cid(attribs), p, C.int(part), C.int(elem), C.uint64_t(from), C.uint64_t(n), C.uint64_t(comps),
		unsafe.Pointer(unsafe.SliceData(dst))) < 0 {
		return libError("read data")
	}
	return nil
}

// alive counts the files and objects of files that are open: for tests.
func alive() (n int64) {
	_ = exclusive(func() error {
		n = int64(C.lib_alive())
		return nil
	})
	return n
}
