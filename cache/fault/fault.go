// Package fault turns the loss of mapped memory into an error: a file that another
// program cuts short while it is mapped would end the process at the next read.
package fault

import (
	"errors"
	"runtime"
	"runtime/debug"
)

// Err says that memory of a mapping is gone.
var Err = errors.New("the file was changed or truncated while it was in use")

// Guard runs f, which reads mapped memory in Go code on this goroutine, and returns Err
// if some of it is gone. Other panics go on. Reads in C code cannot be guarded.
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
		err = Err
	}()
	f()
	return nil
}
