package app

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"iceexplorer/app/fallback"
	"iceexplorer/app/settings"
)

// Without HOME settings lay under fixed names in the folder for temporary files: a link that
// somebody had put there made a user overwrite a file of their own.
func TestWithoutAHomeNothingIsWrittenUnderNamesThatOthersKnow(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the folder for temporary files is the user's own there, and so are the links in it")
	}
	temp, victim := t.TempDir(), filepath.Join(t.TempDir(), "precious")
	if err := os.WriteFile(victim, []byte("precious"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"settings.json", "preferences.toml", "layout.ini", "iceexplorer-fonts-0"} {
		if err := os.Symlink(victim, filepath.Join(temp, name)); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", settings.EnvDir} {
		t.Setenv(name, "")
	}
	t.Setenv("TMPDIR", temp)
	keptForNow(t)
	if b, err := os.ReadFile(victim); err != nil || string(b) != "precious" {
		t.Errorf("a file that links lead to holds %q, %v", b, err)
	}
	if dir := fallback.CacheDir(); dir != "" {
		t.Errorf("the list of fonts is kept in %s", dir)
	}
}

// A home folder that cannot be made led to a message each time that something was to be saved.
func TestAHomeThatCannotBeMadeIsToldOfOnce(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv(settings.EnvDir, filepath.Join(file, "iceexplorer"))
	keptForNow(t)
}

// keptForNow loads settings that there is no folder for, saves them and removes them.
func keptForNow(t *testing.T) {
	t.Helper()
	a := &App{}
	var notices []string
	a.loadSettings(&notices)
	if len(notices) != 1 || !strings.Contains(notices[0], "until the program ends only") {
		t.Errorf("notices %q", notices)
	}
	a.settings.Preferences.FPS = 25
	if err := a.settings.Save(a.keeper); err != nil {
		t.Error(err)
	}
	if err := a.keeper.Flush(endsWithin); err != nil {
		t.Error(err)
	}
	dir := a.passing.Path()
	if st, err := os.Stat(dir); err != nil || st.Mode().Perm() != 0o700 && runtime.GOOS != "windows" { // which has no modes
		t.Errorf("the folder of the settings: %v, %v", st, err)
	}
	if kept, err := os.ReadDir(dir); err != nil || len(kept) == 0 {
		t.Errorf("nothing was kept: %v", err)
	}
	a.removeSettings(func() {})
	if _, err := os.Stat(dir); err == nil {
		t.Error("the folder is still there")
	}
}
