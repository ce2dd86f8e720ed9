package sih5

/*
#cgo linux CFLAGS: -I/usr/include/hdf5/serial
#include <stdlib.h>
#include "lib.h"
*/
import "C"

import (
	"encoding/binary"
	"unsafe"

	"github.com/zeebo/xxh3"
	"gonum.org/v1/hdf5"

	"iceexplorer/cache"
)

// A file has a dataset /CHECKSUMS beside /HEADER and /ATTRIBS, where other programs look for
// nothing. It holds numbers of 64 bits, little-endian:
//
//   - sumsVersion;
//   - the checksum of all bytes of the file, in their order, that are neither data of columns
//     nor this dataset: names, types, counts, what libhdf5 adds, and the gaps;
//   - that of each part of each column that has data, by the order of columns and parts;
//   - the XXH3 of the numbers before it.
//
// So that every bit of the file is covered once. A checksum is the XXH3 of the last of some
// pieces of at most pieceBytes each, which has that of the piece before it as its seed, and the
// first 0: runs of bytes without data or another part between them begin pieces of their own. They tell what a disk or a network has changed,
// not what somebody has: XXH3 is no signature.
const (
	sumsName    = "CHECKSUMS"
	sumsVersion = 0x01534d5553354849 // "IH5SUMS" and a version
	sumsOthers  = 3                  // numbers beside those of parts
)

// pieceBytes are summed up and then written: what the second needs is still in the processor's
// cache. The library's way with pieces of any size takes seven times as long.
const pieceBytes = 256 << 10

// sum is the checksum of the pieces that were added.
type sum uint64

func (s *sum) add(piece []byte) { *s = sum(xxh3.HashSeed(piece, uint64(*s))) }

// sums are the checksums of a file: made while it is written, or as it is read.
type sums struct {
	rest  sum // of what is no data
	parts []sum
}

// encode is the dataset.
func (s *sums) encode() []byte {
	b := binary.LittleEndian.AppendUint64(nil, sumsVersion)
	b = binary.LittleEndian.AppendUint64(b, uint64(s.rest))
	for _, p := range s.parts {
		b = binary.LittleEndian.AppendUint64(b, uint64(p))
	}
	return binary.LittleEndian.AppendUint64(b, xxh3.Hash(b))
}

// sumsLen is how many bytes the dataset of some columns takes.
func sumsLen(columns []cache.Column) uint64 {
	n := uint64(sumsOthers)
	for i := range columns {
		for _, s := range columns[i].Spans() {
			if s.Len > 0 {
				n++
			}
		}
	}
	return 8 * n
}

// makeSums creates the dataset, which has no place yet.
func makeSums(f *hdf5.File, list *hdf5.PropList, size uint64) error {
	n := C.CString(sumsName)
	defer C.free(unsafe.Pointer(n))
	count := C.uint64_t(size / 8)
	if C.lib_make_named(cid(f), n, cid(hdf5.T_STD_U64LE), 1, &count, cid(list)) < 0 {
		return libError("create dataset " + sumsName)
	}
	return nil
}

// allocateSums gives the dataset its place.
func allocateSums(f *hdf5.File) (uint64, error) {
	n := C.CString(sumsName)
	defer C.free(unsafe.Pointer(n))
	var at C.uint64_t
	if C.lib_allocate_named(cid(f), n, &at) < 0 {
		return 0, libError("allocate dataset " + sumsName)
	}
	return uint64(at), nil
}

// findSums describes the dataset, which may not be present.
func findSums(f *hdf5.File) (dataset, error) {
	n := C.CString(sumsName)
	defer C.free(unsafe.Pointer(n))
	var d C.lib_dataset
	if C.lib_read_named(cid(f), n, &d) < 0 {
		return dataset{}, libError("read dataset " + sumsName)
	}
	return goDataset(&d), nil
}
