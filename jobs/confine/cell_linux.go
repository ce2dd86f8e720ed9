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
	off    bool
	fs     bool // Landlock is there
	calls  bool // seccomp is there
	ofRoot bool // it has kept the capabilities of that name
	open   bool // no job has been admitted: all of the file system can be reached
	first  bool // there has been one job
	read   map[string]inode
	write  map[string]inode
	made   []string // folders, the innermost first
}

// Enter confines all threads of this process but for its files, which Admit does.
func Enter() *Cell {
	c := &Cell{open: true, read: map[string]inode{}, write: map[string]inode{}}
	if os.Getenv(Variable) == "off" {
		c.off, c.lacks = true, []string{"it is switched off by " + Variable}
		return c
	}
	_ = time.Now().Format(time.RFC3339) // reads the system's time zone, which later it cannot
	if abi, err := ll.LandlockGetABIVersion(); err != nil || abi < 1 {
		c.lacks = append(c.lacks, "there is no Landlock here")
	} else {
		c.fs = true
	}
	if err := dropCapabilities(ofRoot); err != nil {
		c.lacks = append(c.lacks, fmt.Sprintf("they keep their capabilities: %v", err))
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
func (c *Cell) Admit(job Files, others Folders) error {
	c.first = c.open
	switch {
	case c.off:
		return nil
	case c.open:
		c.open = false
		if c.fs {
			c.admitFolders(job, others)
		}
		if err := c.restrict(job); err != nil {
			return fmt.Errorf("confine the worker: %w", err)
		}
		return nil
	case c.fs && !c.covers(job) || os.Geteuid() == 0 && !c.ofRoot && !mayDo(job):
		return ErrOutside
	}
	return nil
}

// Doubtful reports, of a job that was denied something, that this may be for what the process has
// given up: the job is not the one that it was confined for, and its user may do it.
func (c *Cell) Doubtful(job Files) bool { return !c.off && !c.first && mayDo(job) }

// Made are the folders that Admit has made, the innermost first.
func (c *Cell) Made() []string { return c.made }
