package sih5

import (
	"bytes"
	"encoding/binary"
	"path/filepath"
	"strconv"
	"strings"

	"iceexplorer/cache"
)

// Path is where the converted form of a source file lies: x.icecache is converted
// to .sih5/x.icecache.sih5 beside it.
func Path(source string) string {
	dir, base := filepath.Split(source)
	return filepath.Join(dir, ".sih5", base+".sih5")
}

// Link names are the padded names of attributes, which is what ICE Explorer looks
// up. A link cannot hold a slash, a zero or nothing at all, and two attributes may
// have one name: those bytes are written %2F, %00 and %25, and the second of a name
// ends in %~2. The attribute name_length says how much of it is the name, where
// cutting the padding would not do.
const escapes = "%/\x00"

// taken counts how often a padded name was given before.
func linkName(name string, taken map[string]int) string {
	padded := cache.PadName(name)
	if padded == "" {
		padded = "____"
	}
	if strings.ContainsAny(padded, escapes) {
		var b strings.Builder
		for i := range len(padded) {
			if strings.IndexByte(escapes, padded[i]) >= 0 {
				b.WriteString("%" + strings.ToUpper(strconv.FormatUint(0x100|uint64(padded[i]), 16)[1:]))
			} else {
				b.WriteByte(padded[i])
			}
		}
		padded = b.String()
	}
	taken[padded]++
	if n := taken[padded]; n > 1 {
		return padded + "%~" + strconv.Itoa(n)
	}
	return padded
}

// paddedName is the padded name that linkName has made a link of. Links of other
// writers that look like escapes but are none are taken as they are.
func paddedName(link string) string {
	link, _, _ = strings.Cut(link, "%~")
	if !strings.Contains(link, "%") {
		return link
	}
	var b strings.Builder
	for i := 0; i < len(link); i++ {
		if link[i] == '%' && i+2 < len(link) {
			if c, err := strconv.ParseUint(link[i+1:i+3], 16, 8); err == nil {
				b.WriteByte(byte(c))
				i += 2
				continue
			}
		}
		b.WriteByte(link[i])
	}
	return b.String()
}

// packNames joins names so that any bytes in them survive: each after its length,
// a little-endian uint32.
func packNames(names []string) []byte {
	var b []byte
	for _, n := range names {
		b = binary.LittleEndian.AppendUint32(b, uint32(len(n)))
		b = append(b, n...)
	}
	return b
}

func unpackNames(b []byte) (names []string, ok bool) {
	for len(b) > 0 {
		if len(b) < 4 {
			return nil, false
		}
		n := uint64(binary.LittleEndian.Uint32(b))
		b = b[4:]
		if n > uint64(len(b)) {
			return nil, false
		}
		names = append(names, string(b[:n]))
		b = b[n:]
	}
	return names, true
}

// splitZeros takes strings apart that each end in a zero.
func splitZeros(b []byte) []string {
	var out []string
	for len(b) > 0 {
		s, rest, _ := bytes.Cut(b, []byte{0})
		out = append(out, string(s))
		b = rest
	}
	return out
}
