//go:build !windows

package atomicfile

import "os"

// Replace gives a file the name path, in one step. What had that name before is gone, but for
// those who have it open or mapped.
func Replace(name, path string) error { return os.Rename(name, path) }
