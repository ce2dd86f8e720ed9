// Package pathname carries paths through text that must be UTF-8, and onto the
// screen. On Unix a path is bytes: older Linux systems and Windows shares have names
// in Latin-1, which JSON would replace.
package pathname

import (
	"encoding/base64"
	"strings"
	"unicode/utf8"
)

// mark begins an encoded path. No path holds it.
const mark = "\x00"

// Encode is a path, or a text with paths in it, as UTF-8 from which Decode restores the same
// bytes. Text that is already UTF-8 stays as it is.
func Encode(path string) string {
	if utf8.ValidString(path) && !strings.HasPrefix(path, mark) {
		return path
	}
	return mark + base64.StdEncoding.EncodeToString([]byte(path))
}

// Decode reverses Encode. Text that is not an encoded path stays as it is.
func Decode(text string) string {
	if code, ok := strings.CutPrefix(text, mark); ok {
		if b, err := base64.StdEncoding.DecodeString(code); err == nil {
			return string(b)
		}
	}
	return text
}

// Display is a path for people: bytes that are not UTF-8 are shown as the letters that they are
// in Latin-1, in which most such names were written.
func Display(path string) string {
	if utf8.ValidString(path) {
		return path
	}
	var b strings.Builder
	for len(path) > 0 {
		r, n := utf8.DecodeRuneInString(path)
		switch {
		case r != utf8.RuneError || n > 1:
			b.WriteString(path[:n])
		case path[0] >= 0xa0: // a letter or a sign
			b.WriteRune(rune(path[0]))
		default:
			b.WriteRune(utf8.RuneError)
		}
		path = path[n:]
	}
	return b.String()
}
