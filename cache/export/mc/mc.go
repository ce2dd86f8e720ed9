// Package mc is a sequence as Maya's nCache: files of channels, .mc, and a description of them
// all, .xml. It follows what Autodesk publishes of the format, and the names that Softimage's
// own way to Maya used.
//
// A file is of chunks as the IFF has them, of four bytes' alignment and big-endian: a header,
// FOR4 CACH, and for each frame a FOR4 MYCH with name, size and values of each channel. Time is
// in ticks, 6000 a second.
package mc

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"

	"iceexplorer/cache"
	"iceexplorer/cache/export"
	"iceexplorer/cache/export/names"
	"iceexplorer/cache/export/several"
)

var target = names.Target{Format: "mc", Fits: names.Numbers, Spelled: spelled, Parts: parts}

// Options.
const (
	oneFile = "one-file"
	shape   = "shape"
)

// Format declares it.
func Format() export.Format {
	return export.Format{
		Name: "mc", Label: "an nCache", Ext: ".xml", Further: []string{".mc"}, For: "Maya (nCache)", Holds: export.AllFrames,
		Options: append(names.Options(), export.FPS(),
			export.Option{Name: oneFile, Kind: export.Bool, Default: "false", Help: "put all frames into one .mc; else each has its own"},
			export.Option{Name: shape, Arg: "NAME", Default: "nParticleShape1", Help: "the shape in Maya that the channels are for"},
		),
		Check: check, Places: target.Places,
		There: there, Write: write,
	}
}

func check(v export.Values) error {
	if name := v.Text(shape); name != names.Word(name) {
		return fmt.Errorf("%s %q: want letters of ASCII, digits and _", shape, name)
	}
	if fps := v.Number(export.FPSOption); !(fps > 0 && fps <= ticksPerSecond) {
		return fmt.Errorf("%s %v: want a number above 0, at most %d", export.FPSOption, fps, ticksPerSecond)
	}
	return names.Check(v)
}

// spelled is a word that is not the name of the channel that every file has.
func spelled(name string) string {
	if name = names.Word(name); name == "count" {
		return "count_"
	}
	return name
}

// parts are the channels of an attribute that is neither a number nor a vector of three.
func parts(name string, c *cache.Column) []string {
	switch {
	case c.Type == cache.TypeColor4 && name == "rgbPP":
		return []string{name, "opacityPP"}
	case c.Type == cache.TypeColor4:
		return []string{name, name + "_a"}
	case c.Type == cache.TypeVector3, turns(name, c.Type):
		return nil
	}
	return names.Components(name, "_", c)
}

const ticksPerSecond = 6000

// clock tells the time of frames.
type clock struct{ fps float64 }

func (c clock) seconds(n cache.Number) float64 { return float64(n) / c.fps }

var errTime = errors.New("an .mc cannot tell the time of such a frame")

func (c clock) ticks(n cache.Number) (int32, error) {
	t := math.Round(c.seconds(n) * ticksPerSecond)
	if math.Abs(t) > math.MaxInt32 {
		return 0, fmt.Errorf("frame %v: %w", n, errTime)
	}
	return int32(t), nil
}

// end ends the name of the file of a frame alone.
func (c clock) end(n cache.Number, ticks int32) (string, error) {
	whole, err := c.ticks(n.Floor())
	if err != nil {
		return "", err
	}
	name := fmt.Sprintf("Frame%v", n.Floor())
	if ticks != whole {
		name += fmt.Sprintf("Tick%d", ticks-whole)
	}
	return name + ".mc", nil
}

// write makes the files of a sequence, each under another name until all are there.
func write(ctx context.Context, j *export.Job) error {
	s := sequence{ctx: ctx, job: j, clock: clock{j.Options.Number(export.FPSOption)}}
	return s.files.Write(ctx, j, &s)
}

// sequence is an nCache on its way.
type sequence struct {
	ctx   context.Context
	job   *export.Job
	clock clock
	files several.Files
	one   *file // that all frames are in

	ends     []string // of the files' names
	times    []int32
	channels []channel // of any frame, without values
}

var errNoPoints = errors.New("there is no PointPosition, and points of an nCache must have one")

// Frame writes a frame.
func (s *sequence) Frame(f *export.Numbered) error {
	chosen := target.Choose(f.Index(), s.job.Options)
	now := s.clock.seconds(f.Number)
	points := uint64(f.Header.Points)
	channels := []channel{count(points)}
	placed := points == 0
	for _, c := range chosen {
		if c.As != nil {
			a := f.Attributes[c.Column]
			channels = append(channels, channelsOf(c.As, a, points, now)...)
			placed = placed || c.As[0] == "position" && a.Type == cache.TypeVector3
		}
	}
	if !placed {
		return errNoPoints
	}
	for i := range channels {
		c := &channels[i]
		c.name = s.job.Options.Text(shape) + "_" + c.kind
		if !slices.ContainsFunc(s.channels, func(d channel) bool { return d.name == c.name }) {
			s.channels = append(s.channels, channel{name: c.name, kind: c.kind, vector: c.vector})
		}
	}
	ticks, err := s.clock.ticks(f.Number)
	if err != nil {
		return err
	}
	s.times = append(s.times, ticks)
	if s.job.Options.Bool(oneFile) {
		return s.join(ticks, channels)
	}
	return s.alone(f.Number, ticks, channels)
}

// alone writes a file of one frame.
func (s *sequence) alone(n cache.Number, ticks int32, channels []channel) error {
	end, err := s.clock.end(n, ticks)
	if err != nil {
		return err
	}
	f, err := s.create(end)
	if err != nil {
		return err
	}
	f.head(ticks, ticks)
	f.block(nil, channels)
	return f.close()
}

// join adds a frame to the file of all.
func (s *sequence) join(ticks int32, channels []channel) (err error) {
	if s.one == nil {
		if s.one, err = s.create(".mc"); err != nil {
			return err
		}
		s.one.head(ticks, ticks)
	}
	s.one.block(&ticks, channels)
	if s.one.err == nil && s.one.size > math.MaxInt32 {
		return errTooLarge
	}
	return s.one.err
}

// End ends the file of all frames, whose header is told when they end, and describes the cache.
func (s *sequence) End() error {
	if s.one != nil {
		s.one.ends(s.times[len(s.times)-1])
		if err := s.one.close(); err != nil {
			return err
		}
	}
	return s.describe()
}
