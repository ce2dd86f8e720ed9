package worker

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"
	"syscall"

	"iceexplorer/cache"
	"iceexplorer/cache/icecache"
	"iceexplorer/cache/sih5"
	"iceexplorer/jobs/proto"
)

// task is one running job.
type task struct {
	w   *worker
	id  uint64
	job *proto.Job
	// sih5 is the converted file the frame's columns still come from, if any, and
	// source what its source was when it was found to be fresh.
	sih5   *sih5.File
	source cache.Stamp

	misnamed bool // the source's name is that of a converted file

	granted bool   // scratch memory was asked for
	spare   []byte // memory for a large index
	spareAt uint64 // where it begins in the granted memory
}

func (t *task) close() {
	if t.sih5 != nil {
		t.sih5.Close() // only read
	}
}

// errStale says that there is no converted file that fits its source.
var errStale = errors.New("no fresh converted file")

// decoded is a frame's columns in memory.
type decoded struct {
	index  *cache.Index
	mem    []byte
	source cache.Stamp
	parsed bool // the source was gunzipped, rather than a .sih5 read
}

func (t *task) run(ctx context.Context) (*proto.Loaded, error) {
	l, err := t.work(ctx)
	if err != nil {
		return nil, err
	}
	return l, t.post(ctx, l)
}

func (t *task) work(ctx context.Context) (*proto.Loaded, error) {
	switch t.job.Task {
	case proto.TaskLoad, proto.TaskIndex:
		return t.load(ctx)
	case proto.TaskConvert:
		return t.convert(ctx)
	case proto.TaskExport:
		return t.export(ctx)
	case proto.TaskMeasure:
		return t.measure(ctx)
	}
	return nil, fmt.Errorf("task %v is not known", t.job.Task)
}

// load answers with the index of a converted file that can be mapped, else with
// that of columns in scratch memory.
func (t *task) load(ctx context.Context) (*proto.Loaded, error) {
	if l, err := t.index(ctx); l != nil || t.job.Task == proto.TaskIndex || !errors.Is(err, errStale) {
		return l, err
	}
	d, err := t.decode(ctx)
	if err != nil {
		return nil, err
	}
	return d.answer(), nil
}

func (d *decoded) answer() *proto.Loaded {
	l := &proto.Loaded{Index: d.index, Decoded: d.parsed, Source: d.source}
	for i := range d.index.Columns {
		l.Bytes += d.index.Columns[i].Data.Len
	}
	return l
}

// index opens the converted file if it is fresh. It answers only if the file can
// be mapped; else t.sih5 stays open for copying, and the error is errStale.
func (t *task) index(ctx context.Context) (*proto.Loaded, error) {
	if t.job.Converted == "" || t.job.Foreign {
		return nil, errStale
	}
	file, err := t.stampConverted()
	if err != nil {
		return nil, err
	}
	t.w.doing(t.id, proto.ReadingConverted)
	f, err := sih5.Open(t.job.Converted, sih5.Options{MaxBytes: t.job.MaxBytes})
	if err != nil {
		if t.job.Source == "" { // there is nothing else to read
			return nil, t.orIcecache(err)
		}
		if !errors.Is(err, fs.ErrNotExist) {
			fmt.Fprintf(os.Stderr, "converted file is not used: %v\n", err)
		}
		return nil, errStale
	}
	if t.job.Source != "" {
		now, err := stamp(t.job.Source)
		if was, ok := f.Source(); err != nil || !ok || was != now {
			f.Close()
			return nil, errStale
		}
		t.source = now
	}
	t.sih5 = f
	if !f.Mappable() {
		return nil, errStale
	}
	measureErr := f.MeasureRanges(ctx)
	d := decoded{index: f.Index(), source: t.source}
	l := d.answer()
	if again, err := stamp(t.job.Converted); err != nil || again != file || file.Size != f.Size() {
		return nil, errChanged
	}
	if measureErr != nil {
		return nil, measureErr
	}
	l.File, l.FileStamp = t.job.Converted, file
	return l, nil
}

// stampConverted is errStale for a file that is not there, unless there is no source
// to read instead.
func (t *task) stampConverted() (cache.Stamp, error) {
	s, err := stamp(t.job.Converted)
	if err != nil && t.job.Source != "" {
		return s, errStale
	}
	return s, err
}

// stamp is the size and time that tell whether a source is still the same.
func stamp(path string) (cache.Stamp, error) {
	st, err := os.Stat(path)
	if err != nil {
		var p *fs.PathError
		if errors.As(err, &p) {
			err = p.Err
		}
		return cache.Stamp{}, fmt.Errorf("find out the size of the file: %w: %s", err, path)
	}
	return cache.StampOf(st), nil
}

// decode brings the frame's columns into scratch memory: from the source, or from
// a converted file that cannot be mapped.
func (t *task) decode(ctx context.Context) (*decoded, error) {
	if t.sih5 != nil {
		return t.copyOut(ctx)
	}
	if t.job.Source == "" {
		return nil, errStale
	}
	f, before, err := t.open(ctx)
	if err != nil {
		return nil, err
	}
	mem, err := t.memory(ctx, f.Need(), f.index)
	if err != nil {
		return nil, err
	}
	index, err := f.Fill(ctx, mem)
	if err != nil {
		return nil, t.orChanged(before, err)
	}
	f.warn(index)
	t.w.step()
	if err := t.orChanged(before, nil); err != nil {
		return nil, err
	}
	return &decoded{index: index, mem: mem, source: before, parsed: true}, nil
}

// errChanged says that a source was replaced while it was read.
var errChanged = errors.New("the file changed while it was read")

// orChanged is errChanged if the source is no longer what it was: then an error in
// its contents means nothing.
func (t *task) orChanged(before cache.Stamp, err error) error {
	if now, statErr := stamp(t.job.Source); statErr != nil || now != before {
		if errors.Is(err, context.Canceled) {
			return err
		}
		return errChanged
	}
	return err
}

// memory is scratch memory of n bytes, with room for the frame's index after it if that
// is large; none is asked for if there is no need.
func (t *task) memory(ctx context.Context, n uint64, ix *cache.Index) ([]byte, error) {
	room, err := proto.IndexRoom(ix)
	if err != nil || n+room == 0 {
		return nil, err
	}
	mem, err := t.w.alloc(ctx, t.id, n+room)
	if err != nil {
		return nil, err
	}
	t.granted, t.spare, t.spareAt = true, mem[n:n+room], n
	return mem[:n], nil
}

// post moves a large index from an answer to scratch memory.
func (t *task) post(ctx context.Context, l *proto.Loaded) error {
	b, inline, err := proto.Inline(l.Index)
	if err != nil || inline {
		return err
	}
	if !t.granted {
		if t.spare, err = t.w.alloc(ctx, t.id, uint64(len(b))); err != nil {
			return err
		}
	}
	if len(t.spare) >= len(b) {
		l.Index, l.IndexAt = nil, cache.Span{Offset: t.spareAt, Len: uint64(copy(t.spare, b))}
	}
	return nil
}

func (t *task) copyOut(ctx context.Context) (*decoded, error) {
	mem, err := t.memory(ctx, t.sih5.Need(), t.sih5.Index())
	if err != nil {
		return nil, err
	}
	index, err := t.sih5.Fill(ctx, mem)
	if err != nil {
		return nil, err
	}
	return &decoded{index: index, mem: mem, source: t.source}, nil
}

// convert writes the .sih5 from scratch memory that holds the frame already, or
// decodes first, and answers with the file's index.
func (t *task) convert(ctx context.Context) (*proto.Loaded, error) {
	if !t.job.Foreign {
		release, err := t.claim(ctx)
		if err != nil {
			return nil, err
		}
		defer release()
		if l, err := t.index(ctx); err == nil || !errors.Is(err, errStale) {
			return l, err // somebody has done it, perhaps a moment ago
		}
	}
	d, err := t.columns(ctx)
	if err != nil {
		return nil, err
	}
	frame, err := cache.NewFrame(d.index, d.mem, nil)
	if err != nil {
		return nil, err
	}
	defer frame.Close()
	// What could fail about the answer fails before the file is there.
	if !t.granted {
		if _, err := t.memory(ctx, 0, d.index); err != nil {
			return nil, err
		}
	}
	t.w.step()
	t.w.doing(t.id, proto.Writing)
	index, err := sih5.Write(ctx, t.job.Converted, frame, d.source, sih5.WriteOptions{Writer: t.w.program})
	if err != nil {
		return nil, err
	}
	file, err := stamp(t.job.Converted)
	if err != nil {
		return nil, err
	}
	l := d.answer()
	l.Written = true
	l.Index, l.File, l.FileStamp = index, t.job.Converted, file
	return l, nil
}

// columns are the frame's, decoded earlier or now.
func (t *task) columns(ctx context.Context) (*decoded, error) {
	if t.job.Scratch == nil {
		return t.decode(ctx)
	}
	mem, err := t.w.mapScratch(*t.job.Scratch)
	if err != nil {
		return nil, err
	}
	index := t.job.Index
	if t.job.IndexAt.Len > 0 {
		if index, err = proto.ReadIndex(mem, t.job.IndexAt); err != nil {
			return nil, err
		}
	}
	if index == nil {
		return nil, proto.Errorf("scratch memory without an index")
	}
	return &decoded{index: index, mem: mem, source: t.job.Stamp}, nil
}

// frame is the job's frame from wherever it is to be had: a fresh .sih5 that is
// mapped here, or decoded.
func (t *task) frame(ctx context.Context) (*cache.Frame, *proto.Loaded, error) {
	if l, err := t.index(ctx); err == nil {
		f, err := l.Map(nil)
		var format *cache.FormatError
		if err != nil && !errors.As(err, &format) {
			err = errChanged // or gone; the pool tries again
		}
		return f, l, err
	} else if !errors.Is(err, errStale) {
		return nil, nil, err
	}
	d, err := t.decode(ctx)
	if err != nil {
		return nil, nil, err
	}
	f, err := cache.NewFrame(d.index, d.mem, nil)
	return f, d.answer(), err
}

// export writes the frame to another format.
func (t *task) export(ctx context.Context) (*proto.Loaded, error) {
	frame, l, err := t.frame(ctx)
	if err != nil {
		return nil, err
	}
	defer frame.Close()
	t.w.step()
	t.w.doing(t.id, proto.Writing)
	switch t.job.Format {
	case "icecache":
		err = icecache.WriteFile(ctx, t.job.Target, frame, icecache.EncodeOptions{Version: t.job.Version})
	case "sih5":
		_, err = sih5.Write(ctx, t.job.Target, frame, l.Source, sih5.WriteOptions{Writer: t.w.program})
	default:
		err = fmt.Errorf("export format %q is not known", t.job.Format)
	}
	if err != nil {
		return nil, err
	}
	return noFile(l), nil
}

// ranges answers with what a file holds, and stores its columns nowhere: it asks for no
// memory. Of a fresh converted file the index alone is read, as far as that knows all.
func (t *task) ranges(ctx context.Context) (*proto.Loaded, error) {
	l, err := t.index(ctx)
	switch {
	case err != nil && !errors.Is(err, errStale):
		return nil, err
	case err == nil && !slices.ContainsFunc(l.Index.Columns, func(c cache.Column) bool { return !c.Measured() }):
		return noFile(l), nil
	case t.sih5 != nil:
		t.w.step()
		index, err := t.sih5.Measure(ctx)
		if err != nil {
			return nil, err
		}
		d := decoded{index: index, source: t.source}
		return d.answer(), nil
	case t.job.Source == "":
		return nil, errStale
	}
	f, before, err := t.open(ctx)
	if err != nil {
		return nil, err
	}
	index, err := f.Measure(ctx)
	if err := t.orChanged(before, err); err != nil {
		return nil, err
	}
	f.warn(index)
	d := decoded{index: index, source: before, parsed: true}
	return d.answer(), nil
}

// noFile is an answer whose index describes no mapping of the pool's.
func noFile(l *proto.Loaded) *proto.Loaded {
	l.File, l.FileStamp = "", cache.Stamp{}
	return l
}

// measure answers with what a file holds, without handing its columns over.
func (t *task) measure(ctx context.Context) (*proto.Loaded, error) {
	if !t.job.Checksums {
		return t.ranges(ctx)
	}
	frame, l, err := t.frame(ctx)
	if err != nil {
		return nil, err
	}
	defer frame.Close()
	for _, a := range frame.Attributes {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		sum := sha256.Sum256(a.Bytes())
		l.SHA256 = append(l.SHA256, hex.EncodeToString(sum[:]))
		t.w.step()
	}
	return noFile(l), nil
}

// maxText bounds the text of an error in bytes: a file's own words may be in it.
const maxText = 8 << 10

// failed sorts an error for the pool, with the path last.
func failed(ctx context.Context, j *proto.Job, err error) proto.Failed {
	path := j.Source
	if path == "" {
		path = j.Converted
	}
	code := proto.CodeInternal
	var format *cache.FormatError
	var unsupported *cache.UnsupportedError
	var no *denied
	switch {
	case ctx.Err() != nil:
		return proto.Failed{Code: proto.CodeCanceled, Text: "canceled: " + path}
	case errors.As(err, &no):
		code = no.code
	case errors.Is(err, errStale):
		code = proto.CodeStale
	case errors.Is(err, errChanged):
		code = proto.CodeChanged
	case errors.As(err, &format):
		code = proto.CodeFormat
	case errors.As(err, &unsupported):
		code = proto.CodeUnsupported
	case errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT):
		code = proto.CodeNoSpace
	case errors.Is(err, fs.ErrPermission) || errors.Is(err, syscall.EROFS):
		code = proto.CodeReadOnly
	case errors.Is(err, fs.ErrNotExist):
		code = proto.CodeGone
	}
	text := err.Error()
	if len(text) > maxText {
		text = text[:maxText] + "..."
	}
	named := func(path string) bool { return path != "" && strings.HasSuffix(text, path) }
	if !named(path) && !named(j.Converted) && !named(j.Target) {
		text += ": " + path
	}
	return proto.Failed{Code: code, Text: text}
}
