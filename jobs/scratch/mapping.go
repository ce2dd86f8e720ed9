package scratch

import (
	"errors"
	"fmt"
	"os"

	"github.com/edsrzf/mmap-go"
)

// Mapping is a worker's mapping of a scratch file.
type Mapping struct {
	mem  mmap.MMap
	file *os.File // nil where the mapping does not need it
}

// mapOpen maps a file that is open, and closes it.
func mapOpen(f *os.File, size uint64) (*Mapping, error) {
	m, err := mapFile(f, size)
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	if mappingNeedsFile {
		return &Mapping{m, f}, nil
	}
	if err := f.Close(); err != nil {
		return nil, errors.Join(err, m.Unmap())
	}
	return &Mapping{mem: m}, nil
}

func mapFile(f *os.File, size uint64) (mmap.MMap, error) {
	st, err := f.Stat()
	if err != nil {
		return nil, fmt.Errorf("open scratch file: %w", err)
	}
	if uint64(st.Size()) < size || size == 0 {
		return nil, fmt.Errorf("scratch file has %d bytes, not %d", st.Size(), size)
	}
	m, err := mmap.MapRegion(f, int(size), mmap.RDWR, 0, 0)
	if err != nil {
		return nil, fmt.Errorf("map scratch file: %w", err)
	}
	advise(m)
	populate(m)
	return m, nil
}

// Bytes is the mapping.
func (m *Mapping) Bytes() []byte { return m.mem }

// Close unmaps.
func (m *Mapping) Close() error {
	err := m.mem.Unmap()
	if m.file != nil {
		err = errors.Join(err, m.file.Close())
	}
	return err
}
