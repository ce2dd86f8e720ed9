package jobs

import (
	"encoding/binary"
	"errors"
	"time"
	"unsafe"

	"golang.org/x/sys/windows"
)

// workOnWine is workDone there: whatever process Wine is asked about, it tells the time of the one that asks.
// Its list of all processes has the times of each.
func workOnWine(pid int) time.Duration {
	var all []byte
	for n := uint32(1 << 16); ; n *= 2 {
		all = make([]byte, n)
		err := windows.NtQuerySystemInformation(windows.SystemProcessInformation, unsafe.Pointer(&all[0]), n, nil)
		if err == nil {
			break
		}
		if !errors.Is(err, windows.STATUS_INFO_LENGTH_MISMATCH) || n >= 1<<24 {
			return 0
		}
	}
	var p windows.SYSTEM_PROCESS_INFORMATION
	for len(all) >= int(unsafe.Sizeof(p)) {
		at := func(field uintptr) uint64 { return binary.LittleEndian.Uint64(all[field:]) } // they are not aligned
		if at(unsafe.Offsetof(p.UniqueProcessID)) == uint64(pid) {
			return time.Duration(at(unsafe.Offsetof(p.UserTime))+at(unsafe.Offsetof(p.KernelTime))) * 100
		}
		next := binary.LittleEndian.Uint32(all)
		if next == 0 || int(next) > len(all) {
			break
		}
		all = all[next:]
	}
	return 0
}
