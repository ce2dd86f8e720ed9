package confine

import (
	"fmt"
	"os"
	"strings"
)

// Cell is what this process may reach: what its user may reach without privileges.
type Cell struct{ lacks []string }

// Bound does nothing: each worker gives its privileges up by itself.
func Bound() {}

// Enter gives up the privileges of this process: its token is all threads'. It does not lower the
// integrity level, with which nothing could be written beside a source.
func Enter() *Cell {
	if os.Getenv(Variable) == "off" {
		return &Cell{lacks: []string{"it is switched off by " + Variable}}
	}
	c := &Cell{lacks: []string{"they open whatever their user may open without privileges"}}
	if err := dropPrivileges(); err != nil {
		c.lacks = []string{fmt.Sprintf("they keep their privileges: %v", err)}
	}
	return c
}

// Lacks says what a process is not confined by.
func (c *Cell) Lacks() string { return strings.Join(c.lacks, "; ") }

// Doubtful never doubts.
func (c *Cell) Doubtful(Files) bool { return false }

// Made are no folders.
func (c *Cell) Made() []string { return nil }

// Admit lets every job in.
func (c *Cell) Admit(Files, Folders) error { return nil }
