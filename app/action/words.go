package action

import (
	"fmt"
	"slices"
	"strings"
)

// blanks separate words.
const blanks = " \t\r"

// Split cuts a line into words; quotes keep blanks together.
func Split(line string) (words []string, err error) {
	for {
		word, rest, ok, err := firstWord(line)
		if err != nil || !ok {
			return words, err
		}
		words, line = append(words, word), rest
	}
}

// Verb cuts a line into its first word and what follows that; verb is empty in a line
// without one.
func Verb(line string) (verb, text string, err error) {
	verb, text, _, err = firstWord(line)
	return verb, strings.Trim(text, blanks), err
}

// firstWord is the first word of a line; ok is false if there is none.
func firstWord(line string) (word, rest string, ok bool, err error) {
	rest = strings.TrimLeft(line, blanks)
	if rest == "" || rest[0] == '#' {
		return "", "", false, nil
	}
	var text strings.Builder
	for rest != "" && !strings.ContainsRune(blanks, rune(rest[0])) {
		if q := rest[:1]; q == `"` || q == "'" {
			in, after, ok := strings.Cut(rest[1:], q)
			if !ok {
				return "", "", false, fmt.Errorf("quote %s is not closed", q)
			}
			text.WriteString(in)
			rest = after
			continue
		}
		n := strings.IndexAny(rest, blanks+`"'`)
		if n < 0 {
			n = len(rest)
		}
		text.WriteString(rest[:n])
		rest = rest[n:]
	}
	return text.String(), rest, true, nil
}

// Words cuts what is written behind the action into words for Parse. An expression is one
// word, as it is written and of any length: up to the end of the line, but for values of the
// parameters that follow it. The error is for users.
func (a *Action) Words(text string) ([]string, error) {
	at := slices.IndexFunc(a.Params, func(p Param) bool { return p.Kind == Expression })
	if at < 0 {
		return Split(text)
	}
	var words []string
	text = strings.Trim(uncommented(text), blanks)
	for n := 0; text != ""; n++ { // the parameters before it, and others by their names
		word, rest, ok, err := firstWord(text)
		p := named(a.Params, word)
		if p == &a.Params[at] || p == nil && n >= at {
			break
		}
		if err != nil || !ok {
			return nil, err
		}
		words, text = append(words, word), strings.TrimLeft(rest, blanks)
	}
	text = strings.TrimLeft(strings.TrimPrefix(text, a.Params[at].Name+"="), blanks)
	var behind []string
	for i := len(a.Params) - 1; i >= 0; i-- {
		cut := strings.LastIndexAny(text, blanks)
		last := text[cut+1:]
		p := named(a.Params, last)
		if cut < 0 || p == &a.Params[at] || p == nil && (i <= at || a.Params[i].Check(last) != nil) {
			continue
		}
		behind, text = append(behind, last), strings.TrimRight(text[:cut], blanks)
	}
	slices.Reverse(behind)
	if text = unquoted(text); text != "" {
		words = append(words, a.Params[at].Name+"="+text)
	}
	return append(words, behind...), nil
}

// uncommented is a text up to a # that begins a word outside of quotes.
func uncommented(text string) string {
	quote := byte(0)
	for i := range len(text) {
		switch c := text[i]; {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'' || c == '`':
			quote = c
		case c == '#' && (i == 0 || strings.IndexByte(blanks, text[i-1]) >= 0):
			return text[:i]
		}
	}
	return text
}

// unquoted is an expression without the quotes that it is written in as a whole: text alone
// is nothing to filter, sort or colour by.
func unquoted(text string) string {
	if n := len(text); n >= 2 && (text[0] == '"' || text[0] == '\'') && text[n-1] == text[0] && strings.IndexByte(text[1:n-1], text[0]) < 0 {
		return strings.Trim(text[1:n-1], blanks)
	}
	return text
}

// Line finds an action and cuts what is written behind it into words. The errors are those
// of Parse.
func (r *Registry) Line(name, text string) (a *Action, words []string, err error) {
	if a = r.byName[name]; a == nil {
		return nil, nil, fmt.Errorf("%w: %q", ErrUnknown, name)
	}
	if words, err = a.Words(text); err != nil {
		return a, nil, &Error{a.ID, err}
	}
	return a, words, nil
}
