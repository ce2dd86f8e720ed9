package export

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"iceexplorer/cache"
	"iceexplorer/cache/atomicfile"
	"iceexplorer/cache/pathname"
)

// Order is what is to be written.
type Order struct {
	Kind    *Kind
	Inputs  []Input
	Frames  []cache.FrameSpan // only these; nil: all
	Dir     string            // to write to; "": beside the sources
	Pattern Pattern           // names the files of a Kind without Beside
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
}

// Plan is an Order's jobs.
type Plan struct {
	Order
	Jobs []Job
}

// Why a file is skipped.
const (
	SkipFresh  = "up to date"
	SkipExists = "exists: --force writes it again"
)

// What an order lacks.
var (
	ErrNoPlace  = errors.New("several frames need a place for the number in the name, such as frame_%04d.png")
	ErrNoFolder = errors.New("there is no folder to write to")
)

// Plan says which files are to be written, in the order of the inputs, or of the frames
// where several inputs make one file. It does not look at the disk; Prepare does.
func (o *Order) Plan() (*Plan, error) {
	p := &Plan{Order: *o}
	groups := o.groups()
	var numbers []cache.Number
	for _, group := range groups {
		numbers = append(numbers, group[0].Number)
	}
	p.Pattern = o.Pattern.For(numbers)
	for _, group := range groups {
		first := &group[0]
		j := Job{Inputs: group, Number: first.Number, Err: first.Err}
		if j.Err == nil {
			if o.Kind.NeedsFolder != nil && o.Dir == "" && o.Kind.NeedsFolder(first) {
				return nil, ErrNoFolder
			}
			j.Target = p.name(&j)
		}
		p.Jobs = append(p.Jobs, j)
	}
	if o.Kind.Beside == nil && o.Kind.Holds != AllFrames && len(p.Jobs) > 1 && !o.Pattern.Numbered() {
		return nil, ErrNoPlace
	}
	p.refuseDoubles()
	return p, nil
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

func (p *Plan) name(j *Job) string {
	if p.Kind.Beside != nil {
		return p.Kind.Beside(&j.Inputs[0], p.Dir)
	}
	return filepath.Join(p.Dir, p.Pattern.Of(j.Number))
}

// refuseDoubles finds jobs that would write the same file, and inputs that are what they
// would become.
func (p *Plan) refuseDoubles() {
	taken := map[string]string{} // by target: what it is made of
	for i := range p.Jobs {
		j := &p.Jobs[i]
		if j.Err != nil {
			continue
		}
		name := j.Inputs[0].Name
		switch first, double := taken[j.Target]; {
		case p.Kind.Already != "" && j.Inputs[0].Path() == j.Target:
			j.Skip = p.Kind.Already
		case double:
			j.Err = fmt.Errorf("%s and %s would become the same file: %s", first, name, j.Target)
		default:
			taken[j.Target] = name
		}
	}
}

// open reports that a job is still to be done.
func (j *Job) open() bool { return j.Err == nil && j.Skip == "" }

// Prepare looks at the disk, before anything runs: which files are there already, and
// whether the folders can be written to. It makes those that are missing.
func (p *Plan) Prepare() error {
	p.look()
	return p.makeFolders()
}

// look looks at the targets: none may be its own source, and those that exist are skipped
// unless the order replaces them or the doer checks them itself.
func (p *Plan) look() {
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
		if !p.Options.Replace && !p.fresh(j) {
			j.Skip = SkipExists
		}
	}
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

// makeFolders makes the folders that jobs write to, and removes what a killed run has left
// in any of them. Folders of converted frames are left to the workers, which make them
// when there is a frame. A job whose folder cannot be written to fails before anything
// runs; if no job is left, that is the error.
func (p *Plan) makeFolders() error {
	swept, made := map[string]bool{}, map[string]error{}
	for _, j := range p.Jobs {
		if dir := filepath.Dir(j.Target); j.Target != "" && !swept[dir] {
			swept[dir] = true
			atomicfile.Sweep(dir)
		}
	}
	left := 0
	var refused error
	for i := range p.Jobs {
		j := &p.Jobs[i]
		if !j.open() {
			continue
		}
		dir := filepath.Dir(j.Target)
		if _, known := made[dir]; !known && filepath.Base(dir) != cache.ConvertedDir {
			if !p.FolderExists {
				if err := os.MkdirAll(dir, 0o777); err != nil {
					return fmt.Errorf("make folder: %w: %s", pathname.Reason(err), dir)
				}
			}
			made[dir] = writable(dir)
		}
		if err := made[dir]; err != nil && !p.fresh(j) { // it may be fresh, and then needs no folder
			j.Err, j.Alike, refused = err, "folder", err
			continue
		}
		left++
	}
	if left == 0 {
		return refused
	}
	return nil
}

// writable begins a file in a folder, which leaves nothing there.
func writable(dir string) error {
	f, err := atomicfile.Create(filepath.Join(dir, "new"), atomicfile.Options{NoSync: true, Replace: true})
	if err == nil {
		err = f.Discard()
	}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("there is no such folder: %s", dir)
	case err != nil:
		return fmt.Errorf("write to the folder: %w: %s", pathname.Reason(err), dir)
	}
	return nil
}
