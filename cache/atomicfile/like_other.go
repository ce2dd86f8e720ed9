//go:build !unix

package atomicfile

import "io/fs"

// like does nothing: on Windows the folder says who may do what.
func (f *File) like(fs.FileInfo) error { return nil }
