// Package hdf declares side files by which ParaView reads a .sih5 where it lies, as a format
// that frames are written in. Its Writer uses HDF5 and is in package writers.
package hdf

import (
	"path/filepath"
	"slices"
	"strings"

	"iceexplorer/cache"
	"iceexplorer/cache/export"
	"iceexplorer/cache/export/names"
)

var target = names.Target{Format: "hdf", Fits: fits, Spelled: spelled}

// Format declares it.
func Format() export.Format {
	return export.Format{
		Name: "hdf", Label: "an .hdf for ParaView", Ext: ".hdf", For: "ParaView 5.11, VTK 9.1",
		Options: names.Options(), Check: names.Check, Places: target.Places,
	}
}

const leftBools = "of a file with bools ParaView reads nothing"

func fits(c *cache.Column, points uint64) (left string, all bool) {
	if left, all = names.Numbers(c, points); all {
		return left, all
	}
	if c.Type.Elem() == cache.ElemUint8 {
		return leftBools, true
	}
	return left, false
}

// spelled leaves out what links of HDF5 cannot hold.
func spelled(name string) string {
	if name = strings.NewReplacer("/", "_", "\x00", "_").Replace(name); strings.Trim(name, ".") == "" {
		return "_" + name
	}
	return name
}

// Points is the array that all others are about.
const Points = "Points"

// Choose finds the columns of a frame that a file has: that of the positions, or -1, and the
// others under their names.
func Choose(ix *cache.Index, v export.Values) (place int, others []names.Choice) {
	place = -1
	for _, c := range target.Choose(ix, v) {
		switch {
		case c.As == nil:
		case slices.Equal(c.As, []string{Points}) && ix.Columns[c.Column].Type == cache.TypeVector3:
			place = c.Column
		default:
			others = append(others, c)
		}
	}
	return place, others
}

// DataPath is the .sih5 that the file of a path has its values from. Of a frame that is as its
// source has it that is the converted frame which this program looks for too.
func DataPath(path string, ofSource bool) string {
	if ofSource {
		return cache.ConvertedPath(strings.TrimSuffix(path, filepath.Ext(path)) + ".icecache")
	}
	return cache.ConvertedPath(path)
}
