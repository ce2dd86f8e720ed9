// Package printable shows text from files and names of files to people without anything that
// a terminal would act on: an attribute's name cleared the screen and set the window's title,
// and newlines forged lines of a log.
package printable

import (
	"fmt"
	"io"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// Line is s as part of one line. Control characters, newlines, what reorders or hides text and
// bytes that are not UTF-8 are written as in Go and in most shells: \x1b, \n, \u202e, \xe9.
func Line(s string) string { return escaped(s, shows) }

// Text is Line for text of several lines: newlines and tabs stay.
func Text(s string) string {
	return escaped(s, func(r rune) bool { return shows(r) || r == '\n' || r == '\t' })
}

// shows reports whether a terminal draws r, and no more. Joiners are invisible, but Persian
// and Indic names and emoji are written with them.
func shows(r rune) bool { return unicode.IsGraphic(r) || r == '\u200c' || r == '\u200d' }

func escaped(s string, keep func(rune) bool) string {
	var b strings.Builder
	done := 0 // bytes of s that are in b
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		broken := r == utf8.RuneError && n == 1
		if !broken && keep(r) {
			i += n
			continue
		}
		b.WriteString(s[done:i])
		switch {
		case broken:
			fmt.Fprintf(&b, `\x%02x`, s[i])
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\t':
			b.WriteString(`\t`)
		case r < 0x80:
			fmt.Fprintf(&b, `\x%02x`, r)
		case r <= 0xffff:
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			fmt.Fprintf(&b, `\U%08x`, r)
		}
		i += n
		done = i
	}
	if done == 0 {
		return s
	}
	b.WriteString(s[done:])
	return b.String()
}

// Writer passes on what is written to it as Text. It stands before a terminal, or a file that
// will be shown on one, for whatever is not made harmless where it is put into words. It is
// safe for concurrent use if what it writes to is.
type Writer struct {
	to   io.Writer
	mu   sync.Mutex
	left []byte // the begin of a character whose rest has not come yet
}

// NewWriter makes a Writer to to.
func NewWriter(to io.Writer) *Writer { return &Writer{to: to} }

// Unwrap is what w writes to: for what draws on a terminal itself.
func (w *Writer) Unwrap() io.Writer { return w.to }

// Write reports all of p as written if anything of it has been.
func (w *Writer) Write(p []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	all := append(w.left, p...)
	whole := len(all) - unfinished(all)
	w.left = append([]byte(nil), all[whole:]...)
	if _, err := io.WriteString(w.to, Text(string(all[:whole]))); err != nil {
		return 0, err
	}
	return len(p), nil
}

// unfinished is how many bytes at the end of b begin a character that ends later.
func unfinished(b []byte) int {
	for n := 1; n < utf8.UTFMax && n <= len(b); n++ {
		if c := b[len(b)-n]; utf8.RuneStart(c) {
			if c >= utf8.RuneSelf && !utf8.FullRune(b[len(b)-n:]) {
				return n
			}
			return 0
		}
	}
	return 0
}
