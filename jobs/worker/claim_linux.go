package worker

import (
	"context"
	"errors"
	"time"

	"golang.org/x/sys/unix"

	"iceexplorer/cache/regular"
)

// patience is how long a conversion waits for another process with the same source, which may
// have been stopped.
const patience = 10 * time.Second

// smb are the file systems where locks keep others from reading.
var smb = map[int64]bool{0x517b: true, 0xff534d42: true, 0xfe534d42: true}

// claim waits while another process converts the same source, and keeps others waiting until
// release is called or the process dies: each would decode and write the same. The lock is
// on the source, so that it leaves nothing behind; if there are no locks, or if they would
// keep others from reading, nobody waits.
func (j *Job) claim(ctx context.Context) (release func(), err error) {
	f, err := regular.Open(j.msg.Source)
	if err != nil {
		return func() {}, nil // whoever reads it will say so
	}
	release = func() { f.Close() }
	var fs unix.Statfs_t
	if unix.Fstatfs(int(f.Fd()), &fs) != nil || smb[int64(fs.Type)&0xffffffff] {
		return release, nil
	}
	for begun := time.Now(); ; {
		err := unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB)
		if !errors.Is(err, unix.EWOULDBLOCK) && !errors.Is(err, unix.EINTR) || time.Since(begun) > patience {
			return release, nil
		}
		j.Step()
		select {
		case <-ctx.Done():
			release()
			return func() {}, ctx.Err()
		case <-time.After(5 * time.Millisecond):
		}
	}
}
