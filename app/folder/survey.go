package folder

import (
	"context"
	"time"

	"iceexplorer/app/disk"
)

// survey finds, beside the loop, what the names of a folder do not tell: sizes, times, and what
// the folders in it hold.
type survey struct {
	disk    disk.Disk
	entries []*Entry
}

func newSurvey(d disk.Disk, all []*Entry) *survey { return &survey{d, all} }

// tellEvery is how often what was found is handed over.
const tellEvery = 100 * time.Millisecond

// fact is what was found of an entry. The loop alone writes it there.
type fact struct {
	entry  *Entry
	bytes  int64
	time   time.Time
	inside *Inside
}

// run hands over what it finds as functions for the loop.
func (s *survey) run(ctx context.Context, tell func(news func())) {
	var found []fact
	last := time.Now()
	hand := func() {
		all := found
		found, last = nil, time.Now()
		tell(func() {
			for _, f := range all {
				if f.inside != nil {
					f.entry.Inside = *f.inside
				} else {
					f.entry.Bytes, f.entry.Time = f.bytes, f.time
				}
			}
		})
	}
	note := func(f fact) bool {
		if ctx.Err() != nil {
			return false
		}
		if found = append(found, f); time.Since(last) > tellEvery {
			hand()
		}
		return true
	}
	for _, e := range s.entries {
		bytes, t := e.measure(s.disk)
		if !note(fact{entry: e, bytes: bytes, time: t}) {
			return
		}
	}
	for _, e := range s.entries {
		if e.Kind != Folder {
			continue
		}
		in := inside(s.disk, e.Paths[0])
		if !note(fact{entry: e, inside: &in}) {
			return
		}
	}
	if len(found) > 0 {
		hand()
	}
}
