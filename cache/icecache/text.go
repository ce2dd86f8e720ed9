package icecache

import (
	"bytes"
	"encoding/binary"
	"math"
	"strconv"

	"iceexplorer/cache"
)

// isText reports whether a stream is of the text form: space stands where a binary
// one has its version.
func isText(b []byte) bool {
	return len(b) > len(magic) && string(b[:len(magic)]) == magic && isSpace(b[len(magic)])
}

func isSpace(c byte) bool { return c == ' ' || c >= '\t' && c <= '\r' }

// token is the next run of bytes that are not space, and where it ends; it is empty at
// the end of b.
func token(b []byte, pos int) (tok []byte, end int) {
	for pos < len(b) && isSpace(b[pos]) {
		pos++
	}
	end = pos
	for end < len(b) && !isSpace(b[end]) {
		end++
	}
	return b[pos:end], end
}

// skipSpace is the byte after the space at pos.
func skipSpace(b []byte, pos int) int {
	for pos < len(b) && isSpace(b[pos]) {
		pos++
	}
	return pos
}

// skipNumbers is the byte after the n numbers from pos on; bad is the token that
// can't be one, empty where b ends.
func skipNumbers(b []byte, pos int, n uint64) (end int, bad []byte, ok bool) {
	for ; n > 0; n-- {
		tok, next := token(b, pos)
		if len(tok) == 0 || bytes.IndexByte([]byte("0123456789+-.nNiItTfF"), tok[0]) < 0 {
			return next, tok, false
		}
		pos = next
	}
	return pos, nil, true
}

// textString is the string of n bytes that stands after its length at pos. Its padding
// may be left out. Space within is its own, but for one separator before it (all of
// the space if greedy).
func textString(b []byte, pos int, n uint64, greedy bool) (s []byte, end int, ok bool) {
	if n == 0 {
		return nil, pos, true
	}
	if greedy {
		pos = skipSpace(b, pos)
	} else {
		if bytes.HasPrefix(b[pos:], []byte("\r\n")) {
			pos++
		}
		pos++
	}
	if pos > len(b) || n > uint64(len(b)-pos) {
		return nil, len(b), false
	}
	end = pos + int(n)
	s = b[pos:end]
	padded := end + int((4-n%4)%4)
	if padded <= len(b) && (padded == len(b) || isSpace(b[padded])) && bytes.IndexFunc(b[end:padded], spaceRune) < 0 {
		return s, padded, true
	}
	return s, end, end == len(b) || isSpace(b[end])
}

func spaceRune(r rune) bool { return r < 0x80 && isSpace(byte(r)) }

// textInt is an integer of 32 bits, with or without sign, or a bool.
func textInt(tok []byte) (v uint32, ok bool) {
	n, err := strconv.ParseInt(viewString(tok), 10, 64)
	if err == nil {
		return uint32(n), n >= math.MinInt32 && n <= math.MaxUint32
	}
	switch {
	case bytes.EqualFold(tok, []byte("true")):
		return 1, true
	case bytes.EqualFold(tok, []byte("false")):
		return 0, true
	}
	f, err := strconv.ParseFloat(viewString(tok), 64)
	if err != nil || f != math.Trunc(f) || f < math.MinInt32 || f > math.MaxUint32 {
		return 0, false
	}
	return uint32(int64(f)), true
}

// textFloat is a float32 as C's and Python's libraries print it, Microsoft's
// 1.#QNAN and 1.#INF included.
func textFloat(tok []byte) (v float32, ok bool) {
	f, err := strconv.ParseFloat(viewString(tok), 32)
	if err == nil || math.IsInf(f, 0) {
		return float32(f), true
	}
	sign := 1
	if tok[0] == '-' {
		sign = -1
	}
	if _, special, found := bytes.Cut(tok, []byte("#")); found {
		if bytes.HasPrefix(special, []byte("INF")) {
			return float32(math.Inf(sign)), true
		}
		return float32(math.NaN()), true
	}
	if bytes.HasPrefix(bytes.ToLower(bytes.TrimLeft(tok, "+-")), []byte("nan")) {
		return float32(math.NaN()), true
	}
	return 0, false
}

// storeText stores the numbers of src, which starts at byte at of the stream.
func (o *output) storeText(src []byte, at int) {
	s := &o.spans[spData]
	for pos := 0; o.err == nil; {
		tok, end := token(src, pos)
		if len(tok) == 0 {
			break
		}
		ok := false
		var v uint32
		if o.elem == cache.ElemFloat32 {
			var f float32
			f, ok = textFloat(tok)
			v = math.Float32bits(f)
		} else {
			v, ok = textInt(tok)
		}
		if !ok {
			o.err = notNumber(tok, at+end-len(tok))
			return
		}
		o.room(4)
		if o.elem == cache.ElemUint8 {
			if o.bools && v != 0 {
				v = 1
			}
			s.b[s.n] = byte(v)
			s.n++
		} else {
			binary.LittleEndian.PutUint32(s.b[s.n:], v)
			s.n += 4
		}
		pos = end
	}
	o.sum(sumBytes)
}

func notNumber(tok []byte, at int) *cache.FormatError {
	if len(tok) == 0 {
		return &cache.FormatError{Offset: int64(at), Msg: msgEnd}
	}
	return &cache.FormatError{Offset: int64(at), Msg: "not a number", Value: strconv.Quote(string(tok[:min(len(tok), 20)]))}
}

// sameTokens reports whether two pieces of text differ in nothing but space.
func sameTokens(a, b []byte) bool {
	for {
		x, i := token(a, 0)
		y, j := token(b, 0)
		if !bytes.Equal(x, y) {
			return false
		}
		if len(x) == 0 {
			return true
		}
		a, b = a[i:], b[j:]
	}
}
