package probing

import (
	"bufio"
	"errors"
	"fmt"
	"slices"
	"strings"

	"iceexplorer/app/inspect/probe"
	"iceexplorer/app/inspect/rows"
	"iceexplorer/cache"
	"iceexplorer/cache/unit"
)

// Formats are what a trace can be copied as.
var Formats = []string{"tsv", "csv", "json"}

// copyLimit is how many bytes are copied at most: more hold up the programs that take
// them.
const copyLimit = 32 << 20

// Copy writes what is found as text, a row for each frame and point that is there, beside
// the session's goroutine, which done is called on.
func (p *Probe) Copy(format string, done func(text, told string, err error)) error {
	t := p.Trace()
	if t == nil {
		return errors.New("no points are followed")
	}
	kept := *t
	kept.Moments = slices.Clone(t.Moments)
	parts := t.Parts()
	p.copying++
	go func() {
		text, n, whole, err := write(&kept, parts, format)
		p.post(func() {
			p.copying--
			told := unit.Plural(n, "row") + " copied"
			if !whole {
				told = fmt.Sprintf("The first %s copied, which is all that a clipboard takes; iceexplorer trace writes all", unit.Plural(n, "row"))
			}
			done(text, told, err)
		})
	}()
	return nil
}

func write(t *probe.Trace, parts []probe.Part, format string) (text string, n int, whole bool, err error) {
	var out strings.Builder
	buf := bufio.NewWriter(&out)
	w, err := rows.New(format, buf)
	if err != nil {
		return "", 0, false, err
	}
	titles := []string{"frame"}
	if t.ByID {
		titles = append(titles, "ID")
	}
	titles = append(titles, "index")
	for _, part := range parts {
		titles = append(titles, part.Title)
	}
	w.Head(titles)
	whole = true
	for i := range t.Moments {
		for k, point := range t.Points {
			if !t.Has(i, k) {
				continue
			}
			if whole = out.Len() < copyLimit; !whole {
				break
			}
			line := []any{float64(t.Moments[i].Number)}
			if t.ByID {
				line = append(line, int64(point))
			}
			line = append(line, int64(t.Moments[i].Rows[k]))
			for _, part := range parts {
				line = append(line, t.Cell(i, part, k))
			}
			if err := w.Row(line); err != nil {
				return "", 0, false, err
			}
			n++
		}
	}
	if err := w.End(); err != nil {
		return "", 0, false, err
	}
	err = buf.Flush()
	return out.String(), n, whole, err
}

// State is what is followed and found, for reports.
type State struct {
	By       string         `json:"by"`       // id, or index
	Selected int            `json:"selected"` // of which Points are the first
	Columns  []string       `json:"columns"`
	Frames   []cache.Number `json:"frames"`
	Open     int            `json:"open"` // frames that were not looked at yet
	Failed   int            `json:"failed"`
	Why      string         `json:"why,omitempty"` // the first of them failed
	Points   []PointState   `json:"points"`
}

// PointState is a point over the frames.
type PointState struct {
	Point  int32            `json:"point"` // ID or index
	First  *cache.Number    `json:"first"` // frame it is in; null: it is in none
	Last   *cache.Number    `json:"last"`
	Born   bool             `json:"born"`   // in First: the frame before is there without it
	Died   bool             `json:"died"`   // after Last
	Spells []SpellState     `json:"spells"` // it is in all of their frames, and in no others; null: it is in none
	Rows   []int            `json:"rows"`   // in each frame, -1: it is not there
	Values map[string][]any `json:"values"` // by title and frame
}

// SpellState is a stretch of frames that a point is in.
type SpellState struct {
	First cache.Number `json:"first"`
	Last  cache.Number `json:"last"`
	Born  bool         `json:"born"` // the frame before is there without it
	Died  bool         `json:"died"` // the frame after is there without it
}

// State tells all, nil if nothing is followed.
func (p *Probe) State() *State {
	t := p.Trace()
	if t == nil {
		return nil
	}
	s := &State{By: "index", Selected: p.followed.of, Columns: p.Columns(), Open: p.run.open}
	if t.ByID {
		s.By = "id"
	}
	for _, m := range t.Moments {
		s.Frames = append(s.Frames, m.Number)
	}
	s.Failed, s.Why = Failed(t)
	parts := t.Parts()
	for k, point := range t.Points {
		ps := PointState{Point: point, Values: map[string][]any{}}
		if life := t.Life(k); life != nil {
			from, to := life[0], life[len(life)-1]
			first, last := s.Frames[from.First], s.Frames[to.Last]
			ps.First, ps.Last, ps.Born, ps.Died = &first, &last, from.Born, to.Died
			for _, in := range life {
				ps.Spells = append(ps.Spells, SpellState{s.Frames[in.First], s.Frames[in.Last], in.Born, in.Died})
			}
		}
		for i := range t.Moments {
			row := -1
			if t.Has(i, k) {
				row = t.Moments[i].Rows[k]
			}
			ps.Rows = append(ps.Rows, row)
			for _, part := range parts {
				ps.Values[part.Title] = append(ps.Values[part.Title], rows.JSON(t.Cell(i, part, k)))
			}
		}
		s.Points = append(s.Points, ps)
	}
	return s
}

// Failed counts the frames that tell nothing, and says why the first does not.
func Failed(t *probe.Trace) (n int, why string) {
	for i := range t.Moments {
		if err := t.Moments[i].Err; err != nil {
			if n++; n == 1 {
				why = err.Error()
			}
		}
	}
	return n, why
}
