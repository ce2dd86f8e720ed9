// Package pipe makes the named pipes between the pool and a worker: two FIFOs in a
// private folder on Unix, one named pipe with a descriptor for the current user
// alone on Windows.
package pipe

import "io"

// Conn is one end of an open pipe. Read fails with io.EOF once the other end is
// gone; Close unblocks a Read.
type Conn interface {
	io.ReadWriteCloser
}
