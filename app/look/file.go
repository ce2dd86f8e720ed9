package look

import (
	"fmt"

	"iceexplorer/cache/atomicfile"
	"iceexplorer/cache/pathname"
	"iceexplorer/cache/regular"
)

// Open reads a look from a file. The error is written for users.
func Open(path string) (Look, error) {
	f, err := regular.Open(path)
	if err != nil {
		return Look{}, told("open", err, path)
	}
	defer f.Close()
	l, err := Parse(f)
	if err != nil {
		return Look{}, told("open", err, path)
	}
	return l, nil
}

// Save writes the look to a file. The error is written for users.
func (l *Look) Save(path string) error {
	if err := atomicfile.Write(path, atomicfile.Options{}, l.Write); err != nil {
		return told("save", err, path)
	}
	return nil
}

// told says what could not be done with a file, with its path last.
func told(what string, err error, path string) error {
	return fmt.Errorf("%s display settings: %w: %s", what, pathname.Reason(err), pathname.Display(path))
}
