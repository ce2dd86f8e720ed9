//go:build unix

package window

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/AllenDang/cimgui-go/imgui"

	"iceexplorer/app/action"
	"iceexplorer/app/ending"
	"iceexplorer/assets"
)

// A process can open one window, on its main thread, so each test runs a
// scenario in a process of its own: this test binary with the name in envScenario.
const (
	envScenario = "ICEEXPLORER_TEST_SCENARIO"
	envIni      = "ICEEXPLORER_TEST_INI"
	envShot     = "ICEEXPLORER_TEST_SHOT"
)

func TestMain(m *testing.M) {
	name := os.Getenv(envScenario)
	if name == "" {
		os.Exit(m.Run())
	}
	r := result{Seen: map[string]float64{}}
	err := scenarios[name](&r)
	if err != nil {
		r.Err = err.Error()
	}
	out, _ := json.Marshal(r)
	fmt.Println("RESULT " + string(out))
}

// result is what a scenario reports to its test.
type result struct {
	Err    string
	Log    []string
	Seen   map[string]float64
	Frames int64
}

func (r *result) log(format string, args ...any) { r.Log = append(r.Log, fmt.Sprintf(format, args...)) }

// kept is a layout that keep has written.
func kept(path string) string {
	text, _ := os.ReadFile(path) // there may be none
	return string(text)
}

func keep(text string) {
	if path := os.Getenv(envIni); path != "" {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			panic(err)
		}
	}
}

// base is the window of the scenarios: two docked panels and a bar.
func base(r *result) Config {
	return Config{
		Title: "window test", Width: 640, Height: 400, Hidden: true, Kept: kept(os.Getenv(envIni)), KeepLayout: keep,
		Layout: Layout{Splits: []Split{{Side: Left, Ratio: 0.25, Windows: []string{"Browser"}}}, Center: []string{"Scene"}},
		Panels: func() { panels(r) },
	}
}

func panels(r *result) {
	for _, name := range []string{"Browser", "Scene"} {
		imgui.Begin(name)
		r.Seen[name+".x"] = float64(imgui.WindowPos().X)
		r.Seen[name+".w"] = float64(imgui.WindowSize().X)
		imgui.TextUnformatted("a panel")
		imgui.End()
	}
}

// after runs f on the loop once n frames were drawn.
func after(w **Window, frames int64, f func()) func(time.Time) {
	done := false
	return func(time.Time) {
		(*w).Wake()
		if !done && (*w).Frames() >= frames {
			done = true
			f()
		}
	}
}

var scenarios = map[string]func(r *result) error{
	"idle": func(r *result) error {
		cfg := base(r)
		cfg.Hidden = false
		cfg.OnGL = func(w *Window) error {
			go func() {
				w.Post(func() { r.Seen["posted"]++ })
				still := func(d time.Duration) bool {
					f := w.Frames()
					time.Sleep(d)
					return f > 0 && f == w.Frames()
				}
				for range 30 { // the machine may be busy
					if still(500 * time.Millisecond) {
						break
					}
				}
				c, f := cpu(), w.Frames()
				time.Sleep(2 * time.Second)
				r.Seen["cpu"], r.Seen["idleFrames"] = cpu()-c, float64(w.Frames()-f)
				w.Screenshot(os.Getenv(envShot), func(err error) {
					r.log("shot %v", err)
					w.Close()
				})
			}()
			return nil
		}
		return Run(cfg)
	},
	"layout": func(r *result) error {
		var w *Window
		cfg := base(r)
		cfg.Layout.Splits[0].Side = Right // not taken when a layout was kept
		cfg.OnGL = func(win *Window) error { w = win; return nil }
		cfg.BeforeFrame = after(&w, 6, func() {
			r.Seen["kept.x"] = r.Seen["Browser.x"]
			w.ResetLayout()
			w.cfg.BeforeFrame = after(&w, 12, func() { w.Close() })
		})
		return Run(cfg)
	},
	"narrow": func(r *result) error {
		var w *Window
		cfg := base(r)
		cfg.Layout.Splits[0].Least = 5000
		cfg.OnGL = func(win *Window) error { w = win; return nil }
		cfg.Panels = func() {
			for _, name := range []string{"Scene", "Browser"} {
				r.Seen[name] = 0
				if imgui.Begin(name) {
					r.Seen[name] = 1
				}
				imgui.End()
			}
		}
		cfg.BeforeFrame = after(&w, 12, func() { w.Close() })
		return Run(cfg)
	},
	"lack": func(r *result) error {
		var w *Window
		cfg := base(r)
		cfg.OnGL = func(win *Window) error { w = win; return nil }
		cfg.Panels = func() {
			panels(r)
			imgui.Begin("Scene")
			imgui.TextUnformatted("\u00e9\u0416 \U0001F525 \U0010FFF0") // all but the last are in the font of icons or of text
			imgui.End()
		}
		cfg.OnLack = func(text string) {
			r.log("%+q", text)
			w.Post(func() { w.AddFont(assets.FontIcons, 0) })
		}
		cfg.BeforeFrame = after(&w, 10, func() {
			for name, f := range map[string]*imgui.Font{"text": w.fonts.Text, "mono": w.fonts.Mono} {
				if f.FontBakedV(FontSize, -1).FindGlyphNoFallback('\U0001F525').CData != nil {
					r.Seen[name]++
				}
			}
			w.Close()
		})
		return Run(cfg)
	},
	"panic": func(r *result) error {
		var w *Window
		cfg := base(r)
		n := 0
		cfg.OnGL = func(win *Window) error { w = win; return nil }
		cfg.OnPanic = func(err error) { r.log("%v", err) }
		cfg.Panels = func() {
			n++
			imgui.Begin("Scene")
			switch n {
			case 2:
				imgui.PushIDInt(1)
				panic("a bug")
			case 4:
				imgui.ColumnsV(0, "", true) // an assertion in C++
			}
			imgui.End()
			if n == 8 {
				w.Post(func() { panic("a posted bug") })
			}
			if n == 10 {
				w.Close()
			}
		}
		cfg.BeforeFrame = func(time.Time) { w.Wake() }
		return Run(cfg)
	},
	"panics": func(r *result) error {
		cfg := base(r)
		cfg.Panels = func() { panic("always") }
		return Run(cfg)
	},
	"signal": func(r *result) error {
		cfg := base(r)
		cfg.OnGL = func(w *Window) error {
			ending.Watch(time.Minute, func() { w.Post(func() { w.Fail(nil) }) }, func() { panic("not ended") })
			fmt.Println("READY")
			return nil
		}
		cfg.OnClose = func() bool { r.log("asked"); return false }
		cfg.OnGLDestroy = func() { r.log("destroyed") }
		return Run(cfg)
	},
	"no gl": func(r *result) error {
		cfg := base(r)
		cfg.OnGL = func(*Window) error { return errors.New("no shader") }
		cfg.BeforeFrame = func(time.Time) { r.log("framed") }
		return Run(cfg)
	},
	"close": func(r *result) error {
		var w *Window
		cfg := base(r)
		cfg.OnGL = func(win *Window) error { w = win; return nil }
		asked := 0
		cfg.OnClose = func() bool { asked++; r.log("asked"); return asked > 1 }
		cfg.BeforeFrame = after(&w, 3, func() { w.Close() })
		cfg.NextDue = func(now time.Time) (time.Time, bool) {
			if asked == 1 {
				w.Close()
			}
			return time.Time{}, false
		}
		return Run(cfg)
	},
	"pace": func(r *result) error {
		var w *Window
		cfg := base(r)
		cfg.OnGL = func(win *Window) error { w = win; return nil }
		const period = time.Second / 24
		var start, due time.Time
		cfg.BeforeFrame = func(now time.Time) {
			if due.IsZero() {
				start, due = now, now.Add(period)
			}
			for !now.Before(due) {
				due = due.Add(period)
				r.Seen["due"]++
			}
			if now.Sub(start) >= 2*time.Second {
				r.Seen["frames"] = float64(w.Frames())
				w.Close()
			}
		}
		cfg.NextDue = func(time.Time) (time.Time, bool) { return due, true }
		return Run(cfg)
	},
	"burst": func(r *result) error {
		cfg := base(r)
		cfg.OnGL = func(w *Window) error {
			go func() {
				time.Sleep(time.Second) // the window has come to rest
				w.Post(func() {
					io := imgui.CurrentIO()
					io.AddFocusEvent(true)
					for range 20 {
						io.AddKeyEvent(imgui.KeyA, true)
						io.AddKeyEvent(imgui.KeyA, false)
					}
				})
				time.Sleep(2 * time.Second)
				w.Post(func() { r.Seen["taken"] = r.Seen["pressed"] })
				w.Post(w.Close)
			}()
			return nil
		}
		cfg.Bars = func() {
			if imgui.IsKeyPressedBoolV(imgui.KeyA, false) {
				r.Seen["pressed"]++
			}
		}
		return Run(cfg)
	},
	"keys": func(r *result) error {
		var w *Window
		cfg := base(r)
		cfg.OnGL = func(win *Window) error { w = win; return nil }
		cfg.Actions = action.NewRegistry()
		on := false
		add := func(id, key string, enabled func() bool) {
			err := cfg.Actions.Add(action.Action{ID: id, Label: id, Keys: []string{key}, Enabled: enabled, Do: func(action.Args) error {
				r.log("%s", id)
				return errors.New("failed")
			}})
			if err != nil {
				r.log("%v", err)
			}
		}
		add("play", "Space", nil)
		add("open", "Ctrl+O", nil)
		add("o", "O", nil)
		add("first", "Home", nil)
		add("last", "End", nil)
		add("off", "F5", func() bool { return on })
		cfg.Captured = func(s action.Shortcut) bool { return s.Key == action.KeyEnd }
		cfg.OnActionError = func(a *action.Action, err error) { r.log("%s: %v", a.ID, err) }
		text, focus, popup := "", false, false
		cfg.Panels = func() {
			imgui.Begin("Scene")
			imgui.Button("a button that Space must not press")
			if focus {
				imgui.SetKeyboardFocusHere()
			}
			imgui.InputTextWithHint("##text", "", &text, 0, nil)
			if popup {
				imgui.OpenPopupStr("menu")
			}
			if imgui.BeginPopup("menu") {
				imgui.TextUnformatted("open")
				imgui.EndPopup()
			}
			imgui.End()
		}
		io := imgui.CurrentIO
		tap := func(keys ...imgui.Key) []func() {
			return []func(){
				func() {
					for _, k := range keys {
						io().AddKeyEvent(k, true)
					}
				},
				func() {},
				func() {
					for _, k := range keys {
						io().AddKeyEvent(k, false)
					}
				},
				func() {},
			}
		}
		// roll changes keys within one frame: Ctrl (^) and O, down at first, then up.
		roll := func(keys string) []func() {
			return []func(){
				func() {
					down := map[rune]bool{}
					for _, k := range keys {
						down[k] = !down[k]
						io().AddKeyEvent(map[rune]imgui.Key{'^': imgui.ModCtrl, 'o': imgui.KeyO}[k], down[k])
					}
				},
				func() {}, func() {}, func() {}, func() {},
			}
		}
		say := func(s string) []func() { return []func(){func() { r.log("%s", s) }} }
		var steps []func()
		for _, s := range [][]func(){
			{func() {}, func() {}, func() { io().AddFocusEvent(true) }, func() {}},
			tap(imgui.KeySpace), tap(imgui.ModCtrl, imgui.KeyO), tap(imgui.KeyO), tap(imgui.KeyF5),
			say("-- all at once"), roll("^o^o"), roll("o^o^"), tap(imgui.ModShift, imgui.KeyHome), tap(imgui.KeyEnd),
			say("-- text"), {func() { focus = true }, func() {}, func() {}}, tap(imgui.KeySpace), tap(imgui.ModCtrl, imgui.KeyO), tap(imgui.KeyHome),
			say("-- popup"), {func() { focus = false }, func() { io().AddKeyEvent(imgui.KeyEscape, true) }, func() { io().AddKeyEvent(imgui.KeyEscape, false) }, func() { popup = true }, func() { popup = false }, func() {}},
			tap(imgui.KeyO),
			{func() { w.Close() }, func() {}},
		} {
			steps = append(steps, s...)
		}
		cfg.BeforeFrame = func(time.Time) {
			w.Wake()
			if len(steps) > 0 {
				steps[0]()
				steps = steps[1:]
			}
		}
		return Run(cfg)
	},
}

func cpu() float64 {
	var u syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return time.Duration(u.Utime.Nano() + u.Stime.Nano()).Seconds()
}

func command(t *testing.T, scenario string, env ...string) *exec.Cmd {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	t.Cleanup(cancel)
	cmd := exec.CommandContext(ctx, exe)
	cmd.WaitDelay = time.Second
	cmd.Cancel = func() error { return cmd.Process.Signal(syscall.SIGQUIT) }
	cmd.Env = append(os.Environ(), append(env, envScenario+"="+scenario)...)
	return cmd
}

func parseResult(t *testing.T, out []byte) result {
	t.Helper()
	var r result
	sc := bufio.NewScanner(bytes.NewReader(out))
	for sc.Scan() {
		if text, ok := strings.CutPrefix(sc.Text(), "RESULT "); ok {
			if err := json.Unmarshal([]byte(text), &r); err != nil {
				t.Fatal(err)
			}
			return r
		}
	}
	t.Fatalf("the scenario gave no result:\n%s", out)
	return r
}

func run(t *testing.T, scenario string, env ...string) result {
	t.Helper()
	if os.Getenv("DISPLAY") == "" {
		t.Skip("no DISPLAY")
	}
	out, err := command(t, scenario, env...).CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return parseResult(t, out)
}

func TestWithoutADisplayRunSaysSoInOneSentence(t *testing.T) {
	t.Parallel()
	for _, display := range []string{"", ":9999"} {
		out, err := command(t, "idle", "DISPLAY="+display).CombinedOutput()
		if err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		if r := parseResult(t, out); !strings.HasPrefix(r.Err, "no display: ") || strings.Contains(r.Err, "\n") {
			t.Errorf("DISPLAY=%q: %q", display, r.Err)
		}
	}
}

func TestIdleWindowCostsNothingAndTakesScreenshots(t *testing.T) {
	ini, shot := filepath.Join(t.TempDir(), "layout.ini"), filepath.Join(t.TempDir(), "new", "shot.png")
	r := run(t, "idle", envIni+"="+ini, envShot+"="+shot)
	if r.Err != "" || len(r.Log) != 1 || r.Log[0] != "shot <nil>" {
		t.Fatalf("%+v", r)
	}
	if r.Seen["cpu"] > 0.02 || r.Seen["idleFrames"] != 0 || r.Seen["posted"] != 1 {
		t.Errorf("2 s idle: %.3f s of CPU, %v frames", r.Seen["cpu"], r.Seen["idleFrames"])
	}
	f, err := os.Open(shot)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	img, err := png.Decode(f)
	if err != nil {
		t.Fatal(err)
	}
	if b := img.Bounds(); b.Dx() != 640 || b.Dy() != 400 {
		t.Errorf("screenshot of %v", b)
	}
	colors := map[[4]uint32]int{}
	for y := range 400 {
		for x := range 640 {
			r, g, b, a := img.At(x, y).RGBA()
			colors[[4]uint32{r, g, b, a}]++
		}
	}
	panel := [4]uint32{0x2626, 0x2626, 0x2626, 0xffff}
	if colors[panel] < 640*400/2 || len(colors) < 20 {
		t.Errorf("%d pixels of the panels' grey, %d colours", colors[panel], len(colors))
	}
	text, err := os.ReadFile(ini)
	if err != nil || !bytes.Contains(text, []byte("[Window][Browser]")) || !hasLayout(kept(ini)) {
		t.Errorf("layout not kept: %v\n%s", err, text)
	}
}

func TestKeptLayoutWinsUntilItIsReset(t *testing.T) {
	t.Parallel()
	ini := filepath.Join(t.TempDir(), "layout.ini")
	first := run(t, "layout", envIni+"="+ini)
	if x := first.Seen["kept.x"]; x < 300 {
		t.Fatalf("the default layout put Browser at %v, not on the right", x)
	}
	moved, err := os.ReadFile(ini)
	if err != nil {
		t.Fatal(err)
	}
	// A user's layout: the same split, with Browser's part on the left.
	text := string(moved)
	a, b := strings.Index(text, "\n  DockNode"), strings.LastIndex(text, "\n  DockNode")
	if a < 0 || a == b {
		t.Fatalf("no split in\n%s", text)
	}
	swap := strings.NewReplacer("SizeRef=158,", "SizeRef=300,", "SizeRef=159,", "SizeRef=300,", "SizeRef=160,", "SizeRef=300,")
	if wider := swap.Replace(text); wider == text {
		t.Fatalf("Browser's width is not in\n%s", text)
	} else if err := os.WriteFile(ini, []byte(wider), 0o600); err != nil {
		t.Fatal(err)
	}
	second := run(t, "layout", envIni+"="+ini)
	if x := second.Seen["kept.x"]; x >= first.Seen["kept.x"]-50 {
		t.Errorf("the kept layout was not taken: Browser at %v, at first %v", x, first.Seen["kept.x"])
	}
	if x := second.Seen["Browser.x"]; x != first.Seen["Browser.x"] {
		t.Errorf("after the reset Browser is at %v, not %v", x, first.Seen["Browser.x"])
	}
}

// The timeline lay over the scene in a small window.
func TestTheCentreIsInFrontOfPanelsThatFindNoRoom(t *testing.T) {
	t.Parallel()
	if r := run(t, "narrow"); r.Err != "" || r.Seen["Scene"] != 1 || r.Seen["Browser"] != 0 {
		t.Errorf("%+v", r)
	}
}

// Names in lists of files, in menus and typed ones were shown as replacement marks.
func TestCharactersThatAreLackingAreToldOnceWhateverDrawsThem(t *testing.T) {
	t.Parallel()
	r := run(t, "lack")
	if want := `"\U0001f525\U0010fff0"`; r.Err != "" || len(r.Log) != 1 || r.Log[0] != want || r.Seen["text"] != 1 || r.Seen["mono"] != 1 {
		t.Errorf("%+v, want once %s", r, want)
	}
}

func TestPanicsAndAssertionsAreSurvived(t *testing.T) {
	t.Parallel()
	r := run(t, "panic")
	if r.Err != "" || len(r.Log) != 3 || !strings.Contains(r.Log[0], "a bug") || !strings.Contains(r.Log[1], "columns_count") || !strings.Contains(r.Log[2], "a posted bug") {
		t.Errorf("%+v", r)
	}
}

func TestAWindowThatOnlyPanicsCloses(t *testing.T) {
	t.Parallel()
	if r := run(t, "panics"); !strings.Contains(r.Err, "always") {
		t.Errorf("%+v", r)
	}
}

func TestTerminationKeepsTheLayout(t *testing.T) {
	t.Parallel()
	if os.Getenv("DISPLAY") == "" {
		t.Skip("no DISPLAY")
	}
	ini := filepath.Join(t.TempDir(), "layout.ini")
	cmd := command(t, "signal", envIni+"="+ini)
	var out bytes.Buffer
	pipe, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(pipe)
	for lines.Scan() {
		fmt.Fprintln(&out, lines.Text())
		if lines.Text() == "READY" {
			time.Sleep(300 * time.Millisecond)
			if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := cmd.Wait(); err != nil {
		t.Fatalf("%v\n%s", err, out.Bytes())
	}
	if r := parseResult(t, out.Bytes()); r.Err != "" || len(r.Log) != 1 || r.Log[0] != "destroyed" || !hasLayout(kept(ini)) {
		t.Errorf("%+v, layout kept: %v", r, hasLayout(kept(ini)))
	}
}

func TestFailureToPrepareGLIsReturned(t *testing.T) {
	t.Parallel()
	if r := run(t, "no gl"); r.Err != "no shader" || len(r.Log) != 0 {
		t.Errorf("%+v", r)
	}
}

func TestCloseAsksFirst(t *testing.T) {
	t.Parallel()
	if r := run(t, "close"); r.Err != "" || len(r.Log) != 2 {
		t.Errorf("%+v", r)
	}
}

func TestPlaybackRateIsKeptWithoutInput(t *testing.T) {
	r := run(t, "pace")
	if r.Err != "" || r.Seen["due"] < 47 || r.Seen["due"] > 49 || r.Seen["frames"] > 49+2*settleFrames {
		t.Errorf("%+v", r)
	}
}

func TestShortcutsFireExceptForTextAndPopups(t *testing.T) {
	t.Parallel()
	r := run(t, "keys")
	want := "play play: failed open open: failed o o: failed -- all at once open open: failed o o: failed -- text -- popup"
	if got := strings.Join(r.Log, " "); got != want || r.Err != "" {
		t.Errorf("%s\nwant %s\n%s", got, want, r.Err)
	}
}

func TestKeysTypedFasterThanFramesAreAllTakenWithoutMoreInput(t *testing.T) {
	t.Parallel()
	if r := run(t, "burst"); r.Err != "" || r.Seen["taken"] != 20 {
		t.Errorf("%+v", r)
	}
}

func TestEveryActionKeyHasAKeyOfImGui(t *testing.T) {
	t.Parallel()
	used := map[imgui.Key]action.Key{}
	for _, k := range action.Keys() {
		keys := imguiKeys(k)
		if len(keys) == 0 {
			t.Errorf("%v has none", k)
		}
		for _, key := range keys {
			if other, taken := used[key]; taken {
				t.Errorf("%v and %v share %v", k, other, key)
			}
			used[key] = k
		}
	}
	if imguiKeys(action.KeyNone) != nil {
		t.Error("no key has a key")
	}
}
