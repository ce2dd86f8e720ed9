//go:build unix

package bench

import (
	"fmt"

	"golang.org/x/sys/unix"
)

// limitMemory bounds the private memory of this process and of those it starts, each,
// in bytes. Files mapped for reading and scratch files are none.
func limitMemory(bytes uint64) error {
	if err := unix.Setrlimit(unix.RLIMIT_DATA, &unix.Rlimit{Cur: bytes, Max: bytes}); err != nil {
		return fmt.Errorf("limit memory: %w", err)
	}
	return nil
}
