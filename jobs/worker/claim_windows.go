package worker

import (
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"path/filepath"
	"strings"
	"time"

	"golang.org/x/sys/windows"
)

// patience is how long a conversion waits for another process with the same source, which may
// have been stopped.
const patience = 10 * time.Second

// claim waits while another process of this user converts the same source, and keeps others
// waiting until release is called or the process dies: each would decode and write the same. A
// lock on the source would keep others from reading it, so there is an object of a name that is
// made of its path. That it exists is the claim; nobody owns it, as threads do.
func (j *Job) claim(ctx context.Context) (release func(), err error) {
	path, err := filepath.Abs(j.msg.Source)
	if err != nil {
		return func() {}, nil // whoever reads it will say so
	}
	sum := fnv.New64a()
	sum.Write([]byte(strings.ToLower(path)))
	name, err := windows.UTF16PtrFromString(fmt.Sprintf(`Local\iceexplorer-convert-%016x`, sum.Sum64()))
	if err != nil {
		return func() {}, nil
	}
	for begun := time.Now(); ; {
		h, err := windows.CreateMutex(nil, false, name)
		switch {
		case err == nil:
			return func() { windows.CloseHandle(h) }, nil
		case h != 0:
			windows.CloseHandle(h)
		}
		if !errors.Is(err, windows.ERROR_ALREADY_EXISTS) || time.Since(begun) > patience {
			return func() {}, nil
		}
		j.Step()
		select {
		case <-ctx.Done():
			return func() {}, ctx.Err()
		case <-time.After(5 * time.Millisecond):
		}
	}
}
