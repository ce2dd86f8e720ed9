package cli

import (
	"context"
	"math"
	"slices"

	"github.com/bits-and-blooms/bitset"

	"iceexplorer/app/inspect/expr"
	"iceexplorer/app/inspect/stats"
	"iceexplorer/cache"
)

func statsVerb() verb {
	return verb{
		name: "stats", args: "PATH...",
		short: "summarize the values of attributes: count, range, mean, median",
		long: `
Prints a row for each attribute or expression (for vectors, one for each component):
how many values there are and how many are not finite, and the minimum, maximum, mean,
standard deviation and median of the finite ones; for whole numbers, also how many
distinct values there are. All frames are summarized together, without median and
distinct values if there are several; --by frame summarizes each frame by itself.
A frame that lacks what others of its sequence have adds nothing, and with --by frame its
row stays empty; one warning names the frames, and the exit status is 0.

  iceexplorer stats --by frame --of Age,v.mag --where 'Age > 1' PATH`,
		flags: func(f *flags) {
			f.string("of", "EXPR,...", "the values to summarize (default all attributes that are numbers)")
			f.string("where", "EXPR", "only points that meet this condition")
			f.string("by", "frame", "print rows for each frame")
			askFlags(f)
		},
		run: sumUp,
	}
}

// summing is a run of stats.
type summing struct {
	*asking
	of      []*expr.Expr // nil: all attributes that are numbers
	where   *expr.Expr
	byFrame bool
	begun   bool

	titles []string // of the summaries over all frames, in the order they were met
	total  map[string]*total
}

// total is a summary over frames.
type total struct {
	stats.Summary
	frames int
	whole  bool // the values are whole numbers in all of them
}

func sumUp(ctx context.Context, f *flags, env Env) error {
	if f.isGiven("by") && f.text("by") != "frame" {
		return usagef("--by %q: want frame", f.text("by"))
	}
	of, err := expressions(f, "of")
	if err != nil {
		return err
	}
	seen := map[string]bool{}
	of = slices.DeleteFunc(of, func(e *expr.Expr) bool { // would be counted twice
		again := seen[e.String()]
		seen[e.String()] = true
		return again
	})
	where, err := expression(f, "where")
	if err != nil {
		return err
	}
	a, err := newAsking(f, env)
	if err != nil {
		return err
	}
	s := &summing{asking: a, of: of, where: where, byFrame: f.isGiven("by"), total: map[string]*total{}}
	a.last = s.print
	return a.each(ctx, f, func(in *input, frame expr.Frame) (bool, error) { return true, s.frame(ctx, in, frame) })
}

func (s *summing) frame(ctx context.Context, in *input, f expr.Frame) error {
	var mask *bitset.BitSet
	if s.where != nil {
		p, has, err := s.bind(s.where, f, forCondition)
		if err == nil {
			err = p.Condition()
		}
		if err != nil {
			return err
		}
		if mask = bitset.New(uint(f.Header.Points)); has {
			if mask, err = p.Mask(ctx); err != nil {
				return err
			}
		}
	}
	of := s.of
	if of == nil {
		of = numbersOf(f)
	}
	programs := make([]*expr.Program, len(of)) // all first: a frame is summed up as a whole, or not
	here := make([]bool, len(of))
	for i, e := range of {
		var err error
		if programs[i], here[i], err = s.bind(e, f, forValues); err != nil {
			return err
		}
		if programs[i].Type() == expr.String {
			return programs[i].Whole("this is text, not a number")
		}
	}
	for i, e := range of {
		p := programs[i]
		for c := range p.Components() {
			title := e.String()
			if names := p.ComponentNames(); names != nil {
				title += "." + names[c]
			}
			if !here[i] {
				if err := s.skip(in, title); err != nil {
					return err
				}
				continue
			}
			sum, err := stats.Of(ctx, p, c, mask)
			if err != nil {
				return err
			}
			if err := s.take(in, title, &sum, p.Type() == expr.Int); err != nil {
				return err
			}
		}
	}
	return nil
}

// numbersOf are the attributes of points that are numbers.
func numbersOf(f expr.Frame) []*expr.Expr {
	var out []*expr.Expr
	for _, a := range f.Attributes {
		e, err := expr.Parse(expr.Quote(cache.TrimPadding(a.Name)))
		if err != nil {
			continue
		}
		if p, err := e.Bind(f); err == nil && p.Type() != expr.String && a.Type != cache.TypeShape {
			out = append(out, e)
		}
	}
	return out
}

// take prints a frame's summary, or adds it up.
func (s *summing) take(in *input, title string, sum *stats.Summary, whole bool) error {
	if s.byFrame {
		s.head()
		return s.rows.Row(append([]any{float64(in.Number)}, s.cells(title, &total{*sum, 1, whole})...))
	}
	t := s.total[title]
	if t == nil {
		s.titles = append(s.titles, title)
		s.total[title] = &total{*sum, 1, whole}
		return nil
	}
	t.Join(sum)
	t.frames++
	t.whole = t.whole && whole
	return nil
}

// skip prints the row of what a frame lacks.
func (s *summing) skip(in *input, title string) error {
	if !s.byFrame {
		return nil
	}
	s.head()
	return s.rows.Row(append([]any{float64(in.Number), title}, make([]any, 8)...))
}

func (s *summing) head() {
	if s.begun {
		return
	}
	s.begun = true
	titles := []string{"of", "count", "nonfinite", "min", "max", "mean", "deviation", "median", "distinct"}
	if s.byFrame {
		titles = slices.Insert(titles, 0, "frame")
	}
	s.rows.Head(titles)
}

// cells are a summary's; those that only a frame has stay empty otherwise.
func (s *summing) cells(title string, sum *total) []any {
	number := func(v float64) any {
		if math.IsNaN(v) {
			return nil
		}
		return v
	}
	value := func(v float64) any {
		if sum.whole && v == math.Trunc(v) && math.Abs(v) <= 1<<53 { // greater ones are not known exactly
			return int64(v)
		}
		return number(v)
	}
	var median, distinct any
	if sum.frames == 1 {
		median = value(sum.Median)
		if sum.Distinct > 0 {
			distinct = int64(sum.Distinct)
		}
	}
	return []any{title, int64(sum.Count), int64(sum.NonFinite), value(sum.Min), value(sum.Max), number(sum.Mean), number(sum.Deviation), median, distinct}
}

// print prints what was summed up over all frames.
func (s *summing) print() error {
	s.head()
	for _, t := range s.titles {
		if err := s.rows.Row(s.cells(t, s.total[t])); err != nil {
			return err
		}
	}
	return nil
}
