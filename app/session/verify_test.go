package session

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"iceexplorer/cache"
	"iceexplorer/jobs"
)

// verifies are the frames that are being verified.
func (p *fakePool) verifies() (frames []cache.Number) {
	for _, r := range p.waiting {
		if r.Task == jobs.Verify {
			frames = append(frames, r.Frame)
		}
	}
	return frames
}

// loadedMapped opens frames of converted files and loads them.
func loadedMapped(t *testing.T, n int) (*Session, *fakePool, *Layer) {
	t.Helper()
	s, p, l := open(t, Options{Verify: true, Convert: true}, 1, n)
	for l.Count(Mapped) < n {
		if len(p.verifies()) > 0 {
			t.Fatalf("%v verified while frames are loaded", p.verifies())
		}
		p.serve(true)
	}
	return s, p, l
}

// verified answers the verification that is under way.
func (p *fakePool) verified(bypassed error) {
	p.t.Helper()
	i := slices.IndexFunc(p.waiting, func(r jobs.Request) bool { return r.Task == jobs.Verify })
	if i < 0 {
		p.t.Fatal("nothing is verified")
	}
	r, id := p.take(i)
	r.Done(jobs.Result{ID: id, Request: r, Answer: jobs.Verified{}, Bypassed: bypassed})
}

func TestConvertedFramesAreVerifiedOneByOneWhenNothingElseIsToDo(t *testing.T) {
	t.Parallel()
	s, p, _ := loadedMapped(t, 3)
	for _, want := range []cache.Number{1, 2, 3} {
		if got := p.verifies(); !slices.Equal(got, []cache.Number{want}) {
			t.Fatalf("%v are verified, want %v", got, want)
		}
		p.verified(nil)
	}
	s.Seek(2)
	if got := p.verifies(); len(got) > 0 || len(s.Messages()) > 0 {
		t.Errorf("%v are verified again, messages %v", got, s.Messages())
	}
}

func TestVerifyingGivesWay(t *testing.T) {
	t.Parallel()
	s, p, _ := loadedMapped(t, 3)
	s.Play()
	if got := p.verifies(); len(got) > 0 {
		t.Errorf("%v are verified while it plays", got)
	}
	s.Stop()
	if got := p.verifies(); len(got) > 0 {
		t.Errorf("%v are verified at once", got)
	}
	s.verifying.rests = false // in time
	s.pumpVerify()
	if got := p.verifies(); !slices.Equal(got, []cache.Number{1}) {
		t.Errorf("%v are verified once it rests, want the one that was taken back", got)
	}
	s.SetVerify(false)
	if got := p.verifies(); len(got) > 0 {
		t.Errorf("%v are verified though that is off", got)
	}
}

func TestAFrameWhoseConvertedFileIsDamagedIsReadFromItsSourceAndConvertedAnew(t *testing.T) {
	t.Parallel()
	s, p, l := loadedMapped(t, 3)
	p.verified(errors.New("is damaged: attribute ID: /a/.sih5/a_1.icecache.sih5"))
	told := func() (n int) {
		for _, m := range s.Messages() {
			if strings.Contains(m.Text, "is damaged: attribute ID") && !m.Past {
				n++
			}
		}
		return n
	}
	if st, _ := l.State(1); st != Queued || told() != 1 {
		t.Errorf("state %v, %d messages", st, told())
	}
	p.serve(false)
	if r := p.serve(false); r.Task != jobs.Convert || r.Frame != 1 {
		t.Errorf("%v of frame %v", r.Task, r.Frame)
	}
	if st, _ := l.State(1); st != Mapped || told() != 0 {
		t.Errorf("state %v, %d messages that hold", st, told())
	}
	if got := p.verifies(); !slices.Equal(got, []cache.Number{1}) { // what was written anew too
		t.Errorf("%v are verified", got)
	}
}

func TestAConvertedFileWithoutASourceThatIsDamagedIsToldOf(t *testing.T) {
	t.Parallel()
	s, p, l := loadedMapped(t, 1)
	p.fail(0, jobs.CodeFormat)
	if n := len(s.Messages()); n != 1 || s.Messages()[0].Level != Error || l.Count(Mapped) != 1 {
		t.Errorf("messages %v, counts %v", s.Messages(), l.Counts())
	}
}
