// Package window is the glue to giu, Dear ImGui and GLFW: the master window,
// when a frame is drawn, fonts and theme, docking and the kept layout, keys,
// dropped files, screenshots and a clean end. It knows nothing about particles.
//
// Everything runs on the loop's thread, in the callbacks of Config; only
// Window.Post, Wake, Close and Screenshot may be called from elsewhere.
package window

import (
	"errors"
	"fmt"
	"log/slog"
	"os"
	"runtime"
	"runtime/debug"
	"strings"
	"sync/atomic"
	"time"

	"github.com/AllenDang/cimgui-go/backend/glfwbackend"
	"github.com/AllenDang/cimgui-go/imgui"
	"github.com/AllenDang/giu"
	"github.com/go-gl/gl/v3.3-core/gl"

	"iceexplorer/app/action"
)

// Config says what the window shows and whom it asks. Every function is called
// on the loop's thread and may be nil.
type Config struct {
	Title     string
	Width     int // in screen coordinates
	Height    int
	Maximized bool
	Hidden    bool    // no window appears; frames are drawn all the same
	Scale     float32 // factor on the display's own scale; 0: 1
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
	// Captured reports that a panel takes a key itself now, say the arrows for
	// its table; no action is fired by it then.
	Captured      func(s action.Shortcut) bool
	OnActionError func(a *action.Action, err error)

	// OnLack is told of characters that were drawn as replacement marks, each once;
	// AddFont can mend that.
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
	unkept    bool    // ImGui's layout was changed
	adapted   bool    // the layout had too little room
	front     int     // frames until the first window of the centre is brought to the front
	fitScale  float32 // scale that the parts were last fitted to
	busy      bool
	userScale float32
	scale     float32 // applied
	frames    atomic.Int64
	width     int
	height    int
	maximized bool

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
	w := &Window{cfg: cfg, lacked: map[rune]bool{}, userScale: cfg.Scale, width: cfg.Width, height: cfg.Height, fitScale: cfg.SizedFor}
	if w.userScale <= 0 {
		w.userScale = 1
	}
	if err := w.open(); err != nil {
		return err
	}
	w.master.Run(w.frame)
	return w.err
}

// open creates the window; giu panics where there is no display.
func (w *Window) open() (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = openError(r)
		}
	}()
	if runtime.GOOS == "linux" {
		if os.Getenv("DISPLAY") == "" {
			return openError(nil) // GLFW would print a line of its own
		}
		glfwbackend.ForceX11() // GLFW would prefer Wayland, where windows cannot be placed
	}
	var flags giu.MasterWindowFlags
	if w.cfg.Hidden {
		flags |= giu.MasterWindowFlagsHidden
	}
	if w.cfg.Maximized {
		flags |= giu.MasterWindowFlagsMaximized
	}
	w.master = giu.NewMasterWindow(w.cfg.Title, w.cfg.Width, w.cfg.Height, flags)
	w.back = giu.Context.Backend().(*giu.GLFWBackend)
	w.size()
	w.master.SetStyle(nil) // the theme lies in ImGui's style instead
	if w.cfg.Kept != "" {
		imgui.LoadIniSettingsFromMemory(w.cfg.Kept)
	}
	w.dockBuilt = hasLayout(w.cfg.Kept)
	w.back.SetBgColor(ColorBack)

	io := imgui.CurrentIO()
	// Viewports would take panels out of the GL context; keyboard navigation
	// would press the focused button on Space, which is play.
	io.SetConfigFlags(io.ConfigFlags() &^ (imgui.ConfigFlagsViewportsEnable | imgui.ConfigFlagsNavEnableKeyboard))
	io.SetConfigWindowsMoveFromTitleBarOnly(true)
	io.SetConfigInputTextCursorBlink(false) // would need frames without input
	io.SetConfigErrorRecoveryEnableAssert(false)
	io.SetConfigErrorRecoveryEnableTooltip(false)

	w.pacer = newPacer(w.nextDue)
	w.master.SetTargetFPS(1_000_000) // never sleep in the backend's loop
	before, after := w.back.BeforeRenderHook(), w.back.AfterRenderHook()
	// giu's own hook fills the font atlas once, so it goes first.
	w.back.SetBeforeRenderHook(func() { before(); w.beforeFrame() })
	w.back.SetAfterRenderHook(func() { after(); w.afterFrame() })
	destroy := w.back.BeforeDestroyHook()
	w.back.SetBeforeDestroyContextHook(func() { w.destroy(); destroy() })
	w.master.SetDropCallback(func(paths []string) {
		if w.cfg.OnDrop != nil {
			w.Post(func() { w.cfg.OnDrop(paths) })
		}
	})
	w.master.SetCloseCallback(func() bool {
		ok := w.mayClose()
		w.Wake()
		return ok
	})
	return nil
}

// size brings the window from the scale it was sized for to the display's, within
// what the display has room for.
func (w *Window) size() {
	k := w.contentScale() * w.userScale
	if w.cfg.SizedFor > 0 {
		k /= w.cfg.SizedFor
	}
	width, height := workArea()
	w.width, w.height = fitWindow(w.cfg.Width, w.cfg.Height, k, width, height)
	if !w.cfg.Maximized && (w.width != w.cfg.Width || w.height != w.cfg.Height) {
		w.master.SetSize(w.width, w.height)
	}
}

// fitWindow scales a window's size and bounds it by the display's, 0 if that is not
// known.
func fitWindow(w, h int, scale float32, maxW, maxH int) (int, int) {
	w, h = int(float32(w)*scale+0.5), int(float32(h)*scale+0.5)
	if maxW > 0 && maxH > 0 {
		w, h = min(w, maxW), min(h, maxH)
	}
	return w, h
}

func openError(r any) error {
	if runtime.GOOS == "linux" && os.Getenv("DISPLAY") == "" {
		return errors.New("no display: the window needs an X server and DISPLAY is not set")
	}
	if strings.Contains(fmt.Sprint(r), "initialize") {
		return fmt.Errorf("no display: the window system could not be reached (DISPLAY is %q)", os.Getenv("DISPLAY"))
	}
	return errors.New("no window: the display offers no OpenGL 3")
}

func (w *Window) mayClose() (ok bool) {
	ok = true
	w.contain("closing", func() { ok = w.cfg.OnClose == nil || w.cfg.OnClose() })
	return ok
}

// start runs in the first frame, when the GL context is current.
func (w *Window) start() error {
	w.started = true
	if err := gl.InitWithProcAddrFunc(ProcAddr); err != nil {
		return fmt.Errorf("no window: OpenGL 3.3 is needed: %w", err)
	}
	var major, minor int32
	gl.GetIntegerv(gl.MAJOR_VERSION, &major)
	gl.GetIntegerv(gl.MINOR_VERSION, &minor)
	if major < 3 || (major == 3 && minor < 3) {
		return fmt.Errorf("no window: OpenGL 3.3 is needed, the display offers %d.%d", major, minor)
	}
	w.fonts = loadFonts()
	if w.cfg.OnGL != nil {
		return w.cfg.OnGL(w)
	}
	return nil
}

func (w *Window) beforeFrame() {
	if s := w.contentScale() * w.userScale; s != w.scale {
		w.scale = s
		applyTheme(s)
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
		fireShortcuts(w.cfg.Actions, w.cfg.Captured, w.cfg.OnActionError)
	}
	if w.cfg.Bars != nil {
		w.cfg.Bars()
	}
	w.dockSpace()
	if w.cfg.Panels != nil {
		w.cfg.Panels()
	}
	w.bringFront()
	w.tellLacking()
	if w.busy && imgui.CurrentMouseCursor() == imgui.MouseCursorArrow {
		imgui.SetMouseCursor(imgui.MouseCursorProgress)
	}
}

func (w *Window) afterFrame() {
	w.takeShots()
	w.noteLayout()
	w.maximized = windowAttrib(attribMaximized)
	if !w.maximized && !windowAttrib(attribIconified) {
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

// oneLine shortens a panic's value, for which ImGui's assertions have five lines.
func oneLine(r any) string {
	if a, ok := r.(imgui.AssertionError); ok {
		return "assertion " + a.Expression
	}
	first, _, _ := strings.Cut(fmt.Sprint(r), "\n")
	return first
}

// Post runs f on the loop before the next frame. From any goroutine; false: the
// window is gone and f will not run.
func (w *Window) Post(f func()) bool { return w.pacer.post(f) }

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
// one wait to the begin of the next. On the loop.
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
