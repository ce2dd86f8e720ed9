// What a file of VTKHDF is made of: links to columns of another file, and datasets whose values
// are said and not stored.
#ifndef SIH5_VTK_H
#define SIH5_VTK_H

#include <hdf5.h>
#include <stdint.h>

// vtk_head writes all but the arrays.
herr_t vtk_head(hid_t vtk, int64_t points);
// vtk_link leads to a dataset of another file.
herr_t vtk_link(hid_t g, const char *name, const char *file, const char *object);
// vtk_column makes one dimension of the two that a dataset of single numbers has elsewhere:
// readers of VTK take no other. file and object are patterns: %% is a percent sign.
herr_t vtk_column(hid_t g, const char *name, hid_t type, uint64_t rows, const char *file, const char *object);
// vtk_same has the components of value, of 4 bytes each, in all rows. place is a group of
// the file for parts, path what it is called.
herr_t vtk_same(hid_t g, const char *name, hid_t type, uint64_t rows, int components, const void *value, hid_t place, const char *path);
// vtk_none has no rows.
herr_t vtk_none(hid_t g, const char *name, hid_t type, int components);

#endif
