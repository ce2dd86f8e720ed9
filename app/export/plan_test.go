package export

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"iceexplorer/cache"
	"iceexplorer/cache/export/formats"
	"iceexplorer/jobs"
)

func file(t *testing.T, path string) string {
	t.Helper()
	if err := os.WriteFile(path, []byte("x"), 0o666); err != nil {
		t.Fatal(err)
	}
	return path
}

func pattern(t *testing.T, text string) Pattern {
	t.Helper()
	p, err := ParsePattern(text, Picture())
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// A .sih5 folder that is a link was refused although it was named.
func TestTheFolderOfConvertedFramesCanBeNamed(t *testing.T) {
	t.Parallel()
	for dir, want := range map[string]bool{"": false, "/a/.sih5": true, "/a/.sih5/": true, "/a/.sih5/.": true, "/to": true} {
		plan, err := (&Order{Kind: kindOf("sih5"), Inputs: []Input{{Source: "/a/x_1.icecache"}}, Dir: filepath.FromSlash(dir)}).Plan()
		if err != nil {
			t.Fatal(err)
		}
		p, ok := plan.Kind.Request(&plan.Jobs[0], &plan.Options).Params.(jobs.ConvertParams)
		if !ok || p.Named != want {
			t.Errorf("%q: %+v", dir, p)
		}
	}
}

func TestCachesAreNamedAfterTheirSources(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		kind          *Kind
		in            Input
		dir, beside   string
		want, already string
	}{
		{kindOf("sih5"), Input{Source: "/a/x_1.icecache"}, "/to", "/a/.sih5/x_1.icecache.sih5", "/to/x_1.icecache.sih5", ""},
		{kindOf("sih5"), Input{Converted: "/a/x_1.h5"}, "/to", "", "/to/x_1.sih5", "already HDF5"},
		{kindOf("sih5"), Input{Converted: "/a/.sih5/x_1.icecache.sih5"}, "/to", "", "/to/x_1.icecache.sih5", "already HDF5"},
		{kindOf("icecache"), Input{Converted: "/a/.sih5/x_1.icecache.sih5"}, "/to", "/a/x_1.icecache", "/to/x_1.icecache", ""},
		{kindOf("icecache"), Input{Converted: "/a/x_1.sih5"}, "/to", "/a/x_1.icecache", "/to/x_1.icecache", ""},
	} {
		for dir, want := range map[string]string{"": tc.beside, tc.dir: tc.want} {
			plan, err := (&Order{Kind: tc.kind, Inputs: []Input{tc.in}, Dir: filepath.FromSlash(dir)}).Plan()
			if err != nil {
				t.Fatal(err)
			}
			j := plan.Jobs[0]
			if want == "" {
				if !strings.HasPrefix(j.Skip, tc.already) {
					t.Errorf("%s of %s: %+v", tc.kind.Name, tc.in.Path(), j)
				}
			} else if j.Target != filepath.FromSlash(want) || !j.open() {
				t.Errorf("%s of %s in %q: %+v, want %s", tc.kind.Name, tc.in.Path(), dir, j, want)
			}
		}
	}
	if _, err := (&Order{Kind: kindOf("icecache"), Inputs: []Input{{Source: "/a/x_1.icecache"}}}).Plan(); !errors.Is(err, ErrNoFolder) {
		t.Errorf("beside its source: %v", err)
	}
}

func TestConflictsAreFoundBeforeAnythingRuns(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	source1, missing := file(t, filepath.Join(dir, "a_1.icecache")), filepath.Join(dir, "missing")
	file(t, filepath.Join(dir, "b_1.icecache"))
	if err := os.Mkdir(filepath.Join(dir, "folder_1.icecache"), 0o777); err != nil {
		t.Fatal(err)
	}
	in := func(path string) Input { return Input{Name: filepath.Base(path), Source: path} }
	for name, tc := range map[string]struct {
		order Order
		want  string // of the last job: an error, or why it is skipped; "": it is to be done
	}{
		"two for one":   {Order{Kind: kindOf("icecache"), Dir: missing, Inputs: []Input{in("/x/a_1.icecache"), in("/y/a_1.icecache")}}, "a_1.icecache and a_1.icecache would become the same file: "},
		"itself":        {Order{Kind: kindOf("icecache"), Dir: dir, Inputs: []Input{in(source1)}, Options: Options{Existing: Replace}}, "would be written over itself: a_1.icecache"},
		"it exists":     {Order{Kind: kindOf("icecache"), Dir: dir, Inputs: []Input{in("/x/b_1.icecache")}}, SkipExists},
		"a folder":      {Order{Kind: kindOf("icecache"), Dir: dir, Inputs: []Input{in("/x/folder_1.icecache")}}, "cannot be written: a folder has this name: "},
		"replaced":      {Order{Kind: kindOf("icecache"), Dir: dir, Inputs: []Input{in("/x/b_1.icecache")}, Options: Options{Existing: Replace}}, ""},
		"fresh perhaps": {Order{Kind: kindOf("sih5"), Dir: dir, Inputs: []Input{in("/x/b_1.icecache")}}, ""},
		"nowhere":       {Order{Kind: kindOf("icecache"), Dir: dir, Inputs: []Input{{Name: "q", Err: errors.New("there is no q")}}}, "there is no q"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			plan, err := tc.order.Plan()
			if err != nil {
				t.Fatal(err)
			}
			if err := plan.Look(); err != nil {
				t.Fatal(err)
			}
			j := plan.Jobs[len(plan.Jobs)-1]
			got := j.Skip
			if j.Err != nil {
				got = j.Err.Error()
			}
			if !strings.HasPrefix(got, tc.want) || (tc.want == "") != (got == "") {
				t.Errorf("%q, want %q", got, tc.want)
			}
		})
	}
}

func TestAFolderThatCannotBeWrittenToIsOneError(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	gone := filepath.Join(dir, "gone")
	order := Order{Kind: Picture(), Pattern: pattern(t, filepath.Join(gone, "%d.png")), FolderExists: true, Inputs: []Input{{Number: 1}, {Number: 2}}}
	plan, err := order.Plan()
	if err != nil {
		t.Fatal(err)
	}
	if err := plan.Prepare(); err == nil || !strings.HasSuffix(err.Error(), ": "+gone) {
		t.Errorf("missing: %v", err)
	}
	order.FolderExists, order.Dir = false, ""
	if plan, err = order.Plan(); err != nil {
		t.Fatal(err)
	}
	if err := plan.Prepare(); err != nil {
		t.Errorf("made: %v", err)
	}
	if left, err := os.ReadDir(gone); err != nil || len(left) > 0 {
		t.Errorf("trying left %v, %v", left, err)
	}
}

func TestPicturesHoldAFrameOfAllSequences(t *testing.T) {
	t.Parallel()
	order := Order{Kind: Picture(), Pattern: pattern(t, "p_%02d.png"), Frames: []cache.FrameSpan{{First: 1, Last: 3, Step: 1}}}
	for sequence, numbers := range [][]cache.Number{{3, 1, 4}, {1, 2.5}} {
		for _, n := range numbers {
			order.Inputs = append(order.Inputs, Input{Sequence: sequence, Number: n})
		}
	}
	plan, err := order.Plan()
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, j := range plan.Jobs {
		got = append(got, j.Target+strings.Repeat("+", len(j.Inputs)))
	}
	if s := strings.Join(got, " "); s != "p_01.png++ p_03.png+" {
		t.Errorf("planned %s", s)
	}
	order.Frames = nil
	order.Pattern = pattern(t, "p.png")
	if _, err := order.Plan(); !errors.Is(err, ErrNoPlace) {
		t.Errorf("without a place: %v", err)
	}
}

func kindOf(format string) *Kind {
	k, _ := Find(Caches(formats.All()), format)
	return k
}
