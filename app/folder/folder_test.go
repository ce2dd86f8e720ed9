package folder

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"iceexplorer/app/disk"
)

// rig is a browser with a loop of its own.
type rig struct {
	*Browser
	t      *testing.T
	posted chan func()
	chosen [][]string
}

func newRig(t *testing.T, d disk.Disk) *rig {
	r := &rig{t: t, posted: make(chan func(), 1<<16)}
	r.Browser = New(d, func(f func()) { r.posted <- f })
	return r
}

// until runs the loop until something holds.
func (r *rig) until(what string, ok func() bool) {
	r.t.Helper()
	late := time.After(20 * time.Second)
	for !ok() {
		select {
		case f := <-r.posted:
			f()
		case <-late:
			r.t.Fatalf("%s: nothing happens", what)
		}
	}
}

func (r *rig) begin(o Options) {
	r.t.Helper()
	r.Open(o, func(paths []string) { r.chosen = append(r.chosen, paths) })
	r.read()
}

func (r *rig) read() {
	r.t.Helper()
	r.until("reading", func() bool { dir, _ := r.Reading(); return dir == "" })
}

func (r *rig) names() (all []string) {
	for i := range r.Len() {
		all = append(all, r.At(i).Name)
	}
	return all
}

// row is the line of a name.
func (r *rig) row(name string) int {
	r.t.Helper()
	i := slices.Index(r.names(), name)
	if i < 0 {
		r.t.Fatalf("there is no %s in %q", name, r.names())
	}
	return i
}

func write(t *testing.T, dir string, files map[string]int) {
	t.Helper()
	for name, size := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, make([]byte, size), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// project is a folder as artists have them.
func project(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	files := map[string]int{"single.icecache": 7, "notes.txt": 5, "day.iceview": 3, ".secret/x_1.icecache": 1, "empty/readme.txt": 1}
	for _, n := range []int{1, 2, 3, 5, 10} {
		files[fmt.Sprintf("fire_%d.icecache", n)] = 100
		files[fmt.Sprintf("smoke/smoke_%d.icecache", n)] = 10
		files[fmt.Sprintf("smoke/dust_%d.icecache", n)] = 10
		files[fmt.Sprintf("shots/sh010/water_%d.icecache", n)] = 10
	}
	write(t, dir, files)
	return dir
}

func TestASequenceIsOneLineWithRangeCountGapsAndSize(t *testing.T) {
	t.Parallel()
	r := newRig(t, disk.System{})
	r.begin(Options{Dir: project(t), Multi: true})
	if got, want := strings.Join(r.names(), " "), "empty shots smoke day.iceview fire single.icecache"; got != want {
		t.Fatalf("%s, want %s", got, want)
	}
	fire, single := r.At(4), r.At(5)
	if fire.Range != "1-10" || fire.Frames != 5 || fire.Lacks != 5 || !strings.Contains(fire.About, "5 missing: 4, 6-9") {
		t.Errorf("%+v", fire)
	}
	if single.Range != "" || single.Frames != 1 {
		t.Errorf("%+v", single)
	}
	smoke, shots := r.At(2), r.At(1)
	r.until("what folders hold", func() bool { return fire.Bytes >= 0 && smoke.Inside.Sequences > 0 && shots.Inside.Sequences > 0 })
	if fire.Bytes != 500 || fire.Time.IsZero() {
		t.Errorf("%d bytes of %v", fire.Bytes, fire.Time)
	}
	if smoke.Inside != (Inside{Sequences: 2}) || shots.Inside != (Inside{Sequences: 1, Below: true}) {
		t.Errorf("%+v, %+v", smoke.Inside, shots.Inside)
	}
	if r.Others() != 1 {
		t.Errorf("%d other files", r.Others())
	}
}

func TestLinesAreSortedAndFilteredAsAsked(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	files := map[string]int{"sub/x.txt": 1, "b_1.icecache": 30, "b_2.icecache": 30, "a_1.icecache": 100, "a_2.icecache": 100, "c.icecache": 1}
	write(t, dir, files)
	r := newRig(t, disk.System{})
	r.begin(Options{Dir: dir, Multi: true})
	r.until("sizes", func() bool { return r.At(3).Bytes >= 0 })
	for _, c := range []struct {
		by   Column
		want string
	}{
		{BySize, "sub c.icecache b a"}, {BySize, "sub a b c.icecache"}, {ByFrames, "sub c.icecache a b"}, {ByName, "sub a b c.icecache"}, {ByName, "sub c.icecache b a"},
	} {
		if r.Sort(c.by); strings.Join(r.names(), " ") != c.want {
			t.Errorf("%v: %q, want %s", c.by, r.names(), c.want)
		}
	}
	r.Select(r.row("b"))
	r.SetSearch("C.Ice")
	if got := strings.Join(r.names(), " "); got != "c.icecache" || !r.Selected(0) {
		t.Errorf("%s, selected %v", got, r.Selected(0))
	}
	r.SetSearch("nothing like it")
	if paths := r.Chosen(); r.Len() != 0 || len(paths) != 1 || paths[0] != dir { // the folder, not what was selected
		t.Errorf("%d lines, %q", r.Len(), paths)
	}
}

func TestSelectionFollowsClicksAsInFileManagers(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for i := range 6 {
		write(t, dir, map[string]int{fmt.Sprintf("%c_1.icecache", 'a'+i): 1, fmt.Sprintf("%c_2.icecache", 'a'+i): 1})
	}
	r := newRig(t, disk.System{})
	r.begin(Options{Dir: dir, Multi: true})
	selected := func() (text string) {
		for i := range r.Len() {
			if r.Selected(i) {
				text += r.At(i).Name
			}
		}
		return text
	}
	for _, step := range []struct {
		row            int
		toggle, extend bool
		want           string
	}{
		{1, false, false, "b"}, {3, false, true, "bcd"}, {0, false, true, "ab"}, {4, true, false, "abe"}, {5, true, true, "abef"}, {4, true, false, "abf"}, {2, false, false, "c"},
	} {
		if r.Pick(step.row, step.toggle, step.extend); selected() != step.want {
			t.Errorf("%+v: %s", step, selected())
		}
	}
	r.SelectAll()
	if selected() != "abcdef" || r.Summary() != "6 sequences, 12 frames" && !strings.HasPrefix(r.Summary(), "6 sequences, 12 frames, 12") {
		t.Errorf("%s: %s", selected(), r.Summary())
	}
	r.Select(1)
	r.Jump("D")
	if selected() != "d" {
		t.Errorf("typed d: %s", selected())
	}
	r.Pick(r.row("e"), true, false)
	r.Accept()
	if want := []string{filepath.Join(dir, "d_#.icecache"), filepath.Join(dir, "e_#.icecache")}; len(r.chosen) != 1 || !slices.Equal(r.chosen[0], want) || r.IsOpen() {
		t.Errorf("%q, want %q", r.chosen, want)
	}
}

// "No caches here" stood below two folders that were marked as holding some, and nothing could be opened.
func TestSequencesInTheFoldersOfAFolderAreOpenedFromThere(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write(t, dir, map[string]int{"sim/fire/fire_1.icecache": 1, "sim/smoke/smoke_1.icecache": 1, "sim/smoke/steam_1.icecache": 1, "sim/notes/a.txt": 1})
	dir = filepath.Join(dir, "sim")
	r := newRig(t, disk.System{})
	r.begin(Options{Dir: dir, Multi: true})
	r.until("what folders hold", func() bool { return r.At(0).Inside.Sequences == 1 && r.At(2).Inside.Sequences == 2 })
	want := []string{filepath.Join(dir, "fire"), filepath.Join(dir, "smoke")}
	if got := r.Chosen(); !slices.Equal(got, want) || r.Summary() != "All of the folders here: 3 sequences" {
		t.Errorf("%q, %s", got, r.Summary())
	}
	r.SelectAll()
	if got := r.Chosen(); !slices.Equal(got, want) || r.Selected(1) || r.Summary() != "2 folders" {
		t.Errorf("all: %q, %s", got, r.Summary())
	}
}

func TestTheWayThroughFoldersLeadsBack(t *testing.T) {
	t.Parallel()
	dir := project(t)
	r := newRig(t, disk.System{})
	r.begin(Options{Dir: filepath.Join(dir, "smoke", "gone", "too"), Multi: true})
	if r.Dir() != filepath.Join(dir, "smoke") {
		t.Fatalf("a folder that is gone leads to %s", r.Dir())
	}
	r.Up()
	r.read()
	if r.Dir() != dir || !r.Selected(r.row("smoke")) {
		t.Errorf("up: %s, %q", r.Dir(), r.Chosen())
	}
	r.Activate(r.row("shots"))
	r.read()
	r.Go("sh010")
	r.read()
	if r.Dir() != filepath.Join(dir, "shots", "sh010") {
		t.Errorf("typed: %s", r.Dir())
	}
	r.Back()
	r.read()
	r.Back()
	r.read()
	if r.Dir() != dir || !r.Selected(r.row("shots")) {
		t.Errorf("back: %s, cursor %d", r.Dir(), r.Cursor())
	}
	r.Reveal(filepath.Join(dir, "smoke", "dust_#.icecache"))
	r.read()
	if !r.Selected(r.row("dust")) {
		t.Error("a sequence is not found by its name")
	}
	r.Go(filepath.Join(dir, "fire_#.icecache"))
	r.until("the choice", func() bool { return !r.IsOpen() })
	if got := fmt.Sprint(r.chosen); got != fmt.Sprintf("[[%s]]", filepath.Join(dir, "fire_#.icecache")) {
		t.Error(got)
	}
}

func TestWhatCanBeChosenDependsOnWhatIsWanted(t *testing.T) {
	t.Parallel()
	dir := project(t)
	for _, c := range []struct {
		want   Want
		names  string
		chosen []string
	}{
		{Caches, "empty shots smoke day.iceview fire single.icecache", []string{dir}},
		{Sessions, "empty shots smoke day.iceview", nil},
		{Folders, "empty shots smoke", []string{dir}},
	} {
		r := newRig(t, disk.System{})
		r.begin(Options{Dir: dir, Want: c.want})
		if got := strings.Join(r.names(), " "); got != c.names || !slices.Equal(r.Chosen(), c.chosen) {
			t.Errorf("%v: %s; %q", c.want, got, r.Chosen())
		}
		r.Select(0)
		r.Pick(1, true, false) // not Multi
		if n := len(r.Chosen()); c.want != Sessions && n != 1 || c.want == Sessions && n != 0 {
			t.Errorf("%v: %q", c.want, r.Chosen())
		}
		r.Cancel()
		if len(r.chosen) != 1 || r.chosen[0] != nil {
			t.Errorf("%v: canceled with %q", c.want, r.chosen)
		}
	}
}

func TestAPathIsCompletedAsItIsTyped(t *testing.T) {
	t.Parallel()
	dir := project(t)
	r := newRig(t, disk.System{})
	r.begin(Options{Dir: dir})
	sep := string(filepath.Separator)
	for text, want := range map[string]string{
		dir + sep + "s": fmt.Sprint([]string{dir + sep + "shots" + sep, dir + sep + "single.icecache", dir + sep + "smoke" + sep}),
		dir + sep + "f": fmt.Sprint([]string{dir + sep + "fire_#.icecache"}),
		"shots" + sep:   fmt.Sprint([]string{"shots" + sep + "sh010" + sep}),
		"SM":            fmt.Sprint([]string{"smoke" + sep}),
		".s":            fmt.Sprint([]string{".secret" + sep}),
		"~":             fmt.Sprint([]string{"~" + sep}),
	} {
		r.until(text, func() bool { return len(r.Complete(text)) > 0 })
		if got := fmt.Sprint(r.Complete(text)); got != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
}

func TestTypedPathsAreExpanded(t *testing.T) {
	home := t.TempDir()
	t.Setenv("HOME", home)
	t.Setenv("USERPROFILE", home)
	cur := filepath.Join(home, "cur")
	for text, want := range map[string]string{
		"~": home, "~/a b": filepath.Join(home, "a b"), home + "/x/../y/": filepath.Join(home, "y"), " sub ": filepath.Join(cur, "sub"), "..": home, "~x": filepath.Join(cur, "~x"), "": cur,
		`"` + filepath.Join(home, "a b") + `"`: filepath.Join(home, "a b"), // as Explorer copies it
	} {
		if got := Expand(text, cur); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}
