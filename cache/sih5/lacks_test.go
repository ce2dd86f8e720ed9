package sih5

import (
	"path/filepath"
	"testing"

	"iceexplorer/cache"
)

func TestAFileLacksWhatIsGoneOrElsewhere(t *testing.T) {
	t.Parallel()
	raw := func(count int64, links uint, others, layout int) *rawFile {
		r := &rawFile{links: links, others: others, columns: make([]rawColumn, 2)}
		r.header.set(intAttributes, count)
		r.columns[1].parts[0].layout = layout
		return r
	}
	for name, tc := range map[string]struct {
		raw  *rawFile
		want bool
	}{
		"whole":               {raw(2, 2, 0, contiguous), false},
		"one is gone":         {raw(3, 2, 0, contiguous), true},
		"one is a link":       {raw(3, 3, 1, contiguous), true},
		"its data are a link": {raw(2, 2, 0, linked), true},
		"no count":            {&rawFile{links: 2}, false},
	} {
		if got := tc.raw.lacks(); got != tc.want {
			t.Errorf("%s: %v", name, got)
		}
	}
	path, _ := mustWrite(t, everything(t, 50), cache.Stamp{Size: 1})
	less := filepath.Join(t.TempDir(), "less.sih5")
	for p, only := range map[string][]string{path: nil, oldFile(t): nil, less: {"Single_bool"}} {
		if p == less {
			copyFile(t, path, less)
		}
		f, err := Open(p, Options{Only: only})
		if err != nil {
			t.Fatal(err)
		}
		if f.Close(); f.Lacks() {
			t.Errorf("it lacks something: %s", p)
		}
	}
}
