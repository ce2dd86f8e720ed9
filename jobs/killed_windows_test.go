package jobs_test

// What is said of a worker that was killed, and of a program that is not there.
const (
	killed    = "exit status 0x1"
	noProgram = "executable file not found"
)
