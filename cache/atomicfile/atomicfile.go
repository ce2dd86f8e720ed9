// Package atomicfile is the one way files are written: beside the target, and under
// its name when they are complete. On error nothing is left and what was there stays.
//
// Where the system can, a file has no name until it is complete, so that nothing is
// left of it however the process ends. Elsewhere its name says which process writes it,
// and a lock is held on it: Sweep removes what dead processes have left.
package atomicfile

import (
	"bufio"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
)

// Options of a file. The zero value is for what users ask for by name.
type Options struct {
	Mode    fs.FileMode // of a new file, before the umask; 0: 0666. A replaced file of this user passes on its own
	NoSync  bool        // leave flushing to the system: a power cut may then leave a damaged file
	Replace bool        // replace a pipe, a device and the like too, which is an error otherwise
	// Like is a file that the new one is made of: it gets that file's rights to read and write,
	// and its group, whatever was there before, and from root its owner. If it cannot have the group,
	// that may do no more than all others. "" or no such file: it does not matter.
	Like string
	// Of is what a picture and the like is made of: unless it replaces a file of this user, nobody may read it
	// who may not read each of them. nil: it does not matter.
	Of *Sources
}

// File is a file being written. Either Commit or Discard ends it; Discard after Commit does
// nothing.
type File struct {
	*os.File
	path string
	name string // empty as long as it has none
	sync bool
	flow Flow
}

// Write writes what follows. The system begins to bring it to the disk while more is made.
func (f *File) Write(b []byte) (int, error) {
	n, err := f.File.Write(b)
	if f.sync {
		f.flow.Wrote(f.File, n)
	}
	return n, err
}

// Flow has the system bring to the disk what is written, while more is made: Sync has little to wait for then, and
// what waits in memory is not much. It belongs to a file that is written from its beginning to its end.
type Flow struct{ begun, end int64 }

// flowBytes is how much is begun with at once.
const flowBytes = 4 << 20

// Wrote tells it of n further bytes.
func (f *Flow) Wrote(file *os.File, n int) {
	if f.end += int64(n); f.end-f.begun >= flowBytes {
		flush(file, f.begun, f.end-f.begun)
		f.begun = f.end
	}
}

// errNoFile refuses to put a file in the place of a device.
var errNoFile = errors.New("something that is not a file has this name")

// Create begins a file that is to become path. The folder must exist. If path is a link, the
// file takes its place, and what it leads to stays as it is.
func Create(path string, opt Options) (*File, error) {
	mode := opt.Mode
	if mode == 0 {
		mode = 0o666
	}
	old, err := os.Stat(path)
	if err == nil && !old.Mode().IsRegular() {
		if !opt.Replace || old.IsDir() {
			return nil, &fs.PathError{Op: "create", Path: path, Err: errNoFile}
		}
	}
	if opt.Of != nil {
		mode &= opt.Of.atFirst()
	}
	f := &File{path: path, sync: !opt.NoSync}
	if f.File = createUnnamed(filepath.Dir(path), mode); f.File == nil {
		f.name = Name(path)
		if f.File, err = os.OpenFile(f.name, os.O_RDWR|os.O_CREATE|os.O_EXCL, mode); err != nil {
			return nil, err
		}
	}
	lock(f.File) // without it Sweep judges by the process alone
	if err := f.allow(path, opt); err != nil {
		return nil, errors.Join(err, f.Discard())
	}
	return f, nil
}

// allow sets who may do what with the file.
func (f *File) allow(path string, opt Options) error {
	if opt.Like != "" {
		if other, err := os.Stat(opt.Like); err == nil {
			return like(f.File, other, other.Mode().Perm()&0o666|0o600)
		}
	}
	return allow(f.File, path, opt.Of)
}

// Allow sets who may do what with a new file that is to become path. A file that it replaces passes on
// its rights if they are this user's choice: what somebody else left there, for everybody to read,
// must not open what is written.
func Allow(f *os.File, path string) error { return allow(f, path, nil) }

func allow(f *os.File, path string, of *Sources) error {
	if old, err := os.Lstat(path); err == nil && old.Mode().IsRegular() && mine(old) {
		return like(f, old, old.Mode().Perm())
	}
	if of == nil {
		settleNew(f)
	} else {
		of.settle(f)
	}
	return nil
}

// Reserve makes an empty file under a name of Name's, for another program to write it and Take to take it.
func Reserve(name, path string, of *Sources) error {
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	return errors.Join(allow(f, path, of), f.Close())
}

// Commit closes the file and gives it its name, replacing what had that name.
func (f *File) Commit() error {
	if f.sync {
		if err := f.Sync(); err != nil {
			return err
		}
	}
	if f.name == "" {
		f.name = Name(f.path) // a link cannot replace a file, a rename can
		if err := linkUnnamed(f.File, f.name); err != nil {
			f.name = ""
			return err
		}
	}
	if err := f.Close(); err != nil {
		return err
	}
	if err := Replace(f.name, f.path); err != nil {
		return err
	}
	f.name = ""
	if f.sync {
		return syncFolder(filepath.Dir(f.path))
	}
	return nil
}

// Discard removes what Commit has not finished.
func (f *File) Discard() error {
	err := f.Close()
	if errors.Is(err, os.ErrClosed) {
		err = nil
	}
	if f.name != "" {
		err = errors.Join(err, os.Remove(f.name))
		f.name = ""
	}
	return err
}

// Write makes path from what fill writes.
func Write(path string, opt Options, fill func(io.Writer) error) error {
	f, err := Create(path, opt)
	if err != nil {
		return err
	}
	w := bufio.NewWriterSize(f, 1<<16)
	if err = fill(w); err == nil {
		if err = w.Flush(); err == nil {
			err = f.Commit()
		}
	}
	return errors.Join(err, f.Discard())
}

// Lock tells Sweep, on this machine and others, that a file under a name of Name's is being written, and with it all
// others of the same process and path. It goes when the file is closed.
func Lock(f *os.File) { lock(f) }

// syncFolder makes a new name durable. Windows cannot flush a folder, and need not.
func syncFolder(dir string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer d.Close()
	return d.Sync()
}
