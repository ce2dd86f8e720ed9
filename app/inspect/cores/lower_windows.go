package cores

import "golang.org/x/sys/windows"

var setThreadPriority = windows.NewLazySystemDLL("kernel32.dll").NewProc("SetThreadPriority")

// lower has the thread give way to others of the process.
func lower() {
	below := -1 // THREAD_PRIORITY_BELOW_NORMAL
	_, _, _ = setThreadPriority.Call(uintptr(windows.CurrentThread()), uintptr(below))
}
