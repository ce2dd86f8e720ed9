package window

// The GLFW 3.4 functions that cimgui-go does not wrap, from the static library
// that its backend links. All but glfwPostEmptyEvent belong to the thread that
// runs the loop; those that take no window use its current context's.

/*
typedef struct GLFWwindow GLFWwindow;
extern void glfwWaitEvents(void);
extern void glfwPostEmptyEvent(void);
extern GLFWwindow *glfwGetCurrentContext(void);
extern int glfwWindowShouldClose(GLFWwindow *);
extern int glfwGetWindowAttrib(GLFWwindow *, int attrib);
extern int glfwGetInputMode(GLFWwindow *, int mode);
extern void glfwGetCursorPos(GLFWwindow *, double *x, double *y);
typedef struct GLFWmonitor GLFWmonitor;
extern GLFWmonitor *glfwGetPrimaryMonitor(void);
extern void glfwGetMonitorWorkarea(GLFWmonitor *, int *x, int *y, int *w, int *h);
typedef void (*glfwproc)(void);
extern glfwproc glfwGetProcAddress(const char *name);

#include <stdlib.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif
static void keepHeap(void) {
#ifdef __GLIBC__
	mallopt(M_TRIM_THRESHOLD, 1 << 30);
	mallopt(M_MMAP_THRESHOLD, 32 << 20);
	mallopt(M_TOP_PAD, 16 << 20);
#endif
}
*/
import "C"

import (
	"unsafe"

	_ "iceexplorer/app/window/linkshim"
)

const (
	attribFocused   = 0x00020001
	attribIconified = 0x00020002
	attribMaximized = 0x00020008
	attribHovered   = 0x0002000b
	modeCursor      = 0x00033001
)

func waitEvents()     { C.glfwWaitEvents() }
func postEmptyEvent() { C.glfwPostEmptyEvent() }
func windowAttrib(attrib int) bool {
	w := C.glfwGetCurrentContext()
	return w != nil && C.glfwGetWindowAttrib(w, C.int(attrib)) != 0
}

// pointerMode says whether the pointer is shown, as GLFW numbers it.
func pointerMode() int {
	w := C.glfwGetCurrentContext()
	if w == nil {
		return 0
	}
	return int(C.glfwGetInputMode(w, modeCursor))
}

// pointerPlace is where the pointer is in the window.
func pointerPlace() (x, y float32) {
	w := C.glfwGetCurrentContext()
	if w == nil {
		return 0, 0
	}
	var px, py C.double
	C.glfwGetCursorPos(w, &px, &py)
	return float32(px), float32(py)
}

// shouldClose reports whether the backend's loop is about to end.
func shouldClose() bool {
	w := C.glfwGetCurrentContext()
	return w != nil && C.glfwWindowShouldClose(w) != 0
}

// workArea is the main display's room for windows, in screen coordinates; 0 if it is not
// known.
func workArea() (width, height int) {
	m := C.glfwGetPrimaryMonitor()
	if m == nil {
		return 0, 0
	}
	var x, y, w, h C.int
	C.glfwGetMonitorWorkarea(m, &x, &y, &w, &h)
	return int(w), int(h)
}

// KeepHeap lets C's heap keep freed memory: software GL allocates and frees megabytes for each
// picture, and returning them to the kernel and faulting them in again costs more than
// drawing.
func KeepHeap() { C.keepHeap() }

// ProcAddr returns the address of a GL function of the current context, for
// gl.InitWithProcAddrFunc. The name is copied for C and not kept by it.
func ProcAddr(name string) unsafe.Pointer {
	cname := append([]byte(name), 0)
	return unsafe.Pointer(C.glfwGetProcAddress((*C.char)(unsafe.Pointer(&cname[0]))))
}
