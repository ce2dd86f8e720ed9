package cli

import (
	"strings"

	"iceexplorer/app/export"
)

// formatFlags are --to and a flag for every option of the kinds that it takes.
func formatFlags(f *flags, kinds []*export.Kind) {
	f.string("to", "FORMAT", export.Names(kinds)+" (default "+kinds[0].Name+")")
	usage := map[string][]string{} // by option, of each format that has it
	for _, k := range kinds {
		for _, o := range k.Format.Options {
			usage[o.Name] = append(usage[o.Name], "for "+k.Format.Label+": "+o.Usage())
		}
	}
	for _, k := range kinds {
		for _, o := range k.Format.Options {
			text := strings.Join(usage[o.Name], "\n")
			switch delete(usage, o.Name); {
			case text == "": // declared for a kind before
			case o.Arg == "":
				f.bool(o.Name, text)
			default:
				f.string(o.Name, o.Arg, text)
			}
		}
	}
}

// parseFormat reads the flags that formatFlags declares: a kind, and the options chosen for it.
func parseFormat(f *flags, kinds []*export.Kind) (*export.Kind, map[string]string, error) {
	kind := kinds[0]
	if to := f.text("to"); to != "" {
		var ok bool
		if kind, ok = export.Find(kinds, to); !ok {
			return nil, nil, usagef("--to %q: want %s", to, export.Names(kinds))
		}
	}
	chosen := map[string]string{}
	for _, k := range kinds {
		for _, o := range k.Format.Options {
			if !f.isGiven(o.Name) {
				continue
			}
			if _, ok := kind.Format.Option(o.Name); !ok {
				return nil, nil, usagef("--%s is for %s: add --to %s", o.Name, k.Format.Label, k.Name)
			}
			chosen[o.Name] = f.set.Lookup(o.Name).Value.String()
		}
	}
	if _, err := kind.Format.Parse(chosen); err != nil {
		return nil, nil, usagef("--%v", err)
	}
	return kind, chosen, nil
}
