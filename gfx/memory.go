package gfx

import (
	"fmt"
	"unsafe"

	"iceexplorer/cache/fault"
)

// bytesOf views numbers as the bytes they are stored in. The result shares the
// slice's memory and must not outlive it; T has no pointers in it.
func bytesOf[T float32 | int32 | uint32 | uint64 | uint8 | vertex | lineVertex](s []T) []byte {
	if len(s) == 0 {
		return nil
	}
	return unsafe.Slice((*byte)(unsafe.Pointer(unsafe.SliceData(s))), len(s)*int(unsafe.Sizeof(s[0])))
}

// address tells columns apart; it is never turned back into a pointer.
func address(b []byte) uintptr { return uintptr(unsafe.Pointer(unsafe.SliceData(b))) }

// mappedBytes views GL's mapped memory. It is valid until the buffer is
// unmapped or deleted.
func mappedBytes(p unsafe.Pointer, n int) []byte { return unsafe.Slice((*byte)(p), n) }

// mappedIDs is mappedBytes for the picture of ids.
func mappedIDs(p unsafe.Pointer, n int) [][4]uint32 { return unsafe.Slice((*[4]uint32)(p), n) }

// guarded runs f, which reads memory that may be a mapping of a file somebody cuts
// short; see fault.Guard.
func guarded(f func()) error {
	if err := fault.Guard(f); err != nil {
		return fmt.Errorf("reading points: %w", err)
	}
	return nil
}

// guardedCopy copies from memory that may be a mapping; see guarded.
func guardedCopy(dst, src []byte) error {
	return guarded(func() { copy(dst, src) })
}

// guardedClone makes *s a copy of its own; see guardedCopy.
func guardedClone[T float32 | int32 | uint8](s *[]T) error {
	if *s == nil {
		return nil
	}
	own := make([]T, len(*s))
	err := guardedCopy(bytesOf(own), bytesOf(*s))
	*s = own
	return err
}
