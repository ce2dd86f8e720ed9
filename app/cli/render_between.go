package cli

import (
	"slices"

	"iceexplorer/app/inspect/between"
	"iceexplorer/cache"
	"iceexplorer/cache/unit"
	"iceexplorer/jobs"
)

// maxPictures bounds what a small step can ask for.
const maxPictures = 1_000_000

// betweens adds to the shots those between frames that are asked for: by a step such as
// 1-20x0.25, or by a number such as 5.25 that no frame has.
func (p *picture) betweens(add func(number cache.Number, pt part)) error {
	for _, span := range p.frames {
		numbers, err := partsOf(span)
		if err != nil {
			return err
		}
		for _, number := range numbers {
			for k, s := range p.seqs {
				if from, to, ok := around(s, number); ok {
					next := p.inputOf(to)
					pt := part{in: p.inputOf(from), layer: uint64(k + 1), seq: s, own: from.Number, next: &next}
					pt.in.Number, pt.apart = number, to.Number-from.Number
					add(number, pt)
				}
			}
		}
	}
	return nil
}

// partsOf are the numbers of a span that may lie between frames: by its step, or as the only
// one has a fraction.
func partsOf(span cache.FrameSpan) (all []cache.Number, err error) {
	step := span.Step
	switch {
	case span.First == span.Last && !span.First.Whole():
		step = 1
	case step == 0 || step.Whole() && span.First.Whole():
		return nil, nil // these are frames that exist
	}
	if n := float64((span.Last - span.First) / step); n > maxPictures {
		return nil, usagef("--frames asks for %s pictures, more than %s: take a larger step", unit.Count(int64(n)), unit.Count(maxPictures))
	}
	for i := 0; ; i++ {
		number := (span.First + cache.Number(i)*step).Round(6)
		if number > span.Last {
			return all, nil
		}
		all = append(all, number)
	}
}

// around are the frames on both sides of a number that the sequence has none of.
func around(s *sequence, number cache.Number) (from, to cache.FrameFile, ok bool) {
	i, found := slices.BinarySearchFunc(s.Frames, number, func(f cache.FrameFile, n cache.Number) int {
		switch {
		case f.Number < n:
			return -1
		case f.Number > n:
			return 1
		}
		return 0
	})
	if found || i == 0 || i == len(s.Frames) {
		return from, to, false
	}
	return s.Frames[i-1], s.Frames[i], true
}

// mix makes the frame of a part that lies between two, of a number.
func (p *part) mix(number cache.Number, fps float64) error {
	if p.next == nil {
		return nil
	}
	f, err := between.Frame(p.frame, p.nextFrame, float64((number-p.own)/p.apart), float64(p.apart)/fps)
	if err != nil {
		return err
	}
	p.from, p.frame = p.frame, f
	return nil
}

// close gives back what a part holds.
func (p *part) close() {
	for _, f := range []*cache.Frame{p.frame, p.from, p.nextFrame} {
		if f != nil {
			f.Close()
		}
	}
	p.frame, p.from, p.nextFrame = nil, nil, nil
}

// load is a file that a part needs for its picture.
type load struct {
	in   *input
	take func(*cache.Frame)
}

// loads are what a part still needs.
func (p *part) loads() (out []load) {
	if p.frame == nil {
		out = append(out, load{&p.in, func(f *cache.Frame) { p.frame = f }})
	}
	if p.next != nil && p.nextFrame == nil {
		out = append(out, load{p.next, func(f *cache.Frame) { p.nextFrame = f }})
	}
	return out
}

func (l load) request(done func(jobs.Result)) jobs.Request {
	return jobs.Request{Task: jobs.Load, Source: l.in.Source, Converted: l.in.Converted, Done: done}
}
