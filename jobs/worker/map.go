package worker

import (
	"errors"
	"fmt"
	"os"

	"github.com/edsrzf/mmap-go"

	"iceexplorer/cache"
	"iceexplorer/jobs/proto"
)

// mapConverted maps the converted file of an index this process has made.
func mapConverted(l *proto.Loaded) (*cache.Frame, error) {
	f, err := os.Open(l.File)
	if err != nil {
		return nil, fmt.Errorf("open converted frame: %w", err)
	}
	defer f.Close()
	mem, err := mmap.Map(f, mmap.RDONLY, 0)
	if err != nil {
		return nil, fmt.Errorf("map converted frame: %w: %s", err, l.File)
	}
	frame, err := cache.NewFrame(l.Index, mem, mem.Unmap)
	if err != nil {
		return nil, errors.Join(err, mem.Unmap())
	}
	return frame, nil
}
