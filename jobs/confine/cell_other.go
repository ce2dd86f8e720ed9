//go:build !linux && !windows

package confine

import (
	"fmt"
	"io"
)

// Verb says that there is nothing to prove.
func Verb(w io.Writer, _, _ []string) int {
	fmt.Fprintf(w, "workers are not confined: %s\n", (&Cell{}).Lacks())
	return 1
}

// Cell is what this process may reach: everything.
type Cell struct{}

// Bound does nothing.
func Bound() {}

// Enter confines nothing.
func Enter() *Cell { return &Cell{} }

// Lacks says what a process is not confined by.
func (c *Cell) Lacks() string { return "there is neither Landlock nor seccomp on this system" }

// Doubtful never doubts.
func (c *Cell) Doubtful(Files) bool { return false }

// Made are no folders.
func (c *Cell) Made() []string { return nil }

// Admit lets every job in.
func (c *Cell) Admit(Files, Folders) error { return nil }
