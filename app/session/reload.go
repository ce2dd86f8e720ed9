package session

import (
	"path/filepath"

	"iceexplorer/cache"
	"iceexplorer/cache/pathname"
)

// Reload forgets what is known of a layer's frames and reads them again, including files that
// failed or were quarantined, and retries workers that did not start. A layer that showed
// its whole folder becomes what the folder holds now: the folder is read first, beside the
// session's goroutine, and until then the layer stays as it is.
func (s *Session) Reload(l *Layer) {
	s.cancelReadingOf(l)
	if l.Seq.Whole {
		s.read(&Reading{Name: "folder " + pathname.Display(filepath.Base(l.Seq.Dir)), layer: l}, l.Seq.Dir)
		return
	}
	s.forgetAll(l)
	s.again()
}

// reloaded takes what a layer's folder holds now. If the folder or the whole sequence is gone,
// the layer's frames stay and say so.
func (s *Session) reloaded(l *Layer, found cache.Found) {
	s.forgetAll(l)
	s.Settle(aboutFolder(l.Seq.Dir))
	s.tellLeft(found.Notes, Warning)
	for _, seq := range found.Sequences {
		if !l.Seq.Same(&seq) {
			continue
		}
		seq.ConvertTo(s.opt.ConvertTo)
		l.Seq = seq
		l.slots = make([]slot, len(seq.Frames))
		l.counts = [numStates]int{Absent: len(l.slots)}
		s.reindex()
	}
	s.again()
}

// forgetAll forgets all that is known of a layer's frames.
func (s *Session) forgetAll(l *Layer) {
	s.settleLayer(l) // what still applies will be reported again
	s.pool.CancelLayer(l.ID)
	l.noConvert = ""
	s.freeing(func() {
		for i := range l.slots {
			s.pool.Forgive(l.Seq.Frames[i].Path())
			l.slots[i].sourceOnly = false
			s.free(l, i, Absent)
			s.forgetFacts(l, i)
		}
	})
}

// again reads frames that were forgotten.
func (s *Session) again() {
	s.pool.Retry()
	s.paused = false
	s.pump()
	s.changed(everything)
}

// tellLeft reports files of folders that were not opened, at or above a level. The message
// holds until the folder is read again.
func (s *Session) tellLeft(notes []cache.Note, from Level) {
	for _, n := range notes {
		s.Settle(aboutFolder(n.Path))
	}
	for _, n := range notes {
		level := Info
		if n.Cache {
			level = Warning
		}
		if level >= from {
			s.TellWith(aboutFolder(n.Path), level, n.String(), Remedy{Path: n.Path})
		}
	}
}

func aboutFolder(path string) Subject { return About("folder " + path) }
