#include "vtk.h"

#include <stdio.h>
#include <string.h>

// list is a creation list of datasets without times.
static hid_t vtk_list(void) {
	hid_t p = H5Pcreate(H5P_DATASET_CREATE);
	if (p >= 0 && H5Pset_obj_track_times(p, 0) < 0) {
		H5Pclose(p);
		return -1;
	}
	return p;
}

// make creates a dataset, and writes data unless it is NULL. The list is closed.
static herr_t vtk_make(hid_t g, const char *name, hid_t type, int rank, const hsize_t *dims, hid_t list, const void *data) {
	herr_t rc = -1;
	hid_t s = H5Screate_simple(rank, dims, NULL), d = -1, l = H5Pcreate(H5P_LINK_CREATE);
	if (s >= 0 && l >= 0 && list >= 0 && H5Pset_char_encoding(l, H5T_CSET_UTF8) >= 0 &&
		(d = H5Dcreate2(g, name, type, s, l, list, H5P_DEFAULT)) >= 0)
		rc = data ? H5Dwrite(d, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, data) : 0;
	if (d >= 0) H5Dclose(d);
	if (l >= 0) H5Pclose(l);
	if (s >= 0) H5Sclose(s);
	if (list >= 0) H5Pclose(list);
	return rc;
}

static herr_t vtk_attribute(hid_t g, const char *name, hid_t type, hid_t space, const void *v) {
	hid_t a = H5Acreate2(g, name, type, space, H5P_DEFAULT, H5P_DEFAULT);
	if (a < 0) return -1;
	herr_t rc = H5Awrite(a, type, v);
	H5Aclose(a);
	return rc;
}

herr_t vtk_head(hid_t vtk, int64_t points) {
	static const char kind[] = "UnstructuredGrid";
	static const char *const counts[] = { "NumberOfPoints", "NumberOfCells", "NumberOfConnectivityIds", "Offsets" };
	int64_t version[] = { 1, 0 };
	hsize_t one = 1, two = 2, none = 0;
	herr_t rc = -1;
	hid_t pair = H5Screate_simple(1, &two, NULL), scalar = H5Screate(H5S_SCALAR), t = H5Tcopy(H5T_C_S1);
	if (pair >= 0 && scalar >= 0 && t >= 0 && H5Tset_size(t, strlen(kind)) >= 0 && H5Tset_strpad(t, H5T_STR_NULLPAD) >= 0 &&
		vtk_attribute(vtk, "Version", H5T_STD_I64LE, pair, version) >= 0 && vtk_attribute(vtk, "Type", t, scalar, kind) >= 0)
		rc = 0;
	for (int i = 0; i < 4 && rc >= 0; i++) {
		int64_t v = i == 0 ? points : 0;
		rc = vtk_make(vtk, counts[i], H5T_STD_I64LE, 1, &one, vtk_list(), &v);
	}
	if (rc >= 0) rc = vtk_make(vtk, "Connectivity", H5T_STD_I64LE, 1, &none, vtk_list(), NULL);
	if (rc >= 0) rc = vtk_make(vtk, "Types", H5T_STD_U8LE, 1, &none, vtk_list(), NULL);
	if (t >= 0) H5Tclose(t);
	if (scalar >= 0) H5Sclose(scalar);
	if (pair >= 0) H5Sclose(pair);
	return rc;
}

herr_t vtk_link(hid_t g, const char *name, const char *file, const char *object) {
	hid_t l = H5Pcreate(H5P_LINK_CREATE);
	if (l < 0) return -1;
	herr_t rc = H5Pset_char_encoding(l, H5T_CSET_UTF8);
	if (rc >= 0) rc = H5Lcreate_external(file, object, g, name, l, H5P_DEFAULT);
	H5Pclose(l);
	return rc;
}

herr_t vtk_column(hid_t g, const char *name, hid_t type, uint64_t rows, const char *file, const char *object) {
	hsize_t one = rows, two[2] = { rows, 1 };
	hid_t p = vtk_list(), to = H5Screate_simple(1, &one, NULL), from = H5Screate_simple(2, two, NULL);
	herr_t rc = p >= 0 && to >= 0 && from >= 0 ? H5Pset_virtual(p, to, file, object, from) : -1;
	if (from >= 0) H5Sclose(from);
	if (to >= 0) H5Sclose(to);
	if (rc < 0) {
		if (p >= 0) H5Pclose(p);
		return -1;
	}
	return vtk_make(g, name, type, 1, &one, p, NULL);
}

// fill makes a dataset that has one value everywhere, for which no room is taken.
static herr_t vtk_fill(hid_t g, const char *name, hid_t type, hsize_t rows, const void *value) {
	hid_t p = vtk_list();
	if (p >= 0 && (H5Pset_layout(p, H5D_CONTIGUOUS) < 0 || H5Pset_alloc_time(p, H5D_ALLOC_TIME_LATE) < 0 || H5Pset_fill_value(p, type, value) < 0)) {
		H5Pclose(p);
		return -1;
	}
	return vtk_make(g, name, type, 1, &rows, p, NULL);
}

herr_t vtk_same(hid_t g, const char *name, hid_t type, uint64_t rows, int components, const void *value, hid_t place, const char *path) {
	if (components == 1) return vtk_fill(g, name, type, rows, value);
	hsize_t one = rows, two[2] = { rows, (hsize_t)components };
	hid_t p = vtk_list(), from = H5Screate_simple(1, &one, NULL), to = H5Screate_simple(2, two, NULL);
	herr_t rc = p >= 0 && from >= 0 && to >= 0 ? 0 : -1;
	for (int c = 0; c < components && rc >= 0; c++) {
		char part[16], object[256];
		hsize_t start[2] = { 0, (hsize_t)c }, count[2] = { rows, 1 };
		snprintf(part, sizeof part, "%d", c);
		snprintf(object, sizeof object, "%s/%d", path, c);
		rc = vtk_fill(place, part, type, rows, (const char *)value + 4 * c);
		if (rc >= 0) rc = H5Sselect_hyperslab(to, H5S_SELECT_SET, start, NULL, count, NULL);
		if (rc >= 0) rc = H5Pset_virtual(p, to, ".", object, from);
	}
	if (to >= 0) H5Sclose(to);
	if (from >= 0) H5Sclose(from);
	if (rc < 0) {
		if (p >= 0) H5Pclose(p);
		return -1;
	}
	return vtk_make(g, name, type, 2, two, p, NULL);
}

herr_t vtk_none(hid_t g, const char *name, hid_t type, int components) {
	hsize_t dims[2] = { 0, (hsize_t)components };
	return vtk_make(g, name, type, components > 1 ? 2 : 1, dims, vtk_list(), NULL);
}
