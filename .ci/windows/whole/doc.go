// Package whole tests the built program on Windows, or on Wine, as a user starts it. The tests
// are compiled for Windows and find the program by ICEEXPLORER_PROGRAM; see test.sh.
package whole
