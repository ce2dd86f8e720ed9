package jobs

import (
	"runtime"
	"slices"
	"strings"
)

// kept are the variables that a worker gets from the pool's environment, besides those of its
// own and of Go's runtime. Others could change what libraries do to it: HDF5_PLUGIN_PATH has
// files load programs.
var kept = []string{"LANG", "LANGUAGE", "TZ", "TMPDIR"}

// keptPrefixes are how such variables begin.
var keptPrefixes = []string{"LC_", "ICEEXPLORER_", "GOMAXPROCS", "GOMEMLIMIT", "GOGC", "GODEBUG", "GOTRACEBACK", "GORACE", "GOCOVERDIR"}

// environment is what a worker gets of an environment.
func environment(all []string) []string {
	return slices.DeleteFunc(slices.Clone(all), func(v string) bool {
		name, _, _ := strings.Cut(v, "=")
		if runtime.GOOS == "windows" { // its own libraries need many, under names of any case
			return strings.HasPrefix(strings.ToUpper(name), "HDF5_")
		}
		return !slices.Contains(kept, name) && !slices.ContainsFunc(keptPrefixes, func(p string) bool { return strings.HasPrefix(name, p) })
	})
}
