// Package several writes files that belong together: all of them, or none.
package several

import (
	"bufio"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"

	"iceexplorer/cache/atomicfile"
)

// Files have names of atomicfile's, which Sweep removes from a folder when the process is
// dead, until all of them are complete. The zero value has none.
type Files struct {
	all []pending
	now *File // the last
}

type pending struct{ name, target string }

var errNoFile = errors.New("something that is not a file has this name")

// Beside is the name of a file beside another one, with an end in the place of that one's extension.
func Beside(path, end string) string { return strings.TrimSuffix(path, filepath.Ext(path)) + end }

// There reports whether there is a file of each name.
func There(paths ...string) bool {
	for _, path := range paths {
		if st, err := os.Stat(path); err != nil || !st.Mode().IsRegular() {
			return false
		}
	}
	return true
}

// Create begins a file beside another one, with an end in the place of that one's extension.
// The one before it must be closed.
func (s *Files) Create(ctx context.Context, beside, end string) (*File, error) {
	target := Beside(beside, end)
	for _, path := range []string{beside, target} {
		if st, err := os.Stat(path); err == nil && !st.Mode().IsRegular() {
			return nil, errNoFile
		}
	}
	p := pending{atomicfile.Name(beside), target}
	f, err := os.OpenFile(p.name, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return nil, err
	}
	s.all = append(s.all, p)
	s.now = &File{ctx: ctx, File: f, buf: bufio.NewWriterSize(f, 64<<10)}
	return s.now, nil
}

// Commit gives the files their names, the last of them last: whoever finds that finds all.
func (s *Files) Commit() error {
	for i, p := range s.all {
		if err := os.Rename(p.name, p.target); err != nil {
			s.all = s.all[i:]
			return err
		}
	}
	s.all = nil
	return nil
}

// Discard removes what Commit has not finished.
func (s *Files) Discard() {
	if s.now != nil {
		s.now.File.Close()
	}
	for _, p := range s.all {
		os.Remove(p.name)
	}
}

// File is a file on its way. After an error nothing more is written.
type File struct {
	*os.File
	ctx context.Context
	buf *bufio.Writer
	err error
}

// Write ends with the context.
func (f *File) Write(b []byte) (int, error) {
	if f.err == nil {
		f.err = f.ctx.Err()
	}
	if f.err != nil {
		return 0, f.err
	}
	n, err := f.buf.Write(b)
	f.err = err
	return n, err
}

// WriteAt writes over what was written.
func (f *File) WriteAt(b []byte, at int64) (int, error) {
	if f.err == nil {
		f.err = f.buf.Flush()
	}
	if f.err != nil {
		return 0, f.err
	}
	n, err := f.File.WriteAt(b, at)
	f.err = err
	return n, err
}

// Close has the file on the disk.
func (f *File) Close() error {
	if f.err == nil {
		f.err = f.buf.Flush()
	}
	if f.err == nil {
		f.err = f.Sync()
	}
	if err := f.File.Close(); f.err == nil {
		f.err = err
	}
	return f.err
}
