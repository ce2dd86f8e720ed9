package fallback

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/go-text/typesetting/fontscan"

	"iceexplorer/assets"
)

func newFinder(t *testing.T) *Finder {
	t.Helper()
	f, err := New(assets.FontText, t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestOnlyWhatOurFontLacksIsLookedFor(t *testing.T) {
	t.Parallel()
	f := newFinder(t)
	for text, want := range map[string]bool{
		"": false, "smoke_v003": false, "fum\u00e9e": false, "Дым": false, "\uFFFD": false, "\xff": false, assets.IconPlay: false, "a\tb\n": false,
		"粒子": true, "입자": true, "شرارة": false, "x\U0001F525": true,
	} {
		if got := f.Lacks(text); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
}

func TestCharactersThatNoFontHasAreNamed(t *testing.T) {
	t.Parallel()
	f := newFinder(t)
	text := "\U0001D1FF\U0010FFFD粒\U000E0FFF" // most of them are in no font
	fonts, missing, err := f.Find(text)
	if err != nil {
		t.Skip(err)
	}
	if f.Lacks(text) {
		t.Error("asked for again")
	}
	if again, _, _ := f.Find(text); len(again) > 0 {
		t.Error("a font was given twice")
	}
	if len(fonts) == 0 && len(missing) == 0 {
		t.Error("neither a font nor a missing character")
	}
	if got := Missing([]rune("粒子")); got != "no installed font has the characters U+7C92, U+5B50: such names cannot be read in full" {
		t.Error(got)
	}
	if got := Missing(make([]rune, 20)); !strings.Contains(got, "and 8 more") {
		t.Error(got)
	}
}

func TestAFontOfTheSystemIsFound(t *testing.T) {
	t.Parallel()
	if out, err := exec.Command("fc-list", ":charset=7c92", "file").Output(); err != nil || len(out) == 0 {
		t.Skip("no font with Japanese characters is installed")
	}
	f := newFinder(t)
	fonts, missing, err := f.Find("粒子_1")
	if err != nil || len(fonts) == 0 || len(missing) > 0 || len(fonts[0].Data) < 1000 {
		t.Errorf("%d fonts, missing %q, %v", len(fonts), missing, err)
	}
}

// installed is a list of fonts that are this program's own: one of icons, which no name
// of a family leads to, and one that has pictures of its characters instead of outlines.
func installed(t *testing.T, names ...string) func() ([]fontscan.Footprint, error) {
	t.Helper()
	return func() ([]fontscan.Footprint, error) {
		var all []fontscan.Footprint
		for _, name := range names {
			data := bytes.Clone(assets.FontIcons)
			switch name {
			case "pictures":
				data = bytes.Replace(data, []byte("glyf"), []byte("CBDT"), 1)
			case "damaged":
				data = data[:len(data)/3]
			case "web":
				copy(data, "wOFF")
			}
			path := filepath.Join(t.TempDir(), name+".ttf")
			if err := os.WriteFile(path, data, 0o644); err != nil {
				return nil, err
			}
			fp := fontscan.Footprint{Family: name, Location: fontscan.Location{File: path}}
			fp.Runes.Add(fire)
			all = append(all, fp)
		}
		return append(all, fontscan.Footprint{Location: fontscan.Location{File: "gone.ttf"}}), nil
	}
}

const fire = '\U0001F525'

// Only fonts that pass for a sans serif were found, and one of pictures only made
// Dear ImGui stop.
func TestFontsOfEveryFamilyAreFoundIfTheyHaveOutlines(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		fonts []string
		found string
	}{
		{nil, ""}, {[]string{"odd"}, "odd"}, {[]string{"pictures"}, ""}, {[]string{"damaged", "web"}, ""}, {[]string{"web", "pictures", "odd"}, "odd"},
		{[]string{"serif", "some sans"}, "some sans"},
	} {
		f := newFinder(t)
		f.list = installed(t, tc.fonts...)
		fonts, missing, err := f.Find("x" + string(fire))
		if err != nil {
			t.Fatal(err)
		}
		if found := len(fonts) == 1 && strings.TrimSuffix(filepath.Base(fonts[0].Path), ".ttf") == tc.found; found == (tc.found == "") || found == (len(missing) == 1) {
			t.Errorf("%v: %d fonts, missing %q", tc.fonts, len(fonts), missing)
		}
	}
}

// A list that could not be made was told as "no installed font has".
func TestFontsThatCannotBeListedAreNotCalledMissing(t *testing.T) {
	t.Parallel()
	f := newFinder(t)
	f.list = func() ([]fontscan.Footprint, error) { return nil, errors.New("disk is gone") }
	if _, missing, err := f.Find("粒"); err == nil || !strings.Contains(err.Error(), "disk is gone") || len(missing) > 0 {
		t.Errorf("missing %q, %v", missing, err)
	}
}

func TestFontsAreListedWithoutAFolderToKeepTheListIn(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if writable(filepath.Join(file, "fonts")) {
		t.Error("a folder below a file")
	}
	if dir := filepath.Join(t.TempDir(), "new"); !writable(dir) {
		t.Error("a new folder")
	} else if left, _ := os.ReadDir(dir); len(left) > 0 {
		t.Errorf("left %v", left)
	}
}

// The loop asked a finder that was reading the disk, and waited for it.
func TestLacksDoesNotWaitForTheDisk(t *testing.T) {
	t.Parallel()
	f := newFinder(t)
	reading, done := make(chan bool), make(chan bool)
	f.list = func() ([]fontscan.Footprint, error) {
		close(reading)
		<-done
		return nil, nil
	}
	var wg sync.WaitGroup
	wg.Go(func() { f.Find("粒") })
	<-reading
	if !f.Lacks("子") || f.Lacks("粒") {
		t.Error("asks for the wrong characters")
	}
	close(done)
	wg.Wait()
}
