package jobs

import (
	"fmt"
	"os"
	"os/exec"
	"syscall"
	"time"
	"unsafe"

	"golang.org/x/sys/windows"

	"iceexplorer/jobs/pipe"
)

// tieToParent keeps a console from popping up, and Ctrl+C in the one of this process from reaching
// a worker before its pool has asked it to end; see adopt for the tie.
func tieToParent(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{HideWindow: true, CreationFlags: windows.CREATE_NO_WINDOW}
}

// adopt puts a worker into a job object of its own. The system ends it when the object's last
// handle is closed, which it does when this process ends, however it ends. In there the worker
// starts no other process, takes no more memory, and cannot reach the desktop. release closes
// the handle. An error leaves the pipe's end as the only tie, which is enough for a worker that
// is not stuck.
func adopt(cmd *exec.Cmd, memory uint64) (release func(), err error) {
	none := func() {}
	j, err := windows.CreateJobObject(nil, nil)
	if err != nil {
		return none, fmt.Errorf("make a job object: %w", err)
	}
	if err = confineJob(j, memory); err == nil {
		var h windows.Handle
		if h, err = windows.OpenProcess(windows.PROCESS_SET_QUOTA|windows.PROCESS_TERMINATE, false, uint32(cmd.Process.Pid)); err == nil {
			err = windows.AssignProcessToJobObject(j, h)
			windows.CloseHandle(h)
		}
	}
	if err != nil {
		windows.CloseHandle(j)
		return none, fmt.Errorf("put a worker into a job object: %w", err)
	}
	return func() { windows.CloseHandle(j) }, nil
}

// confineJob sets the limits of a worker's job object.
func confineJob(j windows.Handle, memory uint64) error {
	info := windows.JOBOBJECT_EXTENDED_LIMIT_INFORMATION{}
	info.BasicLimitInformation.LimitFlags = windows.JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE | windows.JOB_OBJECT_LIMIT_PROCESS_MEMORY |
		windows.JOB_OBJECT_LIMIT_ACTIVE_PROCESS | windows.JOB_OBJECT_LIMIT_DIE_ON_UNHANDLED_EXCEPTION
	info.BasicLimitInformation.ActiveProcessLimit = 1
	// The watch, which can say why, comes first.
	info.ProcessMemoryLimit = uintptr(memory + memory/4)
	_, err := windows.SetInformationJobObject(j, windows.JobObjectExtendedLimitInformation, uintptr(unsafe.Pointer(&info)), uint32(unsafe.Sizeof(info)))
	if err != nil {
		return err
	}
	ui := windows.JOBOBJECT_BASIC_UI_RESTRICTIONS{UIRestrictionsClass: windows.JOB_OBJECT_UILIMIT_HANDLES | windows.JOB_OBJECT_UILIMIT_READCLIPBOARD |
		windows.JOB_OBJECT_UILIMIT_WRITECLIPBOARD | windows.JOB_OBJECT_UILIMIT_SYSTEMPARAMETERS | windows.JOB_OBJECT_UILIMIT_DISPLAYSETTINGS |
		windows.JOB_OBJECT_UILIMIT_GLOBALATOMS | windows.JOB_OBJECT_UILIMIT_DESKTOP | windows.JOB_OBJECT_UILIMIT_EXITWINDOWS}
	_, err = windows.SetInformationJobObject(j, windows.JobObjectBasicUIRestrictions, uintptr(unsafe.Pointer(&ui)), uint32(unsafe.Sizeof(ui)))
	return err
}

// workerEnv has a worker put its temporary files into the pool's folder, which is swept when
// nobody uses it any more.
func workerEnv(dir string) []string { return []string{"TMP=" + dir, "TEMP=" + dir} }

func exitText(st *os.ProcessState, err error) string {
	if st == nil {
		return fmt.Sprint(err)
	}
	return fmt.Sprintf("exit status %#x", uint32(st.ExitCode()))
}

type memoryStatusEx struct {
	length, load                                                                                 uint32
	totalPhys, availPhys, totalPage, availPage, totalVirtual, availVirtual, availExtendedVirtual uint64
}

func totalMemory() uint64 {
	m := memoryStatusEx{length: uint32(unsafe.Sizeof(memoryStatusEx{}))}
	proc := windows.NewLazySystemDLL("kernel32.dll").NewProc("GlobalMemoryStatusEx")
	if r, _, _ := proc.Call(uintptr(unsafe.Pointer(&m))); r == 0 {
		return 8 << 30
	}
	return m.totalPhys
}

// workDone is the processor time a process has used.
func workDone(pid int) time.Duration {
	if pipe.OnWine() {
		return workOnWine(pid)
	}
	h, err := windows.OpenProcess(windows.PROCESS_QUERY_LIMITED_INFORMATION, false, uint32(pid))
	if err != nil {
		return 0
	}
	defer windows.CloseHandle(h)
	var created, ended, kernel, user windows.Filetime
	if windows.GetProcessTimes(h, &created, &ended, &kernel, &user) != nil {
		return 0
	}
	ticks := func(t windows.Filetime) int64 { return int64(t.HighDateTime)<<32 | int64(t.LowDateTime) } // 100 ns
	return time.Duration(ticks(kernel)+ticks(user)) * 100
}

// memoryCounters is PROCESS_MEMORY_COUNTERS_EX.
type memoryCounters struct {
	size, faults                                             uint32
	peakWorkingSet, workingSet                               uintptr
	peakPagedPool, pagedPool, peakNonPagedPool, nonPagedPool uintptr
	pageFile, peakPageFile, private                          uintptr
}

var getProcessMemoryInfo = windows.NewLazySystemDLL("kernel32.dll").NewProc("K32GetProcessMemoryInfo")

// privateMemory is the memory that a process has for itself in bytes, 0 if it is not known.
// Mappings of files do not count.
func privateMemory(pid int) uint64 {
	h, err := windows.OpenProcess(windows.PROCESS_QUERY_LIMITED_INFORMATION, false, uint32(pid))
	if err != nil {
		return 0
	}
	defer windows.CloseHandle(h)
	c := memoryCounters{size: uint32(unsafe.Sizeof(memoryCounters{}))}
	if r, _, _ := getProcessMemoryInfo.Call(uintptr(h), uintptr(unsafe.Pointer(&c)), uintptr(c.size)); r == 0 {
		return 0
	}
	return uint64(max(c.private, c.pageFile)) // which are the same, but Wine has the latter only
}
