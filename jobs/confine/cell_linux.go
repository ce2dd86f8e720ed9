package confine

import (
	"fmt"
	"os"
	"strings"
	"time"

	ll "github.com/landlock-lsm/go-landlock/landlock/syscall"
)

// Cell is what this process may reach. It is used by one goroutine at a time.
type Cell struct {
	lacks  []string
	fs     bool // Landlock is there
	calls  bool // seccomp is there
	ofRoot bool // it has kept the capabilities of that name
	open   bool // no job has been admitted: all of the file system can be reached
	read   map[string]inode
	write  map[string]inode
}

// Enter confines all threads of this process but for its files, which Admit does.
func Enter() *Cell {
	c := &Cell{open: true, read: map[string]inode{}, write: map[string]inode{}}
	if os.Getenv(Variable) == "off" {
		c.lacks = []string{"it is switched off by " + Variable}
		return c
	}
	time.Now().Zone() // reads the system's time zone, which later it cannot
	if abi, err := ll.LandlockGetABIVersion(); err != nil || abi < 1 {
		c.lacks = append(c.lacks, "there is no Landlock here")
	} else {
		c.fs = true
	}
	if err := dropCapabilities(ofRoot); err != nil {
		c.lacks = append(c.lacks, fmt.Sprintf("they keep its capabilities: %v", err))
	}
	if err := filterCalls(); err != nil {
		c.lacks = append(c.lacks, fmt.Sprintf("their system calls are not limited: %v", err))
	} else {
		c.calls = true
	}
	return c
}

// Lacks says what this process is not confined by, "" if by everything.
func (c *Cell) Lacks() string { return strings.Join(c.lacks, "; ") }

// Admit lets a job in that is about some files. With the first it takes from all threads
// what lies outside of these files' folders and those of other jobs, which may follow. It makes the
// folders of files that will be written.
func (c *Cell) Admit(job, others Places) error {
	switch {
	case !c.fs:
		return nil
	case c.open:
		return c.restrict(job, others)
	case !c.covers(job) || os.Geteuid() == 0 && !c.ofRoot && !mayDo(job):
		return ErrOutside
	}
	return nil
}
