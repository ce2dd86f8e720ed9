// Package linkshim lets the prebuilt static library of cimgui-go (compiled
// with glibc 2.39 and GCC 13) link on older systems such as Debian 12 (glibc
// 2.36, GCC 12), and keeps OpenGL out of starts that open no window. Import it for
// its symbols wherever the window is linked.
package linkshim

// #cgo linux CXXFLAGS: -std=c++17
// #cgo linux LDFLAGS: -Wl,--as-needed -ldl
import "C"
