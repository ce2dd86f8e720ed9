//go:build unix

package bench

import (
	"fmt"

	"golang.org/x/sys/unix"
)

// limitMemory bounds the private memory, in bytes, of this process and of each one that it
// starts. Files mapped for reading and scratch files do not count.
func limitMemory(bytes uint64) error {
	if err := unix.Setrlimit(unix.RLIMIT_DATA, &unix.Rlimit{Cur: bytes, Max: bytes}); err != nil {
		return fmt.Errorf("limit memory: %w", err)
	}
	return nil
}
