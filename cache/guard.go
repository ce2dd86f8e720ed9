package cache

import (
	"errors"
	"runtime"
	"runtime/debug"
)

// ErrFault says that memory of a mapping is gone: its file was cut short by
// another program.
var ErrFault = errors.New("the file was changed or cut short while it was in use")

// Guard runs f, which reads a frame's values in Go code, and turns a fault of the
// mapping into ErrFault. Other panics go on. Reads in C code cannot be guarded.
func Guard(f func()) (err error) {
	old := debug.SetPanicOnFault(true)
	defer debug.SetPanicOnFault(old)
	defer func() {
		r := recover()
		if r == nil {
			return
		}
		fault, ok := r.(interface {
			runtime.Error
			Addr() uintptr
		})
		if !ok || fault.Addr() == 0 {
			panic(r)
		}
		err = ErrFault
	}()
	f()
	return nil
}

// Probe touches both ends of every column of the frame and reports ErrFault if one
// of them is gone.
func (f *Frame) Probe() error {
	return Guard(func() {
		var sum byte
		for _, a := range f.Attributes {
			for _, s := range a.Spans() {
				if b := a.span(*s); len(b) > 0 {
					sum ^= b[0] ^ b[len(b)-1]
				}
			}
		}
		runtime.KeepAlive(sum)
	})
}
