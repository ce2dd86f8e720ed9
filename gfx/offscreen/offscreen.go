// Package offscreen makes an OpenGL context with no window and no X server, by
// EGL on Mesa's surfaceless platform, for renders on the command line and for
// tests. libEGL is loaded at run time: nothing new is needed to build or to link.
package offscreen

import "errors"

// ErrUnavailable is wrapped by Open's errors: this machine has no off-screen GL.
var ErrUnavailable = errors.New("no off-screen OpenGL")
