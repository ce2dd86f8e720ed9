//go:build !windows

package window

/*
extern void glfwWaitEventsTimeout(double seconds);
*/
import "C"

import "time"

// waitTimeout waits for events for so long at most, and reports that some have come.
func waitTimeout(d time.Duration) (event bool) {
	begun := time.Now()
	C.glfwWaitEventsTimeout(C.double(d.Seconds()))
	return time.Since(begun) < d
}
