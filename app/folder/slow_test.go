package folder

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"iceexplorer/app/disk"
)

// stuck is a disk on which folders do not answer until they are let go, or are gone.
type stuck struct {
	disk.System
	mu   sync.Mutex
	slow map[string]chan struct{}
}

func (s *stuck) wait(name string) {
	s.mu.Lock()
	c := s.slow[name]
	s.mu.Unlock()
	if c != nil {
		<-c
	}
}

func (s *stuck) Stat(name string) (fs.FileInfo, error) { s.wait(name); return s.System.Stat(name) }
func (s *stuck) ReadDir(name string) ([]fs.DirEntry, error) {
	s.wait(name)
	return s.System.ReadDir(name)
}

func TestAFolderThatDoesNotAnswerCanBeLeft(t *testing.T) {
	t.Parallel()
	dir := project(t)
	gone := make(chan struct{})
	defer close(gone)
	r := newRig(t, &stuck{slow: map[string]chan struct{}{filepath.Join(dir, "smoke"): gone}})
	r.begin(Options{Dir: dir})
	r.Activate(r.row("smoke"))
	if at, since := r.Reading(); at != filepath.Join(dir, "smoke") || since.IsZero() || r.Chosen() != nil {
		t.Fatalf("reads %q, chosen %q", at, r.Chosen())
	}
	r.Back()
	if at, _ := r.Reading(); at != "" || r.Dir() != dir {
		t.Errorf("back: %q in %s", at, r.Dir())
	}
	r.Activate(r.row("smoke"))
	r.Go(filepath.Join(dir, "shots"))
	r.read()
	if got := strings.Join(r.names(), " "); got != "sh010" {
		t.Errorf("elsewhere: %s", got)
	}
	r.Go(filepath.Join(dir, "smoke"))
	r.Cancel()
	if len(r.chosen) != 1 || r.IsOpen() {
		t.Errorf("canceled: %q", r.chosen)
	}
}

func TestAFolderThatIsGoneSaysSo(t *testing.T) {
	t.Parallel()
	dir := project(t)
	r := newRig(t, disk.System{})
	r.begin(Options{Dir: filepath.Join(dir, "smoke")})
	if err := os.RemoveAll(filepath.Join(dir, "smoke")); err != nil {
		t.Fatal(err)
	}
	r.Refresh()
	r.read()
	if err := r.Err(); err == nil || !errors.Is(err, fs.ErrNotExist) || !strings.HasSuffix(err.Error(), ": "+filepath.Join(dir, "smoke")) || r.Len() != 0 || r.Chosen() != nil {
		t.Errorf("%v; %q", r.Err(), r.names())
	}
	r.Up()
	r.read()
	if r.Err() != nil || r.Dir() != dir {
		t.Errorf("%v in %s", r.Err(), r.Dir())
	}
}

func TestWhatIsGoneIsKnownAfterALook(t *testing.T) {
	t.Parallel()
	dir := project(t)
	posted := make(chan func(), 10)
	p := NewPresence(disk.System{}, func(f func()) { posted <- f })
	paths := []string{dir, filepath.Join(dir, "fire_#.icecache"), filepath.Join(dir, "ice_#.icecache"), filepath.Join(dir, "gone")}
	p.Look(paths)
	for range paths {
		(<-posted)()
	}
	for i, want := range []bool{false, false, true, true} {
		if p.Gone(paths[i]) != want {
			t.Errorf("%s: gone %v", paths[i], p.Gone(paths[i]))
		}
	}
}

// 10,000 files in one folder are one line, and 10,000 sequences are sorted within a frame.
func TestManyFilesAreListedAtOnce(t *testing.T) {
	t.Parallel()
	r := newRig(t, many{})
	begun := time.Now()
	r.begin(Options{Dir: "/many", Multi: true})
	if r.Len() != 5001 || r.At(r.Len()-1).Frames+r.At(r.Len()-2).Frames < 5001 {
		t.Fatalf("%d lines", r.Len())
	}
	if took := time.Since(begun); took > 5*time.Second {
		t.Errorf("reading took %v", took)
	}
	begun = time.Now()
	r.Sort(BySize)
	r.SetSearch("j")
	if took := time.Since(begun); took > time.Second {
		t.Errorf("sorting and filtering took %v", took)
	}
}

// letters is a number in letters, so that it is none in a name.
func letters(i int) string {
	return strings.Map(func(r rune) rune { return r - '0' + 'a' }, fmt.Sprintf("%04d", i))
}

// many is a folder of 10,000 files: 5,000 sequences of one and one of 5,000.
type many struct{ disk.System }

type file struct {
	fs.FileInfo
	name string
	dir  bool
}

func (f file) Name() string               { return f.name }
func (f file) IsDir() bool                { return f.dir }
func (f file) Size() int64                { return 1 }
func (f file) ModTime() time.Time         { return time.Unix(1e9, 0) }
func (f file) Info() (fs.FileInfo, error) { return f, nil }
func (f file) Type() fs.FileMode          { return f.Mode() }
func (f file) Mode() fs.FileMode {
	if f.dir {
		return fs.ModeDir
	}
	return 0
}

// isMany knows the folder, which on Windows is one of a drive.
func isMany(name string) bool {
	return filepath.ToSlash(strings.TrimPrefix(name, filepath.VolumeName(name))) == "/many"
}

func (many) Stat(name string) (fs.FileInfo, error) {
	return file{name: name, dir: isMany(name)}, nil
}
func (many) ReadDir(name string) (all []fs.DirEntry, err error) {
	if !isMany(name) {
		return nil, errors.New("there is none")
	}
	for i := range 5000 {
		all = append(all, file{name: fmt.Sprintf("x_%d.icecache", i)}, file{name: letters(i) + ".icecache"})
	}
	return all, nil
}
