package jobs

import (
	"fmt"
	"os"
	"os/exec"
	"sync"
	"syscall"
	"time"
	"unsafe"

	"golang.org/x/sys/windows"
)

// tieToParent keeps a console from popping up; see adopt for the tie.
func tieToParent(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{HideWindow: true, CreationFlags: windows.CREATE_NO_WINDOW}
}

// workersJob is the job object all workers belong to. It ends them when its last
// handle is closed, which the system does when this process ends, however it ends.
var workersJob = sync.OnceValue(func() windows.Handle {
	j, err := windows.CreateJobObject(nil, nil)
	if err != nil {
		return 0
	}
	info := windows.JOBOBJECT_EXTENDED_LIMIT_INFORMATION{}
	info.BasicLimitInformation.LimitFlags = windows.JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE
	if _, err := windows.SetInformationJobObject(j, windows.JobObjectExtendedLimitInformation,
		uintptr(unsafe.Pointer(&info)), uint32(unsafe.Sizeof(info))); err != nil {
		windows.CloseHandle(j)
		return 0
	}
	return j
})

func adopt(cmd *exec.Cmd) {
	j := workersJob()
	if j == 0 {
		return
	}
	h, err := windows.OpenProcess(windows.PROCESS_SET_QUOTA|windows.PROCESS_TERMINATE, false, uint32(cmd.Process.Pid))
	if err != nil {
		return // it has already ended
	}
	defer windows.CloseHandle(h)
	// An error leaves the pipe's end as the only tie, which is enough for a worker
	// that is not stuck.
	_ = windows.AssignProcessToJobObject(j, h)
}

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

// privateMemory is not watched on Windows.
func privateMemory(int) uint64 { return 0 }
