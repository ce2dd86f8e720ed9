package inflate

import (
	"errors"
	"fmt"
	"io"
)

// ErrLimit is what a *LimitError is, for errors.Is.
var ErrLimit = errors.New("decompressed data exceed the limit")

// LimitError says that there is more output than the caller allowed. The
// returned slice holds the Limit bytes before.
type LimitError struct {
	Limit uint64 // bytes allowed
	// Declared is the size in the gzip trailer in bytes: modulo 2^32, not
	// checked, 0 if it can't be right.
	Declared uint64
	Offset   int64 // byte in src that had been reached
}

func (e *LimitError) Error() string {
	if e.Declared > e.Limit {
		return fmt.Sprintf("decompressed data exceed the limit of %d bytes (the file declares %d)", e.Limit, e.Declared)
	}
	return fmt.Sprintf("decompressed data exceed the limit of %d bytes", e.Limit)
}

// Is makes errors.Is(err, ErrLimit) true.
func (e *LimitError) Is(target error) bool { return target == ErrLimit }

// Error says that a gzip stream is damaged or cut short. The returned slice
// holds the Produced bytes that were decoded before. Bytes near the end of them
// may already be wrong, as damage is often noticed late.
type Error struct {
	Offset    int64 // byte in src at which the damage was noticed
	Produced  int64 // bytes decoded
	Truncated bool  // src ends too early; errors.Is(err, io.ErrUnexpectedEOF) is true then
	Msg       string
}

func (e *Error) Error() string {
	return fmt.Sprintf("gzip: %s at byte %d, after %d bytes of output", e.Msg, e.Offset, e.Produced)
}

// Is makes errors.Is(err, io.ErrUnexpectedEOF) true for truncated data.
func (e *Error) Is(target error) bool { return e.Truncated && target == io.ErrUnexpectedEOF }

// TrailingError says that bytes which are no gzip member follow a complete
// stream. It is a warning: the output returned with it is whole and verified.
// Zeros after a stream are padding and no error.
type TrailingError struct {
	Offset int64 // first byte in src which belongs to nothing
	Bytes  int64 // how many there are to the end of src
}

func (e *TrailingError) Error() string {
	return fmt.Sprintf("gzip: %d bytes of trailing garbage from byte %d on", e.Bytes, e.Offset)
}
