package sheet

import (
	"bufio"
	"context"
	"strings"

	"github.com/bits-and-blooms/bitset"

	"iceexplorer/app/inspect/column"
	"iceexplorer/app/inspect/rows"
)

// CopyOptions say what is copied, and how.
type CopyOptions struct {
	Format string         // one of rows.Formats
	Head   bool           // titles too; JSON has them anyway
	Only   *bitset.BitSet // of the rows those of these points; nil: all
	Limit  int            // bytes of text, after which no row is added
}

// Copied is text of rows.
type Copied struct {
	Text string
	Rows int // in the text
	Of   int // that were asked for
}

// copyBlock is how many rows are read at a time.
const copyBlock = 4096

// Copy writes rows as text, beside the caller's goroutine, which done is called on. The
// point's index is the first column. The error is for users, or that of ctx.
func (s *Sheet) Copy(ctx context.Context, opt CopyOptions, done func(Copied, error)) {
	v := s.view
	if v == nil || v.Fault != nil {
		done(Copied{}, nil)
		return
	}
	var columns []*column.Column
	for _, c := range s.Columns() {
		if c.Bound != nil {
			columns = append(columns, c.Bound)
		}
	}
	release := v.Hold()
	go func() {
		out, err := v.copy(ctx, columns, opt)
		release()
		s.post(func() { done(out, err) })
	}()
}

func (v *View) copy(ctx context.Context, columns []*column.Column, opt CopyOptions) (Copied, error) {
	var text strings.Builder
	buf := bufio.NewWriter(&text)
	w, err := rows.New(opt.Format, buf)
	if err != nil {
		return Copied{}, err
	}
	if opt.Head || opt.Format == "json" || opt.Format == "ndjson" {
		w.Head(titles(columns))
	}
	var out Copied
	block := make([]uint32, 0, copyBlock)
	flush := func() error {
		defer func() { block = block[:0] }()
		if text.Len() >= opt.Limit {
			return nil
		}
		n, err := writeRows(w, columns, block, func() bool { return text.Len() < opt.Limit })
		out.Rows += n
		return err
	}
	for i := range v.Rows() {
		if row := v.Row(i); opt.Only == nil || opt.Only.Test(uint(row)) {
			block = append(block, row)
			out.Of++
		}
		if len(block) == copyBlock {
			if err := flush(); err != nil {
				return out, err
			}
		}
		if i%copyBlock == 0 && ctx.Err() != nil {
			return out, ctx.Err()
		}
	}
	if err := flush(); err != nil {
		return out, err
	}
	if err := w.End(); err != nil {
		return out, err
	}
	err = buf.Flush()
	out.Text = text.String()
	return out, err
}

// titles are those of the index and of the columns.
func titles(columns []*column.Column) []string {
	out := []string{"index"}
	for _, c := range columns {
		out = append(out, c.Titles()...)
	}
	return out
}

// writeRows writes points, as long as there is room, and counts them.
func writeRows(w rows.Writer, columns []*column.Column, points []uint32, room func() bool) (n int, err error) {
	var cells [][]any
	for _, c := range columns {
		read, err := c.Read(points)
		if err != nil {
			return 0, err
		}
		cells = append(cells, read...)
	}
	line := make([]any, len(cells)+1)
	for i, p := range points {
		if !room() {
			return i, nil
		}
		line[0] = int64(p)
		for k := range cells {
			line[k+1] = cells[k][i]
		}
		if err := w.Row(line); err != nil {
			return i, err
		}
	}
	return len(points), nil
}
