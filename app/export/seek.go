package export

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"iceexplorer/app/export/reshape"
	"iceexplorer/app/inspect"
	"iceexplorer/app/inspect/expr"
	"iceexplorer/cache"
	"iceexplorer/cache/export/names"
	"iceexplorer/cache/unit"
	"iceexplorer/jobs"
)

// sought is an attribute that an order names.
type sought struct {
	name  string
	as    *names.Mapping // that it is given names by; nil: it is asked for
	unfit *cache.Column  // which has another number of components
}

// seeks are the attributes that the order names and does not derive.
func (o *Options) seeks() (out []*sought, err error) {
	for _, name := range append(names.List(o.Chosen["attrs"]), o.Change.Attrs...) {
		out = append(out, &sought{name: name})
	}
	maps, err := names.ParseMap(o.Chosen["map"])
	for i := range maps {
		out = append(out, &sought{name: maps[i].Attribute, as: &maps[i]})
	}
	return slices.DeleteFunc(out, func(s *sought) bool {
		return slices.ContainsFunc(o.Change.Derive, func(text string) bool {
			derived, _, _ := strings.Cut(text, "=")
			return strings.EqualFold(cache.TrimPadding(strings.TrimSpace(derived)), cache.TrimPadding(s.name))
		})
	}), err
}

// Seeks reports that Seek has something to look for.
func (o *Options) Seeks() bool {
	seeks, err := o.seeks()
	return len(seeks) > 0 || err != nil || o.asks()
}

// asks reports that there are expressions.
func (o *Options) asks() bool { return o.Change.Where != "" || len(o.Change.Derive) > 0 }

// unmet is an error if an expression asks for an attribute that is not among all that the frames have.
func (o *Options) unmet(all []inspect.Attribute) error {
	err := reshape.Bind(expr.Frame{Frame: inspect.Schema(nil, all), FPS: o.Change.FPS}, &o.Change)
	var fault *expr.Error
	if errors.As(err, &fault) && fault.Lacks {
		return err
	}
	return nil // the frames will tell
}

// Seek is an error if the order names an attribute that no frame has, or more or fewer names than it has components. It
// asks what attributes there are, of no more frames than it takes to find all. Frames that cannot be read are left to the run.
func (p *Plan) Seek(ctx context.Context, q Queue) error {
	missing, err := p.Options.seeks()
	if err != nil {
		return err
	}
	var known []string
	survey, unmet := inspect.NewSurvey(), error(nil)
	for i := range p.Jobs {
		j := &p.Jobs[i]
		for k := 0; k < len(j.Inputs) && j.open() && (len(missing) > 0 || p.Options.asks() && (known == nil || unmet != nil)); k++ {
			ix, err := attributesOf(ctx, q, &j.Inputs[k])
			if err != nil {
				return err
			}
			if ix == nil {
				continue
			}
			for _, c := range ix.Columns {
				if name := cache.TrimPadding(c.Name); !slices.Contains(known, name) {
					known = append(known, name)
				}
			}
			missing = slices.DeleteFunc(missing, func(s *sought) bool { return s.in(ix.Columns) })
			survey.Take(cache.Number(survey.Count()), ix) // numbers of several sequences may be the same
			unmet = p.Options.unmet(survey.Attributes())
		}
	}
	if known == nil {
		return nil
	}
	return cmp.Or(refusal(missing, known), unmet)
}

// Missing is an error if the order names an attribute that is not among all that the frames have.
func (o *Options) Missing(all []inspect.Attribute) error {
	missing, err := o.seeks()
	if err != nil {
		return err
	}
	var known []string
	var columns []cache.Column
	for i := range all {
		known = append(known, cache.TrimPadding(all[i].Name))
		columns = append(columns, cache.Column{Name: all[i].Name, Type: all[i].Type, Structure: all[i].Structure})
	}
	missing = slices.DeleteFunc(missing, func(s *sought) bool { return s.in(columns) })
	return cmp.Or(refusal(missing, known), o.unmet(all))
}

// refusal says what is wrong with the first of the attributes that no frame has.
func refusal(missing []*sought, known []string) error {
	if len(missing) == 0 {
		return nil
	}
	s := missing[0]
	if s.unfit != nil {
		return &Refused{Why: fmt.Sprintf("%s has %s, and %s are given", s.name, unit.Plural(s.unfit.Type.Components(), "component"), unit.Plural(len(s.as.As), "name"))}
	}
	return fmt.Errorf("no frame has an attribute %s%s", s.name, expr.Suggest(s.name, known))
}

// in reports whether a frame with these attributes has it as it is asked for.
func (s *sought) in(columns []cache.Column) bool {
	i := cache.Meant(columns, s.name)
	if i < 0 {
		return false
	}
	if s.as != nil && !s.as.Fits(&columns[i]) {
		s.unfit = &columns[i]
		return false
	}
	return true
}

// attributesOf has a worker read which attributes an input has; nil: it cannot be read.
func attributesOf(ctx context.Context, q Queue, in *Input) (*cache.Index, error) {
	answer := make(chan jobs.Result, 1)
	id := q.Submit(jobs.Request{
		Task: jobs.Measure, Params: jobs.MeasureParams{Names: true}, Source: in.Source, Converted: in.Converted,
		Done: func(r jobs.Result) { answer <- r },
	})
	select {
	case <-ctx.Done():
		q.Cancel(id)
		return nil, ctx.Err()
	case r := <-answer:
		if r.Err != nil {
			return nil, nil
		}
		return r.Index, nil
	}
}
