// Package several writes files that belong together: all of them, or none.
package several

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"iceexplorer/cache/atomicfile"
	"iceexplorer/cache/export"
	"iceexplorer/cache/pathname"
)

// Files have names of atomicfile's, which Sweep removes from a folder when the process is
// dead, until all of them are complete. The zero value has none.
type Files struct {
	Threads int // that may be busy with a file

	all  []pending
	now  *File    // the last
	held *os.File // the first: as long as it is open nobody takes the others for left over
}

type pending struct{ name, target, beside string } // without a name it is to be gone

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

// Sequence is what a job makes of its frames: files that Frame and End create.
type Sequence interface {
	Frame(f *export.Numbered) error
	End() error // once all frames are there
}

// Write has a sequence make the files of a job, and commits them; after an error none is there.
func (s *Files) Write(ctx context.Context, j *export.Job, of Sequence) (err error) {
	defer func() {
		if err != nil {
			err = fmt.Errorf("cannot be written: %w: %s", pathname.Step(err), j.Path)
		}
	}()
	s.Threads = j.Threads
	defer s.Discard()
	for f, err := range j.Frames {
		if err != nil {
			return err
		}
		if err := of.Frame(&f); err != nil {
			return err
		}
	}
	if err := of.End(); err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	return s.Commit()
}

// Create begins a file that belongs to another one, which may be itself. The one before it must be
// closed.
func (s *Files) Create(ctx context.Context, beside, target string) (*File, error) {
	for _, path := range []string{beside, target} {
		st, err := os.Stat(path)
		switch {
		case err == nil && !st.Mode().IsRegular():
			return nil, errNoFile
		case err != nil && !errors.Is(err, fs.ErrNotExist):
			return nil, err // such as a name that is too long
		}
	}
	p := pending{atomicfile.Name(beside), target, beside}
	f, err := os.OpenFile(p.name, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return nil, err
	}
	s.all = append(s.all, p)
	if err := atomicfile.Allow(f, target); err != nil {
		f.Close()
		return nil, err // Discard removes it
	}
	s.now = &File{ctx: ctx, File: f, held: s.held == nil}
	if s.held == nil {
		atomicfile.Lock(f)
		s.held = f
	}
	s.now.behind = atomicfile.NewBehind(flowing{s.now}, s.Threads)
	s.now.buf = bufio.NewWriterSize(s.now.behind, 64<<10)
	return s.now, nil
}

// Remove has Commit remove a file that belonged to another one.
func (s *Files) Remove(beside, target string) {
	s.all = append(s.all, pending{"", target, beside})
}

// Commit gives the files their names, the last of them last: whoever finds that finds all. If
// one cannot have its name, what had those of the others before is back.
func (s *Files) Commit() error {
	if runtime.GOOS == "windows" { // where an open file keeps its name
		s.release()
	}
	defer s.release()
	var old []string // kept of each target; "": there was none
	for i, p := range s.all {
		kept, err := p.keep()
		if err == nil {
			old = append(old, kept)
			err = p.place()
		}
		if err != nil {
			for k := range old {
				err = errors.Join(err, s.all[k].restore(old[k], k < i))
			}
			s.all = s.all[i:]
			return err
		}
	}
	for _, kept := range old {
		if kept != "" {
			os.Remove(kept)
		}
	}
	s.all = nil
	return nil
}

// keep gives a file that is about to be replaced a second name, "" if there is none. A link gets none, which workers
// may not make: what it leads to stays in any case.
func (p *pending) keep() (string, error) {
	switch st, err := os.Stat(p.target); {
	case errors.Is(err, fs.ErrNotExist):
		return "", nil
	case err != nil:
		return "", err
	case !st.Mode().IsRegular():
		return "", errNoFile
	}
	if st, err := os.Lstat(p.target); err == nil && st.Mode()&fs.ModeSymlink != 0 {
		return "", nil
	}
	name := atomicfile.Name(p.beside)
	err := os.Link(p.target, name)
	if err != nil { // not every file system can
		err = atomicfile.Replace(p.target, name)
	}
	return name, err
}

// place gives the file its name, or has none of it.
func (p *pending) place() error {
	if p.name != "" {
		return atomicfile.Replace(p.name, p.target)
	}
	if err := os.Remove(p.target); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// restore undoes what Commit did: written says that the new file has the name.
func (p *pending) restore(kept string, written bool) error {
	switch {
	case kept == "" && written && p.name != "":
		return os.Remove(p.target)
	case kept == "":
		return nil
	case written:
		return atomicfile.Replace(kept, p.target)
	}
	if _, err := os.Lstat(p.target); errors.Is(err, fs.ErrNotExist) {
		return atomicfile.Replace(kept, p.target)
	}
	return os.Remove(kept)
}

// Discard removes what Commit has not finished.
func (s *Files) Discard() {
	if s.now != nil {
		_ = s.now.behind.Close()
		s.now.File.Close()
	}
	s.release()
	for _, p := range s.all {
		os.Remove(p.name)
	}
}

func (s *Files) release() {
	if s.held != nil {
		s.held.Close() // it is on the disk
		s.held = nil
	}
}

// File is a file on its way. After an error nothing more is written.
type File struct {
	*os.File
	ctx    context.Context
	buf    *bufio.Writer
	behind *atomicfile.Behind
	flow   atomicfile.Flow
	held   bool // Files closes it
	err    error
}

// flowing writes to a file and has the system begin to bring it to the disk.
type flowing struct{ *File }

func (f flowing) Write(b []byte) (int, error) {
	n, err := f.File.File.Write(b)
	f.flow.Wrote(f.File.File, n)
	return n, err
}

func (f *File) flush() error {
	if err := f.buf.Flush(); err != nil {
		return err
	}
	return f.behind.Flush()
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
		f.err = f.flush()
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
		f.err = f.flush()
	}
	if err := f.behind.Close(); f.err == nil {
		f.err = err
	}
	if f.err == nil {
		f.err = f.Sync()
	}
	if f.held {
		return f.err
	}
	if err := f.File.Close(); f.err == nil {
		f.err = err
	}
	return f.err
}
