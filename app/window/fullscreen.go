package window

/*
typedef struct GLFWwindow GLFWwindow;
typedef struct GLFWmonitor GLFWmonitor;
typedef struct { int width, height, red, green, blue, rate; } videoMode;
extern GLFWwindow *glfwGetCurrentContext(void);
extern GLFWmonitor **glfwGetMonitors(int *count);
extern void glfwGetMonitorPos(GLFWmonitor *, int *x, int *y);
extern const videoMode *glfwGetVideoMode(GLFWmonitor *);
extern GLFWmonitor *glfwGetWindowMonitor(GLFWwindow *);
extern void glfwSetWindowMonitor(GLFWwindow *, GLFWmonitor *, int x, int y, int w, int h, int rate);
extern void glfwGetWindowPos(GLFWwindow *, int *x, int *y);
extern void glfwGetWindowSize(GLFWwindow *, int *w, int *h);

// fill lets the window fill the monitor that its middle is on; 0: there is none.
static int fill(GLFWwindow *w) {
	int x, y, width, height, n = 0;
	glfwGetWindowPos(w, &x, &y);
	glfwGetWindowSize(w, &width, &height);
	GLFWmonitor **all = glfwGetMonitors(&n), *best = n > 0 ? all[0] : 0;
	for (int i = 0; i < n; i++) {
		int mx, my;
		const videoMode *m = glfwGetVideoMode(all[i]);
		glfwGetMonitorPos(all[i], &mx, &my);
		if (m && x + width / 2 >= mx && x + width / 2 < mx + m->width && y + height / 2 >= my && y + height / 2 < my + m->height)
			best = all[i];
	}
	const videoMode *m = best ? glfwGetVideoMode(best) : 0;
	if (!m)
		return 0;
	glfwSetWindowMonitor(w, best, 0, 0, m->width, m->height, m->rate);
	return 1;
}
*/
import "C"

import "errors"

// rectangle is where the window was on the screen.
type rectangle struct{ x, y, w, h C.int }

// FullScreen reports whether the window fills a screen.
func (w *Window) FullScreen() bool {
	g := C.glfwGetCurrentContext()
	return g != nil && C.glfwGetWindowMonitor(g) != nil
}

// SetFullScreen lets the window fill the screen it is on, or puts it back where it was.
func (w *Window) SetFullScreen(on bool) error {
	g := C.glfwGetCurrentContext()
	if g == nil || on == w.FullScreen() {
		return nil
	}
	b := &w.before
	if !on {
		C.glfwSetWindowMonitor(g, nil, b.x, b.y, b.w, b.h, 0)
		return nil
	}
	C.glfwGetWindowPos(g, &b.x, &b.y)
	C.glfwGetWindowSize(g, &b.w, &b.h)
	if C.fill(g) == 0 {
		return errors.New("the screen to fill is not known")
	}
	return nil
}
