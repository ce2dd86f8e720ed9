package inflate

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"
)

type gunzipFunc = func(ctx context.Context, buf, src []byte, limit uint64) ([]byte, error)

// decoders are the two sides of the package, and the faster one without the
// checksum; everything is asked of all.
var decoders = map[string]gunzipFunc{"best": Gunzip, "pure": Pure, "unsummed": unsummed}

// unsummed compares the checksum afterwards, as its callers have to.
func unsummed(ctx context.Context, buf, src []byte, limit uint64) ([]byte, error) {
	out, sum, err := Unsummed(ctx, buf, src, limit, 1)
	if sum == nil {
		return out, err
	}
	if err != nil {
		panic("a checksum was left along with an error")
	}
	if e := sum.Compare(crc32.ChecksumIEEE(out), len(out)); e != nil {
		return out, e
	}
	return out, nil
}

func TestUnsummedLeavesTheChecksumOfALoneMember(t *testing.T) {
	t.Parallel()
	data := columns(2000)
	one := pack(t, data, 6)
	if Implementation == "libdeflate" {
		_, sum, err := Unsummed(t.Context(), make([]byte, len(data)), one, noLimit, 1)
		if err != nil || sum == nil || sum.Want != crc32.ChecksumIEEE(data) || sum.Offset != int64(len(one)-8) {
			t.Errorf("sum %+v, error %v", sum, err)
		}
	}
	for name, src := range map[string][]byte{
		"two members": slices.Concat(one, one),
		"padding":     append(bytes.Clone(one), 0, 0),
		"garbage":     append(bytes.Clone(one), "garbage"...),
	} {
		if _, sum, _ := Unsummed(t.Context(), nil, src, noLimit, 1); sum != nil {
			t.Errorf("%s: the checksum was left", name)
		}
	}
}

const noLimit = math.MaxUint64

// pack gzips data with compress/gzip.
func pack(t testing.TB, data []byte, level int) []byte {
	t.Helper()
	var b bytes.Buffer
	w, err := gzip.NewWriterLevel(&b, level)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write(data); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// columns is data as in a cache of n points: a flag, positions without chunks,
// then velocity, colour, size, id, orientation and age in chunks of 4000, about
// 72 bytes per point which gzip to two thirds.
func columns(n int) []byte {
	rnd := rand.New(rand.NewPCG(1, 2))
	out := make([]byte, 0, 72*n+1000)
	float := func(v float64) { out = binary.LittleEndian.AppendUint32(out, math.Float32bits(float32(v))) }
	flag := func(v uint32) { out = binary.LittleEndian.AppendUint32(out, v) }
	chunked := func(value func(i int)) {
		for i := range n {
			if i%4000 == 0 {
				flag(0)
			}
			value(i)
		}
	}
	flag(0)
	for i := range n {
		a := float64(i) * 0.001
		float(10*math.Cos(a) + rnd.NormFloat64())
		float(float64(i) / float64(n) * 20)
		float(10*math.Sin(a) + rnd.NormFloat64())
	}
	chunked(func(i int) {
		float(rnd.NormFloat64())
		float(-9.81 * float64(i%25) / 25)
		float(rnd.NormFloat64())
	})
	chunked(func(i int) {
		c := float64(i%256) / 255
		float(c)
		float(1 - c)
		float(0.5)
		float(1)
	})
	chunked(func(int) { float(0.1 + 0.05*rnd.Float64()) })
	chunked(func(i int) { flag(uint32(i)) })
	chunked(func(int) {
		a := rnd.Float64() * math.Pi
		float(math.Cos(a))
		float(0)
		float(math.Sin(a))
		float(0)
	})
	chunked(func(i int) { float(float64(i%25) / 25) })
	chunked(func(i int) { out = append(out, byte(i>>7&1)) })
	return out
}

// shapes are outputs that exercise different parts of a decoder.
func shapes() map[string][]byte {
	rnd := rand.New(rand.NewPCG(3, 4))
	random := make([]byte, 300_000)
	for i := range random {
		random[i] = byte(rnd.Uint32())
	}
	runs := []byte{}
	for len(runs) < 400_000 {
		// Repeats with every distance from 1 to 40 and all lengths.
		period := 1 + rnd.IntN(40)
		unit := random[rnd.IntN(1000):][:period]
		for n := rnd.IntN(600); n > 0; n -= period {
			runs = append(runs, unit...)
		}
	}
	skewed := make([]byte, 200_000)
	for i := range skewed {
		// Code words of up to 15 bits.
		skewed[i] = byte(min(255, rnd.ExpFloat64()*3) + float64(rnd.IntN(100)/99*rnd.IntN(200)))
	}
	return map[string][]byte{
		"empty":   {},
		"byte":    {42},
		"short":   []byte("ICECACHE"),
		"random":  random,
		"runs":    runs,
		"skewed":  skewed,
		"zeros":   make([]byte, 1_000_000),
		"columns": columns(9000),
	}
}

func TestDecodesWhatGzipWrites(t *testing.T) {
	t.Parallel()
	for name, data := range shapes() {
		for _, level := range []int{gzip.NoCompression, gzip.BestSpeed, gzip.DefaultCompression, gzip.BestCompression, gzip.HuffmanOnly} {
			src := pack(t, data, level)
			for which, gunzip := range decoders {
				for _, buf := range [][]byte{nil, make([]byte, len(data)), make([]byte, len(data)+1000), make([]byte, len(data)/2)} {
					got, err := gunzip(t.Context(), buf, src, uint64(len(data)))
					if err != nil || !bytes.Equal(got, data) {
						t.Errorf("%s level %d, %s, buffer of %d: %d bytes, %v; want %d bytes", name, level, which, cap(buf), len(got), err, len(data))
					}
					if cap(buf) >= len(data) && len(data) > 0 && &got[0] != &buf[0] {
						t.Errorf("%s level %d, %s: output isn't in the buffer, which is large enough", name, level, which)
					}
				}
			}
		}
	}
}

func TestPureGrowsWithoutAHint(t *testing.T) {
	t.Parallel()
	for name, data := range shapes() {
		src := pack(t, data, 6)
		body := src[headerSize : len(src)-trailerSize]
		d := decoder{src: body, limit: noLimit}
		sum, err := d.body(t.Context())
		if err != nil || !bytes.Equal(d.dst[:d.out], data) || sum != crc32.ChecksumIEEE(data) {
			t.Errorf("%s: %d bytes, %v; want %d", name, d.out, err, len(data))
		}
		if d.in != len(body) {
			t.Errorf("%s: consumed %d of %d bytes", name, d.in, len(body))
		}
	}
}

func TestDecodesSeveralMembersWithHeaderExtras(t *testing.T) {
	t.Parallel()
	parts := [][]byte{columns(3000), {}, []byte("second"), bytes.Repeat([]byte("x"), 70_000)}
	var src, want []byte
	for i, p := range parts {
		var b bytes.Buffer
		w := gzip.NewWriter(&b)
		if i%2 == 0 {
			w.Name, w.Comment, w.Extra = "a.icecache", "note", []byte{1, 2, 3, 0, 5}
		}
		_, _ = w.Write(p)
		_ = w.Close()
		member := b.Bytes()
		if i == 2 {
			member = withHeaderCRC(member)
		}
		src = append(src, member...)
		want = append(want, p...)
	}
	for which, gunzip := range decoders {
		got, err := gunzip(t.Context(), nil, src, noLimit)
		if err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s: %d bytes, %v; want %d", which, len(got), err, len(want))
		}
		got, err = gunzip(t.Context(), nil, append(bytes.Clone(src), make([]byte, 512)...), noLimit)
		if err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s with zero padding: %d bytes, %v", which, len(got), err)
		}
		got, err = gunzip(t.Context(), nil, append(bytes.Clone(src), 0, 0, 'h', 'i', 0), noLimit)
		var trailing *TrailingError
		if !errors.As(err, &trailing) || trailing.Offset != int64(len(src)+2) || trailing.Bytes != 3 || !bytes.Equal(got, want) {
			t.Errorf("%s with garbage: %d bytes, %v", which, len(got), err)
		}
	}
}

// withHeaderCRC adds a header checksum to a member with FNAME, FCOMMENT and
// FEXTRA as in TestDecodesSeveralMembersWithHeaderExtras.
func withHeaderCRC(member []byte) []byte {
	end := headerSize + 2 + 5 + len("a.icecache") + 1 + len("note") + 1
	m := bytes.Clone(member)
	m[3] |= flagHeaderCRC
	sum := uint16(crc32.ChecksumIEEE(m[:end]))
	return append(binary.LittleEndian.AppendUint16(bytes.Clone(m[:end]), sum), m[end:]...)
}

func TestRefusesBadHeaders(t *testing.T) {
	t.Parallel()
	good := pack(t, []byte("hello"), 6)
	named := bytes.Clone(good)
	named[3] = flagName
	extra := append(bytes.Clone(good[:10]), 0xff, 0xff, 1, 2)
	extra[3] = flagExtra | flagName
	badSum := append(bytes.Clone(good[:10]), append([]byte{1, 2}, good[10:]...)...)
	badSum[3] = flagHeaderCRC
	for name, c := range map[string]struct {
		src       []byte
		truncated bool
	}{
		"nothing":         {nil, false},
		"text":            {[]byte("ICECACHE and more text"), false},
		"one byte":        {good[:1], true},
		"nine bytes":      {good[:9], true},
		"unknown method":  {append([]byte{0x1f, 0x8b, 7}, good[3:]...), false},
		"endless name":    {append(bytes.Clone(named[:10]), 'a', 'b'), true},
		"extra too long":  {extra, true},
		"header checksum": {badSum, false},
	} {
		for which, gunzip := range decoders {
			got, err := gunzip(t.Context(), make([]byte, 100), c.src, noLimit)
			var e *Error
			if !errors.As(err, &e) || e.Truncated != c.truncated || len(got) != 0 {
				t.Errorf("%s, %s: %d bytes, %v", name, which, len(got), err)
			}
		}
	}
}

func TestTruncatedDataGiveWhatStoodBefore(t *testing.T) {
	t.Parallel()
	data := columns(2000)
	src := pack(t, data, 6)
	for n := headerSize; n < len(src); n += 1 + n/20 {
		for which, gunzip := range decoders {
			got, err := gunzip(t.Context(), nil, src[:n], noLimit)
			var e *Error
			if !errors.As(err, &e) || !e.Truncated || !errors.Is(err, io.ErrUnexpectedEOF) || e.Offset != int64(n) || e.Produced != int64(len(got)) {
				t.Fatalf("%s cut at %d: %v", which, n, err)
			}
			if !bytes.HasPrefix(data, got) {
				t.Fatalf("%s cut at %d: %d wrong bytes", which, n, len(got))
			}
			// All that the Go decoder gets out of it, and 64 KiB blocks more.
			if least := len(reference(src[:n]).out); len(got) < least {
				t.Fatalf("%s cut at %d: %d bytes, compress/gzip gives %d", which, n, len(got), least)
			}
		}
	}
}

func TestDamagedDataAreReportedAlikeByBoth(t *testing.T) {
	t.Parallel()
	data := columns(3000)
	src := pack(t, data, 6)
	rnd := rand.New(rand.NewPCG(5, 6))
	for range 100 {
		bad := bytes.Clone(src)
		at := headerSize + rnd.IntN(len(src)-headerSize)
		bad[at] ^= 1 << rnd.IntN(8)
		pure, pureErr := Pure(t.Context(), nil, bad, noLimit)
		best, bestErr := Gunzip(t.Context(), nil, bad, noLimit)
		var e *Error
		if pureErr == nil && bytes.Equal(pure, data) && reference(bad).ok {
			continue // a bit that means nothing, as the padding before a stored block
		}
		if !errors.As(pureErr, &e) || e.Produced != int64(len(pure)) {
			t.Fatalf("bit flipped at %d of %d: %v", at, len(src), pureErr)
		}
		if fmt.Sprint(pureErr) != fmt.Sprint(bestErr) || !bytes.Equal(pure, best) {
			t.Fatalf("bit flipped at %d: %d bytes %v; %d bytes %v", at, len(pure), pureErr, len(best), bestErr)
		}
	}
}

func TestLimitStopsABombEarly(t *testing.T) {
	t.Parallel()
	// 1 GiB of zeros in 1 MiB: after a flush a stretch ends at a whole byte, and
	// the next one compresses to the same bytes. The checksum is never reached.
	var b bytes.Buffer
	w, _ := flate.NewWriter(&b, flate.BestCompression)
	_, _ = w.Write(make([]byte, 1<<20))
	_ = w.Flush()
	src := []byte{0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255}
	src = append(src, bytes.Repeat(b.Bytes(), 1<<10)...)
	src = binary.LittleEndian.AppendUint32(append(src, 3, 0, 0, 0, 0, 0), 1<<30)
	lying := bytes.Clone(src)
	binary.LittleEndian.PutUint32(lying[len(lying)-4:], 5000)
	for name, src := range map[string][]byte{"honest": src, "lying": lying} {
		for which, gunzip := range decoders {
			start := time.Now()
			got, err := gunzip(t.Context(), nil, src, 1<<20)
			var l *LimitError
			if !errors.Is(err, ErrLimit) || !errors.As(err, &l) || l.Limit != 1<<20 {
				t.Fatalf("%s, %s: %v", name, which, err)
			}
			if name == "honest" && l.Declared != 1<<30 {
				t.Errorf("%s: declared %d", which, l.Declared)
			}
			if len(got) != 1<<20 || cap(got) > 1<<20+4096 {
				t.Errorf("%s, %s: %d bytes in a buffer of %d", name, which, len(got), cap(got))
			}
			if took := time.Since(start); took > 500*time.Millisecond {
				t.Errorf("%s, %s: took %v", name, which, took)
			}
		}
	}
}

func TestLimitIsExact(t *testing.T) {
	t.Parallel()
	data := columns(2000)
	src := pack(t, data, 6)
	for which, gunzip := range decoders {
		for _, short := range []int{0, 1, 2, 300, len(data)} {
			for _, buf := range [][]byte{nil, make([]byte, 2*len(data))} {
				got, err := gunzip(t.Context(), buf, src, uint64(len(data)-short))
				if (short == 0) != (err == nil) || short > 0 && !errors.Is(err, ErrLimit) || !bytes.Equal(got, data[:len(data)-short]) {
					t.Errorf("%s, %d short: %d bytes, %v", which, short, len(got), err)
				}
			}
		}
	}
}

func TestDeclaredSizeIsNotAllocatedOnTrust(t *testing.T) {
	t.Parallel()
	src := pack(t, make([]byte, 4<<20), 6)
	binary.LittleEndian.PutUint32(src[len(src)-4:], math.MaxUint32)
	for which, gunzip := range decoders {
		got, err := gunzip(t.Context(), nil, src, noLimit)
		var e *Error
		if !errors.As(err, &e) || len(got) != 4<<20 || cap(got) > 16<<20 {
			t.Errorf("%s: %d bytes in a buffer of %d, %v", which, len(got), cap(got), err)
		}
	}
	if n := room(make([]byte, 100)); n > 1<<10 {
		t.Errorf("room for 100 zero bytes: %d", n)
	}
}

func TestCancelStopsPure(t *testing.T) {
	t.Parallel()
	src := pack(t, columns(100_000), 1)
	for which, gunzip := range decoders {
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if got, err := gunzip(ctx, nil, src, noLimit); !errors.Is(err, context.Canceled) || len(got) != 0 {
			t.Errorf("%s: %d bytes, %v", which, len(got), err)
		}
	}
	ctx := &countdown{Context: t.Context(), left: 5}
	got, err := Pure(ctx, nil, src, noLimit)
	if !errors.Is(err, context.Canceled) || len(got) < checkEvery || len(got) > 6*checkEvery {
		t.Errorf("cancelled at the fifth look: %d bytes, %v", len(got), err)
	}
}

// countdown is cancelled after it was looked at left times.
type countdown struct {
	context.Context
	left int
}

func (c *countdown) Err() error {
	if c.left--; c.left < 0 {
		return context.Canceled
	}
	return nil
}

func TestPrefixReadsNoMoreThanAsked(t *testing.T) {
	t.Parallel()
	data := columns(4000)
	src := pack(t, data, 6)
	for _, n := range []int{-1, 0, 1, 100, 5000, len(data) - 1, len(data), len(data) + 1, 10 * len(data)} {
		got, err := Prefix(src, n)
		if want := data[:max(0, min(n, len(data)))]; err != nil || !bytes.Equal(got, want) {
			t.Errorf("%d: %d bytes, %v", n, len(got), err)
		}
	}
	if got, err := Prefix(src[:len(src)/2], 1000); err != nil || !bytes.Equal(got, data[:1000]) {
		t.Errorf("of a file cut short: %d bytes, %v", len(got), err)
	}
	if got, err := Prefix(src[:len(src)/2], len(data)); !errors.Is(err, io.ErrUnexpectedEOF) || !bytes.HasPrefix(data, got) || len(got) == 0 {
		t.Errorf("past the end of a file cut short: %d bytes, %v", len(got), err)
	}
	if got, err := Prefix(append(bytes.Clone(src), "garbage"...), 2*len(data)); err != nil || !bytes.Equal(got, data) {
		t.Errorf("with garbage: %d bytes, %v", len(got), err)
	}
	if !IsGzip(src) || IsGzip(data) || IsGzip(src[:2]) {
		t.Error("IsGzip")
	}
}

// result is what compress/gzip makes of src by this package's rules.
type result struct {
	out []byte
	ok  bool
}

// reference decodes with compress/gzip, member by member, ignoring what
// follows the last one.
func reference(src []byte) result {
	r := bytes.NewReader(src)
	var out []byte
	zr := new(gzip.Reader)
	for {
		if err := zr.Reset(r); err != nil {
			return result{out, false}
		}
		zr.Multistream(false)
		part, err := io.ReadAll(zr)
		out = append(out, part...)
		if err != nil {
			return result{out, false}
		}
		rest := src[len(src)-r.Len():]
		if len(rest) < 2 || rest[0] != 0x1f || rest[1] != 0x8b {
			return result{out, true}
		}
	}
}

// compare decodes src with both and the reference. They must agree in whether
// it is good, in the output if it is, and else in what they both got.
func compare(t *testing.T, src []byte) {
	t.Helper()
	want := reference(src)
	var trailing *TrailingError
	var outs [][]byte
	var msgs []string
	for _, which := range []string{"pure", "best", "unsummed"} {
		got, err := decoders[which](t.Context(), nil, src, 64<<20)
		if errors.Is(err, ErrLimit) {
			return
		}
		ok := err == nil || errors.As(err, &trailing)
		if ok && !want.ok && which != "pure" && bytes.HasPrefix(got, outs[0]) {
			// libdeflate takes some codes which the RFC forbids; the checksum said
			// that it understood them right.
			return
		}
		if ok != want.ok {
			t.Fatalf("%s: %v; compress/gzip: ok is %v", which, err, want.ok)
		}
		n := len(want.out)
		if !ok {
			n = min(n, len(got))
		}
		if !ok && len(got) < len(want.out) {
			t.Fatalf("%s: salvaged %d bytes of %d: %v", which, len(got), len(want.out), err)
		}
		if ok && len(got) != n || !bytes.Equal(got[:n], want.out[:n]) {
			t.Fatalf("%s: %d bytes differ from compress/gzip's %d", which, len(got), len(want.out))
		}
		outs, msgs = append(outs, got), append(msgs, fmt.Sprint(err))
	}
	for i := range outs {
		if i == 2 && strings.Contains(msgs[i], wrongSum) {
			continue // of what libdeflate made of forbidden codes
		}
		if !bytes.Equal(outs[0], outs[i]) || msgs[0] != msgs[i] {
			t.Fatalf("pure: %d bytes, %s; another: %d bytes, %s", len(outs[0]), msgs[0], len(outs[i]), msgs[i])
		}
	}
}

func FuzzGunzip(f *testing.F) {
	for _, data := range shapes() {
		data = data[:min(len(data), 3000)]
		for _, level := range []int{0, 1, 6, gzip.HuffmanOnly} {
			f.Add(pack(f, data, level))
		}
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		if len(src) > 4 && src[3]&(flagName|flagComment) != 0 && len(src) > 500 {
			t.Skip("compress/gzip refuses names of more than 511 bytes")
		}
		compare(t, src)
	})
}

// FuzzDeflate wraps any deflate data in a header and a trailer that is right if
// compress/flate can decode them, so that checksums hide no difference.
func FuzzDeflate(f *testing.F) {
	for _, data := range shapes() {
		data = data[:min(len(data), 3000)]
		for _, level := range []int{0, 1, 6, gzip.HuffmanOnly} {
			src := pack(f, data, level)
			f.Add(src[headerSize : len(src)-trailerSize])
		}
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		r := bytes.NewReader(body)
		out, err := io.ReadAll(io.LimitReader(flate.NewReader(r), 8<<20))
		if err == nil {
			body = body[:len(body)-r.Len()]
		}
		src := append([]byte{0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255}, body...)
		src = binary.LittleEndian.AppendUint32(src, crc32.ChecksumIEEE(out))
		src = binary.LittleEndian.AppendUint32(src, uint32(len(out)))
		compare(t, src)
	})
}
