// Package window is the glue to giu, Dear ImGui and GLFW: the master window,
// when a frame is drawn, fonts and theme, docking and the kept layout, keys,
// dropped files, screenshots and a clean end. It knows nothing about particles.
//
// Everything runs on the loop's thread, in the callbacks of Config; only
// Window.Post, Wake, Close and Screenshot may be called from elsewhere.
package window

import (
	"fmt"
	"image"
	"log/slog"
	"runtime/debug"
	"strings"
	"sync/atomic"
	"time"

	"github.com/AllenDang/cimgui-go/imgui"
	"github.com/AllenDang/giu"

	"iceexplorer/app/action"
)

// Config says what the window shows and whom it asks. Every function is called
// on the loop's thread and may be nil.
type Config struct {
	Title     string
	Icons     []image.Image // of several sizes
	Width     int           // in screen coordinates
	Height    int
	Maximized bool
	Hidden    bool    // no window appears; frames are drawn all the same
	Scale     float32 // factor on the display's own scale; 0: 1
	Theme     *Theme  // nil: Dark
	SizedFor  float32 // scale, the display's included, that Width and Height are meant for; 0: 1

	// Kept is the layout of an earlier run, as KeepLayout was given it; empty: there is
	// none.
	Kept string
	// KeepLayout is given the layout some seconds after it was changed, and at the end.
	KeepLayout func(text string)
	// Layout is built when Kept holds none, and by ResetLayout.
	Layout Layout

	// OnGL is called once, with the GL context (3.3 or later) current and GL's
	// functions loaded. An error closes the window and is returned by Run.
	OnGL func(w *Window) error
	// OnGLDestroy is called with the context still current.
	OnGLDestroy func()

	// BeforeFrame is called before each frame, outside ImGui's frame: for the
	// clock of playback and for a script.
	BeforeFrame func(now time.Time)
	// Bars builds what lies around the dock space: menu bar, toolbar, status bar.
	Bars func()
	// Panels builds the docked windows, dialogs and pop-ups.
	Panels func()
	// NextDue returns when the next frame is due without any input.
	NextDue func(now time.Time) (due time.Time, ok bool)

	// Actions are fired by their shortcuts, unless a text field has the keyboard
	// or a menu or dialog is open; OnActionError gets what they return.
	Actions *action.Registry
	// Captured reports that a panel uses a key itself now, say the arrows for its table;
	// it fires no action then.
	Captured func(s action.Shortcut) bool
	// Firing is called before an action that a shortcut fires.
	Firing        func()
	OnActionError func(a *action.Action, err error)

	// OnLack is told of characters that were drawn as replacement marks, each once;
	// AddFont can supply them.
	OnLack func(text string)

	// OnDrop gets the paths of dropped files and folders.
	OnDrop func(paths []string)
	// OnClose is asked when the user closes the window; false keeps it open.
	OnClose func() bool
	// OnPanic is told of a panic in a callback, which the window survives.
	OnPanic func(err error)
}

// Window is the one open window.
type Window struct {
	cfg    Config
	master *giu.MasterWindow
	back   *giu.GLFWBackend
	pacer  *pacer
	fonts  Fonts
	added  [][]byte // font files of AddFont
	lacked map[rune]bool

	started   bool
	err       error
	dockBuilt bool
	load      func()   // puts another layout in place; nil: there is none
	unkept    bool     // ImGui's layout was changed
	adapted   bool     // the layout had too little room
	shape     string   // of the layout that was built then
	front     int      // frames until windows are brought before the tabs beside them
	fronts    []string // these, the last of a part wins
	strips    map[imgui.ID]strip
	raised    map[imgui.ID]raise
	fitScale  float32 // scale that the parts were last fitted to
	busy      bool
	textSize  float32 // of the last frame, in pixels
	userScale float32
	scale     float32 // applied
	theme     *Theme
	frames    atomic.Int64
	width     int
	height    int
	maximized bool
	before    rectangle // of the full screen
	pointer   int       // whether it is shown

	shots  []shot
	panics int // frames in a row
	builds builds
}

// maxPanics frames in a row that end in a panic close the window.
const maxPanics = 20

// maxLogged of them are logged with their stack.
const maxLogged = 3

// Run opens the window and returns when it was closed. It must be called from
// the main goroutine, once in the life of a process. The error is one sentence.
func Run(cfg Config) error {
	w := &Window{cfg: cfg, lacked: map[rune]bool{}, strips: map[imgui.ID]strip{}, raised: map[imgui.ID]raise{}, userScale: cfg.Scale, width: cfg.Width, height: cfg.Height, fitScale: cfg.SizedFor}
	if w.userScale <= 0 {
		w.userScale = 1
	}
	w.SetTheme(cfg.Theme)
	if err := w.open(); err != nil {
		return err
	}
	w.master.Run(w.frame)
	return w.err
}

func (w *Window) mayClose() (ok bool) {
	ok = true
	w.contain("closing", func() { ok = w.cfg.OnClose == nil || w.cfg.OnClose() })
	return ok
}

func (w *Window) beforeFrame() {
	imgui.CurrentIO().SetMouseDoubleClickTime(float32(w.pacer.doubleClick().Seconds()))
	if s := w.contentScale() * w.userScale; s != w.scale || w.theme != applied.Load() {
		w.scale = s
		applied.Store(w.theme)
		applyTheme(w.theme, s)
		w.back.SetBgColor(w.theme.Back)
	}
	if !w.started {
		var err error
		if p := w.contain("starting", func() { err = w.start() }); p != nil {
			err = p
		}
		if err != nil {
			w.fail(err)
		}
	}
	for _, f := range w.pacer.take() {
		w.contain("posted work", f)
	}
	if w.load != nil {
		w.contain("loading a layout", w.load)
		w.load = nil
	}
	if w.cfg.BeforeFrame != nil && w.err == nil {
		w.contain("before the frame", func() { w.cfg.BeforeFrame(time.Now()) })
	}
}

// fail closes the window; Run returns the first error.
func (w *Window) fail(err error) {
	if w.err == nil {
		w.err = err
	}
	w.master.Close()
}

// frame builds the user interface between NewFrame and Render. GLFW also calls
// it from within its event loop, when a part of the window was uncovered.
func (w *Window) frame() {
	if !w.started || w.err != nil {
		return
	}
	w.frames.Add(1)
	recovery := imgui.NewEmptyErrorRecoveryState()
	imgui.InternalErrorRecoveryStoreState(recovery)
	begun := time.Now()
	p := w.contain("drawing", w.build)
	w.builds.note(time.Since(begun))
	if p == nil {
		w.panics = 0
		return
	} else if w.panics++; w.panics >= maxPanics {
		w.fail(fmt.Errorf("the window failed %d times in a row: %w", w.panics, p))
	}
	// ImGui's assertions are panics; its recovery meets some itself.
	imgui.SetAssertHandler(nil)
	imgui.InternalErrorRecoveryTryToRecoverState(recovery)
	imgui.SetAssertHandler(func(expr, file string, line int) {
		panic(imgui.AssertionError{Expression: expr, File: file, Line: line})
	})
	w.pacer.wake()
}

func (w *Window) build() {
	if w.cfg.Actions != nil {
		fireShortcuts(&w.cfg)
	}
	if w.cfg.Bars != nil {
		w.cfg.Bars()
	}
	w.dockSpace()
	if w.cfg.Panels != nil {
		w.cfg.Panels()
	}
	w.bringFront()
	w.scrollTabs()
	w.keepPopups()
	w.tellLacking()
	w.textSize = imgui.FontSize()
	if w.busy && imgui.CurrentMouseCursor() == imgui.MouseCursorArrow {
		imgui.SetMouseCursor(imgui.MouseCursorProgress)
	}
}

// followPointer tells ImGui where the mouse is when the pointer was hidden or shown again. GLFW then asks
// for the place itself, and takes a motion to there, which it still has to tell of, for one that it has told of.
func (w *Window) followPointer() {
	mode := pointerMode()
	if mode != w.pointer && windowAttrib(attribHovered) {
		imgui.CurrentIO().AddMousePosEvent(pointerPlace())
	}
	w.pointer = mode
}

func (w *Window) afterFrame() {
	w.followPointer()
	w.takeShots()
	w.noteLayout()
	w.maximized = windowAttrib(attribMaximized)
	if !w.maximized && !windowAttrib(attribIconified) && !w.FullScreen() {
		w.width, w.height = w.master.GetSize()
	}
	if !shouldClose() {
		w.pacer.wait()
	}
}

func (w *Window) nextDue(now time.Time) (due time.Time, ok bool) {
	if w.cfg.NextDue != nil {
		w.contain("pacing", func() { due, ok = w.cfg.NextDue(now) })
	}
	return due, ok
}

func (w *Window) destroy() {
	if w.Frames() > 0 {
		w.keepLayout()
	}
	if w.cfg.OnGLDestroy != nil {
		w.contain("ending", w.cfg.OnGLDestroy)
	}
	w.pacer.close()
}

// contain runs f and turns a panic into a logged error.
func (w *Window) contain(doing string, f func()) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("internal error while %s: %s", doing, oneLine(r))
			if w.panics < maxLogged {
				slog.Error("panic in the window", "doing", doing, "panic", r, "stack", string(debug.Stack()))
			}
			if w.cfg.OnPanic != nil {
				w.cfg.OnPanic(err)
			}
		}
	}()
	f()
	return nil
}

// oneLine shortens a panic's value, which has five lines for ImGui's assertions.
func oneLine(r any) string {
	if a, ok := r.(imgui.AssertionError); ok {
		return "assertion " + a.Expression
	}
	first, _, _ := strings.Cut(fmt.Sprint(r), "\n")
	return first
}

// Post runs f on the loop before the next frame. It may be called from any goroutine; false
// means that the window is gone and f will not run.
func (w *Window) Post(f func()) bool { return w.pacer.post(f) }

// Resize makes the window this large, in screen coordinates. On the loop.
func (w *Window) Resize(width, height int) { w.master.SetSize(width, height) }

// Wake asks for a frame, from any goroutine.
func (w *Window) Wake() { w.pacer.wake() }

// Close closes the window after OnClose agreed. From any goroutine.
func (w *Window) Close() {
	w.Post(func() {
		if w.mayClose() {
			w.master.Close()
		}
	})
}

// Fail closes the window without asking and lets Run return err. On the loop.
func (w *Window) Fail(err error) { w.fail(err) }

// Copy puts text on the clipboard.
func (w *Window) Copy(text string) { imgui.SetClipboardText(text) }

// SetTitle changes the title bar.
func (w *Window) SetTitle(title string) { w.master.SetTitle(title) }

// SetBusy shows the busy pointer until it is called with false.
func (w *Window) SetBusy(busy bool) { w.busy = busy }

// SetScale sets the factor on the display's own scale, from the next frame on.
func (w *Window) SetScale(user float32) { w.userScale = min(max(user, 0.5), 4) }

// SetTheme sets the colours, from the next frame on; nil: Dark.
func (w *Window) SetTheme(t *Theme) {
	if w.theme = t; t == nil {
		w.theme = &Dark
	}
}

// Scale returns the factor on pixels that fonts and widgets are drawn with.
func (w *Window) Scale() float32 { return w.scale }

func (w *Window) contentScale() float32 {
	s, _ := w.back.ContentScale()
	if s <= 0 {
		return 1
	}
	return s
}

// Fonts returns the fonts, valid from OnGL on.
func (w *Window) Fonts() Fonts { return w.fonts }

// LongestTurn is the longest turn of the loop since it was last asked: from the end of
// one wait to the beginning of the next. On the loop.
func (w *Window) LongestTurn() time.Duration {
	d := w.pacer.longest
	w.pacer.longest = 0
	return d
}

// MouseHeld reports that a button of the mouse is held, wherever it is.
func (w *Window) MouseHeld() bool { return imgui.IsAnyMouseDown() }

// Frames counts the frames drawn. From any goroutine.
func (w *Window) Frames() int64 { return w.frames.Load() }

// Size returns the window's size when it is not maximized, in screen
// coordinates, and whether it is: what the next Run should begin with. It is
// valid in OnGLDestroy and after Run, too.
func (w *Window) Size() (width, height int, maximized bool) {
	return w.width, w.height, w.maximized
}
