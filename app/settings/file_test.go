package settings

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

func writePreferences(t *testing.T, text string) (dir string) {
	t.Helper()
	dir = t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "preferences.toml"), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return dir
}

func TestEveryPreferenceHasAnItem(t *testing.T) {
	t.Parallel()
	if fields := reflect.TypeFor[Preferences]().NumField(); fields != len(Items()) {
		t.Errorf("%d fields, %d items", fields, len(Items()))
	}
	p := Default("").Preferences
	for _, item := range Items() {
		if err := item.Set(&p, item.Get(&p)); err != nil || item.Help == "" {
			t.Errorf("its default is refused: %v", err)
		}
	}
}

func TestBadPreferencesAreNamedAndTheirLinesKept(t *testing.T) {
	t.Parallel()
	dir := writePreferences(t, "rate = \"fast\"\nworkers = 2 # the others need some\n# mine\nloop = \"twice\"\npoint-size = 1e9\nraet = 3\n[shortcuts]\nopen-folder = \"F2\"\nquit = [\"F4\"]\n")
	s, err := Load(dir)
	if err == nil || s.Preferences.FPS != 24 || s.Preferences.Workers != 2 || s.Preferences.Loop != "loop" || s.Preferences.PointSize != 3 {
		t.Fatalf("%v: %+v", err, s.Preferences)
	}
	for _, want := range []string{`rate is "fast", want a number from 0.1 to 1000 (24 is used)`, "one of loop, once, ping-pong", "point-size", `"raet"`, "open-folder"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("%q is missing in %v", want, err)
		}
	}
	s.Preferences.Workers = 3
	if err := save(s); err != nil {
		t.Fatal(err)
	}
	text, _ := os.ReadFile(s.PreferencesPath())
	for _, want := range []string{`rate = "fast"`, "\nrate = 24\n", "\nworkers = 3 # the others need some\n", "# mine\n", "raet = 3", `quit = ["F4"]`} {
		if !strings.Contains(string(text), want) {
			t.Errorf("%q is missing in\n%s", want, text)
		}
	}
	again, err := Load(dir)
	if err == nil || strings.Contains(err.Error(), "fast") || again.Preferences != s.Preferences || !reflect.DeepEqual(again.Shortcuts, map[string][]string{"quit": {"F4"}}) {
		t.Errorf("%v: %+v", err, again)
	}
}

func TestPreferencesThatAreNoTOMLAreSetAside(t *testing.T) {
	t.Parallel()
	dir := writePreferences(t, "rate = 30\nloop = once\n")
	s, err := Load(dir)
	if err == nil || !strings.Contains(err.Error(), "line 2") || s.Preferences != Default("").Preferences {
		t.Fatalf("%v: %+v", err, s.Preferences)
	}
	if _, err := os.Stat(s.PreferencesPath() + ".damaged"); err != nil {
		t.Error(err)
	}
}

func TestValuesOverSeveralLinesAreReadAndWritten(t *testing.T) {
	t.Parallel()
	dir := writePreferences(t, "open-folder = \"\"\"\n/a\"\"\"\n[shortcuts]\nquit = [\n \"F4\",\n]\n")
	s, err := Load(dir)
	if err != nil || s.Preferences.OpenDir != "/a" {
		t.Fatal(err, s.Preferences.OpenDir)
	}
	s.Preferences.OpenDir, s.Shortcuts["quit"] = `/b "c" \d`, []string{"F5"}
	if err := save(s); err != nil {
		t.Fatal(err)
	}
	again, err := Load(dir)
	if err != nil || again.Preferences != s.Preferences || !reflect.DeepEqual(again.Shortcuts, s.Shortcuts) {
		t.Errorf("%v: %+v", err, again)
	}
}
