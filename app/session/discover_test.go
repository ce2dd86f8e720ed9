package session

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"iceexplorer/app/disk"
	"iceexplorer/cache"
	"iceexplorer/jobs"
)

// Open is Discover for tests of other subjects: it waits.
func (s *Session) Open(paths ...string) []*Layer {
	found, err := cache.Discover(paths...)
	s.place++
	layers, _ := s.opened(found, err, &Reading{place: s.place})
	return layers
}

// reload is Reload for tests of other subjects: it waits.
func reload(s *Session, l *Layer) {
	if !l.Seq.Whole {
		s.Reload(l)
		return
	}
	found, _ := cache.Discover(l.Seq.Dir)
	s.reloaded(l, found)
}

// slowDisk lists a folder when the test lets it.
type slowDisk struct {
	disk.System
	gates map[string]chan struct{} // by folder; others are at hand
}

func (d *slowDisk) ReadDir(name string) ([]fs.DirEntry, error) {
	if g := d.gates[name]; g != nil {
		<-g
	}
	return d.System.ReadDir(name)
}

// slowly makes a session over folders of one frame each that answer when told to.
func slowly(t *testing.T, folders int) (s *Session, d *slowDisk, dirs []string, posted chan func()) {
	t.Helper()
	d = &slowDisk{gates: map[string]chan struct{}{}}
	for i := range folders {
		dir := filepath.Join(t.TempDir(), fmt.Sprintf("shot%d", i))
		if err := os.Mkdir(dir, 0o700); err != nil {
			t.Fatal(err)
		}
		addFrames(t, dir, i+1)
		d.gates[dir] = make(chan struct{})
		dirs = append(dirs, dir)
	}
	posted = make(chan func(), 16)
	s = New(&fakePool{t: t}, func(f func()) { posted <- f }, Options{Patience: patience, Budget: 1 << 40, Disk: d})
	return s, d, dirs, posted
}

func TestLayersAreInTheOrderTheyWereAskedForHoweverLateTheyCome(t *testing.T) {
	t.Parallel()
	s, d, dirs, posted := slowly(t, 3)
	var ended []cache.Number
	for _, dir := range dirs {
		s.Discover(func(layers []*Layer, err error) {
			if err != nil || len(layers) != 1 {
				t.Errorf("%d layers, %v", len(layers), err)
				return
			}
			ended = append(ended, layers[0].Seq.Frames[0].Number)
		}, dir)
	}
	if got := s.ReadingText(); got != "Reading folder shot0 and 2 more..." || len(s.Layers()) != 0 {
		t.Errorf("%q with %d layers", got, len(s.Layers()))
	}
	for _, i := range []int{2, 0, 1} {
		close(d.gates[dirs[i]])
		(<-posted)()
	}
	var got []cache.Number
	for _, l := range s.Layers() {
		got = append(got, l.Seq.Frames[0].Number)
	}
	if !slices.Equal(got, []cache.Number{1, 2, 3}) || !slices.Equal(ended, []cache.Number{3, 1, 2}) {
		t.Errorf("layers %v, ended %v", got, ended)
	}
	if s.ReadingText() != "" || len(s.Readings()) != 0 {
		t.Errorf("still %q", s.ReadingText())
	}
}

func TestCanceledReadingsOpenNothing(t *testing.T) {
	t.Parallel()
	s, d, dirs, posted := slowly(t, 1)
	var why error
	s.Discover(func(layers []*Layer, err error) { why = err }, dirs[0])
	if got := s.ReadingText(); got != "Reading folder shot0..." {
		t.Errorf("%q", got)
	}
	s.CancelReadings()
	if why == nil || !errors.Is(why, errCanceled) || latest(s) != "Canceled reading folder shot0" {
		t.Errorf("%v; %q", why, latest(s))
	}
	close(d.gates[dirs[0]])
	(<-posted)()
	if len(s.Layers()) != 0 || s.ReadingText() != "" {
		t.Errorf("%d layers", len(s.Layers()))
	}
}

func TestClosingAllLetsGoOfWhatWasToCome(t *testing.T) {
	t.Parallel()
	s, d, dirs, posted := slowly(t, 1)
	s.Discover(nil, dirs[0])
	s.CloseAll()
	close(d.gates[dirs[0]])
	(<-posted)()
	if len(s.Layers()) != 0 || len(s.Messages()) != 0 {
		t.Errorf("%d layers, %v", len(s.Layers()), s.Messages())
	}
}

func TestOpeningNothingSaysWhy(t *testing.T) {
	t.Parallel()
	s, _, _, posted := slowly(t, 0)
	gone := filepath.Join(t.TempDir(), "nowhere")
	var why error
	s.Discover(func(layers []*Layer, err error) { why = err }, gone)
	(<-posted)()
	if why == nil || !strings.Contains(why.Error(), gone) || latest(s) != why.Error() {
		t.Errorf("%v; %q", why, latest(s))
	}
}

func TestALayerStaysAsItIsUntilItsFolderIsReadAgain(t *testing.T) {
	t.Parallel()
	s, d, dirs, posted := slowly(t, 1)
	l := s.Open(dirs[0])[0]
	p := s.pool.(*fakePool)
	r, id := p.take(0)
	r.Done(jobs.Result{ID: id, Request: r, Frame: p.frame(), Mapped: true})
	(<-posted)()
	rereads := 0
	s.Subscribe(func(c Change) {
		if c&Frames != 0 {
			rereads++
		}
	})
	addFrames(t, dirs[0], 2)
	s.Reload(l)
	s.Reload(l) // in place of the first
	if n := len(s.Readings()); n != 1 || l.Count(Mapped) != 1 {
		t.Errorf("%d readings, %v", n, l.Counts())
	}
	close(d.gates[dirs[0]])
	for range 2 {
		(<-posted)()
	}
	if fmt.Sprint(s.Frames()) != "[1 2]" || rereads != 1 || l.Count(Mapped) != 0 || len(p.waiting) != 2 {
		t.Errorf("frames %v, read %d times, %v, %d asked for", s.Frames(), rereads, l.Counts(), len(p.waiting))
	}
}

func TestALayerThatIsClosedIsNotReadAgain(t *testing.T) {
	t.Parallel()
	s, d, dirs, posted := slowly(t, 1)
	l := s.Open(dirs[0])[0]
	s.Reload(l)
	s.CloseLayer(l)
	close(d.gates[dirs[0]])
	(<-posted)()
	if len(s.Layers()) != 0 || len(s.Readings()) != 0 {
		t.Errorf("%d layers, %d readings", len(s.Layers()), len(s.Readings()))
	}
}

func TestReadingsAreNamedForPeople(t *testing.T) {
	t.Parallel()
	for want, paths := range map[string][]string{
		"folder shot_010":         {"/shows/x/shot_010"},
		"fire.[1..9].icecache":    {"/shows/x/fire.[1..9].icecache"},
		"1,200 files and folders": slices.Repeat([]string{"/a"}, 1200),
	} {
		if got := nameOf(paths); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
