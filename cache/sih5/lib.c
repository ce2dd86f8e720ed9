#include "lib.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const lib_names[LIB_INTS] = {
	"datatype", "structtype", "contexttype", "objid", "category", "ptlocator_size", "blobtype_count",
	"isconstant", "order", "name_length", "nontrivial",
	"version", "type", "particle_count", "edge_count", "polygon_count", "sample_count", "blob_count",
	"attribute_count", "substeps_count", "source_size", "source_mtime_ns", "layout",
};
static const char *const lib_vectors[LIB_VECTORS] = { "min", "max", "mean", "finite", "nonfinite", "lengths" };
static const char *const lib_parts[LIB_PARTS] = { "Data", "Offsets", "ValueOffsets", "Records", "RecordOffsets" };

const char *lib_int_name(int i) { return lib_names[i]; }
const char *lib_vector_name(int i) { return lib_vectors[i]; }

// ---- errors

typedef struct { char *out; size_t n; int err; } lib_walk; // innermost first

static herr_t lib_on_error(unsigned n, const H5E_error2_t *e, void *p) {
	lib_walk *w = p;
	const char *d = e->desc ? e->desc : "", *no = strstr(d, "errno = ");
	if (no && !w->err) w->err = atoi(no + strlen("errno = "));
	(void)n;
	if (!w->out[0]) snprintf(w->out, w->n, "%s", d);
	return 0;
}

void lib_rein(void) {
	H5Eset_auto2(H5E_DEFAULT, NULL, NULL);
	H5PLset_loading_state(0);
}

void lib_error(char *out, size_t n, int *err) {
	lib_walk w = { out, n, 0 };
	out[0] = 0;
	hid_t s = H5Eget_current_stack();
	if (s >= 0) {
		H5Ewalk2(s, H5E_WALK_UPWARD, lib_on_error, &w);
		H5Eclose_stack(s);
	}
	*err = w.err;
}

// Cleaning up after a failed call clears its error stack: what is closed between
// LIB_KEEP and LIB_BACK leaves the stack of a call that returned rc < 0 as it was.
#define LIB_KEEP(rc) hid_t kept = (rc) < 0 ? H5Eget_current_stack() : -1
#define LIB_BACK do { if (kept >= 0) H5Eset_current_stack(kept); } while (0)

// ---- files and lists

// Of files that are written metadata lie without room between, data at multiples of
// alignment; 0 is for reading.
static hid_t lib_access(hsize_t alignment) {
	hid_t p = H5Pcreate(H5P_FILE_ACCESS);
	if (p < 0) return -1;
	if (H5Pset_fclose_degree(p, H5F_CLOSE_STRONG) < 0) goto bad;
#if H5_VERSION_GE(1, 10, 7)
	if (H5Pset_file_locking(p, 0, 1) < 0) goto bad;
#endif
	// The default driver wants the real path of what it opens, which a file in memory
	// has not.
	if (alignment && (H5Pset_fapl_stdio(p) < 0 || H5Pset_alignment(p, 1, alignment) < 0 || H5Pset_meta_block_size(p, 2048) < 0 ||
		H5Pset_small_data_block_size(p, 0) < 0 || H5Pset_libver_bounds(p, H5F_LIBVER_V18, H5F_LIBVER_V110) < 0)) goto bad;
	return p;
bad:
	{ LIB_KEEP(-1); H5Pclose(p); LIB_BACK; }
	return -1;
}

hid_t lib_create(const char *path) {
	hid_t f = -1, p = lib_access(1), c = H5Pcreate(H5P_FILE_CREATE);
	// The root's times: equal frames make equal files. It has three links at most.
	if (p >= 0 && c >= 0 && H5Pset_obj_track_times(c, 0) >= 0 && H5Pset_est_link_info(c, 3, 8) >= 0)
		f = H5Fcreate(path, H5F_ACC_TRUNC, c, p);
	LIB_KEEP(f);
	if (p >= 0) H5Pclose(p);
	if (c >= 0) H5Pclose(c);
	LIB_BACK;
	return f;
}

hid_t lib_open(const char *path) {
	hid_t p = lib_access(0);
	if (p < 0) return -1;
	hid_t f = H5Fopen(path, H5F_ACC_RDONLY, p);
	{ LIB_KEEP(f); H5Pclose(p); LIB_BACK; }
	return f;
}

static uint64_t lib_offset(hid_t d) {
	haddr_t a = H5Dget_offset(d);
	return a == HADDR_UNDEF ? LIB_NOWHERE : (uint64_t)a;
}

hid_t lib_open_aligned(const char *path, unsigned alignment) {
	hid_t p = lib_access(alignment);
	if (p < 0) return -1;
	hid_t f = H5Fopen(path, H5F_ACC_RDWR, p);
	{ LIB_KEEP(f); H5Pclose(p); LIB_BACK; }
	return f;
}

herr_t lib_make_dataset(hid_t g, int part, hid_t type, int rank, const uint64_t dims[2], hid_t list) {
	return lib_make_named(g, lib_parts[part], type, rank, dims, list);
}

herr_t lib_make_named(hid_t g, const char *name, hid_t type, int rank, const uint64_t dims[2], hid_t list) {
	hid_t s = H5Screate_simple(rank, (const hsize_t *)dims, NULL);
	if (s < 0) return -1;
	hid_t d = H5Dcreate2(g, name, type, s, H5P_DEFAULT, list, H5P_DEFAULT);
	if (d >= 0) H5Dclose(d);
	LIB_KEEP(d);
	H5Sclose(s);
	LIB_BACK;
	return d < 0 ? -1 : 0;
}

herr_t lib_allocate(hid_t attribs, const char *link, int part, uint64_t *offset) {
	hid_t g = H5Gopen2(attribs, link, H5P_DEFAULT);
	if (g < 0) return -1;
	herr_t rc = lib_allocate_named(g, lib_parts[part], offset);
	LIB_KEEP(rc);
	H5Gclose(g);
	LIB_BACK;
	return rc;
}

herr_t lib_allocate_named(hid_t g, const char *name, uint64_t *offset) {
	herr_t rc = -1;
	uint64_t zero = 0;
	hsize_t start[2] = { 0, 0 }, one[2] = { 1, 1 };
	hid_t d = H5Dopen2(g, name, H5P_DEFAULT), t = -1, s = -1, m = -1;
	if (d >= 0 && (t = H5Dget_type(d)) >= 0 && (s = H5Dget_space(d)) >= 0 && (m = H5Screate(H5S_SCALAR)) >= 0 &&
		H5Sselect_hyperslab(s, H5S_SELECT_SET, start, NULL, one, NULL) >= 0 &&
		H5Dwrite(d, t, m, s, H5P_DEFAULT, &zero) >= 0 && (*offset = lib_offset(d)) != LIB_NOWHERE)
		rc = 0;
	LIB_KEEP(rc);
	if (m >= 0) H5Sclose(m);
	if (s >= 0) H5Sclose(s);
	if (t >= 0) H5Tclose(t);
	if (d >= 0) H5Dclose(d);
	LIB_BACK;
	return rc;
}

herr_t lib_contiguous(hid_t p) {
	if (H5Pset_layout(p, H5D_CONTIGUOUS) < 0) return -1;
	if (H5Pset_alloc_time(p, H5D_ALLOC_TIME_LATE) < 0) return -1;
	if (H5Pset_fill_time(p, H5D_FILL_TIME_NEVER) < 0) return -1;
#if H5_VERSION_GE(1, 10, 5)
	if (H5Pset_dset_no_attrs_hint(p, 1) < 0) return -1; // no room for attributes
#endif
	return H5Pset_obj_track_times(p, 0);
}

hid_t lib_make_group(hid_t loc, const char *name, unsigned room, int ordered) {
	hid_t g = -1, l = H5Pcreate(H5P_LINK_CREATE), c = H5Pcreate(H5P_GROUP_CREATE);
	// libhdf5 makes room for a count of links, which take 15 bytes and their names.
	unsigned link = room < 24 ? 24 : room < 1 << 15 ? room : 1 << 15, count = (room + link - 1) / link;
	if (l >= 0 && c >= 0 && H5Pset_char_encoding(l, H5T_CSET_UTF8) >= 0 && H5Pset_link_phase_change(c, 4096, 2048) >= 0 &&
		H5Pset_est_link_info(c, count, link - 15) >= 0 && H5Pset_attr_phase_change(c, 256, 128) >= 0 &&
		(!ordered || H5Pset_link_creation_order(c, H5P_CRT_ORDER_TRACKED) >= 0) && H5Pset_obj_track_times(c, 0) >= 0)
		g = H5Gcreate2(loc, name, l, c, H5P_DEFAULT);
	LIB_KEEP(g);
	if (l >= 0) H5Pclose(l);
	if (c >= 0) H5Pclose(c);
	LIB_BACK;
	return g;
}

hid_t lib_bool_type(void) {
	hid_t t = H5Tenum_create(H5T_STD_I8LE);
	signed char no = 0, yes = 1;
	if (t >= 0 && (H5Tenum_insert(t, "FALSE", &no) < 0 || H5Tenum_insert(t, "TRUE", &yes) < 0)) {
		LIB_KEEP(-1); H5Tclose(t); LIB_BACK;
		return -1;
	}
	return t;
}

// ---- writing attributes

static herr_t lib_put(hid_t g, const char *name, hid_t ftype, hid_t mtype, hid_t space, const void *v) {
	hid_t a = H5Acreate2(g, name, ftype, space, H5P_DEFAULT, H5P_DEFAULT);
	if (a < 0) return -1;
	herr_t rc = H5Awrite(a, mtype, v);
	LIB_KEEP(rc);
	H5Aclose(a);
	LIB_BACK;
	return rc;
}

herr_t lib_write_meta(hid_t g, const lib_meta *m, uint32_t which, int components) {
	herr_t rc = -1;
	hsize_t n = (hsize_t)components, four = 4;
	hid_t lengths = m->nvec[LIB_LENGTHS] ? H5Screate_simple(1, &four, NULL) : -1;
	hid_t one = H5Screate(H5S_SCALAR), vec = components ? H5Screate_simple(1, &n, NULL) : -1, boolean = lib_bool_type();
	if (one < 0 || boolean < 0 || components && vec < 0 || m->nvec[LIB_LENGTHS] && lengths < 0) goto out;
	for (int i = 0; i < LIB_INTS; i++) {
		if (!(which >> i & 1)) continue;
		signed char b = m->ints[i] != 0;
		int flag = i == LIB_CONSTANT || i == LIB_NONTRIVIAL;
		rc = flag ? lib_put(g, lib_names[i], boolean, boolean, one, &b)
		          : lib_put(g, lib_names[i], H5T_STD_I64LE, H5T_NATIVE_INT64, one, &m->ints[i]);
		if (rc < 0) goto out;
	}
	for (int i = 0; components && i < LIB_RANGES; i++) {
		rc = i < LIB_FINITE ? lib_put(g, lib_vectors[i], H5T_IEEE_F64LE, H5T_NATIVE_DOUBLE, vec, m->vec[i])
		                    : lib_put(g, lib_vectors[i], H5T_STD_I64LE, H5T_NATIVE_INT64, vec, m->vec[i]);
		if (rc < 0) goto out;
	}
	rc = lengths < 0 ? 0 : lib_put(g, lib_vectors[LIB_LENGTHS], H5T_IEEE_F64LE, H5T_NATIVE_DOUBLE, lengths, m->vec[LIB_LENGTHS]);
out:;
	LIB_KEEP(rc);
	if (lengths >= 0) H5Sclose(lengths);
	if (one >= 0) H5Sclose(one);
	if (vec >= 0) H5Sclose(vec);
	if (boolean >= 0) H5Tclose(boolean);
	LIB_BACK;
	return rc;
}

herr_t lib_write_strings(hid_t g, const char *name, const char *const *v, int n, int scalar) {
	herr_t rc = -1;
	hsize_t count = (hsize_t)n;
	hid_t t = H5Tcopy(H5T_C_S1), s = scalar ? H5Screate(H5S_SCALAR) : H5Screate_simple(1, &count, NULL);
	if (t >= 0 && s >= 0 && H5Tset_size(t, H5T_VARIABLE) >= 0 && H5Tset_cset(t, H5T_CSET_UTF8) >= 0)
		rc = lib_put(g, name, t, t, s, v);
	LIB_KEEP(rc);
	if (t >= 0) H5Tclose(t);
	if (s >= 0) H5Sclose(s);
	LIB_BACK;
	return rc;
}

herr_t lib_write_text(hid_t g, const char *name, const char *v, size_t n) {
	herr_t rc = -1;
	hid_t t = H5Tcopy(H5T_C_S1), s = H5Screate(H5S_SCALAR);
	if (t >= 0 && s >= 0 && H5Tset_size(t, n) >= 0 && H5Tset_strpad(t, H5T_STR_NULLPAD) >= 0 &&
		H5Tset_cset(t, H5T_CSET_UTF8) >= 0)
		rc = lib_put(g, name, t, t, s, v);
	LIB_KEEP(rc);
	if (t >= 0) H5Tclose(t);
	if (s >= 0) H5Sclose(s);
	LIB_BACK;
	return rc;
}

herr_t lib_write_bytes(hid_t g, const char *name, const void *v, size_t n) {
	hsize_t count = n;
	hid_t s = H5Screate_simple(1, &count, NULL);
	if (s < 0) return -1;
	herr_t rc = lib_put(g, name, H5T_STD_U8LE, H5T_NATIVE_UINT8, s, v);
	LIB_KEEP(rc);
	H5Sclose(s);
	LIB_BACK;
	return rc;
}

// ---- reading attributes

// An enum of one byte whose values are all different: libhdf5 compares types in a time
// that grows with the square of their members.
static int lib_small_enum(hid_t t) {
	if (H5Tget_class(t) != H5T_ENUM || H5Tget_size(t) != 1) return 0;
	int n = H5Tget_nmembers(t);
	return n >= 0 && n <= 256;
}

// One integer or bool: sizes are checked before reading,
// since H5Aread writes whatever the file says there is.
static int lib_get_int(hid_t a, int64_t *out) {
	int ok = 0;
	hid_t t = H5Aget_type(a), s = H5Aget_space(a);
	if (t >= 0 && s >= 0 && H5Sget_simple_extent_npoints(s) == 1) {
		H5T_class_t c = H5Tget_class(t);
		int8_t b;
		if (c == H5T_INTEGER && H5Tget_size(t) <= sizeof *out) {
			ok = H5Aread(a, H5T_NATIVE_INT64, out) >= 0;
		} else if (lib_small_enum(t) && H5Aread(a, t, &b) >= 0) {
			*out = b;
			ok = 1;
		}
	}
	if (t >= 0) H5Tclose(t);
	if (s >= 0) H5Sclose(s);
	return ok;
}

static int lib_get_vector(hid_t a, int integer, lib_number *out) {
	int n = 0;
	hid_t t = H5Aget_type(a), s = H5Aget_space(a);
	if (t >= 0 && s >= 0 && H5Tget_class(t) == (integer ? H5T_INTEGER : H5T_FLOAT) &&
		H5Tget_size(t) <= sizeof *out) {
		hssize_t np = H5Sget_simple_extent_npoints(s);
		if (np > 0 && np <= LIB_COMPONENTS && H5Aread(a, integer ? H5T_NATIVE_INT64 : H5T_NATIVE_DOUBLE, out) >= 0)
			n = (int)np;
	}
	if (t >= 0) H5Tclose(t);
	if (s >= 0) H5Sclose(s);
	return n;
}

static herr_t lib_on_attribute(hid_t g, const char *name, const H5A_info_t *info, void *p) {
	(void)info;
	lib_meta *m = p;
	int i, v;
	for (i = 0; i < LIB_INTS && strcmp(name, lib_names[i]); i++) {}
	for (v = 0; v < LIB_VECTORS && strcmp(name, lib_vectors[v]); v++) {}
	if (i == LIB_INTS && v == LIB_VECTORS) return 0;
	hid_t a = H5Aopen(g, name, H5P_DEFAULT);
	if (a < 0) return -1;
	if (i < LIB_INTS) m->have |= (uint32_t)lib_get_int(a, &m->ints[i]) << i;
	else m->nvec[v] = lib_get_vector(a, v == LIB_FINITE || v == LIB_NONFINITE, m->vec[v]);
	H5Aclose(a);
	return 0;
}

herr_t lib_read_meta(hid_t g, lib_meta *m) {
	memset(m, 0, sizeof *m);
	return H5Aiterate2(g, H5_INDEX_NAME, H5_ITER_NATIVE, NULL, lib_on_attribute, m);
}

// Strings of variable length are left alone: libhdf5 crashes, or hangs, on damage to
// the heap they lie in.
static herr_t lib_read_text(hid_t a, hid_t ftype, hid_t space, size_t max, char **out, size_t *len) {
	size_t size = H5Tget_size(ftype);
	if (H5Tis_variable_str(ftype) != 0 || H5Sget_simple_extent_npoints(space) != 1 || size == 0 || size > max) return 0;
	if (!(*out = calloc(size + 1, 1))) return -1;
	herr_t rc = H5Aread(a, ftype, *out);
	*len = strnlen(*out, size);
	return rc;
}

herr_t lib_read_bytes(hid_t g, const char *name, size_t max, char **out, size_t *len) {
	*out = NULL;
	*len = 0;
	htri_t there = H5Aexists(g, name);
	if (there <= 0) return there;
	herr_t rc = -1;
	hid_t a = H5Aopen(g, name, H5P_DEFAULT), t = -1, s = -1;
	if (a < 0) return -1;
	if ((t = H5Aget_type(a)) >= 0 && (s = H5Aget_space(a)) >= 0) {
		H5T_class_t c = H5Tget_class(t);
		hssize_t n = H5Sget_simple_extent_npoints(s);
		rc = 0;
		if (c == H5T_STRING) {
			rc = lib_read_text(a, t, s, max, out, len);
		} else if (c == H5T_INTEGER && H5Tget_size(t) == 1 && n > 0 && (size_t)n <= max && (*out = malloc((size_t)n))) {
			rc = H5Aread(a, t, *out);
			*len = (size_t)n;
		}
	}
	LIB_KEEP(rc);
	if (t >= 0) H5Tclose(t);
	if (s >= 0) H5Sclose(s);
	H5Aclose(a);
	LIB_BACK;
	return rc;
}

// ---- reading columns

static int lib_elem_type(hid_t t) {
	size_t size = H5Tget_size(t);
	if (H5Tcommitted(t) != 0) return LIB_OTHER;
	switch (H5Tget_class(t)) {
	case H5T_FLOAT:
		return H5Tequal(t, H5T_IEEE_F32LE) > 0 ? LIB_F32 : LIB_FLOAT;
	case H5T_INTEGER:
		if (size == 4 && H5Tequal(t, H5T_STD_I32LE) > 0) return LIB_I32;
		if (size == 1 && H5Tequal(t, H5T_STD_U8LE) > 0) return LIB_U8;
		if (size == 8 && H5Tequal(t, H5T_STD_U64LE) > 0) return LIB_U64;
		return LIB_INT;
	case H5T_ENUM: {
		signed char no = -1, yes = -1;
		if (size != 1) return LIB_OTHER;
		if (H5Tget_nmembers(t) != 2 || H5Tenum_valueof(t, "FALSE", &no) < 0 || H5Tenum_valueof(t, "TRUE", &yes) < 0 ||
			no != 0 || yes != 1) return LIB_ENUM;
		return LIB_BOOL;
	}
	default:
		return LIB_OTHER;
	}
}

// The filters of a dataset's chunks, and the first of them that is not there.
static herr_t lib_filters(hid_t d, hid_t s, hid_t list, lib_dataset *o) {
	char name[sizeof o->filter];
	int n = H5Pget_nfilters(list), which = 0;
	if (n < 0 || n > LIB_FILTERS) return -1;
	o->nfilters = n;
	for (int i = 0; i < n; i++) {
		unsigned flags, config;
		size_t values = 0;
		H5Z_filter_t id = H5Pget_filter2(list, (unsigned)i, &flags, &values, NULL, sizeof name, name, &config);
		if ((o->filters[i] = id) < 0) return -1;
		if (o->lacking || H5Zfilter_avail(id) > 0) continue;
		o->lacking = id;
		which = i;
		memcpy(o->filter, name, sizeof name);
		o->filter[sizeof name - 1] = 0;
	}
	hsize_t chunks = 0, at[H5S_MAX_RANK], size;
	unsigned mask;
	haddr_t where;
	if (o->lacking && H5Dget_num_chunks(d, s, &chunks) >= 0 && chunks > 0 &&
		H5Dget_chunk_info(d, s, 0, at, &mask, &where, &size) >= 0)
		o->packed = !(mask >> which & 1);
	return 0;
}

// How a dataset is stored that has no place of its own in the file. It is asked before
// anything else: the space of a virtual dataset opens the files that it is made of.
static herr_t lib_stored(hid_t d, lib_dataset *o, hid_t *list) {
	o->layout = LIB_CONTIGUOUS;
	if ((o->offset = lib_offset(d)) != LIB_NOWHERE) return 0;
	if ((*list = H5Dget_create_plist(d)) < 0) return -1;
	switch (H5Pget_layout(*list)) {
	case H5D_CONTIGUOUS: o->layout = H5Pget_external_count(*list) ? LIB_EXTERNAL : LIB_CONTIGUOUS; break;
	case H5D_COMPACT: o->layout = LIB_COMPACT; break;
	case H5D_VIRTUAL: o->layout = LIB_VIRTUAL; break;
	case H5D_CHUNKED: o->layout = LIB_CHUNKED; break;
	default: o->layout = LIB_UNKNOWN;
	}
	return 0;
}

// Whether its values lie in this file.
static int lib_own(const lib_dataset *o) {
	return o->layout == LIB_CONTIGUOUS || o->layout == LIB_COMPACT || o->layout == LIB_CHUNKED;
}

static herr_t lib_describe(hid_t d, lib_dataset *o) {
	herr_t rc = -1;
	hid_t s = -1, t = -1, p = -1;
	o->present = 1;
	if (lib_stored(d, o, &p) < 0) goto out;
	if (!lib_own(o)) {
		rc = 0;
		goto out;
	}
	if ((s = H5Dget_space(d)) < 0 || (t = H5Dget_type(d)) < 0) goto out;
	o->rank = H5Sget_simple_extent_ndims(s);
	if (H5Sget_simple_extent_type(s) == H5S_NULL) o->rank = -1;
	if ((o->rank == 1 || o->rank == 2) && H5Sget_simple_extent_dims(s, (hsize_t *)o->dims, NULL) < 0) goto out;
	o->type = lib_elem_type(t);
	o->size = H5Tget_size(t);
	o->storage = H5Dget_storage_size(d);
	if (o->layout == LIB_CHUNKED) {
		if (o->rank == 1 || o->rank == 2) H5Pget_chunk(p, o->rank, (hsize_t *)o->chunk);
		if (lib_filters(d, s, p, o) < 0) goto out;
	}
	rc = 0;
out:;
	LIB_KEEP(rc);
	if (s >= 0) H5Sclose(s);
	if (t >= 0) H5Tclose(t);
	if (p >= 0) H5Pclose(p);
	LIB_BACK;
	return rc;
}

int lib_link(hid_t g, const char *name) {
	H5L_info_t l;
	if (H5Lget_info(g, name, &l, H5P_DEFAULT) < 0) return H5Lexists(g, name, H5P_DEFAULT) == 0 ? LIB_NO_LINK : -1;
	return l.type == H5L_TYPE_HARD ? LIB_HARD_LINK : LIB_OTHER_LINK;
}

// The group of an attribute, if it is one of this file.
static hid_t lib_column(hid_t attribs, const char *link) {
	return lib_link(attribs, link) == LIB_HARD_LINK ? H5Gopen2(attribs, link, H5P_DEFAULT) : -1;
}

static hid_t lib_part(hid_t g, int part) {
	return lib_link(g, lib_parts[part]) == LIB_HARD_LINK ? H5Dopen2(g, lib_parts[part], H5P_DEFAULT) : -1;
}

herr_t lib_read_named(hid_t g, const char *name, lib_dataset *o) {
	memset(o, 0, sizeof *o);
	int there = lib_link(g, name);
	if (there != LIB_HARD_LINK) return there < 0 ? -1 : 0;
	hid_t d = H5Dopen2(g, name, H5P_DEFAULT);
	herr_t rc = d < 0 ? -1 : lib_describe(d, o);
	LIB_KEEP(rc);
	if (d >= 0) H5Dclose(d);
	LIB_BACK;
	return rc;
}

herr_t lib_read_column(hid_t attribs, const char *link, lib_meta *m, lib_dataset parts[LIB_PARTS]) {
	memset(parts, 0, LIB_PARTS * sizeof *parts);
	hid_t g = lib_column(attribs, link);
	if (g < 0) return -1;
	herr_t rc = m ? lib_read_meta(g, m) : 0;
	H5G_info_t info = { 0 };
	if (rc >= 0) rc = H5Gget_info(g, &info);
	hsize_t found = 0;
	for (int i = 0; rc >= 0 && i < LIB_PARTS && found < info.nlinks; i++) {
		int there = lib_link(g, lib_parts[i]);
		if (there == LIB_NO_LINK) continue;
		found++;
		if (there == LIB_OTHER_LINK) {
			parts[i].layout = LIB_LINK; // and not present
			continue;
		}
		hid_t d = there < 0 ? -1 : H5Dopen2(g, lib_parts[i], H5P_DEFAULT);
		if (d < 0) { rc = -1; break; }
		rc = lib_describe(d, &parts[i]);
		LIB_KEEP(rc);
		H5Dclose(d);
		LIB_BACK;
	}
	LIB_KEEP(rc);
	H5Gclose(g);
	LIB_BACK;
	return rc;
}

typedef struct { char *p; size_t len, cap, max; int others; } lib_list;

static herr_t lib_on_link(hid_t g, const char *name, const H5L_info_t *info, void *p) {
	(void)g;
	lib_list *l = p;
	size_t n = strlen(name) + 1;
	if (info->type != H5L_TYPE_HARD) { l->others++; return 0; }
	if (n > l->max - l->len) return -1;
	if (n > l->cap - l->len) {
		size_t cap = (l->len + n) * 2 + 1024;
		char *q = realloc(l->p, cap);
		if (!q) return -1;
		l->p = q;
		l->cap = cap;
	}
	memcpy(l->p + l->len, name, n);
	l->len += n;
	return 0;
}

// Whether g knows in which order its links were made.
static int lib_ordered(hid_t g) {
	unsigned flags = 0;
	hid_t p = H5Gget_create_plist(g);
	if (p < 0) return 0;
	if (H5Pget_link_creation_order(p, &flags) < 0) flags = 0;
	H5Pclose(p);
	return (flags & H5P_CRT_ORDER_TRACKED) != 0;
}

herr_t lib_links(hid_t g, size_t max, char **out, size_t *len, int *others) {
	lib_list l = { NULL, 0, 0, max, 0 };
	herr_t rc = H5Literate(g, lib_ordered(g) ? H5_INDEX_CRT_ORDER : H5_INDEX_NAME, H5_ITER_INC, NULL, lib_on_link, &l);
	*out = l.p;
	*len = l.len;
	*others = l.others;
	return rc;
}

herr_t lib_read_rows(hid_t attribs, const char *link, int part, int type, uint64_t from, uint64_t n, uint64_t comps, void *dst) {
	herr_t rc = -1;
	hsize_t dims[2] = { 0, 1 }, start[2] = { from, 0 };
	hid_t g = lib_column(attribs, link), d = -1, t = -1, s = -1, m = -1, mt = -1, p = -1;
	lib_dataset now = { 0 };
	if (g < 0) return -1;
	if ((d = lib_part(g, part)) < 0 || lib_stored(d, &now, &p) < 0 || !lib_own(&now)) goto out;
	if ((s = H5Dget_space(d)) < 0 || (t = H5Dget_type(d)) < 0) goto out;
	int rank = H5Sget_simple_extent_ndims(s);
	if (rank < 1 || rank > 2 || H5Sget_simple_extent_dims(s, dims, NULL) < 0 || dims[1] != comps) goto out;
	dims[0] = n;
	switch (type) {
	case LIB_F32: mt = H5T_NATIVE_FLOAT; break;
	case LIB_I32: mt = H5T_NATIVE_INT32; break;
	case LIB_U64: mt = H5T_NATIVE_UINT64; break;
	default: mt = lib_small_enum(t) ? t : H5T_NATIVE_UINT8;
	}
	if (H5Sselect_hyperslab(s, H5S_SELECT_SET, start, NULL, dims, NULL) < 0 || (m = H5Screate_simple(rank, dims, NULL)) < 0) goto out;
	rc = H5Dread(d, mt, m, s, H5P_DEFAULT, dst);
out:;
	LIB_KEEP(rc);
	if (m >= 0) H5Sclose(m);
	if (s >= 0) H5Sclose(s);
	if (t >= 0) H5Tclose(t);
	if (p >= 0) H5Pclose(p);
	if (d >= 0) H5Dclose(d);
	H5Gclose(g);
	LIB_BACK;
	return rc;
}

hid_t lib_open_part(hid_t attribs, const char *link, int part) {
	hid_t g = lib_column(attribs, link);
	if (g < 0) return -1;
	hid_t d = lib_part(g, part);
	LIB_KEEP(d);
	H5Gclose(g);
	LIB_BACK;
	return d;
}

void lib_close_part(hid_t d) { H5Dclose(d); }

herr_t lib_read_chunk(hid_t d, const uint64_t at[2], size_t max, uint32_t *mask, void **buf, size_t *cap, size_t *n) {
	hsize_t offset[2] = { at[0], at[1] }, size = 0;
	haddr_t where = HADDR_UNDEF;
	unsigned unused;
	*n = 0;
	if (H5Dget_chunk_info_by_coord(d, offset, &unused, &where, &size) < 0) return -1;
	if (where == HADDR_UNDEF || size == 0) return 0;
	if (size > max) return -1;
	if (size > *cap) {
		void *p = realloc(*buf, size);
		if (!p) return -1;
		*buf = p;
		*cap = size;
	}
	if (H5Dread_chunk(d, H5P_DEFAULT, offset, mask, *buf) < 0) return -1;
	*n = size;
	return 0;
}

long long lib_alive(void) { return (long long)H5Fget_obj_count(H5F_OBJ_ALL, H5F_OBJ_ALL); }
