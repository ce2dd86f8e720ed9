package cache

import (
	"errors"
	"fmt"
)

// FormatError says that a file breaks its format.
type FormatError struct {
	Offset int64  // byte in the decompressed stream or file; -1 if there is none
	Field  string // what was being read, "attribute Size: chunk 3"
	Msg    string // what is wrong, "unexpected end"
	Value  any    // the offending value, nil if there is none
}

func (e *FormatError) Error() string {
	s := e.Msg
	if e.Field != "" {
		s = e.Field + ": " + s
	}
	if e.Value != nil {
		s += fmt.Sprintf(" (%v)", e.Value)
	}
	if e.Offset >= 0 {
		s += fmt.Sprintf(" at byte %d", e.Offset)
	}
	return s
}

// UnsupportedError says that a file keeps its format but uses something this
// program does not know.
type UnsupportedError struct {
	Field string
	Msg   string
	Limit bool // Msg says which limit the file exceeds, as a sentence
}

func (e *UnsupportedError) Error() string {
	switch {
	case e.Limit:
		return e.Msg
	case e.Field == "":
		return e.Msg + " is not supported"
	}
	return e.Field + ": " + e.Msg + " is not supported"
}

// Permanent reports whether trying again cannot help: the file itself is at fault.
func Permanent(err error) bool {
	var f *FormatError
	var u *UnsupportedError
	return errors.As(err, &f) || errors.As(err, &u)
}
