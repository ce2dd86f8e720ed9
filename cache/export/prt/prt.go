// Package prt is points as particles of Krakatoa, version 1 of the format, for Krakatoa, Thinking
// Particles, Frost and Deadline's users. It follows Thinkbox's description of the format.
package prt

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/klauspost/compress/zlib"

	"iceexplorer/cache"
	"iceexplorer/cache/export"
	"iceexplorer/cache/export/names"
	"iceexplorer/cache/export/record"
)

var target = names.Target{Format: "prt", Fits: names.Numbers, Spelled: spelled, Parts: names.WithAlpha("Color", "Density")}

// Format declares it.
func Format() export.Format {
	return export.Format{
		Name: "prt", Label: "a .prt", Ext: ".prt", For: "Krakatoa, Thinking Particles, Frost",
		Options: append(names.Options(), export.Option{
			Name: level, Arg: "N", Kind: export.Integer, Default: "1", Help: "how hard its zlib tries to save bytes, from 1 to 9",
		}),
		Check: check, Places: target.Places,
		Write: export.Stream(write),
	}
}

func check(v export.Values) error {
	if n := v.Integer(level); n < zlib.BestSpeed || n > zlib.BestCompression {
		return fmt.Errorf("level %d: want a number from %d to %d", n, zlib.BestSpeed, zlib.BestCompression)
	}
	return names.Check(v)
}

// level is the option of how hard zlib tries.
const level = "level"

// Sizes of the header's parts, which it tells itself.
const (
	headBytes    = 56
	channelBytes = 44
	nameBytes    = 32 // with a zero at the end
)

// spelled is a word that fits. Of one that is too long the middle is left out: the end may
// tell two names apart.
func spelled(name string) string {
	const most, end = nameBytes - 1, 12
	word := names.Word(name)
	if len(word) > most {
		word = word[:most-end] + word[len(word)-end:]
	}
	return word
}

// Types of values.
const (
	typeInt32   = 1
	typeFloat32 = 4
	typeUint8   = 10
)

// position is the channel that every file must have.
const position = "Position"

var errNoPoints = errors.New("there is no PointPosition, and particles of a .prt must have one")

func write(_ context.Context, w io.Writer, j *export.Job) error {
	chosen := target.Choose(j.Frame.Index(), j.Options)
	points := uint64(j.Frame.Header.Points)
	var channels []channel
	if !slices.ContainsFunc(chosen, func(c names.Choice) bool {
		return slices.Equal(c.As, []string{position}) && j.Frame.Attributes[c.Column].Type == cache.TypeVector3
	}) {
		if points > 0 {
			return errNoPoints
		}
		channels = append(channels, channel{position, typeFloat32, 3, record.Field{Size: 12}})
	}
	for _, c := range chosen {
		if c.As != nil {
			channels = append(channels, channelsOf(c.As, j.Frame.Attributes[c.Column])...)
		}
	}
	head := append([]byte{192, 'P', 'R', 'T', '\r', '\n', 26, '\n'}, headBytes, 0, 0, 0)
	head = append(head, padded("Extensible Particle Format")...)
	head = binary.LittleEndian.AppendUint32(head, 1) // version
	head = binary.LittleEndian.AppendUint64(head, points)
	for _, n := range []int{4, len(channels), channelBytes} { // the first is reserved and always 4
		head = binary.LittleEndian.AppendUint32(head, uint32(n))
	}
	at := 0
	var fields []record.Field
	for _, c := range channels {
		head = append(head, padded(c.name)...)
		for _, n := range []int{c.typ, c.arity, at} {
			head = binary.LittleEndian.AppendUint32(head, uint32(n))
		}
		at += c.field.Size
		fields = append(fields, c.field)
	}
	if _, err := w.Write(head); err != nil {
		return err
	}
	z, err := zlib.NewWriterLevel(w, int(j.Options.Integer(level)))
	if err != nil {
		return err
	}
	if err := record.Write(z, j.Threads, points, fields); err != nil {
		return err
	}
	return z.Close()
}

func padded(text string) []byte {
	b := make([]byte, nameBytes)
	copy(b, text)
	return b
}

// channel is a part of every particle.
type channel struct {
	name       string
	typ, arity int
	field      record.Field
}

// channelsOf says what an attribute of the frame becomes.
func channelsOf(as []string, a *cache.Attribute) []channel {
	switch a.Type.Elem() {
	case cache.ElemUint8:
		return []channel{{as[0], typeUint8, 1, record.Values(a)}}
	case cache.ElemInt32:
		return []channel{{as[0], typeInt32, 1, record.Values(a)}}
	}
	var out []channel
	for i, components := range names.Split(as, a.Type) {
		out = append(out, channel{as[i], typeFloat32, len(components), record.Picked(a, components...)})
	}
	return out
}
