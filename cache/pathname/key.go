package pathname

import (
	"path/filepath"
	"runtime"
	"strings"
)

// Key is equal for paths that mean the same file: Windows takes capitals and small letters, and either
// slash, for the same.
func Key(path string) string {
	if runtime.GOOS != "windows" {
		return path
	}
	return strings.ToLower(filepath.FromSlash(path))
}
