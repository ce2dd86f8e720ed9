package register

import (
	"slices"
	"strings"
	"testing"
)

func TestEveryKindOpensWithTheProgram(t *testing.T) {
	t.Parallel()
	const exe = `C:\Program Files\ICE\iceexplorer.exe`
	all := values(exe)
	for _, k := range Kinds {
		for _, want := range []value{
			{key: k.ID + `\shell\open\command`, text: `"` + exe + `" "%1"`},
			{key: k.Ext + `\OpenWithProgids`, name: k.ID, shared: true},
			{key: k.Ext, text: k.ID, shared: true},
		} {
			if !slices.Contains(all, want) {
				t.Errorf("%s lacks %+v", k.Ext, want)
			}
		}
		if strings.ContainsAny(k.ID, " \\") {
			t.Errorf("no name for the registry: %q", k.ID)
		}
	}
}
