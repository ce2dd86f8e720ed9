package pipe

import (
	"errors"
	"io"
	"os"
	"runtime"
	"testing"
	"time"
)

// connect makes a pipe and opens its worker's end in this process.
func connect(t *testing.T) (server *Server, pool, worker Conn) {
	t.Helper()
	server, err := Listen(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { server.Close() })
	if pool, err = server.Conn(); err != nil {
		t.Fatal(err)
	}
	if worker, err = Dial(server.Name()); err != nil {
		t.Fatal(err)
	}
	return server, pool, worker
}

func TestBytesGoBothWays(t *testing.T) {
	t.Parallel()
	server, pool, worker := connect(t)
	defer worker.Close()
	for _, dir := range []struct{ from, to Conn }{{pool, worker}, {worker, pool}} {
		if _, err := dir.from.Write([]byte("hello")); err != nil {
			t.Fatal(err)
		}
		buf := make([]byte, 5)
		if _, err := io.ReadFull(dir.to, buf); err != nil || string(buf) != "hello" {
			t.Fatalf("read %q, %v", buf, err)
		}
		server.Connected()
	}
}

func TestEndsWithTheOtherSide(t *testing.T) {
	t.Parallel()
	server, pool, worker := connect(t)
	server.Connected()
	worker.Close()
	if _, err := pool.Read(make([]byte, 1)); !errors.Is(err, io.EOF) {
		t.Errorf("pool reads %v after the worker is gone", err)
	}
	server, pool, worker = connect(t)
	server.Connected()
	pool.Close()
	if _, err := worker.Read(make([]byte, 1)); !errors.Is(err, io.EOF) {
		t.Errorf("worker reads %v after the pool is gone", err)
	}
	worker.Close()
}

func TestDoesNotEndBeforeTheWorkerIsThere(t *testing.T) {
	t.Parallel()
	server, err := Listen(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	pool, err := server.Conn()
	if err != nil {
		t.Fatal(err)
	}
	read := make(chan error, 1)
	go func() {
		_, err := pool.Read(make([]byte, 1))
		read <- err
	}()
	select {
	case err := <-read:
		t.Errorf("read ended with %v", err)
	case <-time.After(50 * time.Millisecond):
	}
	server.Close()
	if err := <-read; err == nil {
		t.Error("Close did not end the read")
	}
}

func TestNoNameIsLeft(t *testing.T) {
	t.Parallel()
	server, _, worker := connect(t)
	defer worker.Close()
	server.Connected()
	// On Windows it is busy while the worker is connected.
	if _, err := os.Stat(server.Name()); err == nil || runtime.GOOS != "windows" && !errors.Is(err, os.ErrNotExist) {
		t.Errorf("%s: %v", server.Name(), err)
	}
}

func TestDialNowhere(t *testing.T) {
	t.Parallel()
	if c, err := Dial(t.TempDir()); err == nil {
		c.Close()
		t.Error("no error")
	}
}
