// Package filemap lends the contents of a file to code that reads them once, C
// code too, without copying them.
//
// A mapping of a file that another program cuts short faults where the file has
// ended, and C code can't recover from that. Here the missing pages are replaced
// by zeros, the reader finds nonsense, and the caller learns why. Without cgo, and
// on systems other than Linux, nothing is mapped.
package filemap

import "errors"

// ErrUnavailable says that the file was not mapped: the caller has to read it.
var ErrUnavailable = errors.New("the file can't be mapped")
