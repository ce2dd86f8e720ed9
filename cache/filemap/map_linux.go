//go:build cgo

package filemap

// guard_linux.c runs inside a signal handler: it takes no lock, allocates nothing and
// calls only mmap. It looks at the ranges between begin and end and at no other
// memory; every fault elsewhere goes on to the handler that Go has installed, as
// os/signal asks of handlers that are not Go's.

/*
#include "guard.h"
*/
import "C"

import (
	"errors"
	"math"
	"os"
	"unsafe"

	"github.com/edsrzf/mmap-go"
	"golang.org/x/sys/unix"

	"iceexplorer/cache/fault"
)

// Use calls use with the first size bytes of f, which are valid until it returns.
// They change if the file does. If the file is cut short meanwhile, what is missing
// reads as zeros and Use returns fault.Err, whatever use returned; otherwise it
// returns the error of use. It returns ErrUnavailable without calling use where
// mapping would be slower than reading or not possible.
func Use(f *os.File, size int64, use func(b []byte) error) (err error) {
	if size <= 0 || size > math.MaxInt {
		return ErrUnavailable
	}
	mem, err := mmap.MapRegion(f, int(size), mmap.RDONLY, 0, 0)
	if err != nil {
		return ErrUnavailable
	}
	defer func() { err = errors.Join(err, mem.Unmap()) }()
	// All pages at once: a fault for every few would take longer than reading.
	// Before Linux 5.14 that can't be asked for.
	if unix.Madvise(mem, unix.MADV_POPULATE_READ) != nil {
		return ErrUnavailable
	}
	slot := C.iceGuardBegin(unsafe.Pointer(&mem[0]), C.size_t(len(mem)))
	if slot < 0 {
		return ErrUnavailable
	}
	defer func() {
		if C.iceGuardEnd(slot) != 0 {
			err = fault.Err
		}
	}()
	return use(mem)
}
