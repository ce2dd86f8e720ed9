package jobs_test

// What is said of a worker that was killed, and of a program that is not there.
const (
	killed    = "signal SIGKILL"
	noProgram = "no such file"
)
