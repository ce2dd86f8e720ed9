// Package cli is the program's verbs: what it does without a window. Each verb has
// a file of its own. Caches are read by the pool's worker processes, as in the
// window; this process only checks what they answer and prints it.
package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"iceexplorer/app/ending"
	"iceexplorer/cache/export"
	"iceexplorer/cache/printable"
)

// Exit statuses of Run.
const (
	StatusOK          = 0
	StatusFailed      = 1 // at least one file failed
	StatusUsage       = 2 // the command line makes no sense
	StatusInterrupted = 130
)

// Env is what a verb needs of its surroundings.
type Env struct {
	Stdout, Stderr io.Writer
	Version        string          // of the program, "0.1.0"
	Build          string          // which workers must share
	WorkerCommand  []string        // starts a worker; the pipe's name is appended
	Formats        []export.Format // that convert and export write; convert the first if it is not told
}

// verb is one thing the program does without a window.
type verb struct {
	name  string
	args  string // after the flags, as the help shows them
	short string // one line, for the list
	long  string // paragraphs, for the verb's own help
	flags func(*flags)
	run   func(context.Context, *flags, Env) error
}

func verbs(env Env) []verb {
	all := []verb{infoVerb(), queryVerb(), statsVerb(), traceVerb(), convertVerb(env), exportVerb(env), renderVerb(), sampleVerb(), benchVerb()}
	return append(all, systemVerbs()...)
}

func findVerb(env Env, name string) (verb, bool) {
	for _, v := range verbs(env) {
		if v.name == name {
			return v, true
		}
	}
	return verb{}, false
}

// IsVerb reports whether name, as the first argument, asks for a verb rather than
// for the window.
func IsVerb(name string) bool {
	switch name {
	case "help", "--help", "-help", "-h", "--version", "-version":
		return true
	}
	_, ok := findVerb(Env{}, name)
	return ok
}

// usageError is a mistake on the command line, or what else keeps all of it from being begun.
type usageError struct {
	text   string
	detail string // lines that are printed below; "": none
	world  bool   // what is wrong is outside the command line, where no help text helps
}

func (e *usageError) Error() string { return e.text }

func usagef(format string, args ...any) error { return &usageError{text: fmt.Sprintf(format, args...)} }

// errReported says that some files failed and that each failure has been printed.
var errReported = errors.New("some files failed")

// endsWithin is how long a verb may take to end in order once it is asked to, before it
// is ended as it stands; all of it takes less than a second.
const endsWithin = 700 * time.Millisecond

// Run does what args, the command line without the program's name, ask for and
// returns the exit status. Ctrl+C, SIGTERM and SIGHUP end it; a second one at once.
func Run(args []string, env Env) int {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	defer ending.Watch(endsWithin, cancel, func() { ending.Exit(StatusInterrupted, 50*time.Millisecond, env.sayInterrupted) })()
	return run(ctx, args, env)
}

// harmless has nothing reach a terminal, or a log, that a terminal would act on, whatever
// was put into words without printable.Line. What is printed for other programs stays as it is.
func (env Env) harmless() Env {
	env.Stderr = printable.NewWriter(env.Stderr)
	if isTerminal(env.Stdout) {
		env.Stdout = printable.NewWriter(env.Stdout)
	}
	return env
}

func (env Env) sayInterrupted() { fmt.Fprintln(env.Stderr, "iceexplorer: interrupted") }

func run(ctx context.Context, args []string, env Env) int {
	env = env.harmless()
	name := ""
	if len(args) > 0 {
		name, args = args[0], args[1:]
	}
	switch name {
	case "--version", "-version":
		fmt.Fprintln(env.Stdout, versionLine(env))
		return StatusOK
	case "", "--help", "-help", "-h":
		printHelp(env.Stdout, func(w io.Writer) { programHelp(w, env) })
		return StatusOK
	case "help":
		if len(args) == 0 || args[0] == "help" || strings.HasPrefix(args[0], "-") {
			printHelp(env.Stdout, func(w io.Writer) { programHelp(w, env) })
			return StatusOK
		}
		name, args = args[0], []string{"--help"}
	}
	v, ok := findVerb(env, name)
	if !ok {
		var names []string
		for _, v := range verbs(env) {
			names = append(names, v.name)
		}
		return env.fail("", usagef("no verb %q; there are %s", name, strings.Join(names, ", ")))
	}
	f := newFlags()
	v.flags(f)
	switch help, err := f.parse(args); {
	case help:
		printHelp(env.Stdout, func(w io.Writer) { verbHelp(w, v) })
		return StatusOK
	case err != nil:
		return env.fail(v.name, err)
	}
	err := v.run(ctx, f, env)
	if ctx.Err() != nil {
		env.sayInterrupted()
		return StatusInterrupted
	}
	return env.fail(v.name, err)
}

// fail prints what has not been printed yet of a verb's error, and returns its status.
func (env Env) fail(verb string, err error) int {
	var usage *usageError
	switch {
	case err == nil:
		return StatusOK
	case errors.Is(err, errReported):
		return StatusFailed
	case errors.As(err, &usage):
		hint := "iceexplorer --help"
		if verb != "" {
			hint = "iceexplorer " + verb + " --help"
		}
		env.say("%v", err)
		env.detail(usage.detail)
		if !usage.world {
			fmt.Fprintf(env.Stderr, "hint: %s\n", hint)
		}
		return StatusUsage
	}
	env.complain(err)
	return StatusFailed
}

// print writes to standard output, which may be a full disk.
func (env Env) print(format string, args ...any) error {
	if _, err := fmt.Fprintf(env.Stdout, format, args...); err != nil {
		return fmt.Errorf("write the output: %w", err)
	}
	return nil
}

// say prints a line of its own.
func (env Env) say(format string, args ...any) {
	fmt.Fprintf(env.Stderr, "iceexplorer: %s\n", printable.Line(fmt.Sprintf(format, args...)))
}

// detail prints lines below a message, indented.
func (env Env) detail(text string) {
	if text == "" {
		return
	}
	for _, line := range strings.Split(text, "\n") {
		fmt.Fprintf(env.Stderr, "  %s\n", printable.Line(line))
	}
}

// complain prints an error as lines of its own, one per joined error.
func (env Env) complain(err error) {
	for _, e := range split(err) {
		env.say("%s", e)
	}
}

// split takes the result of errors.Join apart.
func split(err error) []error {
	if err == nil {
		return nil
	}
	if j, ok := err.(interface{ Unwrap() []error }); ok {
		var out []error
		for _, e := range j.Unwrap() {
			out = append(out, split(e)...)
		}
		return out
	}
	return []error{err}
}

func versionLine(env Env) string {
	line := "iceexplorer " + env.Version
	if env.Build != "" && env.Build != env.Version {
		line += " (build " + env.Build + ")"
	}
	return line
}
