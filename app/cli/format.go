package cli

import (
	"slices"
	"strings"

	"iceexplorer/app/export"
	formats "iceexplorer/cache/export"
)

// formatFlags are --to and a flag for every option of the kinds that it takes, but for those
// that are the order's or the verb's own.
func formatFlags(f *flags, kinds []*export.Kind, own ...string) {
	text := export.Names(kinds)
	if len(own) == 0 {
		text += " (default " + kinds[0].Name + ")"
	}
	f.string("to", "FORMAT", text)
	usage := usages(kinds)
	for _, k := range kinds {
		for _, o := range k.Format.Options {
			text := strings.Join(usage[o.Name], "\n")
			switch delete(usage, o.Name); {
			case o.OfOrder() || slices.Contains(own, o.Name):
			case text == "": // declared for a kind before
			case o.Arg == "":
				f.bool(o.Name, text)
			default:
				f.string(o.Name, o.Arg, text)
			}
		}
	}
}

// usages say of each option what it is about, and once what is the same for several formats.
func usages(kinds []*export.Kind) map[string][]string {
	type use struct{ option, text string }
	formats, order := map[use][]*export.Kind{}, []use{}
	for _, k := range kinds {
		for _, o := range k.Format.Options {
			u := use{o.Name, o.Usage()}
			if formats[u] == nil {
				order = append(order, u)
			}
			formats[u] = append(formats[u], k)
		}
	}
	usage := map[string][]string{}
	for _, u := range order {
		text := "for " + formats[u][0].Format.Label + ": " + u.text
		if len(formats[u]) > 1 {
			text = "for " + strings.Replace(export.Names(formats[u]), " or ", " and ", 1) + ":\n" + u.text
		}
		usage[u.option] = append(usage[u.option], text)
	}
	return usage
}

// notOf says which kinds an option is for.
func notOf(o *formats.Option, kinds []*export.Kind) error {
	with := slices.DeleteFunc(slices.Clone(kinds), func(k *export.Kind) bool {
		_, ok := k.Format.Option(o.Name)
		return !ok
	})
	if len(with) == 1 {
		return usagef("--%s is for %s: add --to %s", o.Name, with[0].Format.Label, with[0].Name)
	}
	return usagef("--%s is for other formats: add --to with %s", o.Name, export.Names(with))
}

// readBy says which formats a program of a name reads, for those who give that in the place of a format's.
func readBy(kinds []*export.Kind, program string) string {
	if strings.EqualFold(program, "abc") || strings.EqualFold(program, "alembic") {
		return "; Alembic cannot be written, and usda, ply and mc lead to the same programs"
	}
	of := slices.DeleteFunc(slices.Clone(kinds), func(k *export.Kind) bool {
		return !slices.ContainsFunc(strings.FieldsFunc(k.Format.For, func(r rune) bool { return r == ',' || r == ' ' || r == '(' || r == ')' }), func(word string) bool {
			return strings.EqualFold(word, program)
		})
	})
	if len(of) == 0 {
		return ""
	}
	return "; for " + program + " there is " + export.Names(of)
}

// parseFormat reads the flags that formatFlags declares: a kind, and the options chosen for it.
func parseFormat(f *flags, kinds []*export.Kind, own ...string) (*export.Kind, map[string]string, error) {
	kind := kinds[0]
	if to := f.text("to"); to != "" {
		var ok bool
		if kind, ok = export.Find(kinds, to); !ok {
			return nil, nil, usagef("--to %q: want %s%s", to, export.Names(kinds), readBy(kinds, to))
		}
	}
	chosen := map[string]string{}
	for _, k := range kinds {
		for _, o := range k.Format.Options {
			if o.OfOrder() || slices.Contains(own, o.Name) || !f.isGiven(o.Name) {
				continue
			}
			if _, ok := kind.Format.Option(o.Name); !ok {
				return nil, nil, notOf(&o, kinds)
			}
			chosen[o.Name] = f.set.Lookup(o.Name).Value.String()
		}
	}
	if _, err := kind.Format.Parse(chosen); err != nil {
		return nil, nil, usagef("--%v", err)
	}
	return kind, chosen, nil
}
