package pipe

import (
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"io"
	"net"
	"sync"
	"time"

	"github.com/Microsoft/go-winio"
)

// Server is the pool's end before a worker has come.
type Server struct {
	name     string
	listener net.Listener
	occupied io.Closer // nil but on Wine
	conn     *lateConn
}

// Listen makes a named pipe that only the current user may open. parent is not
// used: pipes have a name space of their own.
func Listen(parent string) (*Server, error) {
	var id [16]byte
	if _, err := rand.Read(id[:]); err != nil {
		return nil, fmt.Errorf("name a pipe: %w", err)
	}
	name := `\\.\pipe\iceexplorer-` + hex.EncodeToString(id[:])
	l, err := winio.ListenPipe(name, &winio.PipeConfig{
		SecurityDescriptor: "D:P(A;;GA;;;OW)", // owner only
		InputBufferSize:    1 << 16,
		OutputBufferSize:   1 << 16,
	})
	if err != nil {
		return nil, fmt.Errorf("make a named pipe: %w: %s", err, name)
	}
	s := &Server{name: name, listener: l, occupied: occupy(name), conn: &lateConn{ready: make(chan struct{})}}
	go s.conn.accept(l)
	return s, nil
}

// Name is what a worker passes to Dial.
func (s *Server) Name() string { return s.name }

// Conn is the pool's end; its first Read or Write waits for the worker.
func (s *Server) Conn() (Conn, error) { return s.conn, nil }

// Connected says that the worker is there: no other may connect.
func (s *Server) Connected() {
	s.listener.Close()
	if s.occupied != nil {
		s.occupied.Close()
	}
}

// Close gives up the pipe.
func (s *Server) Close() error {
	s.Connected()
	return s.conn.Close()
}

// Dial opens a worker's end.
func Dial(name string) (Conn, error) {
	timeout := 5 * time.Second
	c, err := winio.DialPipe(name, &timeout)
	if err != nil {
		return nil, fmt.Errorf("open a named pipe: %w: %s", err, name)
	}
	return c, nil
}

// lateConn is a connection that is still being accepted.
type lateConn struct {
	ready chan struct{}
	conn  net.Conn
	err   error

	mu     sync.Mutex
	closed bool
}

func (c *lateConn) accept(l net.Listener) {
	conn, err := l.Accept()
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.closed && conn != nil {
		conn.Close()
		err = net.ErrClosed
	}
	c.conn, c.err = conn, err
	close(c.ready)
}

func (c *lateConn) Read(p []byte) (int, error) {
	if <-c.ready; c.err != nil {
		return 0, io.EOF
	}
	return c.conn.Read(p)
}

func (c *lateConn) Write(p []byte) (int, error) {
	if <-c.ready; c.err != nil {
		return 0, c.err
	}
	return c.conn.Write(p)
}

func (c *lateConn) Close() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.closed {
		return nil
	}
	c.closed = true
	select {
	case <-c.ready:
		if c.conn != nil {
			return c.conn.Close()
		}
	default:
	}
	return nil
}
