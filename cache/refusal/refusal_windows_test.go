package refusal

import (
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/sys/windows"
)

// None of these was known.
func TestNumbersOfWindows(t *testing.T) {
	t.Parallel()
	check(t, map[error]string{
		windows.ERROR_DISK_FULL: "full", windows.ERROR_HANDLE_DISK_FULL: "full", windows.ERROR_WRITE_PROTECT: "read-only",
		windows.ERROR_ACCESS_DENIED: "read-only", windows.ERROR_SHARING_VIOLATION: "held", windows.ERROR_USER_MAPPED_FILE: "held",
		windows.ERROR_TOO_MANY_OPEN_FILES: "descriptors", windows.ERROR_NOT_ENOUGH_MEMORY: "memory",
		windows.ERROR_INVALID_NAME: "nowhere", windows.ERROR_FILE_NOT_FOUND: "nowhere", windows.ERROR_PATH_NOT_FOUND: "nowhere",
	})
}

func TestAGlobLiesNowhere(t *testing.T) {
	t.Parallel()
	if _, err := os.Stat(filepath.Join(t.TempDir(), "a_*.icecache")); !Nowhere(err) {
		t.Errorf("%v", err)
	}
}
