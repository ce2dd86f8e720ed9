package jobs

import (
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/sys/unix"
)

// totalMemory is the machine's memory in bytes, or that of this process's control group if
// that is less.
func totalMemory() uint64 {
	var si unix.Sysinfo_t
	total := uint64(8 << 30)
	if unix.Sysinfo(&si) == nil {
		total = uint64(si.Totalram) * uint64(si.Unit)
	}
	groups, err := os.ReadFile("/proc/self/cgroup")
	if err != nil {
		return total
	}
	return min(total, groupLimit("/sys/fs/cgroup", string(groups), total))
}

// groupLimit is the least memory that the groups of a process and those around them
// allow, or none. groups has lines of "number:controllers:/path", as cgroups(7)
// describes; root is where groups are mounted: version 2 there or in unified,
// version 1 in a folder for each controller. In a container the path may be one
// that is not mounted; the container's own group is the root then.
func groupLimit(root, groups string, none uint64) uint64 {
	least := none
	for line := range strings.Lines(groups) {
		part := strings.SplitN(strings.TrimSpace(line), ":", 3)
		if len(part) != 3 {
			continue
		}
		var mounts []string
		name := "memory.max"
		switch controllers := strings.Split(part[1], ","); {
		case part[1] == "":
			mounts = []string{root, filepath.Join(root, "unified")}
		case slices.Contains(controllers, "memory"):
			mounts, name = []string{filepath.Join(root, "memory")}, "memory.limit_in_bytes"
		}
		for _, mount := range mounts {
			for group := path.Clean("/" + part[2]); ; group = path.Dir(group) {
				// "max" is no number, and no limit.
				if b, err := os.ReadFile(filepath.Join(mount, filepath.FromSlash(group), name)); err == nil {
					if n, err := strconv.ParseUint(strings.TrimSpace(string(b)), 10, 64); err == nil {
						least = min(least, n)
					}
				}
				if group == "/" {
					break
				}
			}
		}
	}
	return least
}
