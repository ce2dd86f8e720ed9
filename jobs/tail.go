package jobs

import (
	"cmp"
	"strings"
	"sync"

	"iceexplorer/cache/lazy"
)

// tail keeps the last lines a worker wrote, and the ones that say why it died.
type tail struct {
	mu     sync.Mutex
	lines  []string
	cause  string // first line of a Go panic or fatal error
	signal string // that Go's runtime reports, from C code for example; all registers follow it
}

const tailLines = 20

func (t *tail) add(line string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if strings.HasPrefix(line, "panic: ") || strings.HasPrefix(line, "fatal error: ") {
		t.cause = cmp.Or(t.cause, line)
	}
	// A signal after a panic comes from Go code, and the panic says more about it.
	if m := signalLine().FindStringSubmatch(line); m != nil && !strings.HasPrefix(t.cause, "panic: ") {
		t.signal = cmp.Or(t.signal, m[1])
	}
	if len(t.lines) == tailLines {
		t.lines = append(t.lines[:0], t.lines[1:]...)
	}
	t.lines = append(t.lines, line)
}

// signalLine is how Go's runtime begins a report of a signal.
var signalLine = lazy.Regexp(`^(?:\[signal )?(SIG[A-Z0-9]+): `)

// last is the line that says most: the first of a Go panic or fatal error if there
// is one, else the last line. signal is the name of the signal that C code died of.
func (t *tail) last() (line, signal string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.cause != "" || t.signal != "" {
		return t.cause, t.signal
	}
	if n := len(t.lines); n > 0 {
		return t.lines[n-1], ""
	}
	return "", ""
}
