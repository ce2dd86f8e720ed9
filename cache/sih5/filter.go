package sih5

import (
	"fmt"
	"strings"

	"iceexplorer/cache"
)

// filterName is how a filter of HDF5 is called, by its registered number, else by what
// a file calls it.
func filterName(id int, inFile string) string {
	names := map[int]string{
		4: "szip", 305: "lzo", 307: "bzip2", 32000: "lzf", 32001: "blosc", 32004: "lz4", 32008: "bitshuffle", 32013: "zfp",
		32015: "zstd", 32017: "sz", 32026: "blosc2",
	}
	if n := names[id]; n != "" {
		return n
	}
	printable := strings.Map(func(r rune) rune {
		if r < ' ' || r > '~' {
			return -1
		}
		return r
	}, inFile)
	if printable = strings.TrimSpace(printable); printable != "" {
		return fmt.Sprintf("%s (filter %d)", printable, id)
	}
	return fmt.Sprintf("filter %d", id)
}

// explain says why reading the dataset failed, where a filter is all that is missing.
// Of all chunks but the first that shows only then: they may do without.
func (d *dataset) explain(part int, err error) error {
	if d.lacking == "" {
		return err
	}
	return &cache.UnsupportedError{Msg: fmt.Sprintf("%s is compressed with %s, which", partNames[part], d.lacking)}
}
