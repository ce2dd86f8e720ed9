//go:build !linux

package main

import "os"

// self is this program's file. A path in /proc is never tried here: somebody could have put a file
// of that name on the drive.
func self() string {
	exe, err := os.Executable()
	if err != nil {
		return os.Args[0]
	}
	return exe
}
