package window

import (
	"errors"
	"fmt"
	"os"
	"sync/atomic"
	"time"

	"github.com/AllenDang/cimgui-go/imgui"

	"iceexplorer/app/action"
	"iceexplorer/app/ending"
	"iceexplorer/assets"
)

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
		var pressed atomic.Int32
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
				for begun := time.Now(); pressed.Load() < 20 && time.Since(begun) < time.Minute; {
					time.Sleep(10 * time.Millisecond) // a post would be more input
				}
				r.Seen["taken"] = float64(pressed.Load())
				w.Post(w.Close)
			}()
			return nil
		}
		cfg.Bars = func() {
			if imgui.IsKeyPressedBoolV(imgui.KeyA, false) {
				pressed.Add(1)
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
