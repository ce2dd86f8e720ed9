package main

// self is this very program, also if its file has been replaced since.
func self() string { return "/proc/self/exe" }
