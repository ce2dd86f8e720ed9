// Package lazy makes what is costly when it is needed first. A worker takes as long to start as a small
// frame to decode, and the patterns of all packages took a tenth of that.
package lazy

import (
	"regexp"
	"sync"
)

// Regexp is a pattern that is compiled when it is needed first. It panics then if it is none.
func Regexp(pattern string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(pattern) })
}
