package worker

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"iceexplorer/cache"
	"iceexplorer/cache/owner"
	"iceexplorer/cache/pathname"
	"iceexplorer/cache/printable"
	"iceexplorer/cache/refusal"
	"iceexplorer/cache/sih5"
	"iceexplorer/jobs/proto"
)

// errStale says that no converted file is up to date with its source.
var errStale = errors.New("there is no converted file that is up to date")

// decoded is a frame's columns in memory.
type decoded struct {
	index  *cache.Index
	mem    []byte
	source cache.Stamp
	parsed bool // the source was gunzipped, rather than a .sih5 read
}

func (d *decoded) answer() *Answer {
	a := &Answer{Answer: proto.Answer{Index: d.index, Decoded: d.parsed, Source: d.source}}
	for i := range d.index.Columns {
		a.Bytes += d.index.Columns[i].Data.Len
	}
	return a
}

// index opens the converted file if it is fresh. It answers only if the file can
// be mapped; else j.sih5 stays open for copying, and the error is errStale.
func (j *Job) index(ctx context.Context) (*Answer, error) {
	if j.msg.Converted == "" || j.msg.SourceOnly || j.msg.Distrusted {
		return nil, errStale
	}
	file, err := j.lookAtConverted()
	if err != nil {
		return nil, err
	}
	if j.doubt = j.doubted(); j.doubt != "" {
		return nil, errStale
	}
	j.w.doing(j.id, proto.ReadingConverted)
	f, err := sih5.Open(j.msg.Converted, sih5.Options{MaxBytes: j.msg.MaxBytes, Only: j.only, Whole: j.msg.Source != ""})
	if err != nil {
		if j.msg.Source == "" { // there is nothing else to read
			return nil, j.orIcecache(err)
		}
		if !errors.Is(err, fs.ErrNotExist) {
			fmt.Fprintf(os.Stderr, "converted file is not used: %s\n", printable.Line(err.Error()))
		}
		return nil, errStale
	}
	if j.msg.Source != "" {
		now, err := stamp(j.msg.Source)
		if was, ok := f.Source(); err != nil || !ok || !was.Matches(now) {
			f.Close()
			return nil, errStale
		}
		if f.Lacks() {
			f.Close()
			fmt.Fprintf(os.Stderr, "converted file is not used: it lacks attributes that it was written with: %s\n", printable.Line(j.msg.Converted))
			return nil, errStale
		}
		j.source = now
	}
	j.sih5 = f
	if !f.Mappable() {
		return nil, errStale
	}
	measureErr := f.MeasureRanges(ctx)
	d := decoded{index: f.Index(), source: j.source}
	a := d.answer()
	if again, err := lookAt(j.msg.Converted); err != nil || again != file || file.Stamp.Size != f.Size() || j.doubted() != "" {
		return nil, errChanged
	}
	if measureErr != nil {
		return nil, measureErr
	}
	a.File = &file
	return a, nil
}

// doubted is why the converted file must not stand in for its source, "" if it may. A file that
// has no source is what somebody gave.
func (j *Job) doubted() string {
	switch {
	case j.msg.Source == "":
		return ""
	case !j.named() && owner.Linked(filepath.Dir(j.msg.Converted)):
		return "whose folder is a link"
	}
	return owner.Doubt(j.msg.Converted, j.msg.Source)
}

// named reports that a user has named the folder of the converted file, which may be a link then:
// as all are that do not lie where converted files lie by themselves.
func (j *Job) named() bool {
	return j.asked || filepath.Dir(j.msg.Converted) != filepath.Dir(cache.ConvertedPath(j.msg.Source))
}

// stuck adds to the error of writing a converted file why the one that is there does not do, and
// what can be done.
func (j *Job) stuck(err error) error {
	if j.doubt == "" || !refusal.ReadOnly(err) || !j.named() && owner.Linked(filepath.Dir(j.msg.Converted)) {
		return err
	}
	return fmt.Errorf("the converted file, %s, is not believed, and it cannot be written anew: %w; have its folder removed, or choose another one with -o or under Preferences > Files: %s", j.doubt, errors.Unwrap(err), j.msg.Converted)
}

// lookAtConverted is errStale for a file that is not there, unless there is no source
// to read instead.
func (j *Job) lookAtConverted() (proto.File, error) {
	f, err := lookAt(j.msg.Converted)
	if err != nil && j.msg.Source != "" {
		return f, errStale
	}
	return f, err
}

func lookAt(path string) (proto.File, error) {
	st, err := os.Stat(path)
	if err != nil {
		return proto.File{}, fmt.Errorf("open the file: %w: %s", pathname.Reason(err), path)
	}
	return proto.FileOf(path, st), nil
}

// stamp is the size and time that tell whether a source is still the same.
func stamp(path string) (cache.Stamp, error) {
	f, err := lookAt(path)
	return f.Stamp, err
}

// decode brings the frame's columns into scratch memory: from the source, or from
// a converted file that cannot be mapped.
func (j *Job) decode(ctx context.Context) (*decoded, error) {
	if j.sih5 != nil {
		return j.copyOut(ctx)
	}
	if j.msg.Source == "" {
		return nil, errStale
	}
	f, before, err := j.open(ctx)
	if err != nil {
		return nil, err
	}
	mem, err := j.memory(ctx, f.Need(), f.index)
	if err != nil {
		return nil, err
	}
	index, err := f.Fill(ctx, mem)
	if err != nil {
		return nil, j.orChanged(before, err)
	}
	f.warn(index)
	j.Step()
	if err := j.orChanged(before, nil); err != nil {
		return nil, err
	}
	return &decoded{index: index, mem: mem, source: before, parsed: true}, nil
}

// errChanged says that a source was replaced while it was read.
var errChanged = errors.New("the file changed while it was read")

// orChanged is errChanged if the source is no longer what it was: then an error in
// its contents means nothing.
func (j *Job) orChanged(before cache.Stamp, err error) error {
	if now, statErr := stamp(j.msg.Source); statErr != nil || now != before {
		if errors.Is(err, context.Canceled) {
			return err
		}
		return errChanged
	}
	return err
}

func (j *Job) copyOut(ctx context.Context) (*decoded, error) {
	mem, err := j.memory(ctx, j.sih5.Need(), j.sih5.Index())
	if err != nil {
		return nil, err
	}
	index, err := j.sih5.Fill(ctx, mem)
	if err != nil {
		return nil, err
	}
	return &decoded{index: index, mem: mem, source: j.source}, nil
}

// columns are the frame's columns, from scratch memory that already holds them, or decoded now.
func (j *Job) columns(ctx context.Context) (*decoded, error) {
	held := j.msg.Held
	if held == nil {
		return j.decode(ctx)
	}
	mem, err := j.w.mapScratch(held.Grant)
	if err != nil {
		return nil, err
	}
	index := held.Index
	if held.IndexAt.Len > 0 {
		if index, err = proto.ReadIndex(mem, held.IndexAt); err != nil {
			return nil, err
		}
	}
	if index == nil {
		return nil, proto.Errorf("scratch memory without an index")
	}
	return &decoded{index: index, mem: mem, source: held.Source}, nil
}

// Frame is the job's frame from wherever it can be had: scratch memory that already holds it, a
// fresh .sih5 that is mapped here, or by decoding. The answer describes it; the caller
// closes the frame.
func (j *Job) Frame(ctx context.Context) (*cache.Frame, *Answer, error) {
	if j.msg.Held == nil {
		a, err := j.index(ctx)
		if err == nil {
			f, err := a.Map(nil)
			var format *cache.FormatError
			if err != nil && !errors.As(err, &format) {
				err = errChanged // or gone; the pool tries again
			}
			return f, a, err
		}
		if !errors.Is(err, errStale) {
			return nil, nil, err
		}
	}
	d, err := j.columns(ctx)
	if err != nil {
		return nil, nil, err
	}
	f, err := cache.NewFrame(d.index, d.mem, nil)
	return f, d.answer(), err
}
