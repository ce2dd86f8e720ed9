package sih5

import "os"

// SourceOf is the present state of a source file.
func SourceOf(path string) (Source, error) {
	info, err := os.Stat(path)
	if err != nil {
		return Source{}, err
	}
	return Source{Size: info.Size(), MTime: info.ModTime().UnixNano()}, nil
}

// Fresh reports whether path is a .sih5 of the present state of source. It reads the
// header only, in about a quarter of the time of Open, so what follows it may still
// fail.
func Fresh(path, source string) bool {
	now, err := SourceOf(source)
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
	return err == nil && ok && src == now
}
