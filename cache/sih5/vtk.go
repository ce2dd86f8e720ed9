package sih5

/*
#cgo linux CFLAGS: -I/usr/include/hdf5/serial
#include <stdlib.h>
#include "vtk.h"
*/
import "C"

import (
	"context"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unsafe"

	"gonum.org/v1/hdf5"

	"iceexplorer/cache"
	"iceexplorer/cache/atomicfile"
	"iceexplorer/cache/pathname"
)

// VTK says what a side file has, by which ParaView reads the columns of a .sih5 where they lie.
type VTK struct {
	Frame  *cache.Frame // that Write has written
	Data   string       // the .sih5, as seen from the folder of the side file
	Place  int          // the column of the positions; -1: there are no points
	Arrays []VTKArray
}

// VTKArray is a column of single floats or longs with a value for each point, or one for all.
type VTKArray struct {
	Name   string // a link's: without slashes and zeros
	Column int
}

// WriteVTK makes a side file of the format VTKHDF 1.0. It links to the columns that are there
// and repeats what all points have. Errors end with the path.
func WriteVTK(ctx context.Context, path string, v *VTK) error {
	if err := writeVTK(ctx, path, v); err != nil {
		return fmt.Errorf("cannot be written: %w: %s", pathname.Step(err), path)
	}
	return nil
}

func writeVTK(ctx context.Context, path string, v *VTK) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	whole, memory, err := memoryFile()
	if err != nil {
		return err
	}
	defer forget(whole)
	err = exclusive(func() error {
		f, err := createFile(memory)
		if err != nil {
			return err
		}
		return closeFile(f, v.groups(ctx, f))
	})
	if err != nil {
		return err
	}
	if _, err := whole.Seek(0, io.SeekStart); err != nil {
		return err
	}
	return atomicfile.Write(path, atomicfile.Options{}, func(w io.Writer) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		_, err := io.Copy(w, whole)
		return err
	})
}

func (v *VTK) groups(ctx context.Context, f *hdf5.File) error {
	vtk, err := makeGroup(&f.CommonFG, "VTKHDF", 1<<10, false)
	if err != nil {
		return err
	}
	defer vtk.Close()
	if C.vtk_head(cid(vtk), C.int64_t(v.Frame.Header.Points)) < 0 {
		return libError("create group VTKHDF")
	}
	same, err := makeGroup(&f.CommonFG, "SAME", 80*len(v.Arrays), false)
	if err != nil {
		return err
	}
	defer same.Close()
	data, err := makeGroup(&vtk.CommonFG, "PointData", 80*len(v.Arrays), false)
	if err != nil {
		return err
	}
	defer data.Close()
	links, taken := make([]string, len(v.Frame.Attributes)), map[string]int{}
	for i, a := range v.Frame.Attributes {
		links[i] = linkName(a.Name, taken)
	}
	if v.Place < 0 {
		err = v.none(vtk, "Points", hdf5.T_IEEE_F32LE, 3)
	} else {
		err = v.array(vtk, same, "Points", v.Place, links)
	}
	for _, a := range v.Arrays {
		if err == nil {
			err = ctx.Err()
		}
		if err == nil {
			err = v.array(data, same, a.Name, a.Column, links)
		}
	}
	return err
}

func (v *VTK) none(g *hdf5.Group, name string, typ *hdf5.Datatype, components int) error {
	n := C.CString(name)
	defer C.free(unsafe.Pointer(n))
	if C.vtk_none(cid(g), n, cid(typ), C.int(components)) < 0 {
		return libError("create dataset " + name)
	}
	return nil
}

// array makes the dataset of a column.
func (v *VTK) array(g, same *hdf5.Group, name string, column int, links []string) error {
	a, points := v.Frame.Attributes[column], uint64(v.Frame.Header.Points)
	typ, components := hdf5.T_IEEE_F32LE, a.Type.Components()
	if a.Type.Elem() == cache.ElemInt32 {
		typ = hdf5.T_STD_I32LE
	}
	if points == 0 {
		return v.none(g, name, typ, components)
	}
	n := C.CString(name)
	defer C.free(unsafe.Pointer(n))
	if a.Constant || a.Rows == 1 {
		return v.same(g, same, n, typ, a, column)
	}
	file, object := v.Data, "/ATTRIBS/"+links[column]+"/Data"
	if components == 1 { // patterns, and not names
		file, object = strings.ReplaceAll(file, "%", "%%"), strings.ReplaceAll(object, "%", "%%")
	}
	from, of := C.CString(file), C.CString(object)
	defer C.free(unsafe.Pointer(from))
	defer C.free(unsafe.Pointer(of))
	var rc C.herr_t
	if components == 1 {
		rc = C.vtk_column(cid(g), n, cid(typ), C.uint64_t(points), from, of)
	} else {
		rc = C.vtk_link(cid(g), n, from, of)
	}
	if rc < 0 {
		return libError("create dataset " + name)
	}
	return nil
}

// same makes the dataset of a column with one value.
func (v *VTK) same(g, same *hdf5.Group, name *C.char, typ *hdf5.Datatype, a *cache.Attribute, column int) error {
	number := strconv.Itoa(column)
	place, err := makeGroup(&same.CommonFG, number, 80*a.Type.Components(), false)
	if err != nil {
		return err
	}
	defer place.Close()
	path := C.CString("/SAME/" + number)
	defer C.free(unsafe.Pointer(path))
	if C.vtk_same(cid(g), name, cid(typ), C.uint64_t(v.Frame.Header.Points), C.int(a.Type.Components()),
		unsafe.Pointer(unsafe.SliceData(a.Bytes())), cid(place), path) < 0 {
		return libError("create dataset " + C.GoString(name))
	}
	return nil
}
