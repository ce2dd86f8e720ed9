package cli

import (
	"errors"
	"io"
	"strconv"
	"strings"

	"github.com/spf13/pflag"

	"iceexplorer/app/inspect/expr"
	"iceexplorer/cache/unit"
)

// flags are a verb's flags and the arguments left over. Flags may stand before and
// after other arguments, long ones with one dash or two; after "--" nothing is a flag.
type flags struct {
	set  *pflag.FlagSet
	help []flagHelp // in the order of the help text
	args []string
}

// flagHelp is a flag's line in the help text. name has its dashes.
type flagHelp struct{ name, value, text string }

func newFlags() *flags {
	set := pflag.NewFlagSet("", pflag.ContinueOnError)
	set.SetOutput(io.Discard)
	set.Usage = func() {}
	return &flags{set: set}
}

func (f *flags) note(name, value, text string) {
	f.help = append(f.help, flagHelp{"--" + name, value, text})
}

func (f *flags) bool(name, text string) {
	f.note(name, "", text)
	f.set.Bool(name, false, "")
}

func (f *flags) string(name, value, text string) {
	f.note(name, value, text)
	f.set.String(name, "", "")
}

// output is where a verb writes to: -o or --output.
func (f *flags) output(value, text string) {
	f.help = append(f.help, flagHelp{"-o, --output", value, text})
	f.set.StringP("output", "o", "", "")
}

// list is a string that may be given several times.
func (f *flags) list(name, value, text string) {
	f.note(name, value, text)
	f.set.StringArray(name, nil, "")
}

// number is a whole number, at least least.
func (f *flags) number(name, value string, least uint64, text string) {
	f.note(name, value, text)
	f.set.Var(&numberFlag{least: least}, name, "")
}

// bytes is a number of bytes with an optional unit.
func (f *flags) bytes(name, value, text string) {
	f.note(name, value, text)
	f.set.Var(new(bytesFlag), name, "")
}

// declared is a flag's value. A name or type that was not declared is a bug in the verb,
// which its first test finds.
func declared[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func (f *flags) isSet(name string) bool     { return declared(f.set.GetBool(name)) }
func (f *flags) text(name string) string    { return declared(f.set.GetString(name)) }
func (f *flags) texts(name string) []string { return declared(f.set.GetStringArray(name)) }

// isGiven reports that the flag stands on the command line.
func (f *flags) isGiven(name string) bool { return f.set.Changed(name) }

// num is 0 if the flag was not given.
func (f *flags) num(name string) uint64 {
	switch v := f.set.Lookup(name).Value.(type) {
	case *numberFlag:
		return v.n
	case *bytesFlag:
		return uint64(*v)
	}
	panic("no number: --" + name)
}

// parse reads the command line; help reports that it was asked for.
func (f *flags) parse(args []string) (help bool, err error) {
	err = f.set.Parse(f.twoDashes(typed(args)))
	if errors.Is(err, pflag.ErrHelp) {
		return true, nil
	}
	f.args = f.set.Args()
	if err != nil {
		return false, usagef("%s", f.message(err))
	}
	return false, nil
}

// twoDashes adds the second dash to long flags that were written with one, as Go's own
// programs take them.
func (f *flags) twoDashes(args []string) []string {
	out := make([]string, len(args))
	for i, a := range args {
		if a == "--" {
			copy(out[i:], args[i:])
			break
		}
		out[i] = a
		name, _, _ := strings.Cut(strings.TrimPrefix(a, "-"), "=")
		if len(name) > 1 && (name == "help" || f.set.Lookup(name) != nil) && a[0] == '-' && a[1] != '-' {
			out[i] = "-" + a
		}
	}
	return out
}

// message says what is wrong with the command line in our words.
func (f *flags) message(err error) string {
	var unknown *pflag.NotExistError
	var lacks *pflag.ValueRequiredError
	var invalid *pflag.InvalidValueError
	switch {
	case errors.As(err, &unknown):
		var names []string
		f.set.VisitAll(func(have *pflag.Flag) { names = append(names, have.Name) })
		hint := ""
		if name := unknown.GetSpecifiedName(); len(name) > 1 {
			hint = strings.Replace(expr.Suggest(name, names), "did you mean ", "did you mean --", 1)
		}
		return "unknown flag " + dashes(unknown.GetSpecifiedName()) + hint
	case errors.As(err, &lacks):
		return dashes(lacks.GetSpecifiedName()) + " needs a value"
	case errors.As(err, &invalid):
		return dashes(invalid.GetFlag().Name) + " " + strconv.Quote(invalid.GetValue()) + ": " + errors.Unwrap(invalid).Error()
	}
	return err.Error()
}

func dashes(name string) string {
	if len(name) == 1 {
		return "-" + name
	}
	return "--" + name
}

type numberFlag struct{ n, least uint64 }

func (f *numberFlag) String() string { return strconv.FormatUint(f.n, 10) }
func (f *numberFlag) Type() string   { return "number" }
func (f *numberFlag) Set(s string) error {
	n, err := strconv.ParseUint(s, 10, 63)
	if err != nil || n < f.least {
		return errors.New("want a whole number from " + strconv.FormatUint(f.least, 10))
	}
	f.n = n
	return nil
}

type bytesFlag uint64

func (b *bytesFlag) String() string { return strconv.FormatUint(uint64(*b), 10) }
func (b *bytesFlag) Type() string   { return "bytes" }
func (b *bytesFlag) Set(s string) error {
	n, ok := unit.ParseBytes(s)
	if !ok || n == 0 {
		return errors.New("want a number of bytes such as 500M or 16G")
	}
	*b = bytesFlag(n)
	return nil
}
