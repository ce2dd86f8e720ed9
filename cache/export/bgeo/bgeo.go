// Package bgeo is points as Houdini's classic binary geometry, version 5, for Houdini and
// what reads its files through partio. It follows SideFX's description of the format, GPD.txt.
//
// All numbers are big-endian. There are no primitives: points without any are drawn as such.
package bgeo

import (
	"context"
	"encoding/binary"
	"errors"
	"io"
	"math"
	"slices"

	"iceexplorer/cache"
	"iceexplorer/cache/export"
	"iceexplorer/cache/export/names"
	"iceexplorer/cache/export/record"
)

var target = names.Target{Format: "bgeo", Fits: fits, Spelled: names.Word, Parts: names.WithAlpha("Cd", "Alpha")}

// Format declares it.
func Format() export.Format {
	return export.Format{
		Name: "bgeo", Label: "a .bgeo", Ext: ".bgeo", For: "Houdini, partio",
		Options: names.Options(), Check: names.Check, Places: target.Places,
		Write: export.Stream(write),
	}
}

// fits is what names.Numbers finds, but that text has a place.
func fits(c *cache.Column, points uint64) (left string, all bool) {
	if c.Type == cache.TypeString && c.Structure == cache.Single {
		return names.PerPoint(c, points)
	}
	return names.Numbers(c, points)
}

// Kinds of attributes.
const (
	kindFloat  = 0
	kindInt    = 1
	kindIndex  = 4 // of a text in a list
	kindVector = 5 // floats that turn with the points
)

// position is the name that each point's place has.
const position = "P"

var (
	errNoPoints = errors.New("there is no PointPosition, and points of a .bgeo must have one")
	errTooMany  = errors.New("a .bgeo cannot count so many points")
)

func write(ctx context.Context, w io.Writer, j *export.Job) error {
	points := uint64(j.Frame.Header.Points)
	if points > math.MaxInt32 {
		return errTooMany
	}
	chosen := target.Choose(j.Frame.Index(), j.Options)
	place := slices.IndexFunc(chosen, func(c names.Choice) bool {
		return slices.Equal(c.As, []string{position}) && j.Frame.Attributes[c.Column].Type == cache.TypeVector3
	})
	var fields []record.Field
	switch {
	case place >= 0:
		a := j.Frame.Attributes[chosen[place].Column]
		one := binary.LittleEndian.AppendUint32(nil, math.Float32bits(1))
		fields = append(fields, record.Values(a), record.Same(one))
	case points > 0:
		return errNoPoints
	}
	var definitions []definition
	for i, c := range chosen {
		if c.As != nil && i != place {
			of, err := define(ctx, c.As, j.Frame.Attributes[c.Column])
			if err != nil {
				return err
			}
			definitions = append(definitions, of...)
		}
	}
	head := append([]byte("BgeoV"), 0, 0, 0, 5)
	for _, n := range []int{int(points), 0, 0, 0, len(definitions), 0, 0, 0} { // points, primitives, groups of both, attributes of points, vertices, primitives, all
		head = binary.BigEndian.AppendUint32(head, uint32(n))
	}
	if _, err := w.Write(head); err != nil {
		return err
	}
	for i := range definitions {
		d := &definitions[i]
		if err := d.write(w); err != nil {
			return err
		}
		fields = append(fields, d.field)
	}
	if points > 0 {
		if err := record.WriteBigEndian(w, j.Threads, points, fields); err != nil {
			return err
		}
	}
	_, err := w.Write([]byte{0, 0xff}) // beginning and end of a section for extras
	return err
}

// definition is an attribute of points.
type definition struct {
	name  string
	kind  int
	text  *texts // of the kind that needs it
	field record.Field
}

// define says what an attribute of the frame becomes.
func define(ctx context.Context, as []string, a *cache.Attribute) ([]definition, error) {
	switch {
	case a.Type == cache.TypeString:
		text, err := gather(ctx, a)
		if err != nil {
			return nil, err
		}
		return []definition{{name: as[0], kind: kindIndex, text: text, field: text.indexes()}}, nil
	case a.Type.Elem() == cache.ElemUint8:
		return []definition{{name: as[0], kind: kindInt, field: record.Ints(a)}}, nil
	case a.Type.Elem() == cache.ElemInt32:
		return []definition{{name: as[0], kind: kindInt, field: record.Values(a)}}, nil
	}
	var out []definition
	for i, components := range names.Split(as, a.Type) {
		d := definition{name: as[i], kind: kindFloat, field: record.Picked(a, components...)}
		if a.Type == cache.TypeVector3 && len(components) == 3 && d.name != "Cd" && d.name != "scale" {
			d.kind = kindVector
		}
		out = append(out, d)
	}
	return out, nil
}

// write writes the name, the number of values, the kind and the default.
func (d *definition) write(w io.Writer) error {
	size := d.field.Size / 4
	b := appendText(nil, []byte(d.name))
	b = binary.BigEndian.AppendUint16(b, uint16(size))
	b = binary.BigEndian.AppendUint32(b, uint32(d.kind))
	if d.text != nil {
		if _, err := w.Write(b); err != nil {
			return err
		}
		return d.text.write(w)
	}
	for range size {
		value := uint32(0)
		if d.name == "Alpha" {
			value = math.Float32bits(1)
		}
		b = binary.BigEndian.AppendUint32(b, value)
	}
	_, err := w.Write(b)
	return err
}

// appendText appends a text with its length before it, which is of 16 bits where it can be.
func appendText(b, text []byte) []byte {
	if len(text) < math.MaxInt16 {
		b = binary.BigEndian.AppendUint16(b, uint16(len(text)))
	} else {
		b = binary.BigEndian.AppendUint16(b, math.MaxUint16)
		b = binary.BigEndian.AppendUint32(b, uint32(len(text)))
	}
	return append(b, text...)
}
