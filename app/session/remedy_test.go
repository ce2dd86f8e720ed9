package session

import (
	"os"
	"path/filepath"
	"testing"

	"iceexplorer/jobs/proto"
)

// Only frames that could not be read are read again, and what was said of them holds no more.
func TestFailedFramesAreReadAgainByTheirMessages(t *testing.T) {
	t.Parallel()
	s, p, l := open(t, Options{Window: 100}, 1, 9)
	p.serve(true)
	for len(p.waiting) > 0 {
		p.fail(0, proto.CodeGone)
	}
	m, ok := s.Latest()
	if !ok || m.Retry == nil || filepath.Dir(m.Path) != l.Seq.Dir || !s.Retriable() {
		t.Fatalf("%+v", m)
	}
	read := l.counts[Mapped]
	m.Retry()
	if got := len(p.waiting); got != 9-read {
		t.Errorf("%d of %d frames are asked for again", got, 9-read)
	}
	for len(p.waiting) > 0 {
		p.serve(true)
	}
	if got := latest(s); got != "" || s.Retriable() || l.counts[Failed] > 0 {
		t.Errorf("%q, %d failed", got, l.counts[Failed])
	}
	if s.Retry() {
		t.Error("something is done again though nothing has failed")
	}
	s.CloseLayer(l)
	m.Retry() // it is closed
	if len(s.Layers()) > 0 || len(p.waiting) > 0 {
		t.Error("a closed layer is read again")
	}
}

func TestAPathThatLedNowhereIsOpenedByItsMessage(t *testing.T) {
	t.Parallel()
	posted := make(chan func(), 16)
	s := New(&fakePool{t: t}, func(f func()) { posted <- f }, Options{Patience: patience, Budget: 1 << 40})
	path := filepath.Join(t.TempDir(), "late_1.icecache")
	var why []error
	s.Discover(func(_ []*Layer, err error) { why = append(why, err) }, path)
	(<-posted)()
	m, _ := s.Latest()
	if len(why) != 1 || why[0] == nil || m.Path != path || m.Retry == nil {
		t.Fatalf("%v, %+v", why, m)
	}
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	m.Retry()
	(<-posted)()
	if len(why) != 2 || why[1] != nil || len(s.Layers()) != 1 {
		t.Fatalf("%v, %d layers", why, len(s.Layers()))
	}
	if m := s.Messages()[0]; !m.Past {
		t.Errorf("still said: %q", m.Text)
	}
}
