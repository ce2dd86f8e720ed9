package cli

import (
	"math"
	"strconv"
	"strings"

	"iceexplorer/app/export"
	"iceexplorer/app/inspect/expr"
	"iceexplorer/cache"
)

// parseExport is what the flags of export ask for.
func parseExport(f *flags, kinds []*export.Kind) (*export.Order, error) {
	if f.text("to") == "" {
		return nil, usagef("export needs a format: --to with %s", export.Names(kinds))
	}
	kind, chosen, err := parseFormat(f, kinds, ofExport...)
	if err != nil {
		return nil, err
	}
	order := &export.Order{Kind: kind, Options: export.Options{Chosen: chosen}}
	if order.Dir, err = folder(f); err != nil {
		return nil, err
	}
	if f.isGiven("name") {
		if order.Name, err = export.ParseTemplate(f.text("name")); err != nil {
			return nil, usagef("--name %v", err)
		}
	}
	if f.isGiven("frames") {
		if order.Frames, err = parseFrames(f.text("frames")); err != nil {
			return nil, err
		}
		order.Named = true
	}
	if f.isGiven("shard") {
		if order.Shard, err = parseShard(f.text("shard")); err != nil {
			return nil, err
		}
	}
	if f.isGiven("attrs") {
		order.Options.OnlyAttributes(kind.Format, f.text("attrs"))
	}
	if order.Options.Existing, err = parseExisting(f); err != nil {
		return nil, err
	}
	return order, parseChange(f, &order.Options)
}

func parseExisting(f *flags) (export.Existing, error) {
	existing, given := export.Refuse, 0
	for name, e := range map[string]export.Existing{"overwrite": export.Replace, "skip": export.Skip, "rename": export.Rename} {
		if f.isSet(name) {
			existing = e
			given++
		}
	}
	if given > 1 {
		return 0, usagef("--overwrite, --skip and --rename exclude each other")
	}
	return existing, nil
}

// parseShard reads 2/8.
func parseShard(s string) (export.Shard, error) {
	i, of, ok := strings.Cut(s, "/")
	a, errA := strconv.Atoi(strings.TrimSpace(i))
	b, errB := strconv.Atoi(strings.TrimSpace(of))
	if !ok || errA != nil || errB != nil || a < 1 || a > b {
		return export.Shard{}, usagef("--shard %q: want a share such as 2/8, from 1/8 to 8/8", s)
	}
	return export.Shard{I: a, Of: b}, nil
}

// parseChange reads what is to become of the frames.
func parseChange(f *flags, o *export.Options) error {
	c := &o.Change
	if _, err := expression(f, "where"); err != nil {
		return err
	}
	c.Where, c.Derive = f.text("where"), f.texts("derive")
	for _, text := range c.Derive {
		if _, of, ok := strings.Cut(text, "="); ok {
			if _, err := expr.Parse(of); err != nil {
				return faulty("derive", err)
			}
		}
	}
	var err error
	if c.Scale, err = positive(f, "scale", "a number above 0, such as 0.01"); err != nil {
		return err
	}
	if c.FPS, err = positive(f, "fps", "a number of frames per second"); err != nil {
		return err
	}
	if f.isGiven("offset") {
		n, ok := cache.ParseNumber(f.text("offset"))
		if !ok {
			return usagef("--offset %q: want a number of frames, such as 100 or -1", f.text("offset"))
		}
		o.Offset = n
	}
	if c.Up = f.text("up"); c.Up != "" && c.Up != "y" && c.Up != "z" {
		return usagef("--up %q: want y or z", c.Up)
	}
	if c.Kinds, err = parseKinds(f.text("kind")); err != nil {
		return err
	}
	if err := o.Check(); err != nil {
		return usagef("%v", err)
	}
	return nil
}

// positive is a flag's number above 0, or 0 if it was not given.
func positive(f *flags, name, want string) (float64, error) {
	if !f.isGiven(name) {
		return 0, nil
	}
	v, err := strconv.ParseFloat(f.text(name), 64)
	if err != nil || !(v > 0) || math.IsInf(v, 0) {
		return 0, usagef("--%s %q: want %s", name, f.text(name), want)
	}
	return v, nil
}

// parseKinds reads Rest=position,Radius=length.
func parseKinds(s string) (map[string]string, error) {
	var kinds map[string]string
	for part := range strings.SplitSeq(s, ",") {
		if part = strings.TrimSpace(part); part == "" {
			continue
		}
		name, kind, ok := strings.Cut(part, "=")
		if !ok || name == "" {
			return nil, usagef("--kind %q: want an attribute and its kind, such as Rest=position", part)
		}
		if kinds == nil {
			kinds = map[string]string{}
		}
		kinds[strings.TrimSpace(name)] = strings.TrimSpace(kind)
	}
	return kinds, nil
}
