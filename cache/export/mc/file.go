package mc

import (
	"encoding/binary"
	"errors"
	"math"

	"iceexplorer/cache/export/record"
	"iceexplorer/cache/export/several"
)

// file is a file of channels on its way. After an error nothing more is written.
type file struct {
	*several.File
	threads int
	size    int64
	err     error
}

// create begins the file that has the name of the description with an end in the place of its
// extension.
func (s *sequence) create(end string) (*file, error) {
	s.ends = append(s.ends, end)
	f, err := s.files.Create(s.ctx, s.job.Path, several.Beside(s.job.Path, end))
	return &file{File: f, threads: s.job.Threads}, err
}

func (f *file) Write(b []byte) (int, error) {
	if f.err != nil {
		return 0, f.err
	}
	n, err := f.File.Write(b)
	f.size, f.err = f.size+int64(n), err
	return n, err
}

func (f *file) close() error {
	err := f.File.Close()
	if f.err != nil {
		return f.err
	}
	return err
}

// chunk writes a tag, a size and bytes, with zeros up to a multiple of four.
func (f *file) chunk(tag string, data []byte) {
	b := binary.BigEndian.AppendUint32([]byte(tag), uint32(len(data)))
	b = append(b, data...)
	f.Write(append(b, make([]byte, (4-len(data)%4)%4)...))
}

func (f *file) number(tag string, n int32) {
	f.chunk(tag, binary.BigEndian.AppendUint32(nil, uint32(n)))
}

// begin writes what a group of chunks begins with; size is that of the chunks.
func (f *file) begin(kind string, size uint64) {
	b := binary.BigEndian.AppendUint32([]byte("FOR4"), uint32(4+size))
	f.Write(append(b, kind...))
}

const (
	numberBytes = 8 + 4              // of a chunk with a number
	headBytes   = 12 + 3*numberBytes // of the group that a file begins with
)

func (f *file) head(from, to int32) {
	f.begin("CACH", headBytes-12)
	f.chunk("VRSN", []byte("0.1\x00"))
	f.number("STIM", from)
	f.number("ETIM", to)
}

// ends tells in the header when the frames end.
func (f *file) ends(at int32) {
	if f.err == nil {
		_, f.err = f.WriteAt(binary.BigEndian.AppendUint32(nil, uint32(at)), headBytes-4)
	}
}

var errTooLarge = errors.New("more than 2 GB do not fit into an .mc")

// block writes the channels of a frame, and when it is in a file that has others.
func (f *file) block(at *int32, channels []channel) {
	size := uint64(0)
	if at != nil {
		size = numberBytes
	}
	for i := range channels {
		size += channels[i].bytes()
	}
	if size > math.MaxInt32-headBytes {
		f.err = errTooLarge
		return
	}
	f.begin("MYCH", size)
	if at != nil {
		f.number("TIME", *at)
	}
	for i := range channels {
		c := &channels[i]
		f.chunk("CHNM", append([]byte(c.name), 0))
		f.number("SIZE", int32(c.rows))
		f.Write(binary.BigEndian.AppendUint32([]byte(c.tag()), uint32(c.rows*uint64(c.field.Size))))
		if f.err != nil {
			return
		}
		values := record.Write
		if c.vector {
			values = record.WriteBigEndian
		}
		if err := values(f, f.threads, c.rows, []record.Field{c.field}); f.err == nil {
			f.err = err
		}
	}
}
