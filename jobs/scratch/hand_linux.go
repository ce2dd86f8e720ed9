package scratch

import (
	"encoding/binary"
	"fmt"
	"os"
	"syscall"

	"golang.org/x/sys/unix"
)

// handFD is the descriptor at which a worker finds its end of a Hand: the first after the
// standard ones.
const handFD = 3

// Hand passes scratch files to one worker, as descriptors: a confined worker can open neither
// files without a name nor what others have open. A message with a descriptor is there before the
// pool's own message that tells of it.
type Hand struct{ fd int }

// NewHand makes a Hand and the worker's end, which becomes the first of its further files.
func NewHand() (*Hand, *os.File, error) {
	fds, err := unix.Socketpair(unix.AF_UNIX, unix.SOCK_SEQPACKET|unix.SOCK_CLOEXEC|unix.SOCK_NONBLOCK, 0)
	if err != nil {
		return nil, nil, fmt.Errorf("make a way for scratch files: %w", err)
	}
	return &Hand{fds[0]}, os.NewFile(uintptr(fds[1]), "scratch files"), nil
}

// Pass sends a file that is lent. It does not wait: a worker that leaves many files lying is an
// error.
func (h *Hand) Pass(f *File) error {
	f.store.mu.Lock()
	defer f.store.mu.Unlock()
	if f.file == nil {
		return os.ErrClosed
	}
	id := binary.LittleEndian.AppendUint64(nil, f.ID)
	for {
		err := unix.Sendmsg(h.fd, id, unix.UnixRights(int(f.file.Fd())), nil, unix.MSG_NOSIGNAL|unix.MSG_DONTWAIT)
		switch err {
		case unix.EINTR:
			continue
		case unix.EPIPE, unix.ECONNRESET:
			return ErrNobody
		}
		return os.NewSyscallError("sendmsg", err)
	}
}

// Close ends the way; files that lie there are closed.
func (h *Hand) Close() error { return unix.Close(h.fd) }

// Taker is a worker's end of a Hand.
type Taker struct{ fd int }

// NewTaker is the end that this process was started with.
func NewTaker() Taker { return Taker{handFD} }

// Map maps a file that the pool has granted. Others that lie before it are of jobs that were
// canceled.
func (t Taker) Map(id uint64, _ string, size uint64) (*Mapping, error) {
	for {
		got, f, err := t.take()
		if err != nil {
			return nil, fmt.Errorf("take scratch file: %w", err)
		}
		if got == id {
			return mapOpen(f, size)
		}
		f.Close()
	}
}

// Drop lets go of files that have been mapped before.
func (t Taker) Drop() {
	for {
		_, f, err := t.take()
		if err != nil {
			return // there are no more
		}
		f.Close()
	}
}

// take receives one file.
func (t Taker) take() (id uint64, f *os.File, err error) {
	var body [8]byte
	control := make([]byte, unix.CmsgSpace(4))
	var n, m int
	for {
		n, m, _, _, err = unix.Recvmsg(t.fd, body[:], control, unix.MSG_DONTWAIT|unix.MSG_CMSG_CLOEXEC)
		if err != unix.EINTR {
			break
		}
	}
	if err != nil {
		return 0, nil, os.NewSyscallError("recvmsg", err)
	}
	rights, err := unix.ParseSocketControlMessage(control[:m])
	if err != nil {
		return 0, nil, err
	}
	if n != len(body) || len(rights) != 1 {
		return 0, nil, syscall.EPROTO
	}
	fds, err := unix.ParseUnixRights(&rights[0])
	if err != nil {
		return 0, nil, err
	}
	return binary.LittleEndian.Uint64(body[:]), os.NewFile(uintptr(fds[0]), "scratch file"), nil
}
