package settings

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync"
	"time"

	"iceexplorer/cache/atomicfile"
)

// Keeper writes small files beside the goroutine that changes them. While a file is being
// written, its newer versions wait, of which only the latest is kept.
type Keeper struct {
	// Told gets the outcome of every write, from another goroutine; it may be nil.
	Told func(path string, err error)

	write func(path string, text []byte) error // replaced in tests

	mu      sync.Mutex
	waiting map[string]note  // by path
	failed  map[string]error // of the last write, by path
	idle    chan struct{}    // closed when all is written; nil: nothing is being written
}

// note is a file that is to be written.
type note struct {
	what string // "preferences"
	text []byte
}

// NewKeeper returns a keeper with nothing to write.
func NewKeeper() *Keeper {
	return &Keeper{write: writeFile, waiting: map[string]note{}, failed: map[string]error{}}
}

// Keep has a file written. what names it in errors.
func (k *Keeper) Keep(what, path string, text []byte) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.waiting[path] = note{what, text}
	if k.idle == nil {
		k.idle = make(chan struct{})
		go k.run()
	}
}

// run writes until nothing is waiting.
func (k *Keeper) run() {
	for {
		path, n, ok := k.next()
		if !ok {
			return
		}
		err := k.write(path, n.text)
		if err != nil {
			err = fmt.Errorf("save %s: %w", n.what, err)
		}
		k.mu.Lock()
		k.failed[path] = err
		k.mu.Unlock()
		if k.Told != nil {
			k.Told(path, err)
		}
	}
}

func (k *Keeper) next() (path string, n note, ok bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	for path, n := range k.waiting {
		delete(k.waiting, path)
		return path, n, true
	}
	close(k.idle)
	k.idle = nil
	return "", note{}, false
}

// Flush waits until all is written, but no longer than limit, and returns errors of the last
// writes.
func (k *Keeper) Flush(limit time.Duration) error {
	k.mu.Lock()
	idle := k.idle
	k.mu.Unlock()
	if idle != nil {
		select {
		case <-idle:
		case <-time.After(limit):
			return fmt.Errorf("the disk with the settings did not answer within %v", limit)
		}
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	var errs []error
	for _, err := range k.failed {
		errs = append(errs, err)
	}
	return errors.Join(errs...)
}

// writeFile replaces a file as a whole or not at all, creating its folder.
func writeFile(path string, text []byte) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	return atomicfile.Write(path, atomicfile.Options{Mode: 0o600}, func(w io.Writer) error {
		_, err := w.Write(text)
		return err
	})
}
