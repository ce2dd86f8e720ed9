package sih5

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"iceexplorer/cache"
)

// One attribute that could not be read failed the whole file.
func TestAFileIsReadWithoutTheAttributesThatCannotBe(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	python(t, "partly.py", dir)
	unstick(t, filepath.Join(dir, "pipe"))
	path := filepath.Join(dir, "partly.h5")
	f, err := Open(path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	mem := make([]byte, f.Need())
	filled, err := f.Fill(t.Context(), mem)
	if err != nil {
		t.Fatal(err)
	}
	measured, err := f.Measure(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	const virtual = "Data put together from other files or datasets (virtual) is not supported"
	for what, ix := range map[string]*cache.Index{"opened": f.Index(), "filled": filled, "measured": measured} {
		var names []string
		for i := range ix.Columns {
			names = append(names, ix.Columns[i].Name)
		}
		slices.Sort(names)
		if !slices.Equal(names, []string{"PointPosition", "Size"}) {
			t.Errorf("%s: attributes %q", what, names)
		}
		d := ix.Damage
		if d == nil {
			t.Fatalf("%s: nothing is said of what is missing", what)
		}
		missing := slices.Sorted(slices.Values(d.Missing))
		if !slices.Equal(missing, []string{"AnotherName", "Elsewhere", "Holds", "Nameless", "Text", "Three", "Virtual"}) || d.Foreign {
			t.Errorf("%s: missing %q, foreign %v", what, missing, d.Foreign)
		}
		if !strings.Contains(d.What, "AnotherName, Holds, Virtual: "+virtual+"; Elsewhere: Data in another file is not supported; ") {
			t.Errorf("%s: %s", what, d.What)
		}
		if w := strings.Join(ix.Warnings, "; "); w != "AAAA, Notes, Empty and 1 more are among the attributes but are none, and were left out" {
			t.Errorf("%s: warnings %q", what, w)
		}
	}
	frame, err := cache.NewFrame(filled, mem, nil)
	if err != nil {
		t.Fatal(err)
	}
	if got := frame.Attribute("Size").Float32s(); !slices.Equal(got, []float32{1, -2}) {
		t.Errorf("Size is %v", got)
	}
	if _, err := Open(path, Options{Whole: true}); err == nil || !cache.Permanent(err) || !strings.Contains(err.Error(), virtual) {
		t.Errorf("in the place of another file: %v", err)
	}
}
