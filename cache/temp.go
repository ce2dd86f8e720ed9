package cache

import (
	"crypto/rand"
	"fmt"
	"hash/fnv"
	"os"
	"path/filepath"
	"strings"
)

// TempName is a new name beside path for the file that is to become path. It is
// short, whatever path's own name is, is that of no cache, and says which process
// writes it.
func TempName(path string) string {
	return filepath.Join(filepath.Dir(path), tempPrefix(path, os.Getpid())+rand.Text()[:8]+tempSuffix)
}

// RemoveTemps removes what a process that is dead, or about to be, wrote under
// names of TempName(path).
func RemoveTemps(path string, pid int) {
	dir := filepath.Dir(path)
	entries, err := os.ReadDir(dir)
	if err != nil {
		return
	}
	prefix := tempPrefix(path, pid)
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), prefix) && strings.HasSuffix(e.Name(), tempSuffix) {
			os.Remove(filepath.Join(dir, e.Name()))
		}
	}
}

const tempSuffix = ".tmp"

// tempPrefix holds a hash of the file's name beside the process: another machine
// may have a process of that number at work in a shared folder.
func tempPrefix(path string, pid int) string {
	h := fnv.New32a()
	h.Write([]byte(filepath.Base(path)))
	return fmt.Sprintf(".write-%d-%08x-", pid, h.Sum32())
}
