package window

/*
extern void glfwPollEvents(void);
*/
import "C"

import (
	"sync"
	"time"
	"unsafe"

	"golang.org/x/sys/windows"
)

var (
	user32                    = windows.NewLazySystemDLL("user32.dll")
	kernel32                  = windows.NewLazySystemDLL("kernel32.dll")
	msgWaitForMultipleObjects = user32.NewProc("MsgWaitForMultipleObjects")
	createWaitableTimerEx     = kernel32.NewProc("CreateWaitableTimerExW")
	setWaitableTimer          = kernel32.NewProc("SetWaitableTimer")
)

const (
	highResolution = 0x00000002 // CREATE_WAITABLE_TIMER_HIGH_RESOLUTION, Windows 10 1803
	timerAccess    = 0x00100002 // SYNCHRONIZE | TIMER_MODIFY_STATE
	allInput       = 0x04ff     // QS_ALLINPUT
)

// alarm is the timer of the loop's waits; 0: there is none.
var alarm = sync.OnceValue(func() windows.Handle {
	h, _, _ := createWaitableTimerEx.Call(0, 0, highResolution, timerAccess)
	return windows.Handle(h)
})

// waitTimeout waits for events for so long at most, and reports that some have come. GLFW's own way does not
// say so, cuts to milliseconds, and ends at a tick of the system's clock, of which there are 64 a second: too
// early or too late for a picture.
func waitTimeout(d time.Duration) (event bool) {
	timer, timers, limit := alarm(), uintptr(0), uintptr((d+time.Millisecond-1)/time.Millisecond)
	if timer != 0 {
		in := -int64(d / 100) // in units of 100 ns, from now
		if ok, _, _ := setWaitableTimer.Call(uintptr(timer), uintptr(unsafe.Pointer(&in)), 0, 0, 0, 0); ok != 0 {
			timers, limit = 1, windows.INFINITE
		}
	}
	what, _, _ := msgWaitForMultipleObjects.Call(timers, uintptr(unsafe.Pointer(&timer)), 0, limit, allInput)
	C.glfwPollEvents()
	return what == windows.WAIT_OBJECT_0+timers
}
