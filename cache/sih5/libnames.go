package sih5

/*
#cgo linux CFLAGS: -I/usr/include/hdf5/serial
#include "lib.h"
*/
import "C"

import "sync"

// The names that lib.h gives to what a file holds.
const (
	nowhere = uint64(C.LIB_NOWHERE)

	elemOther = int(C.LIB_OTHER)
	elemF32   = int(C.LIB_F32)
	elemI32   = int(C.LIB_I32)
	elemU8    = int(C.LIB_U8)
	elemU64   = int(C.LIB_U64)
	elemBool  = int(C.LIB_BOOL)  // an enum FALSE = 0, TRUE = 1 of one byte
	elemFloat = int(C.LIB_FLOAT) // floats of another size or order
	elemInt   = int(C.LIB_INT)   // likewise
	elemEnum  = int(C.LIB_ENUM)  // another enum of one byte

	contiguous = int(C.LIB_CONTIGUOUS)
	chunked    = int(C.LIB_CHUNKED)
	compact    = int(C.LIB_COMPACT)
	external   = int(C.LIB_EXTERNAL)
	virtual    = int(C.LIB_VIRTUAL)
	linked     = int(C.LIB_LINK) // to another place; the dataset counts as not there

	partData         = int(C.LIB_DATA)
	partOffsets      = int(C.LIB_OFFSETS)
	partValueOffsets = int(C.LIB_VALUEOFFSETS)
	partRecords      = int(C.LIB_RECORDS)
	partRecordOffs   = int(C.LIB_RECORDOFFSETS)
	numParts         = int(C.LIB_PARTS)

	intDataType   = int(C.LIB_DATATYPE)
	intStructure  = int(C.LIB_STRUCTTYPE)
	intContext    = int(C.LIB_CONTEXTTYPE)
	intObjID      = int(C.LIB_OBJID)
	intCategory   = int(C.LIB_CATEGORY)
	intLocator    = int(C.LIB_LOCATOR)
	intBlobTypes  = int(C.LIB_BLOBTYPES)
	intConstant   = int(C.LIB_CONSTANT)
	intOrder      = int(C.LIB_ORDER)
	intNameLength = int(C.LIB_NAMELENGTH)
	intNonTrivial = int(C.LIB_NONTRIVIAL)

	intVersion     = int(C.LIB_VERSION)
	intObject      = int(C.LIB_OBJECT)
	intPoints      = int(C.LIB_POINTS)
	intEdges       = int(C.LIB_EDGES)
	intPolygons    = int(C.LIB_POLYGONS)
	intSamples     = int(C.LIB_SAMPLES)
	intBlobs       = int(C.LIB_BLOBS)
	intAttributes  = int(C.LIB_ATTRIBUTES)
	intSubsteps    = int(C.LIB_SUBSTEPS)
	intSourceSize  = int(C.LIB_SOURCESIZE)
	intSourceMTime = int(C.LIB_SOURCEMTIME)
	intLayout      = int(C.LIB_LAYOUT)
	numInts        = int(C.LIB_INTS)

	vectorMin       = int(C.LIB_MIN)
	vectorMax       = int(C.LIB_MAX)
	vectorMean      = int(C.LIB_MEAN)
	vectorFinite    = int(C.LIB_FINITE)
	vectorNonFinite = int(C.LIB_NONFINITE)
	vectorLengths   = int(C.LIB_LENGTHS)
	numVectors      = int(C.LIB_VECTORS)
	maxComponents   = uint64(C.LIB_COMPONENTS)
)

// intNames are the names of the integers of a meta.
var intNames = sync.OnceValue(func() []string {
	names := make([]string, numInts)
	for i := range names {
		names[i] = C.GoString(C.lib_int_name(C.int(i)))
	}
	return names
})

// metaNames are what attributes of groups are, by name: integers, and then vectors.
var metaNames = sync.OnceValue(func() map[string]int {
	which := map[string]int{}
	for i, name := range intNames() {
		which[name] = i
	}
	for i := range numVectors {
		which[C.GoString(C.lib_vector_name(C.int(i)))] = numInts + i
	}
	return which
})
