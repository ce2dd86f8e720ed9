package sessionfile

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"iceexplorer/app/disk"
	"iceexplorer/app/look"
	"iceexplorer/cache"
)

// touch makes empty files; names may have folders.
func touch(t *testing.T, dir string, names ...string) {
	t.Helper()
	for _, n := range names {
		path := filepath.Join(dir, filepath.FromSlash(n))
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

func discover(t *testing.T, paths ...string) []cache.Sequence {
	t.Helper()
	found, err := cache.Discover(paths...)
	if err != nil {
		t.Fatal(err)
	}
	return found.Sequences
}

// full is a session with a value in every field.
func full(layers []Layer) *File {
	n := func(v cache.Number) *cache.Number { return &v }
	l := look.Default()
	l.Grid, l.Colormap, l.Trails = false, "magma", 7
	f := &File{
		Camera: &Camera{Target: [3]float64{1, 2, 3}, Distance: 4, Yaw: -50.5, Pitch: 20, Fov: 33, Ortho: true, KeepOrtho: true},
		Panes:  &Panes{On: true, Active: 2, Cameras: [4]Camera{{Distance: 1, Pitch: 90, Fov: 40, Ortho: true}, {Distance: 2, Fov: 40}, {Distance: 3, Fov: 41}, {Distance: 4, Fov: 42}}},
		ZUp:    true, Look: l, FPS: 23.976, Frame: n(4.25), In: n(-2), Out: n(5),
		Rows:      Rows{Filter: "Age > 1", Only: true, Sort: "v.mag", Descending: true, Columns: []string{"ID", "P.x"}},
		Cameras:   []look.Viewpoint{{Name: "door", Distance: 1, Fov: 40}},
		Bookmarks: []Bookmark{{"hit", 12.5}},
		SavedAs:   "/some/where.iceview",
	}
	f.Put(layers)
	return f
}

func TestASessionIsReadAsItWasWritten(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	touch(t, dir, "caches/fire_1.icecache", "caches/fire_2.icecache", "caches/smoke_9.icecache", "single.icecache", "caches/bad\xff_3.icecache")
	var layers []Layer
	for i, s := range discover(t, filepath.Join(dir, "caches"), filepath.Join(dir, "single.icecache")) {
		own := Look{look.Default()}
		own.PointScale, own.Opacity = 3, 0.5
		layers = append(layers, Layer{Seq: s, Hidden: i == 0, Active: i == 1, Timing: &Timing{Offset: cache.Number(i), Scale: 0.5, After: true}, Title: "Flame", Solo: i == 2, Locked: true, Look: &own})
	}
	path := filepath.Join(dir, "shots", "a.iceview")
	if err := os.Mkdir(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	want := full(layers)
	if err := want.Save(path); err != nil {
		t.Fatal(err)
	}
	got, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("wrote %+v\nread  %+v", want, got)
	}
	if n := len(got.Sequences); n != 4 || got.Sequences[0].Folder != ".." || got.Sequences[n-1].Folder != "../caches" {
		t.Errorf("%d sequences, in %q to %q", n, got.Sequences[0].Folder, got.Sequences[n-1].Folder)
	}
}

func TestSequencesAreFoundWhereTheirFolderMoved(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	touch(t, dir, "p/caches/a_1.icecache", "p/caches/a_2.icecache", "p/caches/a_3.icecache", "p/caches/a.1.icecache", "p/caches/b.icecache", "p/other/.sih5/c_1.icecache.sih5")
	seqs := discover(t, filepath.Join(dir, "p", "caches"), filepath.Join(dir, "p", "other"))
	seqs = append(seqs, discover(t, filepath.Join(dir, "p", "caches", "a_2.icecache"))...)
	var layers []Layer
	for _, s := range seqs {
		layers = append(layers, Layer{Seq: s})
	}
	if len(layers) != 5 {
		t.Fatalf("%d sequences to begin with", len(layers))
	}
	f := full(layers)
	path := filepath.Join(dir, "p", "s.iceview")
	if err := f.Save(path); err != nil {
		t.Fatal(err)
	}
	moved := filepath.Join(dir, "q")
	check := func(found []Found, missing []Sequence, root string) {
		t.Helper()
		if len(missing) > 0 || len(found) != len(seqs) {
			t.Fatalf("%d found, missing %+v", len(found), missing)
		}
		for i, g := range found {
			rel, err := filepath.Rel(filepath.Join(dir, "p"), seqs[i].Dir)
			if err != nil {
				t.Fatal(err)
			}
			if g.Seq.Name != seqs[i].Name || g.Seq.Dir != filepath.Join(root, rel) || len(g.Seq.Frames) != len(seqs[i].Frames) || g.Seq.Whole != seqs[i].Whole {
				t.Errorf("%s with %d frames of %s became %s with %d of %s", seqs[i].Name, len(seqs[i].Frames), seqs[i].Dir, g.Seq.Name, len(g.Seq.Frames), g.Seq.Dir)
			}
		}
	}
	found, missing := Find(disk.System{}, filepath.Join(dir, "elsewhere", "s.iceview"), f.Sequences) // the file alone has moved
	check(found, missing, filepath.Join(dir, "p"))
	if err := os.Rename(filepath.Join(dir, "p"), moved); err != nil {
		t.Fatal(err)
	}
	found, missing = Find(disk.System{}, filepath.Join(moved, "s.iceview"), f.Sequences)
	check(found, missing, moved)

	if found, missing = Find(disk.System{}, filepath.Join(dir, "s.iceview"), f.Sequences); len(found) > 0 || len(missing) != len(seqs) {
		t.Errorf("%d found where none are", len(found))
	}
	for _, below := range []string{moved, filepath.Dir(moved)} {
		found, missing = Relink(disk.System{}, below, f.Sequences)
		check(found, missing, moved)
	}
	if found, missing = Relink(disk.System{}, t.TempDir(), f.Sequences); len(found) > 0 || len(missing) != len(seqs) {
		t.Errorf("%d found in an empty folder", len(found))
	}
}

// The first frame of a sequence may be deleted, or the sequence computed anew.
func TestASequenceWithoutItsFirstFrameIsFoundByItsName(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	touch(t, dir, "v1/a_1.icecache", "v1/a_2.icecache", "v2/a_2.icecache")
	f := full([]Layer{{Seq: discover(t, filepath.Join(dir, "v1"))[0]}})
	f.place(dir)
	if err := os.Remove(filepath.Join(dir, "v1", "a_1.icecache")); err != nil {
		t.Fatal(err)
	}
	found, _ := Find(disk.System{}, filepath.Join(dir, "s.iceview"), f.Sequences)
	if len(found) != 1 || len(found[0].Seq.Frames) != 1 || found[0].Seq.Dir != filepath.Join(dir, "v1") {
		t.Errorf("%+v", found)
	}
	touch(t, dir, "v2/a_1.icecache")
	if err := os.Rename(filepath.Join(dir, "v1"), filepath.Join(dir, "u1")); err != nil {
		t.Fatal(err)
	}
	if found, _ = Relink(disk.System{}, dir, f.Sequences); len(found) != 1 || found[0].Seq.Dir != filepath.Join(dir, "v2") {
		t.Errorf("a folder with the very file goes before one with the name: %+v", found)
	}
}

func TestWhatIsNoSessionIsRefusedInOneSentence(t *testing.T) {
	t.Parallel()
	seq := `{"name": "a", "folder": "x", "was": "/x", "file": "a_1.icecache"}`
	for text, want := range map[string]string{
		``:                                  "the JSON is not valid or not complete",
		`[1, 2]`:                            "the JSON is not valid or not complete",
		`{}`:                                "this is no session of ICE Explorer",
		`{"version": 1}`:                    "this is no session of ICE Explorer",
		`{"version": 2, "sequences": []}`:   "a newer ICE Explorer has saved this session (version 2, this program reads up to 1)",
		`{"version": 0, "sequences": []}`:   "it has no version 0",
		`{"version": 1.5, "sequences": []}`: "it has no version 1.5",
		`{"version": 1, "sequences": 7}`:    "sequences cannot be what it is there",
		`{"version": 1, "sequences": [{}]}`: "sequence 1 has no file or no folder",
		`{"version": 1, "sequences": [` + seq + `], "look": {"pointScale": -1}}`:                "display: ",
		`{"version": 1, "sequences": [], "look": {"colorMode": "red"}}`:                         "the session is damaged: ",
		`{"version": 1, "sequences": [], "camera": {"distance": 0, "fov": 40}}`:                 "the camera is nowhere",
		`{"version": 1, "sequences": [], "camera": {"distance": 1, "fov": 40, "pitch": 91}}`:    "the camera is nowhere",
		`{"version": 1, "sequences": [], "panes": {"active": 4, "cameras": []}}`:                "there is no active pane",
		`{"version": 1, "sequences": [], "panes": {"active": 0, "cameras": [{"distance": 1}]}}`: "the camera is nowhere",
		`{"version": 1, "sequences": [], "fps": -1}`:                                            "-1 frames per second cannot be played",
		`{"version": 1, "sequences": [], "cameras": [{}]}`:                                      "a camera needs a name",
	} {
		if _, err := Parse([]byte(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", text, err)
		}
	}
	if _, err := Open(filepath.Join(t.TempDir(), "none.iceview")); !errors.Is(err, fs.ErrNotExist) || !strings.HasPrefix(err.Error(), "open session: ") {
		t.Errorf("no file: %v", err)
	}
	if _, err := Open(t.TempDir()); err == nil || !strings.HasPrefix(err.Error(), "open session: not a file but a folder: ") {
		t.Errorf("a folder: %v", err)
	}
}

// What is missing, and what only later programs know, is no reason not to open a session.
func TestASessionMayLackAndKnowMore(t *testing.T) {
	t.Parallel()
	f, err := Parse([]byte("\ufeff" + `{"version": 1, "sequences": [], "look": {"grid": false}, "weather": "fine"}`))
	want := look.Default()
	want.Grid = false
	if err != nil || f.Look != want || f.Camera != nil || f.Frame != nil {
		t.Errorf("%+v, %v", f, err)
	}
}

func TestIsAndNamed(t *testing.T) {
	t.Parallel()
	for path, want := range map[string]string{"a": "a.iceview", "a.b": "a.b.iceview", "a.iceview": "a.iceview", "A.ICEVIEW": "A.ICEVIEW"} {
		if got := Named(path); got != want || Is(path) != (path == want) {
			t.Errorf("%s became %s", path, got)
		}
	}
}

func FuzzParse(f *testing.F) {
	text, err := full([]Layer{{Seq: cache.Sequence{Name: "a", Dir: "/x", Frames: []cache.FrameFile{{Number: 1, Source: "/x/a_1.icecache"}}}}}).Encode("/y/s.iceview")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(text)
	for cut := 0; cut < len(text); cut += 97 {
		f.Add(text[:cut])
	}
	f.Add(bytes.ReplaceAll(text, []byte("1"), []byte("1e308")))
	f.Fuzz(func(t *testing.T, text []byte) {
		s, err := Parse(text)
		if err != nil {
			if strings.Contains(err.Error(), "json:") || strings.Contains(err.Error(), "invalid character") {
				t.Errorf("in the words of a parser: %v", err)
			}
			return
		}
		again, err := s.Encode("/y/s.iceview")
		if err != nil {
			t.Fatalf("%v of what was read", err)
		}
		back, err := Parse(again)
		if err != nil {
			t.Fatalf("%v of what was written", err)
		}
		if a, b := fmt.Sprintf("%+v", dump(t, s)), dump(t, back); a != b {
			t.Errorf("read %s\nand then %s", a, b)
		}
	})
}

func dump(t *testing.T, f *File) string {
	text, err := json.Marshal(f)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
