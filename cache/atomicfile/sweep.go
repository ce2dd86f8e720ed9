package atomicfile

import (
	"crypto/rand"
	"fmt"
	"hash/fnv"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"iceexplorer/cache/lazy"
)

// Name is a new name beside path for the file that is to become path. It is short, whatever
// path's own name is, it is not a cache's, and it says which process writes the file.
func Name(path string) string {
	return filepath.Join(filepath.Dir(path), prefix(path, os.Getpid())+rand.Text()[:8]+suffix)
}

const suffix = ".tmp"

func prefix(path string, pid int) string {
	h := fnv.New32a()
	h.Write([]byte(filepath.Base(path)))
	return fmt.Sprintf(".write-%d-%08x-", pid, h.Sum32())
}

// Remove removes files that a process that is dead, or about to be, wrote under names of
// Name(path).
func Remove(path string, pid int) {
	dir, begin := filepath.Dir(path), prefix(path, pid)
	entries, err := os.ReadDir(dir)
	if err != nil {
		return
	}
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), begin) && strings.HasSuffix(e.Name(), suffix) {
			os.Remove(filepath.Join(dir, e.Name()))
		}
	}
}

// left are names that a process may leave behind, with its number: those of Name, and
// those that pictures had in version 0.1.
var left = lazy.Regexp(`^\.(?:write-([0-9]+)-.*|.*\.png\.([0-9]+))\.tmp$`)

// Sweep removes from a folder what dead processes of the same user began to write
// there and did not finish. It follows no link. What it cannot tell or remove stays; so does what belongs to a
// file that is being written, as that of another machine may be. living are those of other processes of this one, which may be
// about to end.
func Sweep(dir string) (living int) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return 0
	}
	sets := map[string][]string{} // of one process and file
	for _, e := range entries {
		m := left().FindStringSubmatch(e.Name())
		if m == nil || !e.Type().IsRegular() {
			continue
		}
		// A process of this number that lives may be the writer. This very process
		// would hold the lock.
		pid, err := strconv.Atoi(m[1] + m[2])
		if err != nil {
			continue
		}
		if pid != os.Getpid() && alive(pid) {
			living++
			continue
		}
		set := e.Name()
		if at := strings.LastIndex(set, "-"); at >= 0 {
			set = set[:at]
		}
		sets[set] = append(sets[set], filepath.Join(dir, e.Name()))
	}
	for _, paths := range sets {
		if slices.ContainsFunc(paths, func(path string) bool { return !free(path) }) {
			continue
		}
		for _, path := range paths {
			os.Remove(path)
		}
	}
	return living
}

// unlockable is the age from which a file counts as abandoned if there are no locks: another
// machine may be writing it.
const unlockable = 24 * time.Hour

// Alive reports whether a process runs on this machine under a number. It may be another one
// than was meant, as numbers are given anew.
func Alive(pid int) bool { return alive(pid) }
