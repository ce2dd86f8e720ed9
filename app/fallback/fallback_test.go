package fallback

import (
	"os/exec"
	"strings"
	"testing"

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
	if got := Missing([]rune("粒子")); got != "no installed font has the characters U+7C92, U+5B50; names that hold them cannot be read" {
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
