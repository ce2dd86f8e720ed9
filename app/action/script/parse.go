// Package script runs text files of actions, one a line: what --run executes
// and what tests and users drive the window with. It is a state machine ticked
// from the window's loop; it sleeps nowhere and knows the program only through
// Host.
//
//	open "/path with blanks/sim"   # any action by ID or alias, with arguments
//	timeout 30s                    # for each wait that follows; 120 s at first
//	wait loaded                    # until a condition of the host is met
//	wait 500ms
//	screenshot out.png
//	print state
//	quit
//
// A live script has its lines handed in while it runs.
//
// Words are separated by blanks. Single or double quotes keep blanks together
// and know no escapes, so that Windows paths stay as they are. An expression is
// taken as it is written, up to the end of the line, quotes and all. A # at the
// beginning of a word starts a comment.
package script

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"iceexplorer/app/action"
)

// DefaultTimeout is how long a wait for a condition may take.
const DefaultTimeout = 120 * time.Second

// Script is a parsed text.
type Script struct {
	name  string
	steps []step
}

type step struct {
	line  int
	verb  string
	text  string        // what follows the verb
	args  []string      // its words, of verbs that are no action
	delay time.Duration // of wait and timeout with a duration
}

// maxLine bounds a line, in bytes.
const maxLine = 1 << 20

// Parse reads a script; name (a file name) begins every error, with the line.
// All faulty lines are in the error.
func Parse(name string, r io.Reader) (*Script, error) {
	s := &Script{name: name}
	var errs []error
	sc := bufio.NewScanner(r)
	sc.Buffer(nil, maxLine)
	line := 0
	for sc.Scan() {
		line++
		text := sc.Text()
		if line == 1 {
			text = strings.TrimPrefix(text, "\ufeff") // Windows' Notepad
		}
		if err := s.add(line, text); err != nil {
			errs = append(errs, err)
		}
	}
	if err := sc.Err(); err != nil {
		errs = append(errs, s.fail(line+1, err))
	}
	if len(errs) > 0 {
		return nil, errors.Join(errs...)
	}
	return s, nil
}

// add parses a line.
func (s *Script) add(line int, text string) error {
	verb, rest, err := action.Verb(text)
	if err == nil && verb != "" {
		var st step
		st, err = parseStep(verb, rest)
		st.line = line
		s.steps = append(s.steps, st)
	}
	if err != nil {
		return s.fail(line, err)
	}
	return nil
}

func (s *Script) fail(line int, err error) error {
	return fmt.Errorf("%s:%d: %w", s.name, line, err)
}

func parseStep(verb, text string) (step, error) {
	st := step{verb: verb, text: text}
	switch verb {
	case "wait", "timeout", "screenshot", "print", "quit":
		var err error
		if st.args, err = action.Split(text); err != nil {
			return st, err
		}
	}
	want := func(n int, usage string) error {
		if len(st.args) != n {
			return fmt.Errorf("write %q", usage)
		}
		return nil
	}
	switch st.verb {
	case "wait":
		if err := want(1, "wait CONDITION or wait DURATION"); err != nil {
			return st, err
		}
		if c := st.args[0][:min(1, len(st.args[0]))]; strings.Trim(c, "0123456789.+-") != "" {
			return st, nil
		}
		return st, st.duration()
	case "timeout":
		if err := want(1, "timeout DURATION"); err != nil {
			return st, err
		}
		return st, st.duration()
	case "screenshot":
		return st, want(1, "screenshot FILE")
	case "print":
		return st, want(1, "print state, print drawn or print faults")
	case "quit":
		return st, want(0, "quit")
	}
	return st, nil
}

func (s *step) duration() error {
	d, err := time.ParseDuration(s.args[0])
	if err != nil || d <= 0 {
		return fmt.Errorf("%q is not a duration such as 500ms or 30s", s.args[0])
	}
	s.delay = d
	return nil
}

// Check reports, before anything runs, every line that names an unknown condition or
// action, or gives an action arguments that it cannot take. A nil function accepts
// everything.
func (s *Script) Check(action func(name, text string) error, condition func(name string) bool) error {
	var errs []error
	for _, st := range s.steps {
		switch st.verb {
		case "wait":
			if st.delay == 0 && condition != nil && !condition(st.args[0]) {
				errs = append(errs, s.fail(st.line, fmt.Errorf("unknown condition %q", st.args[0])))
			}
		case "timeout", "screenshot", "print", "quit":
		default:
			if action == nil {
				continue
			}
			if err := action(st.verb, st.text); err != nil {
				errs = append(errs, s.fail(st.line, err))
			}
		}
	}
	return errors.Join(errs...)
}
