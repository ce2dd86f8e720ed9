package cli

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"iceexplorer/cache"
	"iceexplorer/cache/fault"
	"iceexplorer/cache/printable"
	"iceexplorer/cache/unit"
	"iceexplorer/jobs"
)

func infoVerb() verb {
	return verb{
		name: "info", args: "PATH...",
		short: "show the contents of caches: header, attributes, ranges, values",
		long: `
Shows the header and the attributes of each file, in the order given; of a folder, all
its sequences. An .icecache is always decoded, even if there is a converted .sih5
beside it; name the .sih5 to read that.

With --json each file is one line, an object with the fields file, file_base64 (the
bytes of the name, only if it is not UTF-8), format, storage, dialect, version, object,
points, edges, polygons, samples, substeps, damaged, missing, warnings and attributes.
damaged is true if the file could be read only in part or its values may be wrong, or
if it is a .sih5 made from such a file; missing lists the attributes that could not be
read. Attributes have name, type, structure, context, category, constant, rows, values
(as stored: 1 for a constant), components, bytes, min, max and mean (per component,
null if no value is finite) and nonfinite; with --checksum also sha256, of the values
in file order (little-endian float32 or int32, uint8 for bools; left out if there are
none); with --rows also data, a list of rows with their values; with --verify also
verified, what the file was held against. A file that cannot be read, or does not hold,
is an object with the fields file and error.

With --verify all of each file is read: a .sih5 is held against the checksums that it
was written with, an .icecache against that of gzip and its structure. A .sih5 of an
older version or another program has no checksums, which is said and is no error. Name
a .sih5 folder to verify what is in it.`,
		flags: func(f *flags) {
			f.bool("json", "print one JSON object per file and line")
			f.bool("checksum", "add the SHA-256 of each attribute's values")
			f.bool("verify", "read all of each file and hold it against its checksums")
			f.string("rows", "ROWS", "print the values of rows, such as 0-9 or 5,100-109")
			f.list("attr", "NAME", "only this attribute; may be given several times")
			poolFlags(f)
		},
		run: info,
	}
}

// reading is one file as read.
type reading struct {
	in       input
	index    *cache.Index
	attrs    []int // of the index, those asked for
	checksum []string
	verified string       // what it was held against, if it was to be verified
	frame    *cache.Frame // if rows are printed
	rows     []rowSpan
}

func info(ctx context.Context, f *flags, env Env) error {
	if len(f.args) == 0 {
		return usagef("info needs a file or folder")
	}
	rows, err := parseRows(f.text("rows"))
	if err != nil {
		return err
	}
	if f.isSet("verify") && (rows != nil || f.isSet("checksum")) {
		return usagef("--verify goes without --rows and --checksum")
	}
	files := inputs(env.Stderr, f.args)
	p := newInfoPrinter(f, env, rows)
	defer p.out.Flush()
	pool := newPool(f, env, len(files))
	defer pool.Close()
	expect(pool, files...)
	wide := window(pool)
	if rows != nil {
		wide = 1 // the frames wait in scratch memory
	}
	forEach(ctx, pool, len(files), wide, func(i int) *jobs.Request {
		return p.request(files[i])
	}, func(i int, r *jobs.Result) {
		p.take(ctx, files[i], r)
	})
	if f.isSet("stats") {
		p.out.Flush()
		writeStats(env.Stderr, pool.Stats())
	}
	if err := p.out.Flush(); err != nil {
		return fmt.Errorf("write the output: %w", err)
	}
	if p.failed {
		return errReported
	}
	return nil
}

// infoPrinter prints what was read of files, one after another.
type infoPrinter struct {
	env       Env
	out       *bufio.Writer
	json      bool
	checksums bool
	verify    bool
	names     []string // of the attributes asked for; none means all
	rows      []rowSpan
	failed    bool // any of them
	idle      idle
}

func newInfoPrinter(f *flags, env Env, rows []rowSpan) *infoPrinter {
	return &infoPrinter{
		env: env, out: bufio.NewWriterSize(env.Stdout, 1<<16),
		json: f.isSet("json"), checksums: f.isSet("checksum"), verify: f.isSet("verify"), names: f.texts("attr"), rows: rows,
	}
}

// request asks a worker about a file; it is nil if there is no file.
func (p *infoPrinter) request(in input) *jobs.Request {
	if in.Err != nil {
		return nil
	}
	r := &jobs.Request{Task: jobs.Measure, Source: in.Source, Converted: in.Converted, SourceOnly: in.Source != "", Params: jobs.MeasureParams{Checksums: p.checksums}}
	switch {
	case p.rows != nil:
		r.Task, r.Params = jobs.Load, nil
	case p.verify:
		r.Task, r.Params = jobs.Verify, nil
	}
	return r
}

// take prints the answer, or why there is none.
func (p *infoPrinter) take(ctx context.Context, in input, r *jobs.Result) {
	switch {
	case r == nil:
		p.fail(in, in.Err)
		return
	case ctx.Err() != nil && jobs.CodeOf(r.Err) == jobs.CodeCanceled:
		return
	case r.Err != nil:
		p.fail(in, in.Explain(r.Err))
		return
	}
	if r.Frame != nil {
		defer r.Frame.Close()
	}
	if err := p.print(in, r); err != nil {
		p.fail(in, in.Explain(err))
	}
}

func (p *infoPrinter) print(in input, r *jobs.Result) error {
	measured, _ := r.Answer.(jobs.Measured) // none of a load
	verified, _ := r.Answer.(jobs.Verified)
	x := reading{in: in, index: r.Index, checksum: measured.SHA256, verified: verified.Against, frame: r.Frame, rows: p.rows}
	if err := x.choose(p.names); err != nil {
		return err
	}
	print := printTable
	if p.json {
		print = printJSON
	}
	if r.Frame == nil {
		return print(p.out, &x)
	}
	var err error
	lost := fault.Guard(func() {
		if p.checksums {
			x.checksum = checksums(r.Frame)
		}
		err = print(p.out, &x)
	})
	return errors.Join(lost, err)
}

func (p *infoPrinter) fail(in input, err error) {
	p.failed = true
	p.out.Flush() // keeps the order if both go to the same terminal
	if !p.idle.again(err) {
		p.env.say("%s", err)
	}
	if p.json {
		printJSONError(p.out, in.Name, err.Error())
	}
}

// choose finds the attributes with the given names; none means all.
func (x *reading) choose(names []string) error {
	for i := range x.index.Columns {
		if len(names) == 0 {
			x.attrs = append(x.attrs, i)
		}
	}
	var have []string
	for _, c := range x.index.Columns {
		have = append(have, printable.Line(c.Name))
	}
	for _, n := range names {
		found := false
		for i := range x.index.Columns {
			if strings.EqualFold(cache.TrimPadding(x.index.Columns[i].Name), cache.TrimPadding(n)) {
				x.attrs, found = append(x.attrs, i), true
			}
		}
		if !found && len(have) == 0 {
			return fmt.Errorf("no attribute %q, as the file has none at all: %s", n, x.in.Path())
		}
		if !found {
			return fmt.Errorf("no attribute %q; there are %s: %s", n, strings.Join(have, ", "), x.in.Path())
		}
	}
	return nil
}

func checksums(f *cache.Frame) []string {
	var out []string
	for _, a := range f.Attributes {
		sum := sha256.Sum256(a.Bytes())
		out = append(out, hex.EncodeToString(sum[:]))
	}
	return out
}

// format is the kind of file a storage belongs to.
func format(s cache.Storage) string {
	if s == cache.StorageMapped || s == cache.StorageChunked {
		return "sih5"
	}
	return "icecache"
}

func printTable(w io.Writer, x *reading) error {
	h := x.index.Header
	fmt.Fprintln(w, printable.Line(x.in.Name))
	kind := fmt.Sprintf("%s, %s, version %d", format(x.index.Storage), x.index.Storage, h.Version)
	if x.index.Dialect != "" {
		kind += ", layout: " + printable.Line(x.index.Dialect)
	}
	fmt.Fprintln(w, "  "+kind)
	parts := []string{fmt.Sprintf("%v with %s", h.Object, unit.Plural(uint64(h.Points), "point"))}
	for _, p := range []struct {
		n    uint32
		noun string
	}{{h.Edges, "edge"}, {h.Polygons, "polygon"}, {h.Samples, "sample"}, {h.Substeps, "substep"}} {
		if p.n > 0 {
			parts = append(parts, unit.Plural(uint64(p.n), p.noun))
		}
	}
	var bytes uint64
	for i := range x.index.Columns {
		bytes += x.index.Columns[i].Data.Len
	}
	fmt.Fprintf(w, "  %s; %s, %s\n", strings.Join(parts, ", "), unit.Plural(uint64(len(x.index.Columns)), "attribute"), unit.Bytes(bytes))
	for _, warning := range x.index.Notes() {
		fmt.Fprintln(w, "  warning: "+printable.Line(warning))
	}
	if x.verified != "" {
		fmt.Fprintln(w, "  verified: "+x.verified)
	}
	t := table{right: []bool{false, false, false, true, true}}
	head := []string{"attribute", "type", "of", "values", "size", "min", "max", "mean", "notes"}
	if x.checksum != nil {
		head = append(head, "sha256")
	}
	t.add(head...)
	for _, i := range x.attrs {
		c := &x.index.Columns[i]
		lo, hi, mean, nonfinite := ranges(c)
		kind := c.Type.String()
		if c.Structure == cache.Array {
			kind += " array"
		}
		var notes []string
		if c.Constant {
			notes = append(notes, "constant")
		}
		if c.Category != cache.CategoryBuiltin {
			notes = append(notes, c.Category.String())
		}
		if nonfinite > 0 {
			notes = append(notes, unit.Count(nonfinite)+" not finite")
		}
		row := []string{
			printable.Line(c.Name), kind, c.Context.String(), unit.Count(c.Values), unit.Bytes(c.Data.Len),
			summary(c, lo), summary(c, hi), summary(nil, mean), strings.Join(notes, ", "),
		}
		if i < len(x.checksum) && c.Values > 0 {
			row = append(row, x.checksum[i])
		}
		t.add(row...)
	}
	if len(x.attrs) > 0 {
		t.write(w, "  ")
	}
	if x.frame != nil {
		for _, i := range x.attrs {
			writeRows(w, x.frame.Attributes[i], x.rows)
		}
	}
	_, err := fmt.Fprintln(w)
	return err
}

// ranges are a column's minima, maxima and means per component, nil entries where
// no value is finite, and the number of components of values that are not finite.
func ranges(c *cache.Column) (lo, hi, mean []*float64, nonfinite uint64) {
	n := c.Type.Components()
	lo, hi, mean = make([]*float64, n), make([]*float64, n), make([]*float64, n)
	for i := range min(n, len(c.Ranges)) {
		r := &c.Ranges[i]
		nonfinite += r.NonFinite
		if r.Finite > 0 {
			lo[i], hi[i], mean[i] = &r.Min, &r.Max, &r.Mean
		}
	}
	return lo, hi, mean, nonfinite
}

// maxShown is how many components the table shows one by one.
const maxShown = 4

// summary is the components of a minimum, maximum or mean in brackets. Those of
// longs are shown in full, if c is given.
func summary(c *cache.Column, v []*float64) string {
	var parts []string
	known := false
	for _, p := range v {
		switch {
		case p == nil:
			parts = append(parts, "-")
			continue
		case c != nil && c.Type.Elem() == cache.ElemInt32:
			parts = append(parts, strconv.FormatFloat(*p, 'f', 0, 64))
		default:
			parts = append(parts, number(*p))
		}
		known = true
	}
	switch {
	case len(v) > 0 && !known:
		return "-"
	case len(v) > maxShown:
		return fmt.Sprintf("%d components", len(v))
	case len(v) == 1:
		return parts[0]
	case len(v) == 0:
		return ""
	}
	return "(" + strings.Join(parts, ", ") + ")"
}
