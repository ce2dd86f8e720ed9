package cli

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"iceexplorer/app/inspect/expr"
)

// Window is the command line of the window.
type Window struct {
	Sample, Hidden, NoConvert, Debug bool

	Actions bool // print the list of actions, and open no window

	Script string   // of actions; "": none
	Jobs   int      // workers; 0: the preference
	Paths  []string // to open
}

func windowFlags() *flags {
	f := newFlags()
	f.bool("sample", "open the built-in sample: 48 frames of 20,000 particles")
	f.string("run", "SCRIPT", "carry out a text file of actions, one a line,\nor what comes through standard input (-);\nthe exit status is 0 if all went well")
	f.number("jobs", "N", 1, "read with N worker processes, at most four per core\n(default: the preference, else one per core)")
	f.bool("no-convert", "do not convert frames, whatever the preference says")
	f.bool("hidden", "with --run: do not show the window")
	f.bool("debug", "log what workers do, and report OpenGL errors")
	f.note("help", "", "print this text")
	f.bool("actions", "print every action that scripts and keys can carry out")
	f.bool("version", "print the version")
	return f
}

// ParseWindow reads the command line of the window. If done, help or an error was printed
// and the program should end with status.
func ParseWindow(args []string, env Env) (w Window, status int, done bool) {
	env = env.harmless()
	if len(args) > 0 && !strings.HasPrefix(args[0], "-") && noPath(args[0]) { // its flags are those of a verb
		return w, env.fail("", noVerb(args[0], env)), true
	}
	f := windowFlags()
	help, err := f.parse(args)
	switch {
	case help:
		printHelp(env.Stdout, func(w io.Writer) { programHelp(w, env) })
		return w, StatusOK, true
	case err != nil:
		return w, env.fail("", err), true
	case f.isSet("version"):
		fmt.Fprintln(env.Stdout, versionLine(env))
		return w, StatusOK, true
	case len(f.args) > 0 && noPath(f.args[0]):
		return w, env.fail("", noVerb(f.args[0], env)), true
	}
	return Window{
		Sample: f.isSet("sample"), Hidden: f.isSet("hidden"), NoConvert: f.isSet("no-convert"), Debug: f.isSet("debug"),
		Actions: f.isSet("actions"), Script: f.text("run"), Jobs: int(min(f.num("jobs"), 1<<20)), Paths: f.args,
	}, StatusOK, false
}

// noVerb says that a word names nothing, and which verb was probably meant.
func noVerb(word string, env Env) error {
	var names []string
	for _, v := range verbs(env) {
		names = append(names, v.name)
	}
	return usagef("no verb, file or folder %q%s", word, expr.Suggest(word, names))
}

// noPath reports that an argument is a mere word and no path that could be opened: most
// likely a mistyped verb.
func noPath(arg string) bool {
	if strings.ContainsAny(arg, `/\*?[.`) || arg == "" || filepath.IsAbs(arg) {
		return false
	}
	_, err := os.Stat(arg)
	return os.IsNotExist(err)
}
