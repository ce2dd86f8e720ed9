// Package usda is a sequence of points as OpenUSD in text, for Houdini, Maya, Blender and
// Unreal: a layer for each frame, a manifest of what is in any of them, and a stage whose
// value clips they are.
//
// A layer has the values of its frame as the sample of that time, and is a stage of its own
// too. Every attribute has a value for each point in all of them: what is constant in one
// frame may not be in the next, and the stage says once for all how values are spread.
package usda

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"iceexplorer/cache"
	"iceexplorer/cache/export"
	"iceexplorer/cache/export/names"
	"iceexplorer/cache/export/several"
)

var target = names.Target{Format: "usda", Fits: fits, Spelled: names.Word, Parts: parts}

// metersPerUnit is the option about the size of what is in a file.
const metersPerUnit = "meters-per-unit"

// Format declares it.
func Format() export.Format {
	return export.Format{
		Name: "usda", Label: "a .usda", Ext: ".usda", For: "Houdini, Maya, Blender 4.4, Unreal", Holds: export.AllFrames,
		Options: append(names.Options(), export.Up(), export.FPS(), export.Option{
			Name: metersPerUnit, Arg: "N", Kind: export.Number, Default: "1", Help: "how many meters a unit of the scene is",
		}),
		Check: check, Places: target.Places,
		There: there, Write: write,
	}
}

func check(v export.Values) error {
	for _, name := range []string{metersPerUnit, export.FPSOption} {
		if n := v.Number(name); !(n > 0 && n-n == 0) {
			return fmt.Errorf("%s %v: want a number above 0", name, n)
		}
	}
	return names.Check(v)
}

const leftBytes = "opaque bytes have no place in it"

func fits(c *cache.Column, points uint64) (left string, all bool) {
	if left, all = names.PerPoint(c, points); all {
		return left, all
	}
	switch {
	case c.Structure == cache.Array:
		return names.Numbers(c, points)
	case c.Type.Variable() && c.Type != cache.TypeString:
		return leftBytes, true
	}
	return "", false
}

// parts are the two attributes that a colour is.
func parts(name string, c *cache.Column) []string {
	if name == displayColor && c.Type == cache.TypeColor4 {
		return []string{displayColor, displayOpacity}
	}
	return nil
}

const (
	displayColor   = "displayColor"
	displayOpacity = "displayOpacity"
)

// write makes the files of a sequence, each under another name until all are there.
func write(ctx context.Context, j *export.Job) error {
	s := sequence{ctx: ctx, job: j}
	return s.files.Write(ctx, j, &s)
}

// sequence is a stage on its way.
type sequence struct {
	ctx   context.Context
	job   *export.Job
	files several.Files

	numbers    []cache.Number
	properties []property // of any frame, without values
}

var errNoPoints = errors.New("there is no PointPosition, and points of a .usda must have one")

// End writes what ties the layers together.
func (s *sequence) End() error {
	if err := s.manifest(); err != nil {
		return err
	}
	return s.stage()
}

// Frame writes the layer of a frame.
func (s *sequence) Frame(f *export.Numbered) error {
	var all []property
	placed := f.Header.Points == 0
	for _, c := range target.Choose(f.Index(), s.job.Options) {
		if c.As == nil {
			continue
		}
		for _, p := range propertiesOf(c.As, f.Attributes[c.Column]) {
			placed = placed || p.name == "points"
			all = append(all, p)
			if !slices.ContainsFunc(s.properties, func(q property) bool { return q.name == p.name }) {
				s.properties = append(s.properties, property{name: p.name, typ: p.typ})
			}
		}
	}
	if !placed {
		return errNoPoints
	}
	s.numbers = append(s.numbers, f.Number)
	out, err := s.files.Create(s.ctx, s.job.Path, beside(s.job.Path, clipEnd(f.Number)))
	if err != nil {
		return err
	}
	l := layer{w: out, threads: s.job.Threads}
	l.head(s.job.Options, f.Number, f.Number)
	l.begin("")
	for _, p := range all {
		l.sample(&p, f.Number, uint64(f.Header.Points))
	}
	l.end()
	if l.err != nil {
		return l.err
	}
	return out.Close()
}
