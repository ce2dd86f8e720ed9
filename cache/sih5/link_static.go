//go:build linux && !hdf5shared

package sih5

// libhdf5 is linked statically: Debian's shared one pulls in curl, krb5 and thirty
// others, which cost each start of the program (and every worker is one) several
// times what all else of it does. gonum.org/v1/hdf5 asks for the shared library too;
// it comes later on the linker's command line, has nothing left to give, and is
// dropped as not needed. Where there is no static one, build with -tags hdf5shared.

/*
#cgo amd64 LDFLAGS: -L/usr/lib/x86_64-linux-gnu/hdf5/serial
#cgo arm64 LDFLAGS: -L/usr/lib/aarch64-linux-gnu/hdf5/serial
#cgo LDFLAGS: -Wl,--as-needed -l:libhdf5_hl.a -l:libhdf5.a -l:libsz.a -l:libaec.a -l:libz.a -lm -ldl
*/
import "C"
