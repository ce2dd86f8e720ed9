package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"iceexplorer/cache"
	"iceexplorer/cache/atomicfile"
	"iceexplorer/cache/unit"
	"iceexplorer/jobs"
)

func convertVerb() verb {
	return verb{
		name: "convert", args: "PATH...",
		short: "convert caches to .sih5, which open at once, or to .icecache",
		long: `
Converts each file to a .sih5 that can be mapped, named like its source with .sih5
added, in a folder .sih5 beside it or in DIR. Sources that have an up to date .sih5
there are skipped.

With --to icecache it writes .icecache files to DIR instead; those that exist are
skipped. A .sih5 in a folder .sih5 goes beside that folder if no DIR is given, other
.sih5 beside themselves. A file is never written over itself, and each appears
under its name when it is complete.

A .sih5, .h5 or .hdf5 becomes another .sih5 only with -o DIR, as NAME.sih5; those
that exist are skipped. What is whole of a damaged file is converted to a
.sih5, which is marked as damaged, with a warning. It does not become an .icecache,
which has no place for such a mark and would look whole.

A converted frame whose source is gone is left out where other sources of the
sequence are there: it may be of an older, longer simulation. --prune removes such
files, from the folders .sih5 of the PATHs that are folders and from nowhere else.`,
		flags: func(f *flags) {
			f.output("DIR", "folder to write to, made if it is missing")
			f.string("to", "FORMAT", "sih5 or icecache (without it sih5)")
			f.number("version", "N", 1, "of an .icecache: 100, 102 or 103 (without it 103)")
			f.bool("force", "write also what is up to date or exists")
			f.bool("prune", "remove converted frames from folders .sih5 whose source is\ngone and others of the sequence are there")
			poolFlags(f)
		},
		run: convert,
	}
}

// conversion is one file to be written.
type conversion struct {
	in     input
	target string
	skip   string // why nothing is to be done
	err    error
	self   bool // err: target is the source
	job    *jobs.Request
	before fs.FileInfo // target's, nil if it does not exist
}

func convert(ctx context.Context, f *flags, env Env) error {
	if len(f.args) == 0 {
		return usagef("convert needs a file or folder")
	}
	if f.isGiven("output") && f.text("output") == "" {
		return usagef("-o needs a folder")
	}
	p := planner{dir: f.text("output"), force: f.isSet("force"), version: uint32(min(f.num("version"), 1<<31)), targets: map[string]string{}}
	switch to := f.text("to"); to {
	case "", "sih5":
		p.suffix = ".sih5"
	case "icecache":
		p.suffix = ".icecache"
	default:
		return usagef("--to %q: want sih5 or icecache", to)
	}
	switch {
	case p.version != 0 && p.suffix != ".icecache":
		return usagef("--version is of an .icecache: add --to icecache")
	case p.version != 0 && p.version != 100 && p.version != 102 && p.version != 103:
		return usagef("--version %d: want 100, 102 or 103", p.version)
	}
	if f.isSet("prune") && (p.dir != "" || p.suffix != ".sih5") {
		return usagef("--prune is of folders .sih5 beside sources: leave out -o and --to icecache")
	}
	plan, err := p.plan(f.args)
	if err != nil {
		return err
	}
	if f.isSet("prune") {
		p.notes = slices.DeleteFunc(p.notes, func(n cache.Note) bool { return n.Gone })
	}
	printNotes(env.Stderr, f.args[0], p.notes)
	err = runPlan(ctx, f, env, plan)
	if f.isSet("prune") && ctx.Err() == nil {
		if pruned := prune(env, p.like, p.gone); err == nil {
			err = pruned
		}
	}
	return err
}

// Why a file is skipped.
const (
	skipFresh  = "up to date"
	skipExists = "exists, --force writes it again"
	skipSIH5   = "HDF5 already, -o DIR writes one that can be mapped"
)

// planner decides what is written where.
type planner struct {
	dir     string
	suffix  string // of the files to write
	version uint32
	force   bool
	like    string            // names are absolute if this is
	targets map[string]string // by target: the source it is for

	notes []cache.Note // of what is left out
	gone  []string     // as cache.Found has it
}

// plan is one conversion per file. The arguments are looked at as a whole, so that
// a source and its .sih5 are one file.
func (p *planner) plan(args []string) ([]conversion, error) {
	p.like = args[0]
	found, err := cache.Discover(args...)
	var out []conversion
	for _, e := range split(err) {
		out = append(out, conversion{err: asWritten(e, args...)})
	}
	dir := p.dir
	if dir != "" {
		if dir, err = filepath.Abs(dir); err != nil {
			return nil, fmt.Errorf("find the folder: %w: %s", err, p.dir)
		}
	}
	p.notes, p.gone = found.Notes, found.Gone
	for _, s := range found.Sequences {
		for _, f := range s.Frames {
			if f.Source != "" && p.suffix == ".icecache" && dir == "" {
				return nil, usagef("--to icecache needs a folder to write to: -o DIR")
			}
			out = append(out, p.one(f, dir))
		}
	}
	return out, nil
}

func (p *planner) one(f cache.FrameFile, dir string) conversion {
	c := conversion{in: input{name: shown(p.like, f.Path()), source: f.Source}}
	if f.Source == "" {
		c.in.converted = f.Converted
	}
	c.target = p.target(f, dir)
	switch first, taken := p.targets[c.target]; {
	case c.in.path() == c.target && p.suffix == ".sih5":
		c.skip = skipSIH5
		return c
	case taken:
		c.err = fmt.Errorf("%s would be written over what %s becomes: %s", c.in.name, first, c.target)
		return c
	}
	p.targets[c.target] = c.in.name
	if st, err := os.Stat(c.target); err == nil {
		c.before = st
	}
	if c.before != nil {
		if src, err := os.Stat(c.in.path()); err == nil && os.SameFile(src, c.before) {
			c.self = true
			c.err = fmt.Errorf("would be written over itself: %s", c.in.name)
			return c
		}
	}
	c.job = &jobs.Request{Task: jobs.Export, Source: f.Source, Converted: f.Converted, Target: c.target, Format: "icecache", Version: p.version}
	switch {
	case p.suffix == ".sih5" && f.Source != "":
		c.job = &jobs.Request{Task: jobs.Convert, Source: f.Source, Converted: c.target, Foreign: p.force}
		return c
	case p.suffix == ".sih5":
		c.job.Format = "sih5"
	}
	if c.before != nil && !p.force {
		c.skip, c.job = skipExists, nil
	}
	return c
}

// target is the file that f becomes.
func (p *planner) target(f cache.FrameFile, dir string) string {
	from := f.Path()
	base := filepath.Base(from)
	if p.suffix == ".sih5" {
		switch {
		case f.Source != "" && dir == "":
			return cache.ConvertedPath(f.Source)
		case f.Source != "":
			return filepath.Join(dir, base+".sih5")
		case dir == "":
			return from
		}
		return filepath.Join(dir, trimExt(base)+".sih5")
	}
	if dir == "" {
		dir = filepath.Dir(from)
		if filepath.Base(dir) == cache.ConvertedDir {
			dir = filepath.Dir(dir)
		}
	}
	return filepath.Join(dir, trimExt(strings.TrimSuffix(base, filepath.Ext(base)))+".icecache")
}

// trimExt removes the extension of a cache other than .icecache in x.icecache.sih5:
// x.h5 is x, x.icecache.sih5 is x.icecache.
func trimExt(base string) string {
	if cache.IsCacheFile(base) {
		return strings.TrimSuffix(base, filepath.Ext(base))
	}
	return base
}

func pathless(err error) error {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err
	}
	return err
}

// outcome counts what became of the files.
type outcome struct {
	converted, failed uint64
	damaged, warned   uint64            // of the converted
	nowhere           uint64            // arguments that name no cache
	skipped           map[string]uint64 // by reason
	bytes             uint64
}

// take counts a file that was converted.
func (o *outcome) take(r *jobs.Result) {
	o.converted++
	o.bytes += r.Bytes
	if r.Index.Damage != nil {
		o.damaged++
	} else if len(r.Index.Warnings) > 0 {
		o.warned++
	}
}

func runPlan(ctx context.Context, f *flags, env Env, plan []conversion) error {
	o := outcome{skipped: map[string]uint64{}}
	line := newProgress(env.Stderr, len(plan))
	same := map[string]uint64{} // failures by kind and folder
	fail := func(text string) {
		o.failed++
		line.clear()
		env.say("%s", text)
	}
	another := func(kind string, c *conversion) bool {
		key := kind + "\x00" + filepath.Dir(c.target)
		same[key]++
		if same[key] > 1 {
			o.failed++
		}
		return same[key] > 1
	}
	sweepFolders(plan)
	if err := makeFolders(plan); err != nil {
		return err
	}
	start := time.Now()
	pool := newPool(f, env, len(plan))
	defer pool.Close()
	forEach(ctx, pool, len(plan), window(pool), func(i int) *jobs.Request { return plan[i].job }, func(i int, r *jobs.Result) {
		c := &plan[i]
		if r != nil && r.Frame != nil {
			r.Frame.Close()
		}
		switch {
		case c.err != nil && c.in.path() == "":
			o.nowhere++
			line.clear()
			env.say("%s", c.err)
		case c.err != nil:
			if c.self && another("itself", c) {
				break
			}
			fail(c.err.Error())
		case c.skip != "":
			o.skipped[c.skip]++
		case r.Err == nil:
			if r.Bypassed != nil {
				line.clear()
				c.in.warnBypassed(env.Stderr, r)
			}
			if len(r.Index.Notes()) > 0 {
				line.clear()
				c.in.warn(env.Stderr, r.Index)
			}
			if r.Request.Task == jobs.Convert && !r.Written {
				o.skipped[skipFresh]++
				break
			}
			o.take(r)
		case ctx.Err() != nil && jobs.CodeOf(r.Err) == jobs.CodeCanceled:
		default:
			// A full or read-only folder fails every file alike: one line is enough.
			if code := jobs.CodeOf(r.Err); (code == jobs.CodeReadOnly || code == jobs.CodeNoSpace) && another(string(code), c) {
				break
			}
			fail(c.in.explain(r.Err))
		}
		line.draw(i+1, o.bytes)
	})
	took := time.Since(start)
	line.clear()
	for key, n := range same {
		if _, dir, _ := strings.Cut(key, "\x00"); n > 1 {
			env.say("%s failed in the same way: %s", unit.Plural(n-1, "more file"), dir)
		}
	}
	if err := env.print("%s\n", o.summary(len(plan)-int(o.nowhere), took)); err != nil {
		return err
	}
	if f.isSet("stats") {
		writeStats(env.Stderr, pool.Stats())
	}
	if o.failed+o.nowhere > 0 {
		return errReported
	}
	return nil
}

// makeFolders makes the folders to write to, each once, where there is a job for it.
// The .sih5 folders are left to the workers, which make them when there is a frame.
func makeFolders(plan []conversion) error {
	made := map[string]bool{}
	for _, c := range plan {
		dir := filepath.Dir(c.target)
		if c.job == nil || made[dir] || filepath.Base(dir) == cache.ConvertedDir {
			continue
		}
		made[dir] = true
		if err := os.MkdirAll(dir, 0o777); err != nil {
			return fmt.Errorf("make folder: %w: %s", pathless(err), dir)
		}
	}
	return nil
}

// sweepFolders removes what a run before that was killed has left where files are
// written.
func sweepFolders(plan []conversion) {
	swept := map[string]bool{}
	for _, c := range plan {
		if dir := filepath.Dir(c.target); c.target != "" && !swept[dir] {
			swept[dir] = true
			atomicfile.Sweep(dir)
		}
	}
}

func (o *outcome) summary(total int, took time.Duration) string {
	var parts []string
	parts = append(parts, unit.Count(o.converted)+" converted")
	var but []string
	if o.damaged > 0 {
		but = append(but, unit.Count(o.damaged)+" damaged")
	}
	if o.warned > 0 {
		but = append(but, unit.Count(o.warned)+" with warnings")
	}
	if len(but) > 0 {
		parts[0] += " (" + strings.Join(but, ", ") + ")"
	}
	for _, reason := range []string{skipFresh, skipExists, skipSIH5} {
		if n := o.skipped[reason]; n > 0 {
			parts = append(parts, fmt.Sprintf("%s skipped (%s)", unit.Count(n), reason))
		}
	}
	if o.failed > 0 {
		parts = append(parts, unit.Count(o.failed)+" failed")
	}
	if o.nowhere > 0 {
		parts = append(parts, unit.Plural(o.nowhere, "argument")+" led nowhere")
	}
	done := o.converted + o.failed
	for _, n := range o.skipped {
		done += n
	}
	if done < uint64(total) {
		parts = append(parts, unit.Count(uint64(total)-done)+" not done")
	}
	text := unit.Plural(uint64(total), "file") + ": " + strings.Join(parts, ", ")
	if o.converted > 0 {
		s := took.Seconds()
		text += fmt.Sprintf("; %s of values in %s, %.1f frames/s, %s", unit.Bytes(o.bytes), unit.Duration(took), float64(o.converted)/max(s, 1e-9), unit.Rate(float64(o.bytes), s))
	}
	return text
}
