package exporting

import (
	"errors"
	"fmt"
	"math"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/RoaringBitmap/roaring/v2"
	"github.com/bits-and-blooms/bitset"

	"iceexplorer/app/export"
	"iceexplorer/app/export/reshape"
	"iceexplorer/app/inspect"
	"iceexplorer/app/settings"
	"iceexplorer/cache"
)

// snapshot is all that an order is made of, to be made beside the loop.
type snapshot struct {
	ask         settings.Export
	kinds       []*export.Kind
	sequences   []sequence
	first, last cache.Number // the in and out points
	head        cache.Number
	filter      string
	sample      *cache.Frame        // of the active sequence, shown last; nil: none is
	attributes  []inspect.Attribute // that any frame has, if those of all are known
	damaged     int
	failed      int // frames that could not be read
}

// sequence is one that is open.
type sequence struct {
	seq   cache.Sequence
	title string          // that it was given in the window; "": none
	ids   *roaring.Bitmap // that are selected; nil: none
	rows  map[cache.Number]*bitset.BitSet
}

// stem is how names of files begin: the title, as far as all systems take it.
func (q *sequence) stem() string {
	name := strings.Map(func(r rune) rune {
		if strings.ContainsRune(`<>:"/\|?*`, r) {
			return '_'
		}
		return r
	}, q.title)
	if name = strings.Trim(name, " ."); name == "" {
		return q.seq.Stem()
	}
	return name
}

var (
	errNothingOpen   = errors.New("nothing is open: open caches, or choose a folder of them")
	errNoFilter      = errors.New("no filter is in force: filter rows in the spreadsheet, or export all points")
	errNoneSelected  = errors.New("no points of what is exported are selected")
	errNoFrames      = errors.New("none of these frames is there")
	errSourceMissing = errors.New("choose the folder of caches that is exported")
)

// order is what was asked for. It may look at a folder.
func (s *snapshot) order() (*export.Order, error) {
	kind, ok := export.Find(s.kinds, s.ask.Format)
	if !ok {
		return nil, fmt.Errorf("format %q: want %s", s.ask.Format, export.Names(s.kinds))
	}
	o := &export.Order{Kind: kind, Dir: string(s.ask.Folder), Options: export.Options{Chosen: s.ask.Options[s.ask.Format]}}
	if o.Dir != "" {
		o.Dir = filepath.Clean(o.Dir)
	}
	var err error
	if name := strings.TrimSpace(s.ask.Name); name != "" {
		if o.Name, err = export.ParseTemplate(name); err != nil {
			return nil, err
		}
	}
	o.Options.Existing = map[string]export.Existing{"skip": export.Skip, "overwrite": export.Replace, "rename": export.Rename, "refuse": export.Refuse}[s.ask.Existing]
	if err := s.change(&o.Options); err != nil {
		return nil, err
	}
	if _, err := kind.Format.Parse(o.Options.Chosen); err != nil {
		return nil, err
	}
	if len(s.ask.Attrs) > 0 {
		o.Options.OnlyAttributes(kind.Format, strings.Join(s.ask.Attrs, ","))
	}
	if o.Frames, err = s.frames(); err != nil {
		return nil, err
	}
	o.Named = s.ask.Range == settings.RangeFrames
	return o, s.inputs(o)
}

// change reads what is to become of the frames.
func (s *snapshot) change(o *export.Options) (err error) {
	c := &o.Change
	if c.Scale, err = positive("the scale", s.ask.Scale, "a number above 0, such as 0.01"); err != nil {
		return err
	}
	if c.FPS, err = positive("the rate", s.ask.FPS, "a number of frames per second"); err != nil {
		return err
	}
	if text := strings.TrimSpace(s.ask.Offset); text != "" {
		n, ok := cache.ParseNumber(text)
		if !ok {
			return fmt.Errorf("the offset %q: want a number of frames, such as 100 or -1", text)
		}
		o.Offset = n
	}
	if c.Up = s.ask.Up; c.Up == "y" {
		c.Up = ""
	}
	if c.Kinds, err = kinds(s.ask.Kinds); err != nil {
		return err
	}
	for _, text := range s.ask.Derive {
		if text = strings.TrimSpace(text); text != "" {
			c.Derive = append(c.Derive, text)
		}
	}
	c.Where = strings.TrimSpace(s.ask.Where)
	if s.ask.Points == settings.PointsFilter {
		switch {
		case s.filter == "":
			return errNoFilter
		case c.Where == "":
			c.Where = s.filter
		default:
			c.Where = "(" + s.filter + ") and (" + c.Where + ")"
		}
	}
	return o.Check()
}

func positive(what, text, want string) (float64, error) {
	text = strings.TrimSpace(text)
	if text == "" {
		return 0, nil
	}
	v, err := strconv.ParseFloat(text, 64)
	if err != nil || !(v > 0) || math.IsInf(v, 0) {
		return 0, fmt.Errorf("%s %q: want %s", what, text, want)
	}
	return v, nil
}

// kinds reads Rest=position,Radius=length.
func kinds(text string) (map[string]string, error) {
	var out map[string]string
	for part := range strings.SplitSeq(text, ",") {
		if strings.TrimSpace(part) == "" {
			continue
		}
		name, kind, ok := strings.Cut(part, "=")
		if name = strings.TrimSpace(name); !ok || name == "" {
			return nil, fmt.Errorf("%q: want an attribute and what it means, such as Rest=position", part)
		}
		if out == nil {
			out = map[string]string{}
		}
		out[name] = strings.TrimSpace(kind)
	}
	return out, nil
}

// frames are those wanted, nil for all that the sequences have: open ones have none but those of a point in time.
func (s *snapshot) frames() ([]cache.FrameSpan, error) {
	between := func(first, last cache.Number) []cache.FrameSpan { return []cache.FrameSpan{{First: first, Last: last}} }
	switch folder := s.ask.Of == settings.OfFolder; {
	case folder && s.ask.Range == settings.RangeInOut:
		return between(s.first, s.last), nil
	case folder && s.ask.Range == settings.RangeFrame:
		return between(s.head, s.head), nil
	case s.ask.Range == settings.RangeFrames:
		spans, ok := cache.ParseFrames(s.ask.Frames)
		if !ok {
			return nil, fmt.Errorf("frames %q: want frames such as 12, 1-48, 1-48x2 or 1,5.25,10-20", s.ask.Frames)
		}
		return spans, nil
	}
	return nil, nil
}

// inputs are the files of an order. Of a sequence without IDs, points are selected in some frames alone.
func (s *snapshot) inputs(o *export.Order) error {
	sequences, err := s.sources()
	if err != nil {
		return err
	}
	selected, frames := s.ask.Points == settings.PointsSelected, 0
	for i := range sequences {
		q := &sequences[i]
		frames += len(q.seq.Frames)
		for _, file := range q.seq.Frames {
			if selected && q.ids == nil && q.rows[file.Number] == nil {
				continue
			}
			in := export.InputOf(file, file.Path())
			if in.Sequence, in.Stem = i, q.stem(); selected {
				in.Selected = "its file" // which keep writes; the plan is another one where points are chosen
			}
			o.Inputs = append(o.Inputs, in)
		}
	}
	switch {
	case len(sequences) == 0:
		return errNothingOpen
	case len(o.Inputs) == 0 && selected && frames > 0:
		return errNoneSelected
	}
	return nil
}

// sources are the sequences that are exported.
func (s *snapshot) sources() ([]sequence, error) {
	if s.ask.Of != settings.OfFolder {
		return s.sequences, nil
	}
	if s.ask.Source == "" {
		return nil, errSourceMissing
	}
	found, err := cache.Discover(string(s.ask.Source))
	if err != nil {
		return nil, err
	}
	var out []sequence
	for _, seq := range found.Sequences {
		out = append(out, sequence{seq: seq})
	}
	return out, nil
}

// keep writes what is selected of each sequence to a file in a folder, by its number among them; nothing where all
// points are written.
func (s *snapshot) keep(o *export.Order, folder string) error {
	files := map[int]string{}
	for i := range s.sequences {
		q := &s.sequences[i]
		if q.ids == nil && len(q.rows) == 0 {
			continue
		}
		of := reshape.Selection{IDs: q.ids, Rows: map[cache.Number]*bitset.BitSet{}}
		for number, rows := range q.rows {
			of.Rows[number+o.Options.Offset] = rows
		}
		files[i] = filepath.Join(folder, strconv.Itoa(i))
		if err := of.Save(files[i]); err != nil {
			return err
		}
	}
	for i := range o.Inputs {
		o.Inputs[i].Selected = files[o.Inputs[i].Sequence]
	}
	return nil
}

// refused is why nothing is begun, in the words of the window.
func refused(err error) error {
	var r *export.Refused
	switch {
	case errors.Is(err, export.ErrNoFolder):
		return errors.New("choose a folder to write to: the files have no place beside their sources")
	case errors.As(err, &r) && r.Exist:
		return fmt.Errorf("%w; choose to skip, to replace or to rename", err)
	}
	return err
}
