package timeline

import (
	"iceexplorer/app/session"
)

// marks are what a layer's bar shows of its frames, in the session's time.
type marks struct {
	version uint64         // of the session
	timing  session.Timing // of the layer
	holes   [][2]float64
	faults  []float64
}

// marksOf are those of a layer, found anew when the session has changed.
func (t *timeline) marksOf(l *session.Layer) *marks {
	m := t.marks[l.ID]
	if version := t.host.Session.Version(); m == nil || m.version != version || m.timing != l.Timing() {
		m = &marks{version: version, timing: l.Timing(), holes: holesOf(l), faults: faultsOf(l)}
		t.marks[l.ID] = m
	}
	return m
}

// holesOf are where whole numbers are missing between a layer's frames.
func holesOf(l *session.Layer) (holes [][2]float64) {
	half := 0.5 / l.Timing().Scale
	for i, f := range l.Seq.Frames[1:] {
		before, n := l.Seq.Frames[i].Number.Floor(), f.Number.Floor()
		if n-before > 1 {
			holes = append(holes, [2]float64{float64(l.ToHead(before+1)) - half, float64(l.ToHead(n)) - half})
		}
	}
	return holes
}

// faultsOf are where a layer's frames could not be read, or not all of them.
func faultsOf(l *session.Layer) (faults []float64) {
	if l.Count(session.Failed)+l.Count(session.Partial) == 0 {
		return nil
	}
	for _, f := range l.Seq.Frames {
		if st, _ := l.State(f.Number); st == session.Failed || st == session.Partial {
			faults = append(faults, float64(l.ToHead(f.Number)))
		}
	}
	return faults
}
