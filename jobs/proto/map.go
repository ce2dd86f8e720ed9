package proto

import (
	"errors"
	"fmt"

	"github.com/edsrzf/mmap-go"

	"iceexplorer/cache"
	"iceexplorer/cache/pathname"
	"iceexplorer/cache/regular"
)

// Map maps the converted file of a and checks the index against it: a
// *cache.FormatError says that they do not fit. Errors do not name the file. closed, if
// not nil, is called when the frame has been closed and its mapping is gone.
func (a *Answer) Map(closed func()) (*cache.Frame, error) {
	f, err := regular.Open(a.File.Path)
	if err != nil {
		return nil, fmt.Errorf("open the converted file: %w", pathname.Reason(err))
	}
	defer f.Close()
	st, err := f.Stat()
	if err != nil {
		return nil, fmt.Errorf("open the converted file: %w", pathname.Reason(err))
	}
	if FileOf(a.File.Path, st) != *a.File || st.Size() == 0 {
		return nil, errors.New("the converted file was replaced while it was opened")
	}
	mem, err := mmap.Map(f, mmap.RDONLY, 0)
	if err != nil {
		return nil, fmt.Errorf("map the converted file: %w", err)
	}
	frame, err := cache.NewFrame(a.Index, mem, func() error {
		if closed != nil {
			defer closed()
		}
		return mem.Unmap()
	})
	if err != nil {
		return nil, errors.Join(err, mem.Unmap())
	}
	return frame, nil
}
