package offscreen

import (
	"errors"
	"fmt"
	"runtime"
	"sync"
	"syscall"
	"unsafe"

	"golang.org/x/sys/windows"
)

// Windows gives OpenGL to windows alone: the context belongs to one that is never shown. Pictures
// are drawn into framebuffers of their own, so that it needs no size.

var (
	user32   = windows.NewLazySystemDLL("user32.dll")
	gdi32    = windows.NewLazySystemDLL("gdi32.dll")
	opengl32 = windows.NewLazySystemDLL("opengl32.dll")

	registerClass     = user32.NewProc("RegisterClassExW")
	createWindow      = user32.NewProc("CreateWindowExW")
	destroyWindow     = user32.NewProc("DestroyWindow")
	defWindowProc     = user32.NewProc("DefWindowProcW")
	getDC             = user32.NewProc("GetDC")
	releaseDC         = user32.NewProc("ReleaseDC")
	choosePixelFormat = gdi32.NewProc("ChoosePixelFormat")
	setPixelFormat    = gdi32.NewProc("SetPixelFormat")
	createContext     = opengl32.NewProc("wglCreateContext")
	deleteContext     = opengl32.NewProc("wglDeleteContext")
	makeCurrent       = opengl32.NewProc("wglMakeCurrent")
	getProcAddress    = opengl32.NewProc("wglGetProcAddress")
)

// windowClass is WNDCLASSEXW.
type windowClass struct {
	size, style                        uint32
	proc                               uintptr
	classExtra, windowExtra            int32
	instance, icon, cursor, background uintptr
	menu, name                         *uint16
	smallIcon                          uintptr
}

// pixelFormat is PIXELFORMATDESCRIPTOR.
type pixelFormat struct {
	size, version            uint16
	flags                    uint32
	kind, colorBits          uint8
	_                        [13]uint8 // bits and places of single colours, and of accumulation
	depthBits, stencilBits   uint8
	auxBuffers, layer, extra uint8
	_                        [3]uint32
}

// Context is an OpenGL 3.3 context, current on the thread that opened it.
type Context struct{ window, device, context uintptr }

// Open makes a context current and locks the goroutine to its thread until Close. With debug the
// driver reports errors through KHR_debug.
func Open(debug bool) (*Context, error) { return open(1, debug) }

// OpenCompat is Open with the compatibility profile, which windows get: for tests, as it differs in
// what must be enabled and bound.
func OpenCompat(debug bool) (*Context, error) { return open(2, debug) }

func open(profile int32, debug bool) (*Context, error) {
	runtime.LockOSThread()
	c := new(Context)
	err := c.open(profile, debug)
	if err != nil {
		c.destroy()
		runtime.UnlockOSThread()
		return nil, fmt.Errorf("%w: %v", ErrUnavailable, err)
	}
	return c, nil
}

// className names the class of our window; "" if Windows takes no class.
var className = sync.OnceValue(func() *uint16 {
	name, err := windows.UTF16PtrFromString("iceexplorer-offscreen")
	if err != nil || defWindowProc.Find() != nil {
		return nil
	}
	class := windowClass{size: uint32(unsafe.Sizeof(windowClass{})), style: 0x20 /* a device context of its own */, proc: defWindowProc.Addr(), name: name}
	if r, _, _ := registerClass.Call(uintptr(unsafe.Pointer(&class))); r == 0 {
		return nil
	}
	return name
})

func (c *Context) open(profile int32, debug bool) error {
	if err := opengl32.Load(); err != nil {
		return err
	}
	class := className()
	const popup = 0x80000000
	c.window, _, _ = createWindow.Call(0, uintptr(unsafe.Pointer(class)), uintptr(unsafe.Pointer(class)), popup, 0, 0, 1, 1, 0, 0, 0, 0)
	if c.window == 0 {
		return errors.New("Windows gives no window to draw for")
	}
	c.device, _, _ = getDC.Call(c.window)
	const drawToWindow, supportOpenGL = 4, 0x20
	format := pixelFormat{size: uint16(unsafe.Sizeof(pixelFormat{})), version: 1, flags: drawToWindow | supportOpenGL, colorBits: 32, depthBits: 24, stencilBits: 8}
	n, _, _ := choosePixelFormat.Call(c.device, uintptr(unsafe.Pointer(&format)))
	if ok, _, err := setPixelFormat.Call(c.device, n, uintptr(unsafe.Pointer(&format))); n == 0 || ok == 0 {
		return fmt.Errorf("the driver has no OpenGL for windows (%w)", err)
	}
	// A context of any version is needed to ask for one of a certain version.
	first, _, err := createContext.Call(c.device)
	if first == 0 {
		return fmt.Errorf("the driver gives no OpenGL context (%w)", err)
	}
	c.context = first
	if err := c.MakeCurrent(); err != nil {
		return err
	}
	create := wglProc("wglCreateContextAttribsARB")
	if create == 0 {
		return errors.New("the driver has no OpenGL 3.3: install that of the graphics card's maker")
	}
	flags := int32(0)
	if debug {
		flags = 1
	}
	wanted := []int32{0x2091, 3, 0x2092, 3, 0x9126, profile, 0x2094, flags, 0}
	c.context, _, err = syscall.SyscallN(create, c.device, 0, uintptr(unsafe.Pointer(&wanted[0])))
	makeCurrent.Call(0, 0)
	deleteContext.Call(first)
	if c.context == 0 {
		return fmt.Errorf("the driver gives no OpenGL 3.3 context (%w)", err)
	}
	return c.MakeCurrent()
}

// Proc looks up a GL function; it is what gfx.New wants.
func (c *Context) Proc(name string) unsafe.Pointer {
	at := wglProc(name)
	if at == 0 {
		if p := opengl32.NewProc(name); p.Find() == nil { // those of OpenGL 1.1
			at = p.Addr()
		}
	}
	return *(*unsafe.Pointer)(unsafe.Pointer(&at)) // of C: the collector has no part in it
}

// wglProc is an extension's function, 0 if there is none.
func wglProc(name string) uintptr {
	b := append([]byte(name), 0)
	switch at, _, _ := getProcAddress.Call(uintptr(unsafe.Pointer(&b[0]))); at {
	case 1, 2, 3, ^uintptr(0): // some drivers say no so
		return 0
	default:
		return at
	}
}

// MakeCurrent makes the context current again after another one was.
func (c *Context) MakeCurrent() error {
	if ok, _, err := makeCurrent.Call(c.device, c.context); ok == 0 {
		return fmt.Errorf("making the off-screen context current: %w", err)
	}
	return nil
}

// Close destroys the context and unlocks the thread. It may be called twice.
func (c *Context) Close() {
	if c.window == 0 {
		return
	}
	c.destroy()
	runtime.UnlockOSThread()
}

func (c *Context) destroy() {
	if c.context != 0 {
		makeCurrent.Call(0, 0)
		deleteContext.Call(c.context)
	}
	if c.window != 0 {
		releaseDC.Call(c.window, c.device)
		destroyWindow.Call(c.window)
	}
	*c = Context{}
}
