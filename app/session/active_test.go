package session

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"iceexplorer/cache"
)

// empties writes empty caches.
func empties(t *testing.T, dir string, names ...string) {
	t.Helper()
	if err := os.MkdirAll(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		if err := os.WriteFile(filepath.Join(dir, name), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// named is the active layer's name, "" if none is open.
func named(s *Session) string {
	if l := s.Active(); l != nil {
		return s.NameOf(l)
	}
	return ""
}

func TestWhichLayerIsActive(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	empties(t, filepath.Join(dir, "1"), "a_1.icecache", "b_1.icecache", "c_1.icecache")
	empties(t, filepath.Join(dir, "2"), "d_1.icecache", "e_1.icecache")
	changes := 0
	s := New(&fakePool{t: t}, func(f func()) { f() }, Options{Budget: 1 << 40})
	s.Subscribe(func(Change) { changes++ })
	layer := func(name string) *Layer { return s.Named(name)[0] }
	for _, step := range []struct {
		name string
		do   func()
		want string
	}{
		{"nothing open", func() {}, ""},
		{"a step among none", func() { s.StepActive(1) }, ""},
		{"open: the first", func() { s.Open(filepath.Join(dir, "1")) }, "a"},
		{"the next", func() { s.StepActive(1) }, "b"},
		{"around the end", func() { s.StepActive(2) }, "a"},
		{"around the beginning", func() { s.StepActive(-1) }, "c"},
		{"open others: the first of them", func() { s.Open(filepath.Join(dir, "2")) }, "d"},
		{"open again", func() { s.Open(filepath.Join(dir, "1", "b_1.icecache")) }, "b"},
		{"open nothing", func() { s.Open(filepath.Join(dir, "3")) }, "b"},
		{"close another", func() { s.CloseLayer(layer("a")) }, "b"},
		{"close the active one", func() { s.CloseLayer(layer("b")) }, "c"},
		{"hide it", func() { s.SetVisible(layer("c"), false) }, "c"},
		{"reload it", func() { reload(s, layer("c")) }, "c"},
		{"another", func() { s.SetActive(layer("e")) }, "e"},
		{"close the last of the list", func() { s.CloseLayer(layer("e")) }, "d"},
		{"close all", func() { s.CloseAll() }, ""},
	} {
		if step.do(); named(s) != step.want {
			t.Errorf("%s: %q is active, not %q", step.name, named(s), step.want)
		}
	}
	found, err := cache.Discover(filepath.Join(dir, "1"))
	if err != nil {
		t.Fatal(err)
	}
	s.Open(filepath.Join(dir, "2"))
	if s.add(found.Sequences, s.place-1); named(s) != "d" {
		t.Errorf("%q is active, though it was asked for before others that are there", named(s))
	}
	s.CloseAll()
	layers := s.Open(filepath.Join(dir, "1"))
	s.CloseLayer(layers[2])
	changes = 0
	if s.SetActive(layers[2]); s.Active() != layers[0] || changes != 0 {
		t.Errorf("a closed layer is active: %q, %d changes", named(s), changes)
	}
	if s.SetActive(layers[1]); changes != 1 {
		t.Errorf("%d changes, where the display must be drawn anew", changes)
	}
}

func TestLayersOfOneNameCanBeToldApart(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	one, two := filepath.Join(dir, "1"), filepath.Join(dir, "2")
	empties(t, one, "a_1.icecache", "a_2.icecache", "b_1.icecache")
	empties(t, two, "a_1.icecache", "a.1.icecache", "c_1.icecache")
	s := New(&fakePool{t: t}, func(f func()) { f() }, Options{Budget: 1 << 40})
	var got []string
	for _, l := range s.Open(one, two) {
		name := s.NameOf(l)
		if found := s.Named(name); len(found) != 1 || found[0] != l {
			t.Errorf("%q leads to %d layers", name, len(found))
		}
		got = append(got, name)
	}
	want := []string{filepath.Join(one, "a"), "b", filepath.Join(two, "a.1.icecache"), filepath.Join(two, "a_1.icecache"), "c"}
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	if n := len(s.Named("a")); n != 3 {
		t.Errorf("%d layers go by a, not 3", n)
	}
}

// What is said of attributes begins with the active layer's.
func TestAttributesOfTheActiveLayerComeFirst(t *testing.T) {
	t.Parallel()
	s, p, a, b := two(t)
	p.give(a, 1, floats("Heat", 0, 1))
	p.give(b, 1, floats("Mood", 0, 1))
	s.Shown(a)
	s.Shown(b)
	for _, tc := range []struct {
		active      *Layer
		first, lack string
	}{{a, "Heat", "Color is not in this frame of a"}, {b, "Mood", "Color is not in this frame of b"}} {
		s.SetActive(tc.active)
		var own, all []string
		for _, x := range tc.active.Attributes() {
			own = append(own, x.Name)
		}
		for _, x := range s.Attributes() {
			all = append(all, x.Name)
		}
		if !slices.Contains(own, tc.first) || len(all) != len(own)+1 || !slices.Equal(all[:len(own)], own) {
			t.Errorf("attributes %q of the active layer, %q of all", own, all)
		}
		if got := s.Lack("Color"); len(got) != 2 || got[0] != tc.lack {
			t.Errorf("lacks %q, want %q first", got, tc.lack)
		}
	}
}

// Sequences of one name could not be told apart in the list.
func TestLayersOfOneNameAreCalledWithTheFoldersThatDiffer(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s, _, l := open(t, Options{}, 1, 1)
	s.CloseLayer(l)
	for _, folder := range []string{"v1/sim", "v2/sim", "v2/other", "alone"} {
		path := filepath.Join(dir, folder)
		if err := os.MkdirAll(path, 0o700); err != nil {
			t.Fatal(err)
		}
		name := "a_1.icecache"
		if folder == "alone" {
			name = "b_1.icecache"
		}
		if err := os.WriteFile(filepath.Join(path, name), nil, 0o600); err != nil {
			t.Fatal(err)
		}
		s.Open(path)
	}
	called := func() (all []string) {
		for _, l := range s.Layers() {
			all = append(all, s.Called(l))
		}
		return all
	}
	if got := called(); !slices.Equal(got, []string{"v1/sim/a", "v2/sim/a", "other/a", "b"}) {
		t.Errorf("%q", got)
	}
	s.CloseLayer(s.Layers()[0])
	if got := called(); !slices.Equal(got, []string{"sim/a", "other/a", "b"}) {
		t.Errorf("%q", got)
	}
	if err := s.Rename(s.Layers()[0], "Smoke"); err != nil {
		t.Fatal(err)
	}
	if got := called(); !slices.Equal(got, []string{"Smoke", "a", "b"}) {
		t.Errorf("%q", got)
	}
}
