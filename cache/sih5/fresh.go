package sih5

import (
	"os"

	"iceexplorer/cache"
)

// Fresh reports whether path is a .sih5 of the present state of source. It reads the
// header only, in about a quarter of the time of Open, so what follows it may still
// fail.
func Fresh(path, source string) bool {
	info, err := os.Stat(source)
	if err != nil {
		return false
	}
	if _, err := probe(path); err != nil {
		return false
	}
	var r rawFile
	err = exclusive(func() error {
		h, err := openFile(path)
		if err != nil {
			return err
		}
		defer h.Close()
		return r.readHeader(h)
	})
	src, ok := r.sourceState()
	return err == nil && ok && src.Matches(cache.StampOf(info))
}
