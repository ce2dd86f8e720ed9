package export

import (
	"path/filepath"
	"strings"
	"testing"

	"iceexplorer/cache"
)

func TestATemplateHasPlacesForWhatIsKnownOfAFrame(t *testing.T) {
	t.Parallel()
	in := Input{Name: "x", Source: "/show/fire/v012/smoke_v003_7.icecache", Stem: "smoke_v003"}
	folder := Input{Name: "x", Source: "/show/fire/v012/smoke_7.icecache", Stem: "smoke"}
	alone := Input{Name: "x", Source: "/show/fire/v3_7.icecache", Stem: "v3"}
	for _, tc := range []struct {
		template string
		in       *Input
		number   cache.Number
		decimals int
		want     string
	}{
		{"{name}.{frame:04}", &in, 7, 0, "smoke_v003.0007.csv"},
		{"{name}.{frame:04}.CSV", &in, 7, 0, "smoke_v003.0007.CSV"},
		{"{object}/{version}/{object}_{frame}", &in, 7.5, 2, "smoke/v003/smoke_7.50.csv"},
		{"{object}/{version}/{frame:3}", &folder, -7, 0, "smoke/v012/-07.csv"},
		{"{object}_{version}", &alone, 7, 0, "fire_v3.csv"},
		{"frame={frame}/{{{format}}}", &in, 7, 0, "frame=7/{csv}.csv"},
		{"grün {name}", &in, 7, 0, "grün smoke_v003.csv"},
	} {
		tpl, err := ParseTemplate(tc.template)
		if err != nil {
			t.Fatal(err)
		}
		got, err := tpl.Of(tc.in, tc.number, tc.decimals, "csv", ".csv")
		if err != nil || filepath.ToSlash(got) != tc.want || tpl.Numbered() != strings.Contains(tc.template, "{frame") {
			t.Errorf("%s: %q, %v", tc.template, got, err)
		}
	}
	for bad, want := range map[string]string{
		"":                "want a name such as",
		"/out/{name}":     "want a name such as",
		"../{name}":       "want a name such as",
		"{nam}":           "{nam} is not known; there are {name}, {frame}, ",
		"{name":           "a brace has no other one",
		"name}":           "a brace has no other one",
		"{frame:x}":       "want {frame:04} for a number with 4 digits",
		"{name:04}":       "want {frame:04} for a number with 4 digits",
		"{name}/":         "want the name of a file behind it", // it was written into a file of the folder's name
		"{name}\n{frame}": "a line break has no place in a name",
		"{frame:04}/a/..": "",
	} {
		if _, err := ParseTemplate(bad); (err != nil) != (want != "") || err != nil && !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v", bad, err)
		}
	}
	tpl, _ := ParseTemplate("{version}/{frame}")
	if _, err := tpl.Of(&Input{Name: "shown", Source: "/a/b_1.icecache", Stem: "b"}, 1, 0, "csv", ".csv"); err == nil || !strings.HasSuffix(err.Error(), ": shown") {
		t.Errorf("without a version: %v", err)
	}
}
