// Package icecache is Softimage's own format as one that frames are written in.
package icecache

import (
	"context"
	"slices"
	"strings"

	"iceexplorer/cache"
	"iceexplorer/cache/export"
	"iceexplorer/cache/icecache"
)

// Format declares it.
func Format() export.Format {
	return export.Format{
		Name: "icecache", Label: "an .icecache", Ext: ".icecache", For: "Softimage and what reads its caches",
		Options: []export.Option{
			{Name: "version", Arg: "N", Kind: export.Integer, Default: "103", Choices: []string{"100", "102", "103"}},
			{Name: "partio", Kind: export.Bool, Default: "false", Help: "lay files out as old versions of partio read them"},
			{Name: "canonical", Kind: export.Bool, Default: "false", Help: "spell names of attributes as Softimage does,\nPointPosition where it is pointposition"},
		},
		Write: write,
	}
}

func write(ctx context.Context, j *export.Job) error {
	frame := j.Frame
	if j.Options.Bool("canonical") {
		frame = canonical(frame)
	}
	return icecache.WriteFile(ctx, j.Path, frame, icecache.EncodeOptions{Version: uint32(j.Options.Integer("version")), Partio: j.Options.Bool("partio")})
}

// spelled are the names of Softimage's own attributes as it spells them.
var spelled = []string{
	"Age", "AgeLimit", "AngularVelocity", "Color", "Force", "ID", "Mass", "NbPoints", "Orientation", "PointNormal", "PointPosition", "PointVelocity", "Rotation",
	"Scale", "Shape", "ShapeInstanceTime", "Size", "State", "StateID", "StrandColor", "StrandCount", "StrandLength", "StrandOrientation", "StrandPosition",
	"StrandSize", "StrandUpVector", "StrandVelocity",
}

// canonical is a frame with its attributes' names spelled as Softimage does. Of several that
// would have one name the first has it. It lives as long as the frame does, and is not closed.
func canonical(frame *cache.Frame) *cache.Frame {
	taken := map[string]bool{}
	for _, a := range frame.Attributes {
		taken[a.Name] = true
	}
	out := &cache.Frame{Header: frame.Header, Storage: frame.Storage, Dialect: frame.Dialect, Warnings: frame.Warnings, Damage: frame.Damage}
	for _, a := range frame.Attributes {
		i := slices.IndexFunc(spelled, func(name string) bool { return strings.EqualFold(name, cache.TrimPadding(a.Name)) })
		if i >= 0 && !taken[spelled[i]] {
			taken[spelled[i]] = true
			renamed := *a
			renamed.Name = spelled[i]
			a = &renamed
		}
		out.Attributes = append(out.Attributes, a)
	}
	return out
}
