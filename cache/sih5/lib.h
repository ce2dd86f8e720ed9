// What libhdf5 offers and gonum.org/v1/hdf5 does not: file access lists, storage
// of datasets and groups, raw offsets, attributes in bulk, error texts.
#ifndef SIH5_LIB_H
#define SIH5_LIB_H

#include <hdf5.h>
#include <stdint.h>

// Element types as the file stores them.
enum { LIB_OTHER, LIB_F32, LIB_I32, LIB_U8, LIB_U64, LIB_BOOL, LIB_FLOAT, LIB_INT, LIB_ENUM };
enum { LIB_CONTIGUOUS, LIB_CHUNKED, LIB_COMPACT, LIB_EXTERNAL, LIB_VIRTUAL, LIB_UNKNOWN, LIB_LINK };
enum { LIB_NO_LINK, LIB_HARD_LINK, LIB_OTHER_LINK };

#define LIB_FILTERS 8

typedef struct {
	int32_t present, rank, type, layout;
	uint64_t dims[2]; // set if rank is 1 or 2
	uint64_t size;    // of one element in the file
	uint64_t offset;  // in the file; LIB_NOWHERE unless contiguous and allocated
	uint64_t storage; // bytes the dataset takes in the file
	uint64_t chunk[2]; // dims of a chunk, set if chunked and rank is 1 or 2
	int32_t nfilters, filters[LIB_FILTERS]; // what its chunks are packed by, in that order
	int32_t lacking;   // number of a filter of its chunks that this library has not; 0: none
	int32_t packed;    // by that one is its first chunk
	char filter[64];   // what the file calls that filter
} lib_dataset;

#define LIB_NOWHERE UINT64_MAX
#define LIB_COMPONENTS 16

// Integer attributes of a group in /ATTRIBS and of /HEADER, in the order of
// lib_names in lib.c.
enum {
	LIB_DATATYPE, LIB_STRUCTTYPE, LIB_CONTEXTTYPE, LIB_OBJID, LIB_CATEGORY, LIB_LOCATOR, LIB_BLOBTYPES,
	LIB_CONSTANT, LIB_ORDER, LIB_NAMELENGTH, LIB_NONTRIVIAL, LIB_COLUMNINTS,
	LIB_VERSION = LIB_COLUMNINTS, LIB_OBJECT, LIB_POINTS, LIB_EDGES, LIB_POLYGONS, LIB_SAMPLES, LIB_BLOBS,
	LIB_ATTRIBUTES, LIB_SUBSTEPS, LIB_SOURCESIZE, LIB_SOURCEMTIME, LIB_LAYOUT, LIB_INTS
};
// LIB_LENGTHS are minimum, maximum, finite and nonfinite of the lengths, as doubles.
enum { LIB_MIN, LIB_MAX, LIB_MEAN, LIB_FINITE, LIB_NONFINITE, LIB_RANGES, LIB_LENGTHS = LIB_RANGES, LIB_VECTORS };
enum { LIB_DATA, LIB_OFFSETS, LIB_VALUEOFFSETS, LIB_RECORDS, LIB_RECORDOFFSETS, LIB_PARTS };

typedef union { double f; int64_t i; } lib_number; // finite and nonfinite are integers

typedef struct {
	uint32_t have;               // bit i: ints[i] was in the file
	int32_t nvec[LIB_VECTORS];   // entries of vec[i], 0 if absent
	int64_t ints[LIB_INTS];
	lib_number vec[LIB_VECTORS][LIB_COMPONENTS];
} lib_meta;

// To be called before anything else: no error is printed, and no plugin loaded. A file
// names filters by number, and with HDF5_PLUGIN_PATH set libhdf5 would look for a library
// there and run it.
void lib_rein(void);
// The innermost message of the calling thread's error stack, and the errno it names.
void lib_error(char *out, size_t n, int *err);

// A file is made without places for its data, so that all of its metadata lie together,
// and closed. When it is opened once more datasets get their places one by one, each
// at a multiple of the alignment.
hid_t lib_create(const char *path);
hid_t lib_open_aligned(const char *path, unsigned alignment);
hid_t lib_open(const char *path); // for reading
herr_t lib_contiguous(hid_t dataset_list); // without a place, never filled, no times, no attributes
herr_t lib_make_dataset(hid_t g, int part, hid_t type, int rank, const uint64_t dims[2], hid_t list);
herr_t lib_allocate(hid_t attribs, const char *link, int part, uint64_t *offset);
herr_t lib_make_named(hid_t g, const char *name, hid_t type, int rank, const uint64_t dims[2], hid_t list);
herr_t lib_allocate_named(hid_t g, const char *name, uint64_t *offset);
// room is what the group's links and attributes will take. If ordered, it notes in which
// order its links are made.
hid_t lib_make_group(hid_t loc, const char *name, unsigned room, int ordered);
hid_t lib_bool_type(void);
herr_t lib_write_meta(hid_t g, const lib_meta *m, uint32_t which, int components);
// Strings of variable length, as h5py writes and likes them; they lie in a heap
// without checksums, so what this program reads back is written by the other two.
herr_t lib_write_strings(hid_t g, const char *name, const char *const *v, int n, int scalar);
herr_t lib_write_text(hid_t g, const char *name, const char *v, size_t n); // n > 0
herr_t lib_write_bytes(hid_t g, const char *name, const void *v, size_t n);

// A soft or external link could lead anywhere, to other files and to devices too: below,
// only hard links are followed. lib_link is the kind of one, < 0 if it cannot be read.
int lib_link(hid_t g, const char *name);

// Reading. lib_read_meta takes what it knows and can use, and leaves the rest.
herr_t lib_read_meta(hid_t g, lib_meta *m);
// The names of the integers and of the vectors.
const char *lib_int_name(int i);
const char *lib_vector_name(int i);
// m may be NULL.
herr_t lib_read_column(hid_t attribs, const char *link, lib_meta *m, lib_dataset parts[LIB_PARTS]);
// Describes a dataset of g; o->present is 0 if there is none.
herr_t lib_read_named(hid_t g, const char *name, lib_dataset *o);
// A string of fixed length or an array of bytes: *out is malloc'ed. *len is 0 if there
// is none or it is something else.
herr_t lib_read_bytes(hid_t g, const char *name, size_t max, char **out, size_t *len);
// Names of the hard links to groups, one after the other with their zeros: as they were
// made if the group knows, else in the order of their bytes.
herr_t lib_links(hid_t g, size_t max, char **out, size_t *len, int *others);
// Rows [from, from+n) of comps components into dst, as type LIB_F32, LIB_I32, LIB_U8 or
// LIB_U64. The caller has made dst large enough; a dataset that has other components
// by now is refused. LIB_U8 of an enum reads its bytes as they are.
herr_t lib_read_rows(hid_t attribs, const char *link, int part, int type, uint64_t from, uint64_t n, uint64_t comps, void *dst);

// A dataset, and a chunk of it as it lies in the file: *buf, of *cap bytes, is grown as needed
// and then freed by the caller. *n is 0 if there is no such chunk; more than max bytes fail.
// Bit i of *mask says that it was not packed by filter i.
hid_t lib_open_part(hid_t attribs, const char *link, int part);
herr_t lib_read_chunk(hid_t dataset, const uint64_t at[2], size_t max, uint32_t *mask, void **buf, size_t *cap, size_t *n);
void lib_close_part(hid_t dataset);

// Open files and objects of files.
long long lib_alive(void);

#endif
