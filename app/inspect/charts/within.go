package charts

import (
	"fmt"
	"strconv"
	"strings"
)

// Within is the expression of points for which another one lies from lo to hi.
func Within(text string, lo, hi float64) string {
	if strings.IndexFunc(text, func(r rune) bool { return strings.ContainsRune(" <>=!&|+-*/%", r) }) >= 0 {
		text = "(" + text + ")"
	}
	return fmt.Sprintf("%s >= %s and %s <= %s", text, number(lo), text, number(hi))
}

func number(v float64) string { return strconv.FormatFloat(v, 'g', -1, 64) }
