// Package icecache is Softimage's own format as one that frames are written in.
package icecache

import (
	"context"

	"iceexplorer/cache/export"
	"iceexplorer/cache/icecache"
)

// Format declares it.
func Format() export.Format {
	return export.Format{
		Name: "icecache", Label: "an .icecache", Ext: ".icecache",
		Options: []export.Option{
			{Name: "version", Arg: "N", Kind: export.Integer, Default: "103", Choices: []string{"100", "102", "103"}},
		},
		Write: write,
	}
}

func write(ctx context.Context, j *export.Job) error {
	return icecache.WriteFile(ctx, j.Path, j.Frame, icecache.EncodeOptions{Version: uint32(j.Options.Integer("version"))})
}
