package jobs_test

import "golang.org/x/sys/windows"

// What is said of a worker that was killed, and of a program that is not there.
const (
	killed    = "exit status 0x1"
	noProgram = "executable file not found"
)

// limitsMemory reports that the system limits a process' memory, or tells of it: Wine does neither.
func limitsMemory() bool {
	return windows.NewLazySystemDLL("ntdll.dll").NewProc("wine_get_version").Find() != nil
}
