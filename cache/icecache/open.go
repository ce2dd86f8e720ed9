package icecache

import (
	"cmp"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"

	"iceexplorer/cache"
	"iceexplorer/cache/filemap"
	"iceexplorer/cache/inflate"
	"iceexplorer/cache/pathname"
	"iceexplorer/cache/regular"
)

// Options of reading.
type Options struct {
	// MaxBytes bounds the columns, the decompressed stream and the file, in bytes
	// each. 0 is DefaultMaxBytes.
	MaxBytes uint64
	// NoRanges leaves the columns unmeasured.
	NoRanges bool
	// Threads is how many goroutines may decompress one huge file: more than 1 are
	// only worth it on cores that are idle. 0 is 1.
	Threads int
}

// DefaultMaxBytes is the bound where none is given: 16 GiB.
const DefaultMaxBytes = 16 << 30

// Decoder reads files one after the other and keeps its buffers between them: memory
// that was used before is faster. The zero value is ready. It is not safe for
// concurrent use.
type Decoder struct {
	file   []byte // contents of files that are not mapped
	stream []byte // decompressed
}

// Open reads the file at path and finds out what is in it and where. It writes no
// column yet. Errors that the file is to blame for are a *cache.FormatError or a
// *cache.UnsupportedError, wrapped.
func (d *Decoder) Open(ctx context.Context, path string, opt Options) (*File, error) {
	opt = opt.withDefaults()
	var f *File
	err := d.contents(path, opt, func(src []byte, lent bool) (err error) {
		f, err = d.openLent(ctx, src, lent, opt)
		return err
	})
	if err != nil {
		return nil, decodeError(err, path)
	}
	f.path = path
	return f, nil
}

// openLent is open for what may be lent. A file that was compressed a moment ago may
// be written anew: its contents themselves would be kept then, beyond the mapping.
func (d *Decoder) openLent(ctx context.Context, src []byte, lent bool, opt Options) (*File, error) {
	f, err := d.open(ctx, src, opt)
	if err == nil && lent && len(f.stream) > 0 && &f.stream[0] == &src[0] {
		return nil, filemap.ErrUnavailable
	}
	return f, err
}

// OpenBytes is Open for the contents of a file. src must not be changed as long as
// the File is used.
func (d *Decoder) OpenBytes(ctx context.Context, src []byte, opt Options) (*File, error) {
	f, err := d.open(ctx, src, opt.withDefaults())
	if err != nil {
		return nil, decodeError(err, "")
	}
	return f, nil
}

func (o Options) withDefaults() Options {
	if o.MaxBytes == 0 {
		o.MaxBytes = DefaultMaxBytes
	}
	return o
}

// mapMin is the size from which compressed files are mapped: setting a mapping up
// and taking it down costs as much as reading less.
const mapMin = 1 << 20

// contents calls use with what is in the file. Compressed contents, which are not
// needed any more once they are inflated, may be lent: a mapping that ends with the
// call. Others are in d.file. Use may refuse what is lent by filemap.ErrUnavailable.
// Files that can't be a cache are not read further than to see that.
func (d *Decoder) contents(path string, opt Options, use func(src []byte, lent bool) error) error {
	f, err := openRegular(path)
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return pathname.Step(err)
	}
	size := uint64(info.Size())
	if size > opt.MaxBytes {
		return tooLarge(size, opt.MaxBytes)
	}
	var start [16]byte
	n, err := io.ReadFull(f, start[:min(size, uint64(len(start)))])
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return pathname.Step(err)
	}
	if !inflate.IsGzip(start[:n]) && (n < len(magic) || string(start[:len(magic)]) != magic) {
		return errMagic(start[:n])
	}
	if !inflate.IsGzip(start[:n]) && size > quickBytes {
		limit, err := streamLimit(func(n int) ([]byte, error) {
			b := make([]byte, min(uint64(n), size))
			_, err := f.ReadAt(b, 0)
			return b, pathname.Step(err)
		}, size, opt)
		if err != nil {
			return err
		}
		size = min(size, limit+1)
	}
	if inflate.IsGzip(start[:n]) && size >= mapMin {
		err := filemap.Use(f, int64(size), func(src []byte) error { return use(src, true) })
		if !errors.Is(err, filemap.ErrUnavailable) {
			return err
		}
	}
	if uint64(cap(d.file)) < size {
		d.file = inflate.Buffer(size + size/8)
	}
	d.file = d.file[:size]
	copy(d.file, start[:n])
	m, err := io.ReadFull(f, d.file[n:])
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return pathname.Step(err)
	}
	d.file = d.file[:n+m]
	return use(d.file, false)
}

// Is reports whether the file at path begins as an .icecache, whatever its name.
func Is(path string) bool {
	f, err := openRegular(path)
	if err != nil {
		return false
	}
	defer f.Close()
	var start [4096]byte
	n, err := io.ReadFull(f, start[:])
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) {
		return false
	}
	b := start[:n]
	if inflate.IsGzip(b) {
		b, _ = inflate.Prefix(b, len(magic)) // what there is of damaged ones
	}
	return string(b[:min(len(magic), len(b))]) == magic
}

// openRegular opens a file that is no folder, pipe or device.
func openRegular(path string) (*os.File, error) {
	f, err := regular.Open(path)
	var other *regular.Error
	if errors.As(err, &other) {
		return nil, &cache.FormatError{Offset: -1, Msg: other.Error()}
	}
	return f, pathname.Step(err)
}

// open decompresses src and finds the layout that fits.
func (d *Decoder) open(ctx context.Context, src []byte, opt Options) (*File, error) {
	stream, sum, storage, damage, err := d.decompress(ctx, src, opt)
	if err != nil {
		return nil, err
	}
	f, err := fit(ctx, stream, damage == nil, opt)
	if err != nil || f.text || len(f.index.Warnings) > 0 || f.index.Damage != nil {
		// For whatever is odd the true reason should be reported at once.
		damage = cmp.Or(damage, newChecksum(stream, sum).damage())
		sum = nil
	}
	if err != nil {
		var e *cache.FormatError
		if damage != nil && errors.As(err, &e) {
			return nil, damage.format()
		}
		return nil, err
	}
	f.sum = sum
	f.index.Storage = storage
	if f.text {
		f.index.Storage = cache.StorageText
	}
	if damage != nil {
		damage.mark(&f.index)
	} else if storage == cache.StorageGzip && f.index.Damage != nil {
		// The gzip stream is intact: whoever wrote it had no more data.
		f.index.Damage.What = "the unpacked data end"
	}
	return f, nil
}

// damage is what is wrong with a gzip stream whose output was used anyway.
type damage struct {
	cut      *inflate.Error
	trailing *inflate.TrailingError
}

func (d *damage) format() error {
	if d.cut == nil {
		return &cache.FormatError{Offset: d.trailing.Offset, Field: "gzip", Msg: "what follows is not compressed data"}
	}
	return &cache.FormatError{Offset: d.cut.Offset, Field: "gzip", Msg: d.cut.Msg}
}

// Garbage ends the warning of a file that goes on after its data.
const Garbage = "bytes of garbage follow the data."

// mark notes the damage in an index, as the reason of what salvaging found missing.
func (d *damage) mark(ix *cache.Index) {
	if d.cut == nil {
		ix.Warnings = append(ix.Warnings, fmt.Sprintf("%d %s", d.trailing.Bytes, Garbage))
		return
	}
	mark := cache.Damage{What: "the compressed data are damaged (" + d.cut.Msg + ")", At: d.cut.Offset}
	if d.cut.Truncated {
		mark.What = "the file ends"
	}
	if ix.Damage != nil {
		mark.Missing = ix.Damage.Missing
	}
	ix.Damage = &mark
}

const (
	// A file is decompressed without a look at its header up to quickRatio times its
	// size and quickBytes: real ones stay far below.
	quickRatio = 16
	quickBytes = 1 << 20
	// maxRatio is the most that deflate makes of a byte.
	maxRatio = 1032
	// slack is what a stream may have in excess of the columns' limit.
	slack = 16 << 20
)

// decompress returns the stream that src is or holds. It may leave the checksum to
// be compared.
func (d *Decoder) decompress(ctx context.Context, src []byte, opt Options) (stream []byte, sum *inflate.Sum, storage cache.Storage, dam *damage, err error) {
	if !inflate.IsGzip(src) {
		return src, nil, cache.StoragePlain, nil, nil
	}
	limit := min(quickRatio*uint64(len(src))+quickBytes, opt.MaxBytes+slack)
	err = inflate.ErrLimit
	if declaredSize(src) <= limit {
		stream, sum, err = inflate.Unsummed(ctx, d.stream[:0], src, limit, max(opt.Threads, 1))
		d.keep(stream)
	}
	if errors.Is(err, inflate.ErrLimit) {
		prefix := func(n int) ([]byte, error) {
			b, err := inflate.Prefix(src, n)
			var cut *inflate.Error
			if errors.As(err, &cut) {
				err = nil
			}
			return b, err
		}
		if limit, err = streamLimit(prefix, maxRatio*uint64(len(src)), opt); err != nil {
			return nil, nil, "", nil, err
		}
		stream, sum, err = inflate.Unsummed(ctx, d.stream[:0], src, limit, max(opt.Threads, 1))
		d.keep(stream)
	}
	dam = &damage{}
	switch {
	case err == nil:
		dam = nil
	case errors.Is(err, inflate.ErrLimit):
		if limit >= opt.MaxBytes {
			return nil, nil, "", nil, tooLarge(limit, opt.MaxBytes)
		}
		return nil, nil, "", nil, &cache.FormatError{Offset: int64(limit), Field: "data", Msg: "more than the attributes declare"}
	case errors.As(err, &dam.cut), errors.As(err, &dam.trailing):
		if len(stream) == 0 {
			return nil, nil, "", nil, dam.format()
		}
	default:
		return nil, nil, "", nil, err
	}
	return stream, sum, cache.StorageGzip, dam, nil
}

// keep keeps a buffer that may have grown.
func (d *Decoder) keep(stream []byte) {
	if cap(stream) > cap(d.stream) {
		d.stream = stream[:0]
	}
}

// declaredSize is the size in the trailer of the last member, modulo 2^32.
func declaredSize(src []byte) uint64 {
	if len(src) < 18 {
		return 0
	}
	return uint64(binary.LittleEndian.Uint32(src[len(src)-4:]))
}

// Sizes of prefixes in which definitions are looked for: all that are known of are
// in the first, all that are allowed in the last.
var prefixes = [...]int{64 << 10, 1 << 20, 2 * cache.MaxAttributes * cache.MaxNameLen}

// streamLimit bounds a stream by what its definitions declare, and fails where they
// can't be true. prefix gives its first n bytes, or all if there are fewer; size is
// the most that it may have.
func streamLimit(prefix func(n int) ([]byte, error), size uint64, opt Options) (uint64, error) {
	for _, n := range prefixes {
		b, err := prefix(n)
		if err != nil {
			return 0, err
		}
		var most uint64
		var defs *definitions
		var firstErr error
		more := false
		search(func(l *layout) bool {
			d, eof, err := parseDefinitions(b, l)
			if err == nil {
				m, _ := d.limits(isText(b))
				if defs == nil {
					defs = d
				}
				most = max(most, m)
				return false
			}
			more = more || eof
			if firstErr == nil {
				firstErr = err
			}
			return false
		})
		switch {
		case defs != nil:
			if err := defs.plausible(b, size, opt); err != nil {
				return 0, err
			}
			return min(most, opt.MaxBytes+slack), nil
		case !more || len(b) < n:
			return 0, firstErr
		}
	}
	return 0, &cache.FormatError{Offset: -1, Field: "attribute definitions", Msg: "too long"}
}

// plausible fails if the first attribute can't be in the stream, judging by its start
// b and its size, if that is size at the most.
func (d *definitions) plausible(b []byte, size uint64, opt Options) error {
	text := isText(b)
	_, first := d.limits(text)
	flag, _ := token(b, d.end)
	if text && string(flag) == "1" || !text && len(b)-d.end >= 4 && binary.LittleEndian.Uint32(b[d.end:]) == 1 {
		return nil // constant: it takes next to nothing
	}
	if first > opt.MaxBytes {
		return tooLarge(first, opt.MaxBytes)
	}
	if first > size {
		return &cache.FormatError{
			Offset: int64(d.end), Field: "data",
			Msg: fmt.Sprintf("at most %d bytes are there, and the first attribute alone needs %d", size, first),
		}
	}
	return nil
}

func utoa(v uint32) string { return strconv.FormatUint(uint64(v), 10) }

// Decode reads a whole file into memory of its own.
func Decode(ctx context.Context, path string, opt Options) (*cache.Frame, error) {
	var d Decoder
	f, err := d.Open(ctx, path, opt)
	if err != nil {
		return nil, err
	}
	return f.frame(ctx)
}

// DecodeBytes is Decode for the contents of a file.
func DecodeBytes(ctx context.Context, src []byte, opt Options) (*cache.Frame, error) {
	var d Decoder
	f, err := d.OpenBytes(ctx, src, opt)
	if err != nil {
		return nil, err
	}
	return f.frame(ctx)
}

func (f *File) frame(ctx context.Context) (*cache.Frame, error) {
	mem := alignedBytes(f.need)
	ix, err := f.Fill(ctx, mem)
	if err != nil {
		return nil, err
	}
	return cache.NewFrame(ix, mem, nil)
}
