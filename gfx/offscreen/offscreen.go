// Package offscreen makes an OpenGL context that shows nothing, for renders on the command
// line and for tests: with no window and no X server by EGL on Mesa's surfaceless platform,
// and on Windows by WGL for a window that stays hidden. The libraries are loaded at run time:
// nothing new is needed to build or to link.
package offscreen

import "errors"

// ErrUnavailable is wrapped by Open's errors: this machine has no off-screen GL.
var ErrUnavailable = errors.New("no off-screen OpenGL")
