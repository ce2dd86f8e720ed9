//go:build !windows

package main

// keepCrash has nothing to do: what the program says when it crashes is on stderr.
func keepCrash(string) (done func()) { return func() {} }

// tellDesktop has nothing to do: stderr is read, or kept by the session.
func tellDesktop(string) {}
