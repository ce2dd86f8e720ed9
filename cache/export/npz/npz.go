// Package npz is attributes as arrays of numpy in a zip file: they are stored as they lie in
// memory and not compressed, so that a reader may map them.
package npz

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"strings"

	"iceexplorer/cache"
	"iceexplorer/cache/export"
	"iceexplorer/cache/export/names"
)

var target = names.Target{Format: "npz", Fits: fits, Parts: arraysOf, Spelled: spelled}

// Format declares it.
func Format() export.Format {
	return export.Format{
		Name: "npz", Label: "an .npz", Ext: ".npz", For: "numpy",
		Options: names.Options(), Check: names.Check, Places: target.Places,
		Write: export.Stream(write),
	}
}

func fits(c *cache.Column, _ uint64) (left string, all bool) {
	switch {
	case c.Type.Elem() == cache.ElemNone:
		return names.LeftEmpty, true
	case c.Type == cache.TypeShape && c.Records.Len > 0:
		return names.LeftShapes, false
	}
	return "", false
}

// spelled leaves out what names in a zip file must not have.
func spelled(name string) string { return strings.ReplaceAll(name, "\x00", "_") }

// arraysOf are the names of the arrays that an attribute becomes: those of variable length
// have the places where rows begin, in values or in bytes, and arrays of strings both.
func arraysOf(name string, c *cache.Column) []string {
	switch {
	case c.Structure == cache.Array && c.Type.Variable():
		return []string{name, name + ".offsets", name + ".value_offsets"}
	case c.Structure == cache.Array || c.Type.Variable():
		return []string{name, name + ".offsets"}
	}
	return nil
}

func write(ctx context.Context, w io.Writer, j *export.Job) error {
	z := newArchive(w)
	for _, c := range target.Choose(j.Frame.Index(), j.Options) {
		if c.As == nil {
			continue
		}
		if err := put(ctx, z, c.As, j.Frame.Attributes[c.Column]); err != nil {
			return fmt.Errorf("attribute %s: %w", c.Attribute, err)
		}
	}
	return z.Close()
}

// put writes an attribute's arrays under their names.
func put(ctx context.Context, z *archive, as []string, a *cache.Attribute) error {
	dtype, shape := "|u1", []uint64{a.Data.Len} // of text and opaque bytes
	if !a.Type.Variable() {
		dtype = map[cache.Elem]string{cache.ElemFloat32: "<f4", cache.ElemInt32: "<i4", cache.ElemUint8: "|b1"}[a.Type.Elem()]
		shape = append([]uint64{a.Values}, dimensions(a.Type)...)
	}
	if err := z.array(as[0], dtype, shape, a.Bytes()); err != nil {
		return err
	}
	parts := a.Parts()
	for i, name := range as[1:] {
		offsets, limit := parts[1+i], a.Values
		if i == len(as)-2 && a.Type.Variable() {
			limit = a.Data.Len
		}
		if len(offsets) == 0 {
			offsets = make([]byte, 8) // no rows have one place too, their end
		}
		if err := rising(ctx, offsets, limit); err != nil {
			return err
		}
		if err := z.array(name, "<i8", []uint64{uint64(len(offsets)) / 8}, offsets); err != nil {
			return err
		}
	}
	return nil
}

// dimensions are those of a value.
func dimensions(t cache.DataType) []uint64 {
	switch n := uint64(t.Components()); {
	case t == cache.TypeMatrix33:
		return []uint64{3, 3}
	case t == cache.TypeMatrix44:
		return []uint64{4, 4}
	case n > 1:
		return []uint64{n}
	}
	return nil
}

var errOffsets = errors.New("the places of its rows make no sense")

// rising reports offsets that lead nowhere: who reads the file does not check them.
func rising(ctx context.Context, offsets []byte, limit uint64) error {
	before := uint64(0)
	for i := 0; i+8 <= len(offsets); i += 8 {
		if i%(1<<20) == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		at := binary.LittleEndian.Uint64(offsets[i:])
		if at < before || at > limit {
			return errOffsets
		}
		before = at
	}
	return nil
}
