package register

import (
	"encoding/xml"
	"strings"
	"testing"
)

// The values are those of the Desktop Entry Specification: an argument is quoted, and escaped
// twice.
func TestTheCommandNamesAnyProgram(t *testing.T) {
	t.Parallel()
	for exe, want := range map[string]string{
		"/usr/bin/iceexplorer":  `"/usr/bin/iceexplorer" %F`,
		"/home/a b/ice":         `"/home/a b/ice" %F`,
		`/home/a"b/ice`:         `"/home/a\\"b/ice" %F`,
		"/home/a`b/ice":         "\"/home/a\\\\`b/ice\" %F",
		`/home/$HOME/ice`:       `"/home/\\$HOME/ice" %F`,
		`/home/a\b/ice`:         `"/home/a\\\\b/ice" %F`,
		"/home/100%F/ice":       `"/home/100%%F/ice" %F`,
		"/home/é ü/ice":         `"/home/é ü/ice" %F`,
		"/home/a\tb/ice":        `"/home/a\tb/ice" %F`,
		"/home/it's;&|<>()/ice": `"/home/it's;&|<>()/ice" %F`,
		"/home/a=b/ice":         `sh -c "exec \\"\\$0\\" \\"\\$@\\"" "/home/a=b/ice" %F`,
	} {
		text, err := desktopEntry(exe)
		if err != nil {
			t.Errorf("%q: %v", exe, err)
			continue
		}
		if !strings.Contains(string(text), "\nExec="+want+"\n") {
			t.Errorf("%q: want Exec=%s in\n%s", exe, want, text)
		}
		if n := strings.Count(string(text), "\n"); n != 14 {
			t.Errorf("%q: %d lines", exe, n)
		}
	}
	for _, exe := range []string{"/home/a\nb/ice", "/home/a\xffb/ice"} {
		if _, err := desktopEntry(exe); err == nil {
			t.Errorf("%q can be named", exe)
		}
	}
}

func TestEveryKindHasATypeOfItsOwn(t *testing.T) {
	t.Parallel()
	entry, err := desktopEntry("/ice")
	if err != nil {
		t.Fatal(err)
	}
	text, err := mimePackage()
	if err != nil {
		t.Fatal(err)
	}
	var got struct {
		XMLName xml.Name `xml:"http://www.freedesktop.org/standards/shared-mime-info mime-info"`
		Types   []struct {
			Type string `xml:"type,attr"`
			Glob struct {
				Pattern string `xml:"pattern,attr"`
			} `xml:"glob"`
			Icon struct {
				Name string `xml:"name,attr"`
			} `xml:"icon"`
		} `xml:"mime-type"`
	}
	if err := xml.Unmarshal(text, &got); err != nil || len(got.Types) != len(Kinds) {
		t.Fatalf("%v, %d kinds in\n%s", err, len(got.Types), text)
	}
	for i, k := range Kinds {
		if g := got.Types[i]; g.Glob.Pattern != "*"+k.Ext || g.Icon.Name != "iceexplorer" || !strings.Contains(string(entry), g.Type+";") {
			t.Errorf("%s: %+v", k.Ext, g)
		}
	}
}
