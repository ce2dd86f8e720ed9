//go:build unix

package owner

import (
	"os"
	"strconv"
	"strings"
)

// lost are the numbers that stand for users and groups without one in this user namespace, -1
// if there are none: where all have one, these are a user and a group like others.
type lost struct{ uid, gid int64 }

func (l lost) user(uid uint32) bool  { return int64(uid) == l.uid }
func (l lost) group(gid uint32) bool { return int64(gid) == l.gid }

// unknown are those of this process. They are looked up at once: a confined worker cannot do that later.
var unknown = lost{
	uid: overflow("/proc/self/uid_map", "/proc/sys/kernel/overflowuid"),
	gid: overflow("/proc/self/gid_map", "/proc/sys/kernel/overflowgid"),
}

// overflow is the number that stands for those that a map lacks, the kernel's usual one if that
// cannot be told; see user_namespaces(7).
func overflow(maps, number string) int64 {
	if b, err := os.ReadFile(maps); err == nil && strings.Join(strings.Fields(string(b)), " ") == "0 0 4294967295" {
		return -1
	}
	b, err := os.ReadFile(number)
	if n, bad := strconv.ParseUint(strings.TrimSpace(string(b)), 10, 32); err == nil && bad == nil {
		return int64(n)
	}
	return 65534
}
