package mc

import (
	"bufio"
	"context"
	"encoding/binary"
	"errors"
	"math"
	"os"
	"path/filepath"
	"strings"

	"iceexplorer/cache/atomicfile"
	"iceexplorer/cache/export/record"
)

// files are those of a sequence. Under names of atomicfile's, which Sweep removes from a
// folder when the process is dead, until all of them are complete.
type files struct {
	all []pending
	now *file // the last
}

type pending struct{ name, target string }

// create begins the file that has the name of the description with an end in the place of its
// extension.
func (s *files) create(ctx context.Context, description, end string) (*file, error) {
	target := strings.TrimSuffix(description, filepath.Ext(description)) + end
	for _, path := range []string{description, target} {
		if st, err := os.Stat(path); err == nil && !st.Mode().IsRegular() {
			return nil, errNoFile
		}
	}
	p := pending{atomicfile.Name(description), target}
	f, err := os.OpenFile(p.name, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return nil, err
	}
	s.all = append(s.all, p)
	s.now = &file{ctx: ctx, f: f, w: bufio.NewWriterSize(f, 64<<10)}
	return s.now, nil
}

var errNoFile = errors.New("something that is not a file has this name")

// commit gives the files their names, the description last: whoever finds that finds all.
func (s *files) commit() error {
	for i, p := range s.all {
		if err := os.Rename(p.name, p.target); err != nil {
			s.all = s.all[i:]
			return err
		}
	}
	s.all = nil
	return nil
}

// discard removes what commit has not finished.
func (s *files) discard() {
	if s.now != nil {
		s.now.f.Close()
	}
	for _, p := range s.all {
		os.Remove(p.name)
	}
}

// file is a file of channels on its way. After an error nothing more is written.
type file struct {
	ctx  context.Context
	f    *os.File
	w    *bufio.Writer
	size int64
	err  error
}

// Write ends with the context.
func (f *file) Write(b []byte) (int, error) {
	if f.err == nil {
		f.err = f.ctx.Err()
	}
	if f.err != nil {
		return 0, f.err
	}
	n, err := f.w.Write(b)
	f.size, f.err = f.size+int64(n), err
	return n, err
}

func (f *file) close() error {
	if f.err == nil {
		f.err = f.w.Flush()
	}
	if f.err == nil {
		f.err = f.f.Sync()
	}
	if err := f.f.Close(); f.err == nil {
		f.err = err
	}
	return f.err
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
		if f.err = f.w.Flush(); f.err == nil {
			_, f.err = f.f.WriteAt(binary.BigEndian.AppendUint32(nil, uint32(at)), headBytes-4)
		}
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
		if err := values(f, c.rows, []record.Field{c.field}); f.err == nil {
			f.err = err
		}
	}
}
