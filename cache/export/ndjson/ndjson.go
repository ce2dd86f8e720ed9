// Package ndjson is points as lines of JSON, an object each, for scripts and databases.
package ndjson

import (
	"context"
	"io"

	"iceexplorer/cache/export"
	"iceexplorer/cache/export/cell"
	"iceexplorer/cache/export/names"
)

var target = names.Target{Format: "ndjson", Fits: names.PerPoint}

// Format declares it.
func Format() export.Format {
	return export.Format{
		Name: "ndjson", Label: "an .ndjson", Ext: ".ndjson", For: "scripts, databases",
		Options: names.Options(), Check: names.Check, Places: target.Places,
		Write: export.Stream(write),
	}
}

func write(_ context.Context, w io.Writer, j *export.Job) error {
	before, end := "{", "}\n"
	var cells []cell.Cell
	for _, c := range target.Choose(j.Frame.Index(), j.Options) {
		if c.As == nil {
			continue
		}
		a := j.Frame.Attributes[c.Column]
		name := string(cell.AppendQuoted(nil, c.As[0]))
		cells = append(cells, cell.Cell{Before: before + name + ":", Of: cell.JSON.Rows(a), Same: names.Repeated(&a.Column)})
		before = ","
	}
	if cells == nil {
		end = "{}\n"
	}
	return cell.Lines(w, nil, uint64(j.Frame.Header.Points), cells, end)
}
