// Package writers is the list of package formats with the Writers that link C libraries,
// which declarations do not: of all processes only workers use it.
package writers

import (
	"context"

	"iceexplorer/cache/export"
	"iceexplorer/cache/export/formats"
	"iceexplorer/cache/sih5"
)

// All are the formats with all their Writers.
func All() []export.Format {
	list := formats.All()
	for i := range list {
		switch list[i].Name {
		case "sih5":
			list[i].Write = writeSIH5
		case "hdf":
			list[i].Write = writeHDF
		}
	}
	return list
}

func writeSIH5(ctx context.Context, j *export.Job) error {
	_, err := sih5.Write(ctx, j.Path, j.Frame, j.Source, sih5.WriteOptions{Writer: j.Program, Linked: true})
	return err
}
