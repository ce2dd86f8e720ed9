package exporting

import (
	"fmt"
	"path/filepath"
	"reflect"

	"iceexplorer/app/export"
	"iceexplorer/app/session"
	"iceexplorer/app/settings"
	"iceexplorer/cache"
	"iceexplorer/cache/unit"
)

// Outlook is what an export will do.
type Outlook struct {
	Err    error  // why nothing can be written
	Files  int    // to be written
	Frames int    // of them
	Noun   string // what one of Files is: a file, or a sequence, whose files go by one
	First  string // the first file
	Exist  int    // files that are there already
	Looked bool   // Exist is known: not of more files than are worth a look
	Lacks  []string
}

// outlook is found beside the loop, one at a time.
type outlook struct {
	of    key
	found Outlook
	known bool
	busy  bool
	again bool
}

// key is what an outlook depends on.
type key struct {
	ask      settings.Export
	layers   int
	frames   int
	head     cache.Number
	first    cache.Number
	last     cache.Number
	filter   string
	selected uint64
	active   int
	timings  []session.Timing // of the layers
	damaged  int              // or not read
	sampled  bool
	known    bool // which attributes there are
}

// Outlook is what will be written, found out about anew whenever something has changed. known is false as long as that
// takes; what was found before is shown meanwhile.
func (d *Desk) Outlook(ask settings.Export) (o Outlook, known bool) {
	if k := d.key(ask); !reflect.DeepEqual(k, d.outlook.of) {
		d.outlook.of, d.outlook.known = k, false
		d.look()
	}
	return d.outlook.found, d.outlook.known
}

// Look has the next Outlook look again.
func (d *Desk) Look() { d.outlook.of = key{} }

func (d *Desk) key(ask settings.Export) key {
	ask.Clean()
	s := d.opt.Session
	k := key{ask: ask, layers: len(s.Layers()), frames: len(s.Frames()), filter: d.opt.Filter()}
	if ask.Range == settings.RangeFrame {
		k.head, _ = s.Number()
	}
	k.first, k.last, _ = s.Range()
	for _, l := range s.Layers() {
		k.timings = append(k.timings, l.Timing())
		k.selected += l.SelectionVersion()
		k.damaged += l.Count(session.Partial) + l.Count(session.Failed)
	}
	k.known = known(s.Layers())
	if l := s.Active(); l != nil {
		k.active, k.sampled = l.ID, s.Current(l) != nil
	}
	return k
}

func (d *Desk) look() {
	o := &d.outlook
	if o.busy {
		o.again = true
		return
	}
	o.busy, o.again = true, false
	s := d.snap(o.of.ask)
	go func() {
		found := s.outlook()
		d.opt.Post(func() {
			o.busy = false
			if o.again {
				d.look()
				return
			}
			o.found, o.known = found, true
			d.opt.Wake()
		})
	}()
}

// most is of how many files it is looked whether they are there, before anything is begun.
const most = 2000

func (s *snapshot) outlook() (out Outlook) {
	o, err := s.order()
	if err != nil {
		return Outlook{Err: err}
	}
	plan, err := o.Plan()
	if err != nil {
		return Outlook{Err: refused(err)}
	}
	if s.attributes != nil {
		if err := plan.Options.Missing(s.attributes); err != nil {
			return Outlook{Err: refused(err)}
		}
	}
	out.Noun = plan.Kind.Noun
	var failed []error
	for i := range plan.Jobs {
		j := &plan.Jobs[i]
		if j.Err != nil {
			failed = append(failed, j.Err)
			continue
		}
		if j.Skip != "" {
			continue
		}
		if out.Files++; out.Files == 1 {
			out.First = j.Target
		}
		out.Frames += len(j.Inputs)
	}
	switch {
	case len(plan.Jobs) == 0:
		return Outlook{Err: errNoFrames}
	case len(failed) == len(plan.Jobs):
		return Outlook{Err: failed[0]}
	}
	if len(plan.Jobs) <= most {
		out.Looked = true
		out.Exist = exist(plan)
	}
	if out.Lacks, err = s.lacks(plan); err != nil {
		return Outlook{Err: err}
	}
	if len(failed) > 0 {
		out.Lacks = append(out.Lacks, unit.Plural(len(failed), "file")+" cannot be written: "+failed[0].Error())
	}
	return out
}

// exist is how many of the files are there.
func exist(plan *export.Plan) (n int) {
	look := *plan
	look.Jobs = append([]export.Job(nil), plan.Jobs...)
	look.Options.Existing = export.Skip
	if look.Look() != nil {
		return 0
	}
	for i := range look.Jobs {
		if look.Jobs[i].Skip != "" && plan.Jobs[i].Skip == "" {
			n++
		}
	}
	return n
}

// lacks says what files will lack, as far as the frame that is shown can tell.
func (s *snapshot) lacks(plan *export.Plan) ([]string, error) {
	var out []string
	if s.sample != nil {
		var err error
		if out, err = plan.Foretell(s.sample, s.ask.Points == settings.PointsSelected); err != nil {
			return nil, err
		}
	}
	if s.failed > 0 {
		out = append(out, unit.Plural(s.failed, "frame")+" of what is open could not be read, and will fail")
	}
	if s.damaged > 0 && !plan.Kind.Format.Marks {
		what := "frames are"
		if s.damaged == 1 {
			what = "frame is"
		}
		out = append(out, fmt.Sprintf("%s %s damaged, which %s has no way to say: not written", unit.Count(s.damaged), what, plan.Kind.Format.Label))
	}
	return out, nil
}

// folderOf is where the first file of a plan goes.
func folderOf(plan *export.Plan) string {
	if len(plan.Jobs) == 0 || plan.Jobs[0].Target == "" {
		return plan.Dir
	}
	return filepath.Dir(plan.Jobs[0].Target)
}
