package atomicfile

import (
	"fmt"
	"unsafe"

	"golang.org/x/sys/windows"
)

// The Restart Manager, which installers ask who uses the files that they are to replace.
var (
	restartManager    = windows.NewLazySystemDLL("rstrtmgr.dll")
	rmStartSession    = restartManager.NewProc("RmStartSession")
	rmEndSession      = restartManager.NewProc("RmEndSession")
	rmRegisterSources = restartManager.NewProc("RmRegisterResources")
	rmGetList         = restartManager.NewProc("RmGetList")
)

// rmProcess is RM_PROCESS_INFO.
type rmProcess struct {
	pid     uint32
	started windows.Filetime
	name    [256]uint16
	service [64]uint16
	_       [4]uint32 // kind, status, session and whether it can be restarted
}

// holders are the programs that have a file open, as people know them; none if that cannot be
// found out.
func holders(path string) []string {
	if rmGetList.Find() != nil {
		return nil
	}
	name, err := windows.UTF16PtrFromString(path)
	if err != nil {
		return nil
	}
	var session uint32
	var key [33]uint16
	if r, _, _ := rmStartSession.Call(uintptr(unsafe.Pointer(&session)), 0, uintptr(unsafe.Pointer(&key[0]))); r != 0 {
		return nil
	}
	defer rmEndSession.Call(uintptr(session))
	if r, _, _ := rmRegisterSources.Call(uintptr(session), 1, uintptr(unsafe.Pointer(&name)), 0, 0, 0, 0); r != 0 {
		return nil
	}
	var all [8]rmProcess
	var needed, reasons uint32
	count := uint32(len(all))
	r, _, _ := rmGetList.Call(uintptr(session), uintptr(unsafe.Pointer(&needed)), uintptr(unsafe.Pointer(&count)), uintptr(unsafe.Pointer(&all[0])), uintptr(unsafe.Pointer(&reasons)))
	if r != 0 {
		return nil
	}
	var names []string
	for _, p := range all[:min(int(count), len(all))] {
		names = append(names, fmt.Sprintf("%s (process %d)", windows.UTF16ToString(p.name[:]), p.pid))
	}
	return names
}
