package export

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"iceexplorer/cache"
	"iceexplorer/cache/pathname"
	"iceexplorer/cache/unit"
)

// Order is what is to be written.
type Order struct {
	Kind    *Kind
	Inputs  []Input
	Frames  []cache.FrameSpan // only these; nil: all
	Named   bool              // people have named these frames, and are told of those that do not exist
	Dir     string            // to write to; "": beside the sources
	Pattern Pattern           // names the files of a Kind without Beside
	Name    *Template         // names the files of one with Beside; nil: as the kind does
	Shard   Shard             // of all files these alone
	Options Options

	FolderExists bool // one that is missing is an error, and is not made
}

// Job is one file to be written.
type Job struct {
	Inputs []Input
	Target string
	Number cache.Number // the first frame's
	Skip   string       // why nothing is to be done
	Err    error        // why it cannot be done
	Alike  string       // not "": what this failure has in common with others of the folder

	stepped func(frames int, bytes uint64) // of the run: so much is written of a file that holds several frames
}

// Plan is an Order's jobs.
type Plan struct {
	Order
	Jobs []Job

	decimals int       // of the frames' numbers
	unswept  []string  // folders in which others are writing
	sweepAt  time.Time // when they have ended, if they are about to
}

// Shard is a share of a plan's files: each one belongs to one of the shares.
type Shard struct{ I, Of int } // from 1; the zero value is all

// has reports whether a file is in the share, by its place among all.
func (s Shard) has(i int) bool { return s.Of == 0 || i%s.Of == s.I-1 }

// Why a file is skipped.
const (
	SkipFresh  = "up to date"
	SkipEqual  = "up to date, compared: equal to their sources"
	SkipExists = "exists"
)

// What an order lacks.
var (
	ErrNoPlace  = errors.New("several frames need a place for the number in the name, such as frame_%04d.png")
	ErrNoFolder = errors.New("there is no folder to write to")
)

// Refused is an error about the whole order: nothing is begun.
type Refused struct {
	Why   string
	Exist bool // because of files that exist
}

func (r *Refused) Error() string { return r.Why }

// Plan says which files are to be written, in the order of the inputs, or of the frames
// where several inputs make one file. It does not look at the disk; Prepare does.
func (o *Order) Plan() (*Plan, error) {
	p := &Plan{Order: *o}
	p.Options.inFolder = o.Dir != ""
	if err := p.settle(); err != nil {
		return nil, err
	}
	groups := o.groups()
	var numbers []cache.Number
	for _, group := range groups {
		numbers = append(numbers, group[0].Number+o.Options.Offset)
	}
	p.Pattern = o.Pattern.For(numbers)
	var unnamed error
	named := 0
	for _, group := range groups {
		first := &group[0]
		j := Job{Inputs: group, Number: first.Number + o.Options.Offset, Err: first.Err}
		if j.Err == nil {
			if p.Kind.NeedsFolder != nil && o.Dir == "" && p.Kind.NeedsFolder(first) {
				return nil, ErrNoFolder
			}
			if j.Target, j.Err = p.name(&j); j.Err == nil {
				named++
			} else if unnamed == nil {
				unnamed = j.Err
			}
		}
		p.Jobs = append(p.Jobs, j)
	}
	if unnamed != nil && named == 0 {
		return nil, &Refused{Why: unnamed.Error()}
	}
	if o.Kind.Beside == nil && o.Kind.Holds != AllFrames && !o.Kind.Film && len(p.Jobs) > 1 && !o.Pattern.Numbered() {
		return nil, ErrNoPlace
	}
	if err := p.refuseDoubles(); err != nil {
		return nil, err
	}
	jobs := p.Jobs
	p.Jobs = nil
	for i := range jobs {
		if o.Shard.has(i) {
			p.Jobs = append(p.Jobs, jobs[i])
		}
	}
	return p, nil
}

// settle looks at what the order asks for, whatever the inputs are. A changed frame is no companion of its
// source: it would be read in its place.
func (p *Plan) settle() error {
	if err := p.Options.Check(); err != nil {
		return err
	}
	f := p.Kind.Format
	if f == nil {
		return nil
	}
	changed := slices.ContainsFunc(p.Inputs, func(in Input) bool { return p.Options.change(&in) != nil })
	if f.Companion && (changed || p.Name != nil) {
		p.Kind = standalone(f)
		if p.Dir == "" {
			return ErrNoFolder
		}
		if filepath.Base(p.Dir) == cache.ConvertedDir {
			return &Refused{Why: "files in a folder named " + cache.ConvertedDir + " are taken for those beside it, and these would be other ones: " + p.Dir}
		}
	}
	if p.Name == nil && f.Naming != nil {
		v, err := f.Parse(p.Options.chosen(f))
		if err != nil {
			return err
		}
		if text := f.Naming(v); text != "" {
			if p.Name, err = ParseTemplate(text); err != nil {
				return err
			}
		}
	}
	if p.Name != nil && p.Kind.Holds == AllFrames && p.Name.Numbered() {
		return &Refused{Why: fmt.Sprintf("%q: {frame} has no place in the name, as %s holds all frames of a sequence", p.Name, f.Label)}
	}
	for _, in := range p.Inputs {
		if in.Err == nil {
			p.decimals = max(p.decimals, (in.Number + p.Options.Offset).Decimals())
		}
	}
	return nil
}

// groups are the inputs wanted, by the files that they become.
func (o *Order) groups() [][]Input {
	var out [][]Input
	at := map[any]int{}
	for _, in := range o.Inputs {
		if in.Err == nil && o.Frames != nil && !slices.ContainsFunc(o.Frames, func(s cache.FrameSpan) bool { return s.Contains(in.Number) }) {
			continue
		}
		var key any
		switch o.Kind.Holds {
		case AllLayers:
			key = in.Number
		case AllFrames:
			key = in.Sequence
		}
		if i, ok := at[key]; ok && key != nil && in.Err == nil {
			out[i] = append(out[i], in)
			continue
		}
		if in.Err == nil {
			at[key] = len(out)
		}
		out = append(out, []Input{in})
	}
	if o.Kind.Holds == AllLayers {
		slices.SortStableFunc(out, func(a, b []Input) int { return cmp.Compare(a[0].Number, b[0].Number) })
	}
	return out
}

func (p *Plan) name(j *Job) (string, error) {
	in := &j.Inputs[0]
	switch {
	case p.Name != nil:
		name, err := p.Name.Of(in, j.Number, p.decimals, p.Kind.Name, p.Kind.Ext)
		return filepath.Join(in.folder(p.Dir), name), err
	case p.Kind.Beside != nil:
		return p.Kind.Beside(in, p.Dir), nil
	}
	return filepath.Join(p.Dir, p.Pattern.Of(j.Number)), nil
}

// refuseDoubles finds jobs that would write the same file, and inputs that are what they
// would become. Where a template is at fault, nothing is begun, nor where files hold sequences:
// they are called by those, and not by their sources, which could be renamed.
func (p *Plan) refuseDoubles() error {
	taken := map[string]string{} // by target: what it is made of
	for i := range p.Jobs {
		j := &p.Jobs[i]
		if j.Err != nil || p.Kind.Film {
			continue
		}
		name := j.Inputs[0].Name
		key := j.Target
		if p.Kind.Holds == AllFrames {
			key = pathname.Display(key) // as files beside it are called
		}
		switch first, double := taken[key]; {
		case p.Kind.Already != "" && j.Inputs[0].Path() == j.Target:
			j.Skip = p.Kind.Already
		case double:
			j.Err = fmt.Errorf("%s and %s would become the same file: %s", first, name, j.Target)
			if p.Name != nil || p.Kind.Holds == AllFrames {
				return &Refused{Why: j.Err.Error()}
			}
		default:
			taken[key] = name
		}
	}
	return nil
}

// Frames is how many frames the jobs' files hold.
func (p *Plan) Frames() (n int) {
	for i := range p.Jobs {
		n += p.framesOf(&p.Jobs[i])
	}
	return n
}

// framesOf is how many frames a job's file holds: those of several sequences are one where they are in one picture.
func (p *Plan) framesOf(j *Job) int {
	if p.Kind.Holds == AllFrames {
		return len(j.Inputs)
	}
	return 1
}

// open reports that a job is still to be done.
func (j *Job) open() bool { return j.Err == nil && j.Skip == "" }

// Prepare looks at the disk, before anything runs: which files are there already, and
// whether the folders can be written to. It makes those that are missing.
func (p *Plan) Prepare() error {
	if err := p.Look(); err != nil {
		return err
	}
	return p.makeFolders()
}

// Look looks at the targets, and changes nothing on the disk: none may be its own source, and of those
// that exist it is as the order says, unless the doer checks them itself.
func (p *Plan) Look() error {
	exist, first := 0, ""
	for i := range p.Jobs {
		j := &p.Jobs[i]
		if !j.open() {
			continue
		}
		old, err := os.Stat(j.Target)
		if err != nil {
			continue
		}
		if in := j.itself(old); in != nil {
			j.Err, j.Alike = fmt.Errorf("would be written over itself: %s", in.Name), "itself"
			continue
		}
		if p.fresh(j) {
			continue
		}
		switch p.Options.Existing {
		case Skip:
			if old.IsDir() {
				j.Err = fmt.Errorf("cannot be written: a folder has this name: %s", j.Target)
				continue
			}
			if !p.whole(j) {
				continue
			}
			j.Skip = SkipExists
			if p.Options.Hint != "" {
				j.Skip += ": " + p.Options.Hint
			}
		case Rename:
			j.Target = p.free(j.Target)
		case Refuse:
			if exist++; exist == 1 {
				first = j.Target
			}
		}
	}
	switch {
	case exist == 0:
		return nil
	case exist == 1:
		first = "the file exists already: " + first
	default:
		first = fmt.Sprintf("%s of %s exist already, the first is %s", unit.Count(exist), unit.Plural(len(p.Jobs), p.Kind.Noun), first)
	}
	return &Refused{first, true}
}

// free is a name that neither a file nor another job has: a_2.csv of a.csv.
func (p *Plan) free(path string) string {
	stem, ext := strings.TrimSuffix(path, filepath.Ext(path)), filepath.Ext(path)
	for n := 2; ; n++ {
		next := fmt.Sprintf("%s_%d%s", stem, n, ext)
		if _, err := os.Lstat(next); err == nil || slices.ContainsFunc(p.Jobs, func(j Job) bool { return j.Target == next }) {
			continue
		}
		return next
	}
}

// whole reports that a file is there with all those that belong to it.
func (p *Plan) whole(j *Job) bool {
	f := p.Kind.Format
	if f == nil || f.There == nil {
		return true
	}
	v, err := f.Parse(p.Options.chosen(f))
	if err != nil {
		return true // the worker would say so
	}
	var frames []cache.Number
	for i := range j.Inputs {
		frames = append(frames, j.Inputs[i].Number+p.Options.Offset)
	}
	return f.There(j.Target, frames, v)
}

func (p *Plan) fresh(j *Job) bool { return p.Kind.Fresh != nil && p.Kind.Fresh(&j.Inputs[0]) }

// itself is the input that is the very file to be written, under whatever name.
func (j *Job) itself(target fs.FileInfo) *Input {
	for i := range j.Inputs {
		in := &j.Inputs[i]
		if in.Path() == "" {
			continue
		}
		if st, err := os.Stat(in.Path()); err == nil && os.SameFile(st, target) {
			return in
		}
	}
	return nil
}
