package cores

import "golang.org/x/sys/unix"

// niceness is how far a computing thread stands behind the others of the process: it gets
// about a tenth of the time where both want a core.
const niceness = 10

// lower has the thread give way.
func lower() {
	if now, err := unix.Getpriority(unix.PRIO_PROCESS, 0); err == nil { // counted from 20 down
		_ = unix.Setpriority(unix.PRIO_PROCESS, 0, min(20-now+niceness, 19))
	}
}
