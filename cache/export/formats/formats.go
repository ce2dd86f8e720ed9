// Package formats lists the formats that the program writes frames in.
package formats

import (
	"iceexplorer/cache/export"
	"iceexplorer/cache/export/bgeo"
	"iceexplorer/cache/export/csv"
	"iceexplorer/cache/export/hdf"
	"iceexplorer/cache/export/icecache"
	"iceexplorer/cache/export/mc"
	"iceexplorer/cache/export/ndjson"
	"iceexplorer/cache/export/npz"
	"iceexplorer/cache/export/parquet"
	"iceexplorer/cache/export/ply"
	"iceexplorer/cache/export/prt"
	"iceexplorer/cache/export/sih5"
	"iceexplorer/cache/export/txt"
	"iceexplorer/cache/export/usda"
	"iceexplorer/cache/export/vtp"
)

// All are the formats; convert writes the first if it is not told. A new one is one line
// here.
func All() []export.Format {
	return []export.Format{
		sih5.Format(),
		icecache.Format(),
		csv.Format(),
		csv.TSV(),
		ndjson.Format(),
		ply.Format(),
		npz.Format(),
		parquet.Format(),
		vtp.Format(),
		hdf.Format(),
		usda.Format(),
		bgeo.Format(),
		mc.Format(),
		prt.Format(),
		txt.Format(),
	}
}
