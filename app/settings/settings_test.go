package settings

import (
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"strings"
	"testing"
)

func write(t *testing.T, dir, text string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, "settings.json"), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestFirstStartHasDefaultsAndNoMessage(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "not", "there")
	s, err := Load(dir)
	if err != nil || !reflect.DeepEqual(s, Default(dir)) {
		t.Errorf("%+v, %v", s, err)
	}
	if _, err := os.Stat(dir); err == nil {
		t.Error("loading made the folder")
	}
}

func TestSavedSettingsAreLoaded(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "new", "folder")
	s := Default(dir)
	s.Preferences = Preferences{
		Workers: 3, FPS: 23.976, PlayMode: "real-time", Loop: "once", ExportDir: "/out", Convert: false,
		ScratchBytes: 1 << 40, CacheMaxBytes: 5, ZUp: true, PointSize: 1.5, ThemeScale: 2, Navigation: "maya", Gaps: "empty", Interpolate: true, Units: "seconds", Colormap: "magma", OpenDir: "/in",
	}
	s.Window = Window{800, 600, true, 1.5}
	s.AddRecent(filepath.Join(dir, "fum\xe9e")) // no UTF-8: JSON would replace the letter
	s.AddRecent(filepath.Join(dir, "a b"))
	s.AddRecent(filepath.Join(dir, "gone"))
	s.Forget(filepath.Join(dir, "gone"))
	s.Folder = filepath.Join(dir, "l\xe0")
	for _, b := range []string{"b", "a\xe9", "c"} {
		s.Bookmark(filepath.Join(dir, b), true)
	}
	s.Bookmark(filepath.Join(dir, "b"), false)
	s.Bookmark(filepath.Join(dir, "c"), true) // again
	s.SetShown("Browser", false)
	if err := save(s); err != nil {
		t.Fatal(err)
	}
	got, err := Load(dir)
	if err != nil || !reflect.DeepEqual(got.Preferences, s.Preferences) || got.Window != s.Window || !reflect.DeepEqual(got.Recent, s.Recent) || !reflect.DeepEqual(got.Closed, []string{"Browser"}) {
		t.Errorf("%+v, %v; want %+v", got, err, s)
	}
	if want := []string{filepath.Join(dir, "a\xe9"), filepath.Join(dir, "c")}; got.Folder != s.Folder || !reflect.DeepEqual(got.Bookmarks, want) || len(got.Recent) != 2 {
		t.Errorf("%q, %q, %q; want %q", got.Folder, got.Bookmarks, got.Recent, want)
	}
	if got.LayoutPath() != filepath.Join(dir, "layout.ini") {
		t.Error(got.LayoutPath())
	}
	left, _ := filepath.Glob(filepath.Join(dir, "*"))
	if len(left) != 2 {
		t.Errorf("files left: %q", left)
	}
}

func TestFieldsOfOtherVersionsAreKept(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write(t, dir, "\ufeff"+`{"preferences":{"fps":30,"unheardOf":1},"later":{"a":[1,2]}}`)
	s, err := Load(dir)
	if err != nil || s.Preferences.FPS != 30 || !s.Preferences.Convert || s.Preferences.PointSize != 3 {
		t.Fatalf("%+v, %v", s, err)
	}
	if err := save(s); err != nil {
		t.Fatal(err)
	}
	text, _ := os.ReadFile(s.Path())
	if !strings.Contains(strings.Join(strings.Fields(string(text)), ""), `"later":{"a":[1,2]}`) {
		t.Errorf("lost in\n%s", text)
	}
}

func TestDamagedFileGivesDefaultsAMessageAndIsKept(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"", "{", "[]", "null garbage", `{"preferences":{"fps":"fast"}}`, `{"recent":[1]}`, "\x00\x01", `{"preferences":{"workers":1e99}}`} {
		dir := t.TempDir()
		write(t, dir, text)
		s, err := Load(dir)
		if err == nil || strings.Contains(err.Error(), "\n") || !reflect.DeepEqual(s, Default(dir)) {
			t.Errorf("%q: %+v, %v", text, s, err)
		}
		if err := save(s); err != nil {
			t.Fatal(err)
		}
		if kept, err := os.ReadFile(s.Path() + ".damaged"); err != nil || string(kept) != text {
			t.Errorf("%q was not kept: %q, %v", text, kept, err)
		}
		if _, err := Load(dir); err != nil {
			t.Errorf("%q: after saving: %v", text, err)
		}
	}
}

// absolute is a path from the root; on Windows that is one of a drive.
func absolute(t *testing.T, name string) string {
	t.Helper()
	path, err := filepath.Abs(string(filepath.Separator) + name)
	if err != nil {
		t.Fatal(err)
	}
	return path
}

func TestWildValuesAreClamped(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write(t, dir, `{"preferences":{"workers":-5,"fps":0,"playMode":"x","loop":"","gaps":"skip","units":"feet","scratchBytes":-1,"cacheMaxBytes":-1,"pointSize":1e300,"themeScale":-1,"navigation":"cinema"},
		"window":{"width":-1,"height":999999},"recent":["relative","",`+strings.TrimSuffix(strings.Repeat(`"`+filepath.ToSlash(absolute(t, "a"))+`",`, 50), ",")+`]}`)
	s, err := Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	want := Preferences{FPS: MinFPS, PlayMode: "every-frame", Loop: "loop", Gaps: "hold", Units: "frames", Convert: true, PointSize: MaxPointSize, ThemeScale: MinThemeScale, Navigation: "ice-explorer", Colormap: "viridis", Theme: "dark", GridUnits: "none", AskUnsaved: true}
	if s.Preferences != want || s.Window != (Window{480, 16384, false, 0}) || len(s.Recent) != MaxRecent || filepath.FromSlash(s.Recent[0]) != absolute(t, "a") {
		t.Errorf("%+v", s)
	}
}

func TestRecentFilesAreUniqueBoundedAndNewestFirst(t *testing.T) {
	t.Parallel()
	s := Default(t.TempDir())
	for i := range MaxRecent + 3 {
		s.AddRecent(fmt.Sprintf("/f%d", i))
	}
	s.AddRecent("/f10")
	s.AddRecent("  ")
	s.AddRecent("/x/../f10/")
	if len(s.Recent) != MaxRecent || s.Recent[0] != absolute(t, "f10") || s.Recent[1] != absolute(t, "f14") || s.Recent[MaxRecent-1] != absolute(t, "f3") {
		t.Errorf("%q", s.Recent)
	}
	s.AddRecent("relative")
	if !filepath.IsAbs(s.Recent[0]) {
		t.Errorf("%q", s.Recent[0])
	}
}

func TestSaveIntoAFileInsteadOfAFolderSaysSo(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	s := Default(file)
	if err := save(s); err == nil || !strings.Contains(err.Error(), file) {
		t.Error(err)
	}
	// To Windows nothing is there.
	if _, err := Load(file); err == nil != (runtime.GOOS == "windows") || err != nil && strings.Contains(err.Error(), "damaged") {
		t.Error(err)
	}
}

func TestDirFollowsTheEnvironment(t *testing.T) {
	dir := t.TempDir()
	t.Setenv(EnvDir, dir)
	if got, err := Dir(); got != dir || err != nil {
		t.Errorf("%q, %v", got, err)
	}
	t.Setenv(EnvDir, "")
	t.Setenv("XDG_CONFIG_HOME", dir)
	t.Setenv("HOME", dir)
	t.Setenv("AppData", dir)
	if got, err := Dir(); err != nil || filepath.Base(got) != "iceexplorer" || !strings.HasPrefix(got, dir) {
		t.Errorf("%q, %v", got, err)
	}
}

func TestAFileThatCannotBeReadIsNotReplaced(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	inTheWay := filepath.Join(dir, "settings.json") // a folder cannot be read either
	if err := os.Mkdir(inTheWay, 0o700); err != nil {
		t.Fatal(err)
	}
	s, err := Load(dir)
	if err == nil || s == nil {
		t.Fatal("no error")
	}
	if err := save(s); err != nil {
		t.Error(err)
	}
	if st, err := os.Stat(inTheWay); err != nil || !st.IsDir() {
		t.Errorf("it was replaced: %v", err)
	}
}
