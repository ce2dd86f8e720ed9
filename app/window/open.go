package window

import (
	"errors"
	"fmt"
	"os"
	"runtime"
	"strings"

	"github.com/AllenDang/cimgui-go/backend/glfwbackend"
	"github.com/AllenDang/cimgui-go/imgui"
	"github.com/AllenDang/giu"
	"github.com/go-gl/gl/v3.3-core/gl"
)

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
	if len(w.cfg.Icons) > 0 {
		w.master.SetIcon(w.cfg.Icons...)
	}
	w.master.SetStyle(nil) // the theme lies in ImGui's style instead
	if w.cfg.Kept != "" {
		imgui.LoadIniSettingsFromMemory(w.cfg.Kept)
	}
	w.dockBuilt = hasLayout(w.cfg.Kept)
	w.back.SetBgColor(Colors().Back)

	io := imgui.CurrentIO()
	// Viewports would take panels out of the GL context; keyboard navigation
	// would press the focused button on Space, which is play.
	io.SetConfigFlags(io.ConfigFlags() &^ (imgui.ConfigFlagsViewportsEnable | imgui.ConfigFlagsNavEnableKeyboard))
	io.SetConfigWindowsMoveFromTitleBarOnly(true)
	io.SetConfigInputTextCursorBlink(false) // would need frames without input
	io.SetConfigDragClickToInputText(true)
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

// size converts the window's size from the scale it was meant for to the display's, within the
// room on the display.
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

// fitWindow scales a window's size and bounds it by the display's, which is 0 if not known.
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
		if runtime.GOOS == "windows" {
			return errors.New("no display: the window system could not be reached")
		}
		return fmt.Errorf("no display: the window system could not be reached (DISPLAY is %q)", os.Getenv("DISPLAY"))
	}
	return errors.New("no window: the display offers no OpenGL 3")
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
