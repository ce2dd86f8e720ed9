//go:build unix

package pipe

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"

	"golang.org/x/sys/unix"
)

// Server is the pool's end before a worker has come.
type Server struct {
	dir  string
	conn fifos
	// A FIFO reads as ended while nobody has it open for writing, and cannot be
	// opened for writing while nobody reads. So the server holds the worker's ends
	// too, until the worker has said hello through its own.
	mu   sync.Mutex
	keep []*os.File // guarded by mu
}

// Listen makes the two FIFOs in a new folder below parent.
func Listen(parent string) (*Server, error) {
	dir, err := os.MkdirTemp(parent, "pipe") // 0700
	if err != nil {
		return nil, fmt.Errorf("make a folder for pipes: %w", err)
	}
	s := &Server{dir: dir}
	open := func(name string) (r, w *os.File, err error) {
		path := filepath.Join(dir, name)
		if err := unix.Mkfifo(path, 0o600); err != nil {
			return nil, nil, fmt.Errorf("make a named pipe: %w: %s", err, path)
		}
		if r, err = openFIFO(path, unix.O_RDONLY); err != nil {
			return nil, nil, err
		}
		if w, err = openFIFO(path, unix.O_WRONLY); err != nil {
			return nil, nil, errors.Join(err, r.Close())
		}
		return r, w, nil
	}
	workerIn, out, err := open("in")
	if err != nil {
		return nil, errors.Join(err, s.Close())
	}
	s.keep, s.conn.w = append(s.keep, workerIn), out
	in, workerOut, err := open("out")
	if err != nil {
		return nil, errors.Join(err, s.Close())
	}
	s.keep, s.conn.r = append(s.keep, workerOut), in
	return s, nil
}

// openFIFO opens without waiting for the other side; the file then waits through
// Go's poller, so that Close ends a Read.
func openFIFO(path string, mode int) (*os.File, error) {
	fd, err := unix.Open(path, mode|unix.O_NONBLOCK|unix.O_CLOEXEC, 0)
	if err != nil {
		return nil, fmt.Errorf("open a named pipe: %w: %s", err, path)
	}
	return os.NewFile(uintptr(fd), path), nil
}

// Name is what a worker passes to Dial.
func (s *Server) Name() string { return s.dir }

// Conn is the pool's end. It may be used at once.
func (s *Server) Conn() (Conn, error) { return s.conn, nil }

// Connected says that the worker has opened its ends: from now on the pipe ends
// with the worker, and its names are gone.
func (s *Server) Connected() {
	s.closeKept()       // the worker holds its own
	os.RemoveAll(s.dir) // only names: the pipe lives on
}

// Close gives up everything but a Conn in use by Connected's caller.
// It may be called from several goroutines.
func (s *Server) Close() error {
	s.closeKept()
	for _, f := range []*os.File{s.conn.r, s.conn.w} {
		if f != nil {
			f.Close()
		}
	}
	return os.RemoveAll(s.dir)
}

func (s *Server) closeKept() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, f := range s.keep {
		f.Close()
	}
	s.keep = nil
}

// Dial opens a worker's end.
func Dial(name string) (Conn, error) {
	in, err := openFIFO(filepath.Join(name, "in"), unix.O_RDONLY)
	if err != nil {
		return nil, err
	}
	out, err := openFIFO(filepath.Join(name, "out"), unix.O_WRONLY)
	if err != nil {
		return nil, errors.Join(err, in.Close())
	}
	return fifos{r: in, w: out}, nil
}

type fifos struct{ r, w *os.File }

func (f fifos) Read(p []byte) (int, error)  { return f.r.Read(p) }
func (f fifos) Write(p []byte) (int, error) { return f.w.Write(p) }
func (f fifos) Close() error                { return errors.Join(f.r.Close(), f.w.Close()) }
