package bgeo

import (
	"context"
	"encoding/binary"
	"io"

	"iceexplorer/cache"
	"iceexplorer/cache/export/names"
	"iceexplorer/cache/export/record"
)

// mostTexts is how many different values are kept in memory. An attribute that has more of
// them is written with the value of every point in its list.
const mostTexts = 1 << 16

// texts is the list that an attribute of strings points into.
type texts struct {
	a    *cache.Attribute
	at   map[string]uint32 // nil: value i of the attribute is text i
	rows []uint64          // that have the texts first
}

// gather finds the different values of an attribute.
func gather(ctx context.Context, a *cache.Attribute) (*texts, error) {
	t := &texts{a: a, at: map[string]uint32{}}
	for row := range a.Rows {
		if row%(1<<16) == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		v := a.Value(row)
		if _, known := t.at[string(v)]; known {
			continue
		}
		if len(t.rows) == mostTexts {
			t.at, t.rows = nil, nil
			break
		}
		t.at[string(v)] = uint32(len(t.rows))
		t.rows = append(t.rows, row)
	}
	return t, nil
}

// write writes how many texts there are, and the texts.
func (t *texts) write(w io.Writer) error {
	n := uint64(len(t.rows))
	if t.at == nil {
		n = t.a.Rows
	}
	b := binary.BigEndian.AppendUint32(nil, uint32(n))
	for i := range n {
		row := i
		if t.at != nil {
			row = t.rows[i]
		}
		b = appendText(b, t.a.Value(row))
		if len(b) >= pieceBytes {
			if _, err := w.Write(b); err != nil {
				return err
			}
			b = b[:0]
		}
	}
	_, err := w.Write(b)
	return err
}

const pieceBytes = 64 << 10

// indexes are the places in the list, one for each point.
func (t *texts) indexes() record.Field {
	same := names.Repeated(&t.a.Column)
	return record.Field{Size: 4, Fill: func(dst []byte, stride int, row, n uint64) {
		for i := range n {
			at := row + i
			if same {
				at = 0
			}
			index := uint32(at)
			if t.at != nil {
				index = t.at[string(t.a.Value(at))]
			}
			binary.LittleEndian.PutUint32(dst[i*uint64(stride):], index)
		}
	}}
}
