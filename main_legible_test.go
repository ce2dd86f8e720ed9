package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"iceexplorer/app"
	"iceexplorer/app/sample"
)

// view is a state of the window that is looked at.
type view struct {
	name  string
	begin string // lines of a script
	end   string
}

// dialogView is a dialog that an action opens.
func dialogView(name, action string) view { return view{name, action, "close-dialog"} }

// panelView is a docked panel, in front of its tabs.
func panelView(name string, before ...string) view {
	return view{name, strings.Join(append(before, "panel-"+name+" off", "panel-"+name+" on"), "\n"), ""}
}

func views() []view {
	return []view{
		{"as it starts", "", ""},
		panelView("browser"), panelView("attributes", "select-rect 0 0 1 1"), panelView("display"), panelView("timeline"),
		{"own look", "layer-own-look on\npanel-display off\npanel-display on", "layer-own-look off"},
		{"vectors", "vectors PointVelocity\nshow-trails 5\nclip-slab x -5 5\npanel-display off\npanel-display on", "vectors none\nshow-trails 0\nclip-none"},
		{"camera", "camera-add 'front door'\nmeasure 1,2,3 1,5,7\nturntable 30\npanel-camera on\nturntable 0", "panel-camera off\nmeasure-clear\ncamera-remove 'front door'"},
		{"histogram", "histogram Age\nwait idle\npanel-histogram off\npanel-histogram on", ""},
		{"profile", "profile Age\nwait idle\npanel-profile off\npanel-profile on", ""},
		{"strip", "show-profile-strip on\npanel-timeline off\npanel-timeline on", "show-profile-strip off"},
		{"timecode", "units-timecode\npreference-interpolate on\nbookmark-add splash", "units-frames\npreference-interpolate off"},
		{"spreadsheet", "panel-spreadsheet on\nfilter Age > 0.1 and PointPosition.y > -100\nsort Age down\nsheet-summary on\nwait idle", "filter-clear\nsort-clear\npanel-spreadsheet off"},
		{"probe", "select-none\nselect-rows 0 3\nwait idle\nprobe\nwait idle", "panel-probe off\nselect-none"},
		{"jobs", "panel-jobs on", "panel-jobs off"},
		{"log", "panel-log on", "panel-log off"},
		{"shortcuts", "panel-keyboard-shortcuts on", "panel-keyboard-shortcuts off"},
		{"four panes", "reset-layout\nview-quad on", "view-quad off"},
		{"inspect", "layout-inspect", "reset-layout"},
		{"compare", "layout-compare", "reset-layout"},
		dialogView("save picture", "save-picture"), dialogView("save sequence", "save-sequence"), dialogView("film", "save-sequence film=gif camera=turntable"),
		dialogView("save session", "save-session-as"), dialogView("preferences", "preferences"), dialogView("messages", "messages"), dialogView("about", "about"),
		dialogView("export", "export"), dialogView("palette", "palette"), dialogView("browse", "browse"),
	}
}

// looks runs a script and returns what each `print faults` wrote.
func looks(t *testing.T, script string, paths ...string) (all []app.Legibility) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "script.txt")
	if err := os.WriteFile(file, []byte("timeout 60s\n"+script+"quit\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := program(t, append([]string{"--no-convert", "--run", file}, paths...)...)
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	err := cmd.Run()
	lines := bufio.NewScanner(&out)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var l app.Legibility
		if err := json.Unmarshal(lines.Bytes(), &l); err != nil {
			t.Fatalf("%v in %q", err, lines.Text())
		}
		all = append(all, l)
	}
	if err != nil {
		t.Fatalf("%v after %d reports: %s", err, len(all), &errs)
	}
	return all
}

// settled is lines of a script in which the window finds its new shape.
var settled = strings.Repeat("wait 10ms\n", 8)

// sizes are those of the window that are looked at. All of them with ICEEXPLORER_LOOKS, which names a folder for pictures.
func sizes() []size {
	all := []size{{800, 600, 1, "dark"}, {800, 600, 2, "light"}, {1600, 1000, 2.5, "dark"}}
	if os.Getenv("ICEEXPLORER_LOOKS") == "" {
		return all
	}
	return append(all, size{800, 600, 1.5, "light"}, size{800, 600, 2.5, "dark"}, size{1600, 1000, 1, "light"}, size{1600, 1000, 1.5, "dark"}, size{1600, 1000, 2, "light"},
		size{3000, 1800, 1, "dark"}, size{3840, 2160, 2.5, "dark"})
}

type size struct {
	width, height int
	scale         float64
	theme         string
}

func (s size) String() string {
	return fmt.Sprintf("%dx%d at %g %s", s.width, s.height, s.scale, s.theme)
}

// lookAt is the script that shows views in a window of a size.
func lookAt(s size, all []view) string {
	var script strings.Builder
	fmt.Fprintf(&script, "wait loaded\nwait idle\nwindow-size %d %d\npreference-ui-scale %g\npreference-theme %s\nreset-layout\n", s.width, s.height, s.scale, s.theme)
	shots := os.Getenv("ICEEXPLORER_LOOKS")
	for i, v := range all {
		fmt.Fprintf(&script, "%s\n%s", v.begin, settled)
		if shots != "" {
			fmt.Fprintf(&script, "screenshot %s\n", filepath.Join(shots, strings.ReplaceAll(fmt.Sprintf("%v-%02d-%s.png", s, i, v.name), " ", "-")))
		}
		fmt.Fprintf(&script, "print faults\n%s\n", v.end)
	}
	return script.String()
}

// scrolls reports a part that is cut but can be scrolled to, in a way that the window does not know of.
func scrolls(f app.Fault) bool {
	switch f.Kind {
	case "low": // rows
		return strings.Contains(f.Window, "/grid_")
	case "cut": // columns, and paths in fields
		path := strings.HasPrefix(f.Text, "/") || filepath.VolumeName(f.Text) != "" || strings.HasSuffix(f.Text, string(filepath.Separator))
		return strings.Contains(f.Window, "/grid_") || strings.Contains(f.Text, "TestNothing") || path || strings.HasPrefix(f.Text, "Age >") || strings.HasPrefix(f.Text, "Filter, such") || strings.HasPrefix(f.Text, "Search ") || strings.HasSuffix(f.Text, "/")
	case "short": // what has all of it in a tooltip, and is as long as somebody's folders and messages are
		return strings.ContainsAny(f.Text, `/\`) || f.Window == "##status" || strings.HasPrefix(f.Window, "Log/") || strings.HasPrefix(f.Window, "Attributes/") || strings.HasSuffix(f.Window, "###files")
	case "wide": // its tabs
		return f.Window == "Preferences"
	}
	return false
}

func TestNothingIsCutOffAtAnySizeScaleAndTheme(t *testing.T) {
	needDisplay(t)
	dir := t.TempDir()
	if err := sample.Write(t.Context(), dir, sample.Options{Points: 1000, Frames: 12}); err != nil {
		t.Fatal(err)
	}
	// There is something to tell of, in a toast and among the messages.
	if err := os.Truncate(filepath.Join(dir, sample.FileName(12)), 2000); err != nil {
		t.Fatal(err)
	}
	all := views()
	if from := corpus("dialects"); from != "" { // arrays, which the sample lacks
		arrays, err := filepath.Glob(filepath.Join(from, "gabe_alltypes_*"))
		if err != nil || len(arrays) == 0 {
			t.Fatalf("%v: no arrays in %s", err, from)
		}
		all = append(all, view{"array", "close-dialog\nclose-all\nopen " + strconv.Quote(arrays[0]) + "\nwait loaded\npanel-spreadsheet on\nwait idle\nshow-array Marks 1", ""})
	}
	for _, s := range sizes() {
		t.Run(s.String(), func(t *testing.T) {
			seen := map[string]bool{} // behind a dialog lies what was told of before
			for i, l := range looks(t, lookAt(s, all), dir) {
				for _, f := range l.Faults {
					text := fmt.Sprintf("%s in %s: %q", f.Kind, f.Window, f.Text)
					if !scrolls(f) && !seen[text] {
						t.Errorf("%s: %s at %v", all[i].name, text, f.At)
					}
					seen[text] = true
				}
			}
		})
	}
}

// A window that became too small for its parts showed the last tabs when it was large again, and
// the timeline in place of the scene.
func TestTheTabsInFrontStayThereWhenTheLayoutIsAdapted(t *testing.T) {
	needDisplay(t)
	script := "window-size 1600 1000\n" + settled + "panel-histogram off\npanel-histogram on\n" + settled + "print faults\n" +
		"window-size 800 600\npreference-ui-scale 2\n" + settled + "print faults\n" +
		"panel-display off\npanel-display on\n" + settled + "window-size 820 610\n" + settled + "print faults\n" +
		"window-size 1600 1000\npreference-ui-scale 1\n" + settled + "print faults\n" +
		"reset-layout\n" + settled + "print faults\n"
	all := looks(t, script)
	for i, want := range [][]string{
		{"Scene", "Timeline", "Browser", "Histogram"}, {"Scene"}, {"Display"}, {"Scene", "Timeline", "Browser", "Display"}, {"Scene", "Timeline", "Browser", "Display"},
	} {
		if i >= len(all) || !slices.Equal(all[i].Seen, want) {
			t.Errorf("%d: %v, want %v", i, all, want)
		}
	}
}

// At 800x600, where panels share parts at any scale, they stayed as wide in pixels as at scale 1, with names and
// values cut to dots.
func TestALayoutWithTooLittleRoomFollowsTheScale(t *testing.T) {
	needDisplay(t)
	script := "window-size 800 600\n" + settled + "print faults\npreference-ui-scale 2\n" + settled + "print faults\npreference-ui-scale 1\n" + settled + "print faults\n"
	all := looks(t, script)
	four := []string{"Scene", "Timeline", "Browser", "Display"}
	for i, want := range [][]string{four, {"Scene"}, four} {
		if i >= len(all) || !slices.Equal(all[i].Seen, want) {
			t.Errorf("%d: %v, want %v", i, all, want)
		}
	}
}
