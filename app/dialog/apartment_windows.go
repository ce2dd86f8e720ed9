package dialog

import (
	"runtime"

	"golang.org/x/sys/windows"
)

// apartment gives the goroutine a thread of its own, which is a single-threaded apartment of COM, as Windows
// wants it for dialogs; zenity takes what is there. Wine's dialogs, called from any other, show no folder and
// take no name.
func apartment() (leave func()) {
	runtime.LockOSThread()
	if err := windows.CoInitializeEx(0, windows.COINIT_APARTMENTTHREADED|windows.COINIT_DISABLE_OLE1DDE); err != nil {
		return runtime.UnlockOSThread
	}
	return func() {
		windows.CoUninitialize()
		runtime.UnlockOSThread()
	}
}
