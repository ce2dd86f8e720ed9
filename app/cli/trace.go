package cli

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"iceexplorer/app/inspect/expr"
	"iceexplorer/app/inspect/probe"
)

func traceVerb() verb {
	return verb{
		name: "trace", args: "PATH...",
		short: "follow single points over the frames",
		long: `
Prints a row for each frame and each of the points asked for: the frame, the point's
ID, its index, and the columns asked for, or all attributes without --columns. Points
are followed by their ID. In a cache without IDs use --index, the place in the file:
it is the same point as long as no point before it is born or dies. If a frame lacks
a point, its row has no more than its number; one that no frame has is an error.
What a frame lacks and others of its sequence have stays empty there; one warning names
the frames, and the exit status is 0.

  iceexplorer trace --id 1234 --columns Age,P,v.mag PATH`,
		flags: func(f *flags) {
			f.string("id", "ID,...", "the points with these IDs")
			f.string("index", "N,...", "the points at these places in the file, from 0")
			f.string("columns", "EXPR,...", "the values to print of each point")
			askFlags(f)
		},
		run: trace,
	}
}

// mostTraced is how many points may be followed at once.
const mostTraced = 10_000

func trace(ctx context.Context, f *flags, env Env) error {
	if f.isGiven("id") == f.isGiven("index") {
		return usagef("trace needs points: give --id or --index")
	}
	flag := "id"
	if f.isGiven("index") {
		flag = "index"
	}
	points, err := wholeNumbers(flag, f.text(flag))
	if err != nil {
		return err
	}
	columns, err := expressions(f, "columns")
	if err != nil {
		return err
	}
	a, err := newAsking(f, env)
	if err != nil {
		return err
	}
	t := tracer{asking: a, projection: newProjection(a, columns, "frame", "ID", "index"), points: points, byID: flag == "id", at: make([]int, len(points)), met: make([]bool, len(points))}
	err = a.each(ctx, f, func(in *input, frame expr.Frame) (bool, error) { return true, t.frame(in, frame) })
	if err == nil && ctx.Err() == nil {
		return t.missing()
	}
	return err
}

// missing says which points no frame had.
func (t *tracer) missing() error {
	const most = 8
	var lost []string
	more := 0
	for i, p := range t.points {
		switch {
		case t.met[i]:
		case len(lost) < most:
			lost = append(lost, strconv.Itoa(int(p)))
		default:
			more++
		}
	}
	if len(lost) == 0 {
		return nil
	}
	what := "point"
	if len(lost) > 1 {
		what = "points"
	}
	text := fmt.Sprintf("no frame has the %s %s", what, strings.Join(lost, ", "))
	if more > 0 {
		text += fmt.Sprintf(" and %d more", more)
	}
	return errors.New(text)
}

// wholeNumbers reads 5 and 5,7,9.
func wholeNumbers(flag, s string) ([]int32, error) {
	var out []int32
	for _, part := range strings.Split(s, ",") {
		n, err := strconv.ParseInt(strings.TrimSpace(part), 10, 32)
		if err != nil || flag == "index" && n < 0 || len(out) == mostTraced {
			return nil, usagef("--%s %q: want whole numbers such as 5 or 5,7,9", flag, s)
		}
		out = append(out, int32(n))
	}
	return out, nil
}

// tracer is a run of trace.
type tracer struct {
	*asking
	*projection
	points []int32
	byID   bool
	at     []int // where each was in the frame before
	met    []bool
}

func (t *tracer) frame(in *input, f expr.Frame) error {
	ids := probe.IDs(f.Frame)
	if t.byID && ids == nil && f.Header.Points > 0 {
		return refusal("the points have no ID: follow them by their place in the file, with --index")
	}
	cols, err := t.projection.bind(in, f)
	if err != nil {
		return err
	}
	for i, p := range t.points {
		row, ok := int(p), int64(p) < int64(f.Header.Points)
		line := []any{float64(in.Number), nil, nil}
		if t.byID {
			row, ok = probe.Find(ids, p, t.at[i])
			line[1] = int64(p)
		} else {
			line[2] = int64(p) // also of a point that the frame lacks
		}
		if ok {
			t.at[i], t.met[i] = row, true
			if line[2] = int64(row); ids != nil {
				line[1] = int64(ids[row])
			}
		}
		for k, c := range cols {
			var read [][]any
			if ok && c != nil {
				if read, err = c.Read([]uint32{uint32(row)}); err != nil {
					return err
				}
			}
			line = t.cells(line, k, read, 0)
		}
		if err := t.rows.Row(line); err != nil {
			return err
		}
	}
	return nil
}
