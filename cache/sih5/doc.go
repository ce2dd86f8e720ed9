// Package sih5 reads and writes .sih5 files: HDF5 files that hold one frame of a
// particle cache, with the groups and attributes of Softimage ICE Explorer.
//
// The files it writes are contiguous and uncompressed, large datasets at multiples of
// 4096 bytes and small ones of 16, so that a frame's columns are slices of a mapping of
// the file. The files of ICE Explorer itself, and others with its groups, are copied out.
// The same frame makes the same bytes.
//
// It is the only user of libhdf5, through gonum.org/v1/hdf5 and, for what that
// lacks, lib.go and lib.c. A damaged file can make libhdf5 end the process, so the
// package belongs into worker processes; what it returns is checked again where the
// file is mapped.
package sih5
