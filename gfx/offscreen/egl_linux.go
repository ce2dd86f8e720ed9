package offscreen

// The C half holds the library and the calls looked up in it; they stay loaded
// for the life of the process, as drivers do not survive dlclose. A context is
// current on one thread only: Open locks the goroutine to its thread, and Close
// must be called on the same one.

/*
#cgo linux LDFLAGS: -ldl
#include <dlfcn.h>
#include <malloc.h>
#include <stddef.h>

typedef void *ptr;
typedef unsigned int egl_enum;
typedef int egl_int;

static ptr lib;
static ptr (*get_proc)(const char *);
static ptr (*get_display)(egl_enum, ptr, const long *);
static egl_enum (*initialize)(ptr, egl_int *, egl_int *);
static egl_enum (*bind_api)(egl_enum);
static ptr (*create_context)(ptr, ptr, ptr, const egl_int *);
static egl_enum (*make_current)(ptr, ptr, ptr, ptr);
static egl_enum (*destroy_context)(ptr, ptr);
static egl_int (*get_error)(void);

static ptr egl_proc(const char *name) { return get_proc ? get_proc(name) : NULL; }

// 0, or: 1 no library, 2 no function, 3 no display, 4 no desktop GL; else EGL's error.
static int egl_open(int profile, int debug, ptr *display, ptr *context) {
#ifdef __GLIBC__
	// Software GL takes and gives back megabytes for each picture; glibc would
	// return them to the kernel and fault them in again, at more than the cost of
	// drawing (measured: 100,000 points, 138 ms without and 55 ms with this).
	mallopt(M_TRIM_THRESHOLD, 1 << 30);
	mallopt(M_MMAP_THRESHOLD, 1 << 30);
	mallopt(M_TOP_PAD, 16 << 20);
#endif
	if (!lib) lib = dlopen("libEGL.so.1", RTLD_NOW | RTLD_GLOBAL);
	if (!lib) return 1;
	get_proc = dlsym(lib, "eglGetProcAddress");
	get_display = dlsym(lib, "eglGetPlatformDisplay");
	initialize = dlsym(lib, "eglInitialize");
	bind_api = dlsym(lib, "eglBindAPI");
	create_context = dlsym(lib, "eglCreateContext");
	make_current = dlsym(lib, "eglMakeCurrent");
	destroy_context = dlsym(lib, "eglDestroyContext");
	get_error = dlsym(lib, "eglGetError");
	if (!get_proc || !get_display || !initialize || !bind_api || !create_context || !make_current || !destroy_context || !get_error)
		return 2;
	ptr d = get_display(0x31DD, NULL, NULL); // EGL_PLATFORM_SURFACELESS_MESA
	if (!d || !initialize(d, NULL, NULL)) return 3;
	if (!bind_api(0x30A2)) return 4; // EGL_OPENGL_API
	egl_int attr[] = {0x3098, 3, 0x30FB, 3, 0x30FD, profile, 0x31B0, debug, 0x3038}; // OpenGL 3.3, no config
	ptr c = create_context(d, NULL, NULL, attr);
	if (!c) return get_error();
	if (!make_current(d, NULL, NULL, c)) { egl_int e = get_error(); destroy_context(d, c); return e; }
	*display = d; *context = c;
	return 0;
}

static void egl_close(ptr d, ptr c) { make_current(d, NULL, NULL, NULL); destroy_context(d, c); }
static int egl_current(ptr d, ptr c) { return make_current(d, NULL, NULL, c); }
static egl_int egl_error(void) { return get_error(); }
*/
import "C"

import (
	"fmt"
	"runtime"
	"unsafe"
)

// Context is an OpenGL 3.3 context, current on the thread that opened it.
type Context struct{ display, context C.ptr }

// Open makes a context current and locks the goroutine to its thread until Close.
// With debug the driver reports errors through KHR_debug.
func Open(debug bool) (*Context, error) { return open(1, debug) }

// OpenCompat is Open with the compatibility profile, which windows get: for
// tests, as it differs in what must be enabled and bound.
func OpenCompat(debug bool) (*Context, error) { return open(2, debug) }

func open(profile C.int, debug bool) (*Context, error) {
	runtime.LockOSThread()
	c := new(Context)
	d := C.int(0)
	if debug {
		d = 1
	}
	rc := C.egl_open(profile, d, &c.display, &c.context)
	if rc == 0 {
		return c, nil
	}
	runtime.UnlockOSThread()
	switch rc {
	case 1:
		return nil, fmt.Errorf("%w: libEGL.so.1 is not installed (Debian: apt install libegl1)", ErrUnavailable)
	case 2:
		return nil, fmt.Errorf("%w: libEGL.so.1 is older than EGL 1.5", ErrUnavailable)
	case 3:
		return nil, fmt.Errorf("%w: the EGL driver has no surfaceless platform (Debian: apt install libegl-mesa0)", ErrUnavailable)
	case 4:
		return nil, fmt.Errorf("%w: the EGL driver has no desktop OpenGL", ErrUnavailable)
	}
	return nil, fmt.Errorf("%w: the driver gives no OpenGL 3.3 context (EGL error %#x)", ErrUnavailable, int(rc))
}

// Proc looks up a GL function; it is what gfx.New wants.
func (c *Context) Proc(name string) unsafe.Pointer {
	b := append([]byte(name), 0)
	return unsafe.Pointer(C.egl_proc((*C.char)(unsafe.Pointer(&b[0]))))
}

// MakeCurrent makes the context current again after another one was.
func (c *Context) MakeCurrent() error {
	if C.egl_current(c.display, c.context) == 0 {
		return fmt.Errorf("making the off-screen context current: EGL error %#x", int(C.egl_error()))
	}
	return nil
}

// Close destroys the context and unlocks the thread. It may be called twice.
func (c *Context) Close() {
	if c.context == nil {
		return
	}
	C.egl_close(c.display, c.context)
	c.context = nil
	runtime.UnlockOSThread()
}
