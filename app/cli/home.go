package cli

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
)

// typed is the arguments as a shell of Unix would have handed them over: those of Windows leave
// "~/caches" as it is.
func typed(args []string) []string {
	if runtime.GOOS != "windows" {
		return args
	}
	args = unquoted(args)
	for i, a := range args {
		if a == "/?" {
			args[i] = "--help"
		}
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return args
	}
	return atHome(args, home)
}

// unquoted puts the backslash back with which a folder in quotes ended ("C:\my caches\"): Windows takes it
// for one that makes the quote part of the name, which no name may have, and all that follows too.
func unquoted(args []string) (out []string) {
	for _, a := range args {
		name, rest, ok := strings.Cut(a, `"`)
		if !ok || strings.Contains(rest, `"`) || rest != "" && rest[0] != ' ' {
			out = append(out, a)
			continue
		}
		out = append(append(out, name+`\`), strings.Fields(rest)...)
	}
	return out
}

// atHome puts the user's folder in the place of a ~ that a slash follows.
func atHome(args []string, home string) []string {
	out := make([]string, len(args))
	for i, a := range args {
		if out[i] = a; a == "~" || len(a) > 1 && a[0] == '~' && (a[1] == '/' || a[1] == '\\') {
			out[i] = filepath.Join(home, a[1:])
		}
	}
	return out
}
