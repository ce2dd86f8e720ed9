package main

import (
	"bytes"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"iceexplorer/cache"
	"iceexplorer/cache/icecache"
)

// files are those of a folder and the folders in it, by their paths.
func files(t *testing.T, dir string) map[string][]byte {
	t.Helper()
	all := map[string][]byte{}
	err := filepath.WalkDir(dir, func(path string, e os.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		b, err := os.ReadFile(path)
		name, _ := filepath.Rel(dir, path)
		all[name] = b
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func sameFiles(t *testing.T, what string, got, want map[string][]byte) {
	t.Helper()
	if len(want) == 0 || len(got) != len(want) {
		t.Errorf("%s: %d files, want %d", what, len(got), len(want))
	}
	for name, b := range want {
		if !bytes.Equal(got[name], b) {
			t.Errorf("%s: %s is another file", what, name)
		}
	}
}

// The window writes the files that the verb writes.
func TestExportInTheWindowWritesWhatTheVerbWrites(t *testing.T) {
	needDisplay(t)
	dir, n := caches(t)
	to := t.TempDir()
	at := func(name string) string { return filepath.Join(to, name) }
	verbs := map[string][]string{
		"all":   {"--to", "ply"},
		"some":  {"--to", "csv", "--frames", "2-4", "--where", "ID % 2 == 0", "--attrs", "PointPosition,ID", "--scale", "0.5", "--up", "z", "--derive", "half=ID / 2", "--offset", "100", "--name", "{frame:04}/{object}"},
		"named": {"--to", "mc", "--one-file", "--map", "Mass=density"},
	}
	script := "wait loaded\n" +
		"export ply \"" + at("all") + "\"\n" +
		"export csv \"" + at("some") + "\" frames=2-4 where=\"ID % 2 == 0\" attrs=PointPosition,ID scale=0.5 up=z derive=\"half=ID / 2\" offset=100 name=\"{frame:04}/{object}\"\n" +
		"export mc \"" + at("named") + "\" of=all map=Mass=density option=one-file=true\nquit\n"
	if _, err := play(t, script, "--no-convert", dir); err != nil {
		t.Fatal(err)
	}
	for name, args := range verbs {
		args = append(append([]string{"export"}, args...), "-o", at(name+" of the verb"), dir)
		if out, err := program(t, args...).CombinedOutput(); err != nil {
			t.Fatalf("%q: %v: %s", args, err, out)
		}
		sameFiles(t, name, files(t, at(name)), files(t, at(name+" of the verb")))
	}
	if got := len(files(t, at("all"))); got != n {
		t.Errorf("%d files of %d frames", got, n)
	}
}

// writeIDs writes three frames whose points have IDs, in another order each; none: without IDs.
func writeIDs(t *testing.T, frames ...[]int32) (dir string) {
	t.Helper()
	dir = t.TempDir()
	for i, ids := range frames {
		b := cache.NewBuilder(cache.Header{Version: 103, Points: 3})
		b.Float32s("PointPosition", cache.TypeVector3, []float32{0, 0, 0, 1, 0, 0, 0, 1, 0})
		if ids != nil {
			b.Int32s("ID", ids)
		}
		b.Int32s("Row", []int32{0, 1, 2})
		f, err := b.Frame()
		if err != nil {
			t.Fatal(err)
		}
		if err := icecache.WriteFile(t.Context(), filepath.Join(dir, "p_"+string(rune('1'+i))+".icecache"), f, icecache.EncodeOptions{}); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// A selection goes with the points from frame to frame; without IDs it is of one frame.
func TestExportOfTheSelectionFollowsIDs(t *testing.T) {
	needDisplay(t)
	for _, c := range []struct {
		name   string
		frames [][]int32
		want   map[string]string
	}{
		{"with IDs", [][]int32{{7, 8, 9}, {9, 7, 5}}, map[string]string{"p_1.csv": "Row\r\n0\r\n2\r\n", "p_2.csv": "Row\r\n0\r\n1\r\n"}},
		{"without", [][]int32{nil, nil}, map[string]string{"p_1.csv": "Row\r\n0\r\n2\r\n"}},
	} {
		to := filepath.Join(t.TempDir(), "out")
		script := "wait loaded\npanel-spreadsheet on\nfilter Row != 1\nselect-rows\nfilter-clear\nwait idle\nexport csv \"" + to + "\" points=selected attrs=Row\nquit\n"
		if _, err := play(t, script, "--no-convert", writeIDs(t, c.frames...)); err != nil {
			t.Fatal(err)
		}
		got := map[string]string{}
		for name, b := range files(t, to) {
			got[name] = string(b)
		}
		if len(got) != len(c.want) {
			t.Errorf("%s: %q", c.name, got)
		}
		for name, want := range c.want {
			if got[name] != want {
				t.Errorf("%s: %s is %q, want %q", c.name, name, got[name], want)
			}
		}
	}
}

// A script waits for what it exports, and fails where not all of it is written.
func TestAScriptFailsWithTheExport(t *testing.T) {
	needDisplay(t)
	dir := writeIDs(t, []int32{1, 2, 3})
	to := t.TempDir()
	for _, c := range []struct{ script, want string }{
		{"export csv \"" + to + "\"\nexport csv \"" + to + "\"", ":4: the file exists already"},
		{"export csv \"" + to + "\" existing=skip where=\"Nonsense > 1\" existing=rename", "existing is given twice"},
		{"export csv \"" + to + "\" existing=rename where=\"Nonsense > 1\"", "Nonsense"},
		{"export vtp \"" + to + "\" points=filter", "no filter is in force"},
		{"export vtp \"" + to + "\" points=selected", "no points of what is exported are selected"},
		{"export ply \"" + to + "\" option=scalar=maybe", "scalar \"maybe\""},
		{"export ply \"" + to + "\" source=\"" + filepath.Join(to, "missing") + "\"", "no such file or folder"},
		{"export icecache", "choose a folder to write to"},
	} {
		if _, err := play(t, "wait loaded\n"+c.script+"\nprint state\nquit\n", "--no-convert", dir); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", c.script, err, c.want)
		}
	}
}

// Escape closed the whole dialog where a list had dropped down; the preferred folder was not used.
func TestTheExportDialogWritesByClicksAndKeys(t *testing.T) {
	needDisplay(t)
	dir, n := caches(t)
	to := filepath.Join(t.TempDir(), "new")
	d := exportDialog(t, to, dir)
	d.clickAt(d.beside("Export", "Format"), leftButton)
	d.sees("##Combo_", "ply")
	d.keys("Escape")
	d.gone("##Combo_", "ply")
	d.click("Export", "Export")
	d.wait("a file of each frame", func() bool { return written(t, to) == n })
}

// exportDialog opens the dialog over caches in a window of its own, and waits until it knows what will be written.
func exportDialog(t *testing.T, to, dir string) *desktop {
	t.Helper()
	d := opened(t, t.TempDir(), "--no-convert", dir)
	d.do("preference-export-folder \""+to+"\"", "wait loaded")
	d.keys("ctrl+e")
	d.sees("Export", "files")
	return d
}

// written is how many .csv are in a folder.
func written(t *testing.T, dir string) int {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(dir, "*.csv"))
	if err != nil {
		t.Fatal(err)
	}
	return len(found)
}

// asFileManager is the variable that has a copy of this program be the system's file manager, which
// writes what it is to show into the file of that name.
const asFileManager = "ICEEXPLORER_TEST_AS_FILE_MANAGER"

// isFileManager reports whether a program is called what the system's file manager is.
func isFileManager(program string) bool {
	name := strings.TrimSuffix(filepath.Base(program), ".exe")
	return name == "xdg-open" || name == "explorer"
}

// ownFileManager puts a file manager of our own first on the path. shown is the file that it writes.
func ownFileManager(t *testing.T) (shown string) {
	t.Helper()
	name := "xdg-open"
	if runtime.GOOS == "windows" {
		name = "explorer.exe"
	}
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	program, err := os.ReadFile(exe)
	if err != nil {
		t.Fatal(err)
	}
	tools := t.TempDir()
	if err := os.WriteFile(filepath.Join(tools, name), program, 0o700); err != nil {
		t.Fatal(err)
	}
	shown = filepath.Join(t.TempDir(), "shown")
	t.Setenv(asFileManager, shown)
	t.Setenv("PATH", tools+string(filepath.ListSeparator)+os.Getenv("PATH"))
	return shown
}

// What came of an export is copied whole, and its folder shown; a click too many on Export must not cancel it.
func TestTheReportOfAnExportIsCopiedAndItsFolderShown(t *testing.T) {
	needDisplay(t)
	dir := writeIDs(t, []int32{1, 2, 3}, []int32{3, 2, 1}, []int32{2, 1, 3})
	broken := filepath.Join(dir, "p_2.icecache")
	if err := os.WriteFile(broken, []byte("none"), 0o666); err != nil {
		t.Fatal(err)
	}
	shown := ownFileManager(t)
	to := filepath.Join(t.TempDir(), "new")
	d := exportDialog(t, to, dir)
	d.doubleClick(d.on("Export", "Export"))
	d.sees("Export", "Reveal") // it has ended
	if got := written(t, to); got != 2 {
		t.Fatalf("%d files of 2 frames that can be read", got)
	}
	d.click("Export", "Copy")
	text := ""
	d.wait("the report on the clipboard", func() bool { text = d.clipboard(t); return strings.Contains(text, "files: ") })
	lines := strings.Split(strings.TrimSpace(text), "\n")
	if len(lines) != 3 || !strings.HasPrefix(lines[0], "3 files: 2 converted, 1 failed; ") || lines[1] != to || !strings.HasSuffix(lines[2], ": "+broken) {
		t.Errorf("copied %q", text)
	}
	d.click("Export", "Reveal")
	d.wait("the folder that is shown", func() bool {
		b, _ := os.ReadFile(shown)
		return string(b) == to
	})
}
