package widget

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/AllenDang/cimgui-go/imgui"
	"github.com/AllenDang/giu"

	"iceexplorer/app/action"
	"iceexplorer/app/window"
	"iceexplorer/assets"
	"iceexplorer/cache/unit"
)

// A process can open one window, so the demo runs in a process of its own: this
// test binary with the name of a scenario in envScenario.
const (
	envScenario = "ICEEXPLORER_TEST_SCENARIO"
	envShots    = "ICEEXPLORER_SHOTS" // a folder for screenshots to be looked at
	envScale    = "ICEEXPLORER_TEST_SCALE"
)

func TestMain(m *testing.M) {
	if name := os.Getenv(envScenario); name != "" {
		d := &demo{seen: map[string]any{}, shots: os.Getenv(envShots)}
		err := d.run(name)
		d.seen["error"] = fmt.Sprint(err)
		out, _ := json.Marshal(d.seen)
		fmt.Println("RESULT " + string(out))
		return
	}
	os.Exit(m.Run())
}

func scenario(t *testing.T, name string, env ...string) map[string]any {
	t.Helper()
	if os.Getenv("DISPLAY") == "" && runtime.GOOS != "windows" {
		t.Skip("no DISPLAY")
	}
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, exe)
	cmd.WaitDelay = time.Second
	if runtime.GOOS != "windows" { // which has no such signal
		cmd.Cancel = func() error { return cmd.Process.Signal(syscall.SIGQUIT) } // it says where it hangs
	}
	cmd.Env = append(os.Environ(), append(env, envScenario+"="+name)...)
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	_, text, _ := strings.Cut(string(out), "RESULT ")
	var seen map[string]any
	if err := json.Unmarshal([]byte(text), &seen); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if seen["error"] != "<nil>" {
		t.Fatalf("%s", out)
	}
	return seen
}

var demoStates = []State{
	{"absent", window.Colors().Pressed, Line, 0},
	{"queued", window.Colors().TextDim, Low, 1},
	{"loading", window.Colors().Busy, Hatch, 4},
	{"scratch", window.Colors().Warning, Half, 2},
	{"mapped", window.Colors().OK, Solid, 3},
	{"failed", window.Colors().Error, Cross, 5},
}

// demo shows every widget and is driven by events fed into ImGui.
type demo struct {
	w       *window.Window
	seen    map[string]any
	shots   string
	table   Table
	grid    *gridDemo // nil: the table is shown
	rows    int64
	ruler   Ruler
	in      RulerInput
	asked   int
	slider  RangeSlider
	lo, hi  float64
	menus   []*action.Menu
	steps   []func()
	tableAt imgui.Vec2
	plot    *plotDemo
	rulerAt imgui.Vec2
	slow    time.Duration // that each frame takes longer
}

func (d *demo) run(name string) error {
	reg := action.NewRegistry()
	nothing := func(action.Args) error { return nil }
	err := reg.Add(
		action.Action{ID: "open", Label: "Open files...", Menu: "File", Group: "a", Icon: assets.IconFolderOpen, Keys: []string{"Ctrl+O"}, Help: "Adds cache files as layers", Do: nothing},
		action.Action{ID: "export", Label: "Export 100 %...", Menu: "File", Group: "a", Icon: assets.IconExport, Enabled: func() bool { return false }, Do: nothing},
		action.Action{ID: "quit", Label: "Quit", Menu: "File", Group: "b", Keys: []string{"Ctrl+Q"}, Do: nothing},
		action.Action{ID: "play", Label: "Play", Menu: "Playback", Icon: assets.IconPlay, Keys: []string{"Space"}, Do: nothing},
		action.Action{ID: "loop", Label: "Loop", Menu: "Playback", Icon: assets.IconLoop, Checked: func() bool { return true }, Do: nothing},
		action.Action{ID: "all", Label: "Frame all", Menu: "View", Icon: assets.IconFrameAll, Keys: []string{"A"}, Do: nothing},
	)
	if err != nil {
		return err
	}
	d.menus = reg.Menus("File", "View", "Playback")
	d.rows = 10_000_000_000
	d.table = Table{ID: "t", Cursor: 3, Columns: []Column{
		{Title: "#", Width: 110, Right: true}, {Title: "PointPosition.x", Width: 120, Right: true, Tooltip: "vector3, m"}, {Title: "Age", Width: 80, Right: true}, {Title: "State", Stretch: true},
	}, SortCol: 3, Cell: func(row int64, col int) string {
		switch col {
		case 0:
			return unit.Count(row)
		case 1:
			return fmt.Sprintf("%.6f", math.Sin(float64(row)))
		case 2:
			return fmt.Sprintf("%.2f", float64(row%240)/24)
		}
		return "100 % alive"
	}, OnSelect: func(row int64, how Pick) { d.seen["picked"] = row }, OnOpen: func(row int64) { d.seen["openedRow"] = row }, Context: func(row int64) {
		d.seen["context"] = row
		imgui.MenuItemBool("Copy")
	}}
	frames := make([]float64, 0, 240)
	for f := -20.0; f < 220; f++ {
		if f < 60 || f > 64 {
			frames = append(frames, f)
		}
	}
	d.in = RulerInput{Frames: frames, Head: 48, In: 0, Out: 180, HasIn: true, HasOut: true, States: demoStates, Version: 1,
		State: func(i int) int {
			d.asked++
			switch {
			case i%50 == 49:
				return 5
			case i < 90:
				return 4
			case i < 130:
				return 3
			case i < 134:
				return 2
			case i < 200:
				return 1
			}
			return 0
		}, Tooltip: func(int) string { return "20,000 points, 100 % read" }}
	d.lo, d.hi = 0.2, 0.7

	width, height := 800, 480 // drawing is the CPU's work where tests run
	switch name {
	case "look":
		width, height = 1280, 760
		d.lookSteps()
	case "drive":
		d.driveSteps()
	case "millions":
		d.millionSteps()
	case "plot":
		d.plotSteps()
	case "grid":
		width, height = 1600, 1000
		d.gridSteps()
	}
	scale, _ := strconv.ParseFloat(os.Getenv(envScale), 32)
	return window.Run(window.Config{
		Scale: float32(scale),
		Title: "widgets", Width: width, Height: height, Hidden: true,
		Layout: window.Layout{Splits: []window.Split{{Side: window.Bottom, Ratio: 0.2, Windows: []string{"Timeline"}}, {Side: window.Left, Ratio: 0.45, Windows: []string{"Rows"}}}, Center: []string{"Pieces"}},
		OnGL: func(w *window.Window) error {
			d.w, d.table.Font = w, w.Fonts().Mono
			return nil
		},
		BeforeFrame: func(time.Time) {
			d.w.Wake()
			time.Sleep(d.slow)
			if d.w.Frames() > 3 && len(d.steps) > 0 {
				step := d.steps[0]
				d.steps = d.steps[1:]
				step()
			}
		},
		Bars:   d.bars,
		Panels: d.panels,
		OnPanic: func(err error) {
			d.seen["panic"] = err.Error()
			d.w.Fail(err)
		},
	})
}

func (d *demo) bars() {
	MenuBar{Menus: d.menus}.Build()
	view := imgui.MainViewport()
	flags := imgui.WindowFlagsNoScrollbar | imgui.WindowFlagsNoSavedSettings | imgui.WindowFlagsNoDocking
	if imgui.InternalBeginViewportSideBar("##toolbar", view, imgui.DirUp, imgui.FrameHeight()+scaled(14), flags) {
		for i, m := range d.menus {
			if i > 0 {
				Separator{}.Build()
			}
			for j, it := range m.Items {
				if it.Action == nil {
					continue
				}
				if j > 0 {
					imgui.SameLine()
				}
				Action{Action: it.Action}.Build()
			}
		}
	}
	imgui.End()
}

func (d *demo) panels() {
	if d.plot != nil {
		d.plot.build()
		return
	}
	if d.grid != nil {
		d.grid.build()
		return
	}
	imgui.Begin("Rows")
	d.tableAt = imgui.CursorScreenPos()
	d.table.Rows = d.rows
	d.table.Build()
	imgui.End()

	imgui.Begin("Pieces")
	d.slider.ID, d.slider.Low, d.slider.High, d.slider.Max = "range", d.lo, d.hi, 1
	d.slider.Format, d.slider.Change = func(v float64) string { return fmt.Sprintf("%.2f", v) }, func(lo, hi float64) { d.lo, d.hi = lo, hi }
	giu.Layout{
		Progress{Fraction: 0.42, Text: "Loading: 101 of 240 frames, 3.2 s left"},
		Progress{Fraction: -1, Text: "Reading the folder...", Phase: 0.7},
		&d.slider, &RangeSlider{ID: "off"}, Dim("dim 100 % text"), Wrapped{Text: "wrapped 100 % text"},
		Field{Label: "Field", Help: "100 %", Column: Em(6), Of: giu.Label("of a form")}, Below{Column: Em(6), Of: Dim("below")},
		Facts{Rows: [][2]string{{"rows", "10,000"}, {"path", "/a/b"}}, Wrap: true},
	}.Build()
	imgui.End()

	imgui.Begin("Timeline")
	d.rulerAt = imgui.CursorScreenPos()
	d.ruler.ID, d.ruler.Size, d.ruler.Show, d.ruler.Act = "ruler", vec(imgui.ContentRegionAvail().X, min(imgui.ContentRegionAvail().Y, scaled(64))), d.in, d.act
	d.ruler.Build()
	imgui.End()

}

func (d *demo) act(ev RulerEvent) {
	if ev.Seek != nil {
		d.in.Head = *ev.Seek
		d.seen["seek"] = *ev.Seek
	}
	if ev.In != nil {
		d.in.In = *ev.In
		d.seen["in"] = *ev.In
	}
	for k, v := range map[string]bool{"begin": ev.Begin, "end": ev.End, "rulerContext": ev.Context} {
		if v {
			d.seen[k] = true
		}
	}
}

// caches makes a folder as a user's may look.
// TestWidgetsDrawWithoutFault also leaves pictures in $ICEEXPLORER_SHOTS.
func TestWidgetsDrawWithoutFault(t *testing.T) {
	t.Parallel()
	for _, scale := range []string{"1", "1.75"} {
		if seen := scenario(t, "look", envScale+"="+scale); seen["panic"] != nil {
			t.Error(seen["panic"])
		}
	}
}

func TestTableAndRulerFollowMouseAndKeys(t *testing.T) {
	t.Parallel()
	seen := scenario(t, "drive")
	const rows = 10_000_000_000
	for name, want := range map[string]any{
		"clicked": 5.0, "last": float64(rows - 1), "endVisible": true, "pageUp": 1.0, "wheel": 6.0,
		"context": 8.0, "shrunk": []any{0.0, 3.0},
		"dragged": 150.0, "seek": 120.0, "begin": true, "end": true, "in": 30.0, "headAfterHandle": 219.0, "letGo": 120.0, "openedSlowly": 1.0,
		"zoomed": true, "rulerContext": nil, "panic": nil,
	} {
		if got := seen[name]; fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("%s: %v, want %v", name, got, want)
		}
	}
	if asked := seen["asked"].(float64); asked > 5 {
		t.Errorf("unchanged states were asked for %v times", asked)
	}
	if opened, _ := seen["openedRow"].(float64); opened < rows-1000 {
		t.Errorf("Enter opened %v", seen["openedRow"])
	}
}

func TestRulerWithMillionsOfFramesCostsItsWidth(t *testing.T) {
	t.Parallel()
	seen := scenario(t, "millions")
	if asked := seen["asked"].(float64); asked != 3_000_000 {
		t.Errorf("states were asked for %v times", asked)
	}
	if seen["failedShows"] != true {
		t.Error("the one failed frame does not show")
	}
	if n := seen["vertices"].(float64); n > 60_000 {
		t.Errorf("%v vertices", n)
	}
}
