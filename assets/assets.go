// Package assets holds the data the program carries in itself: shaders and
// colormaps here, fonts in their own file. It knows no other package.
package assets

import "embed"

// Shaders are the GLSL sources in shaders/. They are written for GLSL 3.30;
// the #version line and the #defines are put before them by gfx.
//
//go:embed shaders/*.glsl
var Shaders embed.FS

// Colormaps are the tables in colormaps/: one #rrggbb a line, low to high.
// Where they come from and their licences stand in colormaps/README.md.
//
//go:embed colormaps/*.txt
var Colormaps embed.FS
