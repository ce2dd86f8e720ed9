package app

import (
	"math"

	curves "iceexplorer/app/inspect/profile"
	"iceexplorer/app/inspect/stats"
	"iceexplorer/cache"
)

// HistogramState is the histogram in a State.
type HistogramState struct {
	Of          string       `json:"of"`
	Points      string       `json:"points"` // frame, filter or selection
	Frame       cache.Number `json:"frame"`
	Error       string       `json:"error,omitempty"`
	Count       uint64       `json:"count"`
	Mean        *float64     `json:"mean"` // null: no value is finite
	Log         bool         `json:"log"`
	Counts      *CountsState `json:"counts"`
	Percentiles []*float64   `json:"percentiles"` // 1, 5, 25, 50, 75, 95 and 99 %
	Sequence    *CountsState `json:"sequence"`    // of all frames; null: they were not counted
	Range       []*float64   `json:"range"`       // of all frames, as far as it is known
	Frames      int          `json:"frames"`      // that were counted
	Skipped     int          `json:"skipped"`     // frames that were not, and why the first was not
	Why         string       `json:"why,omitempty"`
	Marked      *[2]float64  `json:"marked,omitempty"`
}

// CountsState is the counts of a histogram.
type CountsState struct {
	Lo        float64  `json:"lo"`
	Hi        float64  `json:"hi"`
	Bins      []uint64 `json:"bins"`
	Below     uint64   `json:"below"`
	Above     uint64   `json:"above"`
	NonFinite uint64   `json:"nonFinite"`
}

// ProfileState is the profile in a State. What is not known is null.
type ProfileState struct {
	Of         string         `json:"of"`
	Error      string         `json:"error,omitempty"`
	Frames     []cache.Number `json:"frames"`
	Min        []*float64     `json:"min"`
	Mean       []*float64     `json:"mean"`
	Max        []*float64     `json:"max"`
	Unmeasured int            `json:"unmeasured"`
	Rise       *StepState     `json:"rise"`
	Drop       *StepState     `json:"drop"`
}

// StepState is a change from one frame to the next.
type StepState struct {
	Frame cache.Number `json:"frame"`
	From  float64      `json:"from"`
	To    float64      `json:"to"`
}

// AttributeState is an attribute of the active layer in a State.
type AttributeState struct {
	Name      string      `json:"name"`
	Type      string      `json:"type"`
	About     string      `json:"about"`
	Values    string      `json:"values"` // as the panel shows them
	Parts     []PartState `json:"parts"`
	NonFinite uint64      `json:"nonFinite,omitempty"`
}

// PartState is a component of an attribute.
type PartState struct {
	Name string   `json:"name"`
	Min  *float64 `json:"min"`
	Max  *float64 `json:"max"`
	Mean *float64 `json:"mean"`
}

// known is nil for what is no number.
func known(v float64) *float64 {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return nil
	}
	return &v
}

func knowns(values []float64) []*float64 {
	out := make([]*float64, len(values))
	for i, v := range values {
		out[i] = known(v)
	}
	return out
}

func countsState(h *stats.Histogram) *CountsState {
	if len(h.Bins) == 0 {
		return nil
	}
	return &CountsState{h.Lo, h.Hi, h.Bins, h.Below, h.Above, h.NonFinite}
}

func (a *App) histogramState() *HistogramState {
	h := a.charts.Histogram
	if h.Text() == "" {
		return nil
	}
	out := &HistogramState{Of: h.Text(), Points: h.Over().String(), Log: h.Log}
	if lo, hi, ok := h.Range(); ok {
		out.Marked = &[2]float64{lo, hi}
	}
	switch r := h.Result(); {
	case r == nil:
	case r.Fault != nil:
		out.Frame, out.Error = r.Number, r.Fault.Error()
	default:
		out.Frame, out.Count, out.Mean = r.Number, r.Summary.Count, known(r.Summary.Mean)
		out.Counts, out.Percentiles = countsState(&r.Counts), knowns(r.Percentiles)
	}
	if q := h.Sequence(); q != nil {
		out.Range = knowns([]float64{q.Range.Lo, q.Range.Hi})
		if q.Counted {
			out.Sequence, out.Frames = countsState(&q.Counts), q.Frames
			out.Skipped, out.Why = q.Skipped, q.Why
		}
	}
	return out
}

func (a *App) profileState() *ProfileState {
	c, err := a.charts.Profile.Curve()
	out := &ProfileState{Of: a.charts.Profile.Name()}
	switch {
	case err != nil:
		out.Error = err.Error()
		return out
	case c == nil:
		return nil
	}
	out.Frames, out.Min, out.Mean, out.Max = c.Frames, knowns(c.Min), knowns(c.Mean), knowns(c.Max)
	_, _, out.Unmeasured = c.Counts()
	rise, fall, rises, falls := c.Steps()
	step := func(s curves.Step, ok bool) *StepState {
		if !ok {
			return nil
		}
		return &StepState{s.Frame, s.From, s.To}
	}
	out.Rise, out.Drop = step(rise, rises), step(fall, falls)
	return out
}

func (a *App) attributeStates() []AttributeState {
	list, _ := a.charts.Attributes()
	out := []AttributeState{}
	for i := range list {
		x := &list[i]
		s := AttributeState{Name: x.Name, Type: x.Type, About: x.About(), Values: x.Values, NonFinite: x.NonFinite}
		for _, p := range x.Parts {
			s.Parts = append(s.Parts, PartState{p.Title, known(p.Span.Lo), known(p.Span.Hi), known(p.Mean)})
		}
		out = append(out, s)
	}
	return out
}
