package inflate

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"runtime"
)

const (
	// maxRatio is the most that deflate can expand a byte to.
	maxRatio = 1032
	// Room is made for a declared size without asking up to trustedRatio times
	// the compressed size plus trustedSize; past that the buffer grows with what
	// is really decoded.
	trustedRatio = 8
	trustedSize  = 64 << 20

	headerSize  = 10
	trailerSize = 8

	flagHeaderCRC = 1 << 1
	flagExtra     = 1 << 2
	flagName      = 1 << 3
	flagComment   = 1 << 4
)

// Gunzip decompresses the gzip members of src one after the other and returns
// the output, in buf's storage (from its start to its capacity) if it fits,
// else in a grown one. A reused buffer is about 20 % faster than a fresh one.
//
// Errors, always with the bytes decoded so far:
//   - *LimitError (ErrLimit) when the output would exceed limit bytes;
//   - *Error when src is damaged or truncated;
//   - ctx's error, wrapped, when it is cancelled;
//   - *TrailingError, a warning, when garbage follows: the output is whole.
//
// libdeflate can't be interrupted: ctx is looked at before and after each
// member, which is up to about 0.5 s for 100 MB of src. Pure looks every
// 256 KiB of output, well under 1 ms.
//
// Members of more than 32 MiB of src are decoded on several goroutines, if
// GOMAXPROCS allows, by the decoder in Go. Two idle cores give 1.5 times the
// throughput of libdeflate on one, for 1.2 times its processor time: where other
// processes keep the cores busy, use Unsummed with 1, or GOMAXPROCS=1.
//
// libdeflate takes a few codes which RFC 1951 forbids and Pure refuses; the
// checksum must be right all the same. Reserved header flags are ignored, as
// the checksum tells whether that was right. src and buf must not overlap.
func Gunzip(ctx context.Context, buf, src []byte, limit uint64) ([]byte, error) {
	return gunzip(ctx, buf, src, limit, best(runtime.GOMAXPROCS(0)))
}

func best(threads int) plan {
	return plan{fast: newBest(), threads: min(threads, maxThreads), parallelMin: parallelMin, chunkSize: chunkSize}
}

// Sum is a checksum that was not compared yet.
type Sum struct {
	Want   uint32 // CRC-32 (IEEE) that the output should have
	Offset int64  // where it stands in src
}

// Compare returns an error if got, the CRC-32 of produced bytes of output, isn't
// the one wanted.
func (s *Sum) Compare(got uint32, produced int) *Error {
	if got == s.Want {
		return nil
	}
	return &Error{Offset: s.Offset, Produced: int64(produced), Msg: wrongSum}
}

const wrongSum = "checksum is wrong"

// Unsummed is Gunzip for callers that read the whole output anyway: it may leave it
// to them to compare the checksum, by returning a Sum along with no error, which
// saves one passage of the output through memory. threads bounds the goroutines
// that decode one huge member, of which there are never more than 4.
func Unsummed(ctx context.Context, buf, src []byte, limit uint64, threads int) ([]byte, *Sum, error) {
	var later Sum
	p := best(threads)
	p.later = &later
	out, err := gunzip(ctx, buf, src, limit, p)
	if err != nil || later.Offset == 0 {
		return out, nil, err
	}
	return out, &later, nil
}

// Pure is Gunzip with the decoder written in Go, on the caller's goroutine.
func Pure(ctx context.Context, buf, src []byte, limit uint64) ([]byte, error) {
	return gunzip(ctx, buf, src, limit, plan{})
}

// IsGzip tells whether src starts like a gzip file.
func IsGzip(src []byte) bool {
	return len(src) >= 3 && src[0] == 0x1f && src[1] == 0x8b && src[2] == 8
}

// Prefix decompresses at most the first n bytes, to look at a header cheaply.
// It returns fewer without an error if there are no more. The checksum is only
// compared where the whole member was read; for damaged data it returns what
// stood before the damage and an *Error.
func Prefix(src []byte, n int) ([]byte, error) {
	if n <= 0 {
		return nil, nil
	}
	out, err := gunzip(context.Background(), nil, src, uint64(n), plan{})
	var trailing *TrailingError
	if errors.Is(err, ErrLimit) || errors.As(err, &trailing) {
		err = nil
	}
	return out, err
}

// fastDecoder decodes one raw deflate stream at the start of src into dst,
// all or nothing: ok is false if the data are bad or dst is too small.
type fastDecoder interface {
	decode(dst, src []byte) (consumed, produced int, ok bool)
	close()
}

// plan says which decoders to use: parallel ones with more than one thread and
// at least parallelMin bytes, fast where there is one and the output's size is
// known, else a single one in Go.
type plan struct {
	fast                   fastDecoder
	threads                int
	parallelMin, chunkSize int
	later                  *Sum // takes the checksum of a single member, if not nil
}

func gunzip(ctx context.Context, buf, src []byte, limit uint64, p plan) ([]byte, error) {
	if p.fast != nil {
		defer p.fast.close()
	}
	if err := ctx.Err(); err != nil {
		return buf[:0], fmt.Errorf("gunzip: %w", err)
	}
	d := decoder{src: src, dst: buf[:cap(buf)], limit: limit}
	if uint64(len(d.dst)) > limit {
		d.dst = d.dst[:limit]
	}
	for {
		if err := d.header(); err != nil {
			return d.dst[:d.out], err
		}
		if err := d.member(ctx, p); err != nil {
			return d.dst[:d.out], err
		}
		rest := src[d.in:]
		if len(rest) >= 2 && rest[0] == 0x1f && rest[1] == 0x8b {
			continue
		}
		if garbage := bytes.TrimLeft(rest, "\x00"); len(garbage) > 0 {
			return d.dst[:d.out], &TrailingError{Offset: int64(len(src) - len(garbage)), Bytes: int64(len(garbage))}
		}
		return d.dst[:d.out], nil
	}
}

// header moves d.in past a member's header.
func (d *decoder) header() error {
	h := d.src[d.in:]
	if len(h) < headerSize {
		if len(h) == 0 || !bytes.HasPrefix([]byte{0x1f, 0x8b, 8}, h[:min(3, len(h))]) {
			return d.errorAt(d.in, "not a gzip header")
		}
		return d.truncated("gzip header cut short")
	}
	if !IsGzip(h) {
		return d.errorAt(d.in, "not a gzip header")
	}
	flags, n := h[3], headerSize
	if flags&flagExtra != 0 {
		if len(h) < n+2 {
			return d.truncated("gzip header cut short")
		}
		n += 2 + int(binary.LittleEndian.Uint16(h[n:]))
	}
	for _, f := range []byte{flagName, flagComment} {
		if flags&f == 0 {
			continue
		}
		if n > len(h) {
			return d.truncated("gzip header cut short")
		}
		i := bytes.IndexByte(h[n:], 0)
		if i < 0 {
			return d.truncated("gzip header cut short")
		}
		n += i + 1
	}
	if flags&flagHeaderCRC != 0 {
		if len(h) < n+2 {
			return d.truncated("gzip header cut short")
		}
		if binary.LittleEndian.Uint16(h[n:]) != uint16(crc32.ChecksumIEEE(h[:n])) {
			return d.errorAt(d.in+n, "gzip header checksum is wrong")
		}
		n += 2
	}
	if n > len(h) {
		return d.truncated("gzip header cut short")
	}
	d.in += n
	return nil
}

// declared is the size in the last member's trailer, 0 if it can't be true.
func declared(rest []byte) uint64 {
	if len(rest) < trailerSize {
		return 0
	}
	n := uint64(binary.LittleEndian.Uint32(rest[len(rest)-4:]))
	if n > maxRatio*uint64(len(rest)) {
		return 0
	}
	return n
}

// room returns how many bytes of output to make room for before a member that
// starts at rest is decoded.
func room(rest []byte) uint64 {
	n, size := declared(rest), uint64(len(rest))
	if n < size {
		// Several members, padding, or more than 4 GiB.
		n = 2 * size
	}
	return min(n, trustedRatio*size+trustedSize)
}

// member decodes the raw deflate stream at d.in and checks the trailer.
func (d *decoder) member(ctx context.Context, p plan) error {
	rest, start := d.src[d.in:], d.out
	want := room(rest)
	if uint64(len(d.dst)-d.out) < want {
		d.grow(want)
	}
	parallel := p.threads > 1 && len(rest) >= p.parallelMin
	if space := d.dst[d.out:]; p.fast != nil && !parallel && uint64(len(space)) >= declared(rest) && len(space) > 0 {
		in, out, ok := p.fast.decode(space, rest)
		if err := ctx.Err(); err != nil {
			return fmt.Errorf("gunzip: %w", err)
		}
		if ok && len(rest)-in >= trailerSize && binary.LittleEndian.Uint32(rest[in+4:]) == uint32(out) {
			sum := Sum{Want: binary.LittleEndian.Uint32(rest[in:]), Offset: int64(d.in + in)}
			alone := d.out == 0 && len(rest)-in == trailerSize
			if alone && p.later != nil {
				*p.later = sum
			} else {
				ok = crc32.ChecksumIEEE(space[:out]) == sum.Want
			}
			if ok {
				d.in += in + trailerSize
				d.out += out
				return nil
			}
		}
	}
	sum, err := uint32(0), error(nil)
	if parallel {
		sum, err = d.parallelBody(ctx, p.threads, p.chunkSize)
	} else {
		sum, err = d.body(ctx)
	}
	if err != nil {
		return err
	}
	t := d.src[d.in:]
	if len(t) < trailerSize {
		return d.truncated("gzip trailer cut short")
	}
	if binary.LittleEndian.Uint32(t) != sum {
		return d.errorAt(d.in, wrongSum)
	}
	if binary.LittleEndian.Uint32(t[4:]) != uint32(d.out-start) {
		return d.errorAt(d.in+4, "length is wrong")
	}
	d.in += trailerSize
	return nil
}

func (d *decoder) errorAt(offset int, msg string) error {
	return &Error{Offset: int64(offset), Produced: int64(d.out), Msg: msg}
}

func (d *decoder) truncated(msg string) error {
	return &Error{Offset: int64(len(d.src)), Produced: int64(d.out), Truncated: true, Msg: msg}
}

func (d *decoder) limitError() error {
	return &LimitError{Limit: d.limit, Declared: declared(d.src), Offset: int64(d.in)}
}
