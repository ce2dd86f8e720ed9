// Package confine takes from a worker process whatever it does not need: a worker parses bytes
// that a stranger may have made, with a C library that some of them crash.
//
// Enter takes, at a worker's start and from all of its threads, its capabilities and the system
// calls that no decoder makes (seccomp). Admit takes, before the first job, all of the file
// system but the folders of the pool's jobs (Landlock). What is taken never comes back; a job
// about another folder is ErrOutside, and waits for a fresh worker.
//
// Where the system cannot do one of these, the worker goes on without, and Lacks says so.
package confine

import "errors"

// Variable is the environment variable that, with the value "off", leaves workers unconfined,
// so that a failure can be told from one that comes of being confined.
const Variable = "ICEEXPLORER_CONFINE"

// ErrOutside says that a job's files lie where this process may no longer look.
var ErrOutside = errors.New("the file lies outside of what this worker may reach")

// Files are those of a job. Any of them may be missing.
type Files struct{ Read, Write []string }

// Folders are those of other jobs: missing ones are left out, but for Next, which are made.
type Folders struct{ Read, Write, Next []string }
