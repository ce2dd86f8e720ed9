package stage

import (
	"strings"
	"testing"

	"iceexplorer/app/session"
)

// A rectangle takes what is seen only, and nothing said so.
func TestSelectingAnAreaSaysThatItTakesVisiblePoints(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		mode session.SelectMode
		n    int
		want string
	}{
		{session.SelectOnly, 1234, "1,234 visible points selected; points hidden behind others are not"},
		{session.SelectOnly, 0, "0 visible points selected; points hidden"},
		{session.SelectAdd, 1, "1 visible point added to the selection; points hidden behind others were not"},
		{session.SelectRemove, 2, "2 visible points taken out of the selection; points hidden behind others stay"},
	} {
		if got := areaText(tc.mode, tc.n); !strings.HasPrefix(got, tc.want) {
			t.Errorf("%q, want %q", got, tc.want)
		}
	}
	for _, tool := range []Tool{ToolSelect, ToolLasso} {
		if !strings.Contains(toolHelp[tool], "visible") {
			t.Errorf("the help of tool %d does not say that visible points are selected: %q", tool, toolHelp[tool])
		}
	}
}
