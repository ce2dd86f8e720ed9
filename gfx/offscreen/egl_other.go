//go:build !linux && !windows

package offscreen

import (
	"fmt"
	"runtime"
	"unsafe"
)

// Context is never made on this system.
type Context struct{}

// Open fails.
func Open(bool) (*Context, error) {
	return nil, fmt.Errorf("%w on %s: renders without a window need Linux or Windows", ErrUnavailable, runtime.GOOS)
}

// OpenCompat fails like Open.
func OpenCompat(debug bool) (*Context, error) { return Open(debug) }

// Proc returns nil.
func (*Context) Proc(string) unsafe.Pointer { return nil }

// MakeCurrent returns ErrUnavailable.
func (*Context) MakeCurrent() error { return ErrUnavailable }

// Close does nothing.
func (*Context) Close() {}
