package cli

import (
	"os"
	"path/filepath"
	"runtime"
)

// typed is the arguments as a shell of Unix would have handed them over: those of Windows leave
// "~/caches" as it is.
func typed(args []string) []string {
	if runtime.GOOS != "windows" {
		return args
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return args
	}
	return atHome(args, home)
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
