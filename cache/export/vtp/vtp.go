// Package vtp is points as polygon data of VTK in XML, for ParaView, VTK, f3d and OVITO.
//
// OVITO reads the least of them, and so decides on what is written: arrays are text in
// base64 where they are declared, not compressed, with sizes of 64 bits; there are as many
// vertices as points; bools are 32-bit integers.
package vtp

import (
	"context"
	"encoding/binary"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"iceexplorer/cache"
	"iceexplorer/cache/export"
	"iceexplorer/cache/export/names"
	"iceexplorer/cache/export/record"
)

var target = names.Target{Format: "vtp", Fits: names.Numbers, Spelled: spelled}

// Format declares it.
func Format() export.Format {
	return export.Format{
		Name: "vtp", Label: "a .vtp", Ext: ".vtp", For: "ParaView, VTK, f3d, OVITO",
		Options: names.Options(), Check: names.Check, Places: target.Places,
		Write: export.Stream(write),
	}
}

// spelled leaves out what XML cannot tell.
func spelled(name string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r == '\uFFFE' || r == '\uFFFF' {
			return '_'
		}
		return r
	}, name)
}

// points is the name of the array that all others are about.
const points = "Points"

var errNoPoints = errors.New("there is no PointPosition, and points of a .vtp must have one")

func write(_ context.Context, w io.Writer, j *export.Job) error {
	chosen := target.Choose(j.Frame.Index(), j.Options)
	place := slices.IndexFunc(chosen, func(c names.Choice) bool {
		return slices.Equal(c.As, []string{points}) && j.Frame.Attributes[c.Column].Type == cache.TypeVector3
	})
	if place < 0 && j.Frame.Header.Points > 0 {
		return errNoPoints
	}
	x := document{w: w, n: uint64(j.Frame.Header.Points)}
	x.text("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<VTKFile type=\"PolyData\" version=\"1.0\" byte_order=\"LittleEndian\" header_type=\"UInt64\">\n<PolyData>\n")
	x.text(fmt.Sprintf("<Piece NumberOfPoints=\"%d\" NumberOfVerts=\"%d\" NumberOfLines=\"0\" NumberOfStrips=\"0\" NumberOfPolys=\"0\">\n<PointData>\n", x.n, x.n))
	for i, c := range chosen {
		if c.As != nil && i != place {
			x.attribute(c.As[0], j.Frame.Attributes[c.Column])
		}
	}
	x.text("</PointData>\n<Points>\n")
	if place >= 0 {
		x.attribute(points, j.Frame.Attributes[chosen[place].Column])
	} else {
		x.array(points, "Float32", 3, 0, func(io.Writer) error { return nil })
	}
	x.text("</Points>\n<Verts>\n")
	x.counted("connectivity", 0)
	x.counted("offsets", 1)
	x.text("</Verts>\n</Piece>\n</PolyData>\n</VTKFile>\n")
	return x.err
}

// document is a file on its way. After an error nothing more is written.
type document struct {
	w   io.Writer
	n   uint64 // points
	err error
}

func (x *document) text(s string) {
	if x.err == nil {
		_, x.err = io.WriteString(x.w, s)
	}
}

// array writes an array with a value for each point.
func (x *document) array(name, typ string, components int, size uint64, values func(io.Writer) error) {
	var escaped strings.Builder
	if err := xml.EscapeText(&escaped, []byte(name)); err != nil && x.err == nil {
		x.err = err
	}
	x.text(fmt.Sprintf("<DataArray type=\"%s\" Name=\"%s\" NumberOfComponents=\"%d\" format=\"binary\">\n", typ, escaped.String(), components))
	if x.err == nil {
		x.err = x.base64(x.n*size, values)
	}
	x.text("\n</DataArray>\n")
}

// base64 writes values with the number of their bytes before them.
func (x *document) base64(size uint64, values func(io.Writer) error) error {
	e := newEncoder(x.w)
	if _, err := e.Write(binary.LittleEndian.AppendUint64(nil, size)); err != nil {
		return err
	}
	if err := values(e); err != nil {
		return err
	}
	return e.Close()
}

func (x *document) attribute(name string, a *cache.Attribute) {
	if a.Type.Elem() == cache.ElemUint8 {
		x.array(name, "Int32", 1, 4, func(w io.Writer) error { return record.Write(w, 1, x.n, []record.Field{record.Ints(a)}) })
		return
	}
	typ := "Float32"
	if a.Type.Elem() == cache.ElemInt32 {
		typ = "Int32"
	}
	x.array(name, typ, a.Type.Components(), a.Type.ValueSize(), func(w io.Writer) error { return record.Column(w, a, x.n) })
}

// counted writes whole numbers from a first one.
func (x *document) counted(name string, first uint64) {
	x.array(name, "Int64", 1, 8, func(w io.Writer) error {
		return record.Write(w, 1, x.n, []record.Field{{Size: 8, Fill: func(dst []byte, stride int, row, n uint64) {
			for i := range n {
				binary.LittleEndian.PutUint64(dst[i*uint64(stride):], first+row+i)
			}
		}}})
	})
}
