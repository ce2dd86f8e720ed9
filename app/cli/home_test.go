package cli

import (
	"path/filepath"
	"slices"
	"testing"
)

// Windows' shells leave it as it is, and the path was looked for in a folder called ~.
func TestTheUsersFolderIsExpanded(t *testing.T) {
	t.Parallel()
	home := filepath.Join("users", "me")
	got := atHome([]string{"~", "~/a/b", "~other/a", "a~/b", "", "--where", "~x"}, home)
	if want := []string{home, filepath.Join(home, "a", "b"), "~other/a", "a~/b", "", "--where", "~x"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

// In "C:\my caches\" Windows takes the last backslash and quote for a quote, and there was no such folder.
func TestAFolderInQuotesThatEndsInABackslashIsFound(t *testing.T) {
	t.Parallel()
	got := unquoted([]string{`C:\my caches" --attr  ID`, `--where`, `Text == "a"`, `C:\b"`})
	if want := []string{`C:\my caches\`, `--attr`, `ID`, `--where`, `Text == "a"`, `C:\b\`}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}
