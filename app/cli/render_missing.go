package cli

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"iceexplorer/app/export"
	"iceexplorer/app/stage"
	"iceexplorer/cache"
	"iceexplorer/cache/pathname"
)

// parseMissing reads what a number without a file gives.
func (p *picture) parseMissing(f *flags) (err error) {
	if s, ok := f.text("missing"), false; s != "" {
		if p.absent, ok = stage.ParseMissing(s); !ok {
			return usagef("--missing %q: want %s", s, strings.Join(stage.Missings, ", "))
		}
	}
	return nil
}

// gaps adds the shots of whole numbers, between the first frame of all and the last, that no
// frame stands for, and to all shots the frames that sequences hold there.
func (p *picture) gaps(begin func(cache.Number) *shot, add func(cache.Number, part)) error {
	if p.absent == stage.SkipMissing {
		return nil
	}
	numbers, err := p.lacking()
	if err != nil {
		return err
	}
	for _, n := range numbers {
		begin(n)
	}
	if p.absent == stage.EmptyMissing {
		return nil
	}
	for _, s := range p.seqs {
		for _, f := range s.Frames {
			if f.Number.Whole() && p.wants(f.Number) {
				numbers = append(numbers, f.Number)
			}
		}
	}
	slices.Sort(numbers)
	for _, n := range slices.Compact(numbers) {
		for k, s := range p.seqs {
			if from, to, ok := around(s, n); ok && from.Number.Floor() < n && n < to.Number.Floor() {
				held := part{in: p.inputOf(from), layer: uint64(k + 1), seq: s, own: from.Number, held: true}
				held.in.Number = n
				add(n, held)
				sh := begin(n)
				slices.SortStableFunc(sh.parts, func(a, b part) int { return cmp.Compare(a.layer, b.layer) })
			}
		}
	}
	return nil
}

// lacking are the numbers asked for that no frame of any sequence stands for.
func (p *picture) lacking() (out []cache.Number, err error) {
	var all []cache.Number
	for _, s := range p.seqs {
		for _, f := range s.Frames {
			all = append(all, f.Number)
		}
	}
	slices.Sort(all)
	spans := p.frames
	if spans == nil {
		spans = []cache.FrameSpan{{First: all[0], Last: all[len(all)-1]}}
	}
	for i := 1; i < len(all); i++ {
		for _, span := range spans {
			from, to := max(all[i-1].Floor()+1, span.First.Floor()), min(all[i].Floor()-1, span.Last)
			for n := from; n <= to; n++ {
				if span.Contains(n) {
					out = append(out, n)
				}
				if len(out) > maxPictures {
					return nil, usagef("--missing: %v", stage.TooMany())
				}
			}
		}
	}
	return out, nil
}

// note says that a part is one of another frame, as the window does.
func (p *part) note(number cache.Number) string {
	return fmt.Sprintf("%s has no frame %v, showing frame %v", pathname.Display(p.seq.Name), number, p.own)
}

// inputs are the files of a shot; one without a frame is made of nothing.
func (s *shot) inputs() (all []export.Input) {
	for i := range s.parts {
		all = append(all, s.parts[i].in)
	}
	if len(all) == 0 {
		all = append(all, export.Input{Name: s.number.String(), Number: s.number})
	}
	return all
}

// name is what errors of a shot end in.
func (s *shot) name() string {
	if len(s.parts) == 0 {
		return fmt.Sprintf("frame %v", s.number)
	}
	return s.parts[len(s.parts)-1].in.Name
}
