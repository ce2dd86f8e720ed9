// Package sih5 declares the .sih5 as a format that frames are written in. Its Writer uses
// HDF5 and is in package writers.
package sih5

import "iceexplorer/cache/export"

// Format declares it.
func Format() export.Format {
	return export.Format{Name: "sih5", Label: "a .sih5", Ext: ".sih5", For: "this program, h5py, MATLAB", Companion: true, Marks: true}
}
