package expr

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

type tokenKind uint8

const (
	tokEnd tokenKind = iota
	tokNumber
	tokString
	tokName // also of functions and of the words and, or, not, in
	tokVariable
	tokSign // an operator or bracket
)

type token struct {
	kind     tokenKind
	pos, end int
	text     string  // of names and signs; the content of strings; of variables without $
	number   float64 // of tokNumber
	whole    bool    // the number is written without decimal point and exponent
	plain    bool    // the name may be a keyword: it is written without @ and backquotes
}

// signs are the operators and brackets, longer ones first.
var signs = []string{"&&", "||", "==", "!=", "<=", ">=", "..", "<", ">", "=", "!", "+", "-", "*", "/", "%", "(", ")", "[", "]", ",", "."}

type lexer struct {
	text string
	at   int
}

func (l *lexer) fault(pos, end int, format string, args ...any) *Error {
	return &Error{Text: l.text, Pos: pos, End: end, Msg: fmt.Sprintf(format, args...)}
}

// next is the next token.
func (l *lexer) next() (token, *Error) {
	for l.at < len(l.text) {
		r, n := utf8.DecodeRuneInString(l.text[l.at:])
		if !unicode.IsSpace(r) {
			break
		}
		l.at += n
	}
	pos := l.at
	if pos == len(l.text) {
		return token{kind: tokEnd, pos: pos, end: pos}, nil
	}
	c := l.text[pos]
	switch {
	case digit(c) || c == '.' && pos+1 < len(l.text) && digit(l.text[pos+1]):
		return l.number(pos)
	case c == '"' || c == '\'':
		return l.quoted(pos, c, tokString, "the text does not end: a %c is missing")
	case c == '`':
		return l.quoted(pos, c, tokName, "the name does not end: a %c is missing")
	case c == '$':
		l.at++
		name := l.word()
		return token{kind: tokVariable, pos: pos, end: l.at, text: name}, nil
	case c == '@':
		l.at++
		return l.attribute(pos)
	}
	if word := l.word(); word != "" {
		if len(word) == 1 && strings.Contains("fiuvpsd234", word) && l.at < len(l.text) && l.text[l.at] == '@' {
			l.at++ // Houdini's v@P: the letter is a type
			return l.attribute(pos)
		}
		return token{kind: tokName, pos: pos, end: l.at, text: word, plain: true}, nil
	}
	for _, s := range signs {
		if strings.HasPrefix(l.text[pos:], s) {
			l.at += len(s)
			return token{kind: tokSign, pos: pos, end: l.at, text: s}, nil
		}
	}
	r, n := utf8.DecodeRuneInString(l.text[pos:])
	return token{}, l.fault(pos, pos+n, "%q means nothing here", r)
}

func digit(c byte) bool { return '0' <= c && c <= '9' }

// word reads letters, digits and underscores.
func (l *lexer) word() string {
	pos := l.at
	for l.at < len(l.text) {
		r, n := utf8.DecodeRuneInString(l.text[l.at:])
		if r != '_' && !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			break
		}
		l.at += n
	}
	return l.text[pos:l.at]
}

// attribute reads the name that follows an @.
func (l *lexer) attribute(pos int) (token, *Error) {
	name := l.word()
	if name == "" {
		return token{}, l.fault(pos, l.at, "the name of an attribute must follow @")
	}
	return token{kind: tokName, pos: pos, end: l.at, text: name}, nil
}

func (l *lexer) quoted(pos int, quote byte, kind tokenKind, noEnd string) (token, *Error) {
	var text strings.Builder
	for i := pos + 1; i < len(l.text); i++ {
		switch c := l.text[i]; {
		case c == quote:
			l.at = i + 1
			return token{kind: kind, pos: pos, end: l.at, text: text.String()}, nil
		case c == '\\' && i+1 < len(l.text) && (l.text[i+1] == quote || l.text[i+1] == '\\'):
			i++
			text.WriteByte(l.text[i])
		default:
			text.WriteByte(c)
		}
	}
	return token{}, l.fault(pos, len(l.text), noEnd, quote)
}

// number reads 12, .5, 1e-3; of 3..20 it reads only the 3.
func (l *lexer) number(pos int) (token, *Error) {
	end, whole := pos, true
	digits := func() {
		for end < len(l.text) && digit(l.text[end]) {
			end++
		}
	}
	digits()
	if end < len(l.text) && l.text[end] == '.' && !strings.HasPrefix(l.text[end:], "..") {
		whole = false
		end++
		digits()
	}
	if end < len(l.text) && (l.text[end] == 'e' || l.text[end] == 'E') {
		before := end
		end++
		if end < len(l.text) && (l.text[end] == '+' || l.text[end] == '-') {
			end++
		}
		if end == len(l.text) || !digit(l.text[end]) {
			end = before
		} else {
			whole = false
			digits()
		}
	}
	l.at = end
	if rest := l.word(); rest != "" {
		return token{}, l.fault(pos, l.at, "%q is not a number", l.text[pos:l.at])
	}
	v, err := strconv.ParseFloat(l.text[pos:end], 64)
	if err != nil {
		return token{}, l.fault(pos, end, "%s is too large", l.text[pos:end])
	}
	return token{kind: tokNumber, pos: pos, end: end, number: v, whole: whole && v < 1<<53}, nil
}
