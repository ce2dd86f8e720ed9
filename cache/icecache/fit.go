package icecache

import (
	"bytes"
	"context"
	"fmt"

	"iceexplorer/cache"
)

// fit finds the layout that fits stream and the place of every column. A stream that is
// known to be damaged is not whole.
func fit(ctx context.Context, stream []byte, whole bool, opt Options) (*File, error) {
	w := &work{ctx: ctx, left: int64(len(stream)) + 1<<22}
	if isText(stream) {
		w.left *= 2
	}
	a := attempts{stream: stream, work: w}
	tried := search(a.try)
	switch {
	case w.err != nil:
		return nil, w.err
	case a.fitting != nil:
		return a.fitting.file(opt)
	case a.joined != nil:
		f, err := a.joined.file(opt)
		if err == nil {
			f.index.Warnings = append(f.index.Warnings, "Another cache follows in the same file: the first was read.")
		}
		return f, err
	case a.best == nil:
		return nil, a.firstErr
	}
	if whole {
		if f, err := a.severalFloats(opt); f != nil || err != nil {
			return f, err
		}
	}
	best, cut := a.best, a.cut
	for i := range best.defs.attrs {
		if a := &best.defs.attrs[i]; a.unknown != "" {
			return nil, &cache.UnsupportedError{Field: "attribute " + a.col.Name, Msg: a.unknown}
		}
	}
	// Only the likeliest reading that the end of the data stopped is trusted: others
	// may get past it by taking one attribute's values for another's.
	if cut != nil && cut.stored() {
		f, ferr := cut.file(opt)
		if ferr != nil {
			return nil, ferr
		}
		f.index.Damage = &cache.Damage{What: "the file ends", At: int64(len(stream)), Missing: cut.missing()}
		return f, nil
	}
	return nil, &FitError{FormatError: best.err, Layouts: tried, Best: best.dialect()}
}

// attempts is what came of trying layouts on a stream.
type attempts struct {
	stream []byte
	work   *work
	// alter, if not nil, says how the definitions are meant.
	alter func(*definitions)

	fitting  *walked // uses the stream to its end
	cut      *walked // the first that the end of the stream stopped
	joined   *walked // another cache follows
	best     *walked // got further than others
	firstErr error   // of definitions
}

func (a *attempts) try(l *layout) (stop bool) {
	d, _, err := parseDefinitions(a.stream, l)
	if err != nil {
		if a.firstErr == nil {
			a.firstErr = err
		}
		return !a.work.spend(len(a.stream[:min(len(a.stream), 64<<10)]) / 16)
	}
	if a.alter != nil {
		a.alter(d)
	}
	if !a.work.spend(len(d.attrs) + d.end/16) {
		return true
	}
	k := &walked{walk: newWalk(a.stream, d, l, a.work), defs: d}
	k.blocks = k.walk.blocks(d)
	if k.text {
		k.pos = skipSpace(a.stream, k.pos)
	}
	if k.err == nil && k.pos < len(a.stream) {
		k.left = true
		if a.joined == nil && bytes.HasPrefix(a.stream[k.pos:], []byte(magic)) {
			a.joined = k
		}
		k.err = &cache.FormatError{
			Offset: int64(k.pos), Field: "data",
			Msg: fmt.Sprintf("%d bytes left over after the last attribute", len(a.stream)-k.pos),
		}
	}
	switch {
	case k.err == nil:
		a.fitting = k
		return true
	case k.eof && a.cut == nil:
		a.cut = k
	}
	if a.best == nil || k.further(a.best) {
		a.best = k
	}
	return a.work.left < 0
}

// FitError says that no layout fits a file, and how far the best of them got.
type FitError struct {
	*cache.FormatError
	Layouts int    // how many were tried
	Best    string // as in Index.Dialect
}

func (e *FitError) Error() string {
	if e.Layouts == 1 {
		return e.FormatError.Error()
	}
	return fmt.Sprintf("%v (best of %d layouts: %s)", e.FormatError, e.Layouts, e.Best)
}

func (e *FitError) Unwrap() error { return e.FormatError }
