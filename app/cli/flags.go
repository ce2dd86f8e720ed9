package cli

import (
	"errors"
	"flag"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
)

// flags are a verb's flags and the arguments left over. Flags may stand before and
// after other arguments, with one dash or two; after "--" nothing is a flag.
type flags struct {
	set  *flag.FlagSet
	help []flagHelp // in the order of the help text
	args []string
}

type flagHelp struct{ name, value, text string }

func newFlags() *flags {
	set := flag.NewFlagSet("", flag.ContinueOnError)
	set.SetOutput(io.Discard)
	set.Usage = func() {}
	return &flags{set: set}
}

func (f *flags) note(name, value, text string) {
	f.help = append(f.help, flagHelp{name, value, text})
}

func (f *flags) bool(name, text string) {
	f.note(name, "", text)
	f.set.Bool(name, false, "")
}

func (f *flags) string(name, value, text string) {
	f.note(name, value, text)
	f.set.String(name, "", "")
}

// list is a string that may be given several times.
func (f *flags) list(name, value, text string) {
	f.note(name, value, text)
	f.set.Var(&stringList{}, name, "")
}

// number is a whole number of at least least.
func (f *flags) number(name, value string, least uint64, text string) {
	f.note(name, value, text)
	f.set.Var(&numberFlag{least: least}, name, "")
}

// bytes is a number of bytes with an optional unit.
func (f *flags) bytes(name, value, text string) {
	f.note(name, value, text)
	f.set.Var(new(bytesFlag), name, "")
}

func (f *flags) value(name string) any { return f.set.Lookup(name).Value.(flag.Getter).Get() }

func (f *flags) isSet(name string) bool     { return f.value(name).(bool) }
func (f *flags) text(name string) string    { return f.value(name).(string) }
func (f *flags) texts(name string) []string { return f.value(name).([]string) }

// isGiven reports that the flag stands on the command line.
func (f *flags) isGiven(name string) (given bool) {
	f.set.Visit(func(g *flag.Flag) { given = given || g.Name == name })
	return given
}

// num is 0 if the flag was not given.
func (f *flags) num(name string) uint64 { return f.value(name).(uint64) }

// parse reads the command line; help reports that it was asked for.
func (f *flags) parse(args []string) (help bool, err error) {
	var rest []string
	if i := slices.Index(args, "--"); i >= 0 {
		args, rest = args[:i], args[i+1:]
	}
	for {
		if err := f.set.Parse(args); err != nil {
			if errors.Is(err, flag.ErrHelp) {
				return true, nil
			}
			return false, usagef("%s", flagMessage(err))
		}
		args = f.set.Args()
		if len(args) == 0 {
			break
		}
		f.args = append(f.args, args[0])
		args = args[1:]
	}
	f.args = append(f.args, rest...)
	return false, nil
}

// flagMessage says what package flag says in our words.
func flagMessage(err error) string {
	text := err.Error()
	if name, ok := strings.CutPrefix(text, "flag provided but not defined: -"); ok {
		return "unknown flag " + dashes(name)
	}
	if name, ok := strings.CutPrefix(text, "flag needs an argument: -"); ok {
		return dashes(name) + " needs a value"
	}
	// invalid value "x" for flag -jobs: reason; invalid boolean value "x" for -json: reason
	if head, reason, ok := strings.Cut(text, ": "); ok && strings.Contains(head, " -") && strings.HasPrefix(head, "invalid") {
		name := head[strings.LastIndex(head, " -")+2:]
		if value, err := strconv.QuotedPrefix(head[max(strings.IndexByte(head, '"'), 0):]); err == nil {
			return dashes(name) + " " + value + ": " + reason
		}
	}
	return text
}

func dashes(name string) string {
	name = strings.TrimLeft(name, "-")
	if len(name) == 1 {
		return "-" + name
	}
	return "--" + name
}

type stringList []string

func (l *stringList) String() string     { return strings.Join(*l, ",") }
func (l *stringList) Get() any           { return []string(*l) }
func (l *stringList) Set(s string) error { *l = append(*l, s); return nil }

type numberFlag struct{ n, least uint64 }

func (f *numberFlag) String() string { return strconv.FormatUint(f.n, 10) }
func (f *numberFlag) Get() any       { return f.n }
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
func (b *bytesFlag) Get() any       { return uint64(*b) }
func (b *bytesFlag) Set(s string) error {
	n, ok := parseBytes(s)
	if !ok || n == 0 {
		return errors.New("want a number of bytes such as 500M or 16G")
	}
	*b = bytesFlag(n)
	return nil
}

// parseBytes reads 4096, 64K, 1.5G: units are powers of 1024, "B" and "iB" may
// follow them.
func parseBytes(s string) (uint64, bool) {
	upper := strings.TrimSuffix(strings.TrimSuffix(strings.ToUpper(s), "B"), "I")
	unit := 1.0
	if i := strings.IndexByte("KMGT", last(upper)); i >= 0 && upper != "" {
		unit = math.Pow(1024, float64(i+1))
		upper = upper[:len(upper)-1]
	}
	n, err := strconv.ParseFloat(upper, 64)
	if err != nil || !(n >= 0) || n*unit >= 1<<62 {
		return 0, false
	}
	return uint64(n * unit), true
}

func last(s string) byte {
	if s == "" {
		return 0
	}
	return s[len(s)-1]
}
