package action

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"iceexplorer/cache"
)

// Kind is what a parameter's value must be.
type Kind uint8

const (
	Text       Kind = iota
	Path            // of a file or folder
	Number          // a finite number
	Integer         // a whole number
	Frame           // the number of a frame, such as 12 or 101.25
	Choice          // one of Choices
	Switch          // on or off; if not given, it is toggled
	Color           // RRGGBB, hexadecimal
	Expression      // text that is taken as it is written, quotes and blanks too; one parameter at most
)

// Param is one parameter of an action. Scripts write values in the order of the
// parameters, or as NAME=VALUE in any place.
type Param struct {
	Name     string // "frame": lower case letters, digits and dashes
	Kind     Kind
	Optional bool // only optional ones may follow
	Many     bool // takes all remaining values; only the last parameter may

	Min, Max float64         // of Number and Integer, if they differ
	Choices  []string        // of Choice
	Suggest  func() []string // values to complete from, though others are allowed; nil: none
	Help     string          // what it means, its unit; without a full stop
}

// Usage is how the parameter is written in a list of them: FRAME, [x|y|z], PATH...
func (p *Param) Usage() string {
	text := strings.ToUpper(p.Name)
	switch {
	case p.Kind == Choice:
		text = strings.Join(p.Choices, "|")
	case p.Kind == Switch:
		text = "on|off"
	}
	if p.Many {
		text += "..."
	}
	if p.Optional {
		text = "[" + text + "]"
	}
	return text
}

// Completions are the values that can be offered, nil if there are none to offer.
func (p *Param) Completions() []string {
	switch {
	case p.Kind == Choice:
		return p.Choices
	case p.Kind == Switch:
		return []string{"on", "off"}
	case p.Suggest != nil:
		return p.Suggest()
	}
	return nil
}

// Check reports whether a value can be the parameter's. The error is for users.
func (p *Param) Check(text string) error {
	_, err := p.parse(text)
	return err
}

func (p *Param) parse(text string) (any, error) {
	bad := func(want string) (any, error) { return nil, fmt.Errorf("%s %q: want %s", p.Name, text, want) }
	switch p.Kind {
	case Frame:
		n, ok := cache.ParseNumber(text)
		if !ok {
			return bad(p.wanted())
		}
		return n, nil
	case Number, Integer:
		v, err := strconv.ParseFloat(text, 64)
		whole := p.Kind == Integer
		if err != nil || math.IsNaN(v) || math.IsInf(v, 0) || whole && v != math.Trunc(v) || p.Min != p.Max && (v < p.Min || v > p.Max) {
			return bad(p.wanted())
		}
		return v, nil
	case Choice:
		if !slices.Contains(p.Choices, text) {
			return bad("one of " + strings.Join(p.Choices, ", "))
		}
	case Switch:
		if text != "on" && text != "off" {
			return bad("on or off")
		}
	case Color:
		n, err := strconv.ParseUint(text, 16, 32)
		if err != nil || len(text) != 6 {
			return bad("RRGGBB, such as ff8800")
		}
		return [3]float32{float32(n>>16) / 255, float32(n>>8&0xff) / 255, float32(n&0xff) / 255}, nil
	}
	return text, nil
}

// wanted says which numbers are allowed.
func (p *Param) wanted() string {
	text := map[Kind]string{Number: "a number", Integer: "a whole number", Frame: "the number of a frame"}[p.Kind]
	if p.Min != p.Max {
		if math.IsInf(p.Max, 1) {
			return fmt.Sprintf("%s from %g", text, p.Min)
		}
		return fmt.Sprintf("%s from %g to %g", text, p.Min, p.Max)
	}
	return text
}

// Args are the values of an action's parameters, by name. Menus and keys pass the zero
// value, which holds none.
type Args struct {
	values map[string][]any
}

// Has reports whether a parameter was given.
func (a Args) Has(name string) bool { return len(a.values[name]) > 0 }

// Text is the value of a Text, Path, Choice or Expression, "" if it was not given.
func (a Args) Text(name string) string { return first[string](a, name) }

// Number is the value of a Number or Integer, 0 if it was not given.
func (a Args) Number(name string) float64 { return first[float64](a, name) }

// Integer is the value of an Integer, 0 if it was not given.
func (a Args) Integer(name string) int { return int(first[float64](a, name)) }

// Frame is the value of a Frame, 0 if it was not given.
func (a Args) Frame(name string) cache.Number { return first[cache.Number](a, name) }

// Color is the value of a Color, each component from 0 to 1.
func (a Args) Color(name string) [3]float32 { return first[[3]float32](a, name) }

// Switch is the value of a Switch; if it was not given, the opposite of now.
func (a Args) Switch(name string, now bool) bool {
	if !a.Has(name) {
		return !now
	}
	return first[string](a, name) == "on"
}

// Texts are the values of a Text or Path that takes many.
func (a Args) Texts(name string) []string {
	var out []string
	for _, v := range a.values[name] {
		out = append(out, v.(string))
	}
	return out
}

func first[T any](a Args, name string) (v T) {
	if vs := a.values[name]; len(vs) > 0 {
		v = vs[0].(T)
	}
	return v
}

// Usage is how the action is written in a script: goto FRAME.
func (a *Action) Usage() string {
	text := a.ID
	for i := range a.Params {
		text += " " + a.Params[i].Usage()
	}
	return text
}

// Needs reports whether the action cannot be carried out without a value.
func (a *Action) Needs() bool {
	return slices.ContainsFunc(a.Params, func(p Param) bool { return !p.Optional })
}

// Parse reads the words that a script or the palette has written behind the
// action. The error is for users.
func (a *Action) Parse(words []string) (Args, error) {
	params := a.Params
	args := Args{map[string][]any{}}
	next := 0
	for _, word := range words {
		p := named(params, word)
		if p != nil {
			word = word[len(p.Name)+1:]
		} else {
			for next < len(params) && !params[next].Many && args.Has(params[next].Name) {
				next++
			}
			if next == len(params) {
				if len(params) == 0 {
					return Args{}, fmt.Errorf("%s takes no arguments: %q", a.ID, strings.Join(words, " "))
				}
				return Args{}, fmt.Errorf("%q is one value too many: write %s", word, a.Usage())
			}
			p = &params[next]
		}
		v, err := p.parse(word)
		if err != nil {
			return Args{}, fmt.Errorf("%s: %w", a.ID, err)
		}
		if args.Has(p.Name) && !p.Many {
			return Args{}, fmt.Errorf("%s: %s is given twice", a.ID, p.Name)
		}
		args.values[p.Name] = append(args.values[p.Name], v)
	}
	for i := range a.Params {
		if p := &a.Params[i]; !p.Optional && !args.Has(p.Name) {
			return Args{}, fmt.Errorf("%s needs %s: write %s", a.ID, strings.ToUpper(p.Name), a.Usage())
		}
	}
	return args, nil
}

// named is the parameter that a word of the form NAME=VALUE gives, nil if it gives
// none.
func named(params []Param, word string) *Param {
	name, _, ok := strings.Cut(word, "=")
	if !ok {
		return nil
	}
	for i := range params {
		if params[i].Name == name {
			return &params[i]
		}
	}
	return nil
}

// checkParams finds faults in the declaration of an action's parameters.
func (a *Action) checkParams() error {
	params := a.Params
	for i, p := range params {
		switch {
		case !validName(p.Name):
			return fmt.Errorf("bad parameter name %q", p.Name)
		case slices.ContainsFunc(params[:i], func(q Param) bool { return q.Name == p.Name }):
			return fmt.Errorf("two parameters %q", p.Name)
		case p.Kind == Choice && len(p.Choices) == 0:
			return fmt.Errorf("no choices for %q", p.Name)
		case p.Kind == Expression && (p.Many || slices.ContainsFunc(params[:i], func(q Param) bool { return q.Kind == Expression })):
			return fmt.Errorf("%q is one expression of many", p.Name)
		case p.Many && i < len(params)-1:
			return fmt.Errorf("parameters follow %q, which takes many", p.Name)
		case i > 0 && params[i-1].Optional && !p.Optional:
			return fmt.Errorf("parameter %q follows an optional one", p.Name)
		}
	}
	return nil
}
