package main

import (
	"os"
	"path/filepath"
	"runtime/debug"

	"golang.org/x/sys/windows"
)

// keepCrash has what the program says when it crashes written to a file, as a program for the
// desktop has no console; done removes the file if nothing was.
func keepCrash(version string) (done func()) {
	none := func() {}
	dir, err := os.UserCacheDir() // %LocalAppData%
	if err != nil {
		return none
	}
	dir = filepath.Join(dir, "iceexplorer")
	if os.MkdirAll(dir, 0o700) != nil {
		return none
	}
	path := filepath.Join(dir, "crash-"+version+".log")
	f, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		return none
	}
	if debug.SetCrashOutput(f, debug.CrashOptions{}) != nil {
		f.Close()
		return none
	}
	return func() {
		_ = debug.SetCrashOutput(nil, debug.CrashOptions{})
		f.Close()
		if st, err := os.Stat(path); err == nil && st.Size() == 0 {
			os.Remove(path) // another window has it open, or it goes
		}
	}
}

// tellDesktop shows why there is no window, where nobody would read it otherwise.
func tellDesktop(text string) {
	if h, err := windows.GetStdHandle(windows.STD_ERROR_HANDLE); err == nil && h != 0 && h != windows.InvalidHandle {
		return
	}
	what, err1 := windows.UTF16PtrFromString(text)
	who, err2 := windows.UTF16PtrFromString("ICE Explorer")
	if err1 == nil && err2 == nil {
		_, _ = windows.MessageBox(0, what, who, windows.MB_ICONERROR)
	}
}
