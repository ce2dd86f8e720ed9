package export

import (
	"maps"
	"strconv"
	"strings"

	"iceexplorer/app/export/reshape"
	"iceexplorer/cache/export"
	"iceexplorer/cache/pathname"
	"iceexplorer/jobs"
)

// Check finds what is wrong with the change, whatever the frames.
func (o *Options) Check() error { return reshape.Check(&o.Change) }

// OnlyAttributes has the files hold these attributes alone, in this order: A, B.
func (o *Options) OnlyAttributes(f *export.Format, names string) {
	if _, ok := f.Option("attrs"); ok {
		o.Chosen = with(o.Chosen, "attrs", names)
		return
	}
	for name := range strings.SplitSeq(names, ",") {
		if name = strings.TrimSpace(name); name != "" {
			o.Change.Attrs = append(o.Change.Attrs, name)
		}
	}
}

// change is what workers change about the frames of an input; nil: nothing.
func (o *Options) change(in *Input) *jobs.Change {
	c := &o.Change
	if in.Selected != "" {
		of := *c
		of.Selected = pathname.Text(in.Selected)
		return &of
	}
	if c.Where == "" && len(c.Derive)+len(c.Attrs) == 0 && (c.Scale == 0 || c.Scale == 1) && c.Up != "z" {
		return nil
	}
	return c
}

// chosen are the options of a format with those that it is told of.
func (o *Options) chosen(f *export.Format) map[string]string {
	out := o.Chosen
	if _, ok := f.Option(export.UpOption); ok && o.Change.Up != "" {
		out = with(out, export.UpOption, o.Change.Up)
	}
	if _, ok := f.Option(export.FPSOption); ok && o.Change.FPS > 0 {
		out = with(out, export.FPSOption, strconv.FormatFloat(o.Change.FPS, 'g', -1, 64))
	}
	return out
}

func with(m map[string]string, name, value string) map[string]string {
	out := maps.Clone(m)
	if out == nil {
		out = map[string]string{}
	}
	out[name] = value
	return out
}
