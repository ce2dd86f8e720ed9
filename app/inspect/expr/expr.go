// Package expr is the language for filters such as Age > 1 and P.y < 0, colours such as
// v.mag, and derived columns. docs/expressions.md describes it for users.
//
// A text is parsed once (Parse), checked against the attributes of a frame (Bind),
// and then evaluated in blocks over the frame's mapped columns, on all cores. Numbers
// follow numpy's rules (NEP 50): attributes of float32 are computed in float32, longs
// as 64-bit integers, and a number that is written in the text takes the type of what
// it meets. Vectors are computed component by component.
package expr

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// Expr is an expression that was parsed but not yet checked against a frame.
type Expr struct {
	text string
	root syntax
}

// String is the text the expression was parsed from.
func (e *Expr) String() string { return e.text }

// Name is the attribute's name if the expression is nothing else, and "" if it is more.
func (e *Expr) Name() string {
	name, component, _ := e.Member()
	if component != "" { // a name may have a dot in it
		return name + "." + component
	}
	return name
}

// Member is the name and the component that the expression consists of, "" if it names no
// component; ok is false if it is more.
func (e *Expr) Member() (name, component string, ok bool) {
	switch s := e.root.(type) {
	case *nameSyntax:
		return s.name, "", true
	case *memberSyntax:
		if of, is := s.of.(*nameSyntax); is {
			return of.name, s.name, true
		}
	}
	return "", "", false
}

// Attributes are names that hold the one of every attribute which the expression may read.
func (e *Expr) Attributes() []string {
	var out []string
	walk(e.root, func(s syntax) {
		switch s := s.(type) {
		case *nameSyntax:
			out = append(out, s.name)
			if of, _, ok := Short(s.name); ok {
				out = append(out, of)
			}
		case *memberSyntax: // a name may have a dot in it
			if of, ok := s.of.(*nameSyntax); ok {
				out = append(out, of.name+"."+s.name)
			}
		}
	})
	return out
}

// Error says what is wrong with an expression, and where.
type Error struct {
	Text     string // of the expression
	Pos, End int    // the bytes of Text at fault; Pos may be its length
	Msg      string
	Lacks    bool // the frame has no such attribute, or no values of it; others may
}

// Error is the message with the column: column 1: Aeg: no such attribute.
func (e *Error) Error() string { return fmt.Sprintf("column %d: %s", e.Column(), e.Msg) }

// Column is where the fault begins, counted in characters from 1.
func (e *Error) Column() int { return utf8.RuneCountInString(e.Text[:e.Pos]) + 1 }

// Pointer is the text with a line of marks below the fault, for terminals.
func (e *Error) Pointer() string {
	marks := max(utf8.RuneCountInString(e.Text[e.Pos:e.End]), 1)
	text := strings.Map(func(r rune) rune { // so that the marks line up
		if r == '\t' || r == '\n' || r == '\r' {
			return ' '
		}
		return r
	}, e.Text)
	return text + "\n" + strings.Repeat(" ", e.Column()-1) + strings.Repeat("^", marks)
}

// Type is what an expression gives for each point.
type Type uint8

const (
	Bool    Type = iota
	Int          // 64 bits
	Float32      //
	Float64      //
	String       //
)

func (t Type) String() string {
	return [...]string{Bool: "yes or no", Int: "whole number", Float32: "number", Float64: "number", String: "text"}[t]
}
