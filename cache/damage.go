package cache

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Damage says that a frame is incomplete or wrong because its file is damaged, or holds what
// this program cannot read; what could be read is shown. It stays with the frame through conversions.
type Damage struct {
	What    string   `json:"what"`              // what is wrong: "the file ends"
	At      int64    `json:"at"`                // byte of the file where it is; -1 if it is not known
	Missing []string `json:"missing,omitempty"` // attributes that are declared but could not be read
	Foreign bool     `json:"foreign,omitempty"` // the file is whole: what is missing is stored in a way that is not known here
}

// State is what the file is, as the begin of a sentence that String ends.
func (d *Damage) State() string {
	if d.Foreign {
		return "not all of the file can be read"
	}
	return "the file is damaged"
}

// Sentence is what String says, and of what, without a full stop.
func (d *Damage) Sentence() string { return upper(d.State()) + ": " + d.String() }

// named is how many missing attributes a sentence names.
const named = 3

// String is the sentence that users read, without a full stop:
// "PointPosition is missing: the file ends at byte 232,062".
func (d *Damage) String() string {
	reason := d.What
	if d.At >= 0 {
		reason += " at byte " + thousands(d.At)
	}
	names := slices.Clone(d.Missing)
	// The attribute that is missed most comes first: without it nothing can be drawn.
	if i := slices.IndexFunc(names, func(n string) bool { return strings.EqualFold(TrimPadding(n), "PointPosition") }); i > 0 {
		names = slices.Insert(slices.Delete(names, i, i+1), 0, d.Missing[i])
	}
	for i := range names {
		names[i] = TrimPadding(names[i])
	}
	switch n := len(names); {
	case n == 0:
		return "values may be wrong: " + reason
	case n == 1:
		return names[0] + " is missing: " + reason
	case n <= named:
		return fmt.Sprintf("%s and %s are missing: %s", strings.Join(names[:n-1], ", "), names[n-1], reason)
	default:
		return fmt.Sprintf("%s and %d more attributes are missing: %s", strings.Join(names[:named-1], ", "), n-named+1, reason)
	}
}

// thousands is a number from 0 with thousands separators.
func thousands(n int64) string {
	s := strconv.FormatInt(n, 10)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// Notes are what users should know about a frame, one sentence each, the damage first.
func (ix *Index) Notes() []string {
	if ix.Damage == nil {
		return ix.Warnings
	}
	return append([]string{upper(ix.Damage.State()) + ". " + upper(ix.Damage.String()) + "."}, ix.Warnings...)
}

func upper(s string) string { return strings.ToUpper(s[:1]) + s[1:] }
