package cell

import (
	"io"
	"unicode/utf8"
)

// AppendText appends text, with replacement characters for what is no UTF-8.
func AppendText(dst, text []byte) []byte {
	if utf8.Valid(text) {
		return append(dst, text...)
	}
	for len(text) > 0 {
		r, n := utf8.DecodeRune(text)
		dst = utf8.AppendRune(dst, r)
		text = text[n:]
	}
	return dst
}

// appendQuoted appends text as JSON quotes it.
func appendQuoted(dst, text []byte) []byte {
	const hex = "0123456789abcdef"
	dst = append(dst, '"')
	for len(text) > 0 {
		switch c := text[0]; {
		case c == '"' || c == '\\':
			dst = append(dst, '\\', c)
		case c < ' ':
			dst = append(dst, '\\', 'u', '0', '0', hex[c>>4], hex[c&15])
		case c < utf8.RuneSelf:
			dst = append(dst, c)
		default:
			r, n := utf8.DecodeRune(text)
			dst = utf8.AppendRune(dst, r)
			text = text[n:]
			continue
		}
		text = text[1:]
	}
	return append(dst, '"')
}

// AppendQuoted appends text as JSON quotes it.
func AppendQuoted(dst []byte, text string) []byte { return appendQuoted(dst, []byte(text)) }

// lineBytes is how much text is made before it is written.
const lineBytes = 64 << 10

// Lines writes head and a line for each row: the cells one after the other, and the end.
// Cells of which it is known that they have one value for all rows are made once.
func Lines(w io.Writer, head []byte, rows uint64, cells []Cell, end string) error {
	buf := append(make([]byte, 0, 2*lineBytes), head...)
	if rows > 0 {
		cells = joined(cells)
	}
	for row := range rows {
		for i := range cells {
			c := &cells[i]
			buf = append(buf, c.Before...)
			if c.Of != nil {
				buf = c.Of(buf, row)
			}
		}
		buf = append(buf, end...)
		if len(buf) >= lineBytes {
			if _, err := w.Write(buf); err != nil {
				return err
			}
			buf = buf[:0]
		}
	}
	_, err := w.Write(buf)
	return err
}

// Cell is a part of each line.
type Cell struct {
	Before string // it: a separator, a name
	Of     Append
	Same   bool // in all rows
}

// joined makes text of cells that are the same in all rows.
func joined(cells []Cell) []Cell {
	var out []Cell
	before := ""
	for _, c := range cells {
		before += c.Before
		if c.Same {
			before += string(c.Of(nil, 0))
			continue
		}
		out = append(out, Cell{Before: before, Of: c.Of})
		before = ""
	}
	return append(out, Cell{Before: before})
}
