package session

import "iceexplorer/cache"

// Reload forgets what is known of a layer's frames and reads them again, files that
// failed or were quarantined too, with workers that did not start before. A layer that
// was all of its folder becomes what the folder holds now.
func (s *Session) Reload(l *Layer) {
	s.settleLayer(l) // what still holds will be told again
	s.pool.CancelLayer(l.ID)
	s.pool.Retry()
	l.noConvert = ""
	for i := range l.slots {
		s.pool.Forgive(l.Seq.Frames[i].Path())
		l.slots[i].foreign = false
		s.free(l, i, Absent)
		s.forgetFacts(l, i)
	}
	if l.Seq.Whole {
		s.look(l)
	}
	s.paused = false
	s.pump()
	s.changed(everything)
}

// look finds a layer's frames in its folder again. Where the folder or all of the
// sequence is gone the layer stays as it was, and its frames tell.
func (s *Session) look(l *Layer) {
	found, _ := cache.Discover(l.Seq.Dir)
	s.Settle(aboutFolder(l.Seq.Dir))
	s.tellLeft(found.Notes, Warning)
	for _, seq := range found.Sequences {
		if !l.Seq.Same(&seq) {
			continue
		}
		l.Seq = seq
		l.slots = make([]slot, len(seq.Frames))
		l.counts = [numStates]int{Absent: len(l.slots)}
		s.reindex()
	}
}

// tellLeft tells what is not opened of folders, from a level on. It holds until a
// folder is looked at again.
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
			s.TellOf(aboutFolder(n.Path), level, n.String())
		}
	}
}

func aboutFolder(path string) Subject { return About("folder " + path) }
