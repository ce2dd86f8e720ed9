package export

import (
	"fmt"
	"slices"
	"strconv"

	"iceexplorer/cache/unit"
)

// OptionKind is what values an option takes.
type OptionKind uint8

const (
	Text OptionKind = iota
	Bool
	Integer
	Number
)

// Option declares what can be chosen about a format's files.
type Option struct {
	Name    string // as command lines and scripts write it
	Arg     string // what stands for the value in help: N
	Help    string // what it does, in the middle of a sentence; "" where its choices say all
	Kind    OptionKind
	Default string
	Choices []string // nil: any value of the kind
}

// Some options are of the order, whatever its format: its points are turned before a Writer sees
// them. A format whose files tell of it declares the option, and its Writer says what is so.
// Verbs offer them once, not for each format.
const (
	UpOption  = "up"
	FPSOption = "fps"
)

// Up declares that files tell which axis points up.
func Up() Option {
	return Option{Name: UpOption, Arg: "AXIS", Help: "the axis that points up", Default: "y", Choices: []string{"y", "z"}}
}

// FPS declares that files tell how many frames make a second.
func FPS() Option {
	return Option{Name: FPSOption, Arg: "N", Help: "frames per second", Kind: Number, Default: "24"}
}

// OfOrder reports that the option is the order's, and a format is only told of it.
func (o *Option) OfOrder() bool { return o.Name == UpOption || o.Name == FPSOption }

// Usage is the option's help with its choices and its default.
func (o Option) Usage() string {
	text := o.Help
	if len(o.Choices) > 0 && text != "" {
		text += ", "
	}
	text += unit.OneOf(o.Choices)
	if o.Kind != Bool && o.Default != "" {
		text += " (default " + o.Default + ")"
	}
	return text
}

// value reads a value as it is written.
func (o *Option) value(text string) (v any, err error) {
	want := ""
	switch o.Kind {
	case Bool:
		v, err = strconv.ParseBool(text)
		want = "true or false"
	case Integer:
		v, err = strconv.ParseInt(text, 10, 64)
		want = "a whole number"
	case Number:
		v, err = strconv.ParseFloat(text, 64)
		want = "a number"
	default:
		v = text
	}
	if len(o.Choices) > 0 {
		want = unit.OneOf(o.Choices)
	}
	switch {
	case err != nil || o.Kind == Text && !o.may(text):
		return nil, fmt.Errorf("%s %q: want %s", o.Name, text, want)
	case !o.may(fmt.Sprint(v)):
		return nil, fmt.Errorf("%s %v: want %s", o.Name, v, want)
	}
	return v, nil
}

func (o *Option) may(text string) bool {
	return len(o.Choices) == 0 || slices.Contains(o.Choices, text)
}

// Values are a format's options as they were chosen, and the defaults of the others. To ask
// for an option that the format does not declare, or as another kind, is a fault of the
// Writer, which its first test meets.
type Values struct{ of map[string]any }

func (v Values) Text(name string) string    { return v.of[name].(string) }
func (v Values) Bool(name string) bool      { return v.of[name].(bool) }
func (v Values) Integer(name string) int64  { return v.of[name].(int64) }
func (v Values) Number(name string) float64 { return v.of[name].(float64) }

// Option is the format's option of a name.
func (f *Format) Option(name string) (*Option, bool) {
	for i := range f.Options {
		if f.Options[i].Name == name {
			return &f.Options[i], true
		}
	}
	return nil, false
}

// Parse reads what is chosen, option by name. The errors begin with the option's name where
// one is at fault.
func (f *Format) Parse(chosen map[string]string) (Values, error) {
	v := Values{of: map[string]any{}}
	for name := range chosen {
		if _, ok := f.Option(name); !ok {
			return v, fmt.Errorf("%s is not an option of %s", name, f.Label)
		}
	}
	for i := range f.Options {
		o := &f.Options[i]
		text, ok := chosen[o.Name]
		if !ok {
			text = o.Default
		}
		var err error
		if v.of[o.Name], err = o.value(text); err != nil {
			return v, err
		}
	}
	if f.Check == nil {
		return v, nil
	}
	return v, f.Check(v)
}
