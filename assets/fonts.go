package assets

import _ "embed"

// The fonts of the window, TrueType. The slices lie in the program's read-only
// data, so that a pointer to them may be handed to C for good.
var (
	// FontText is DejaVu Sans, for all text.
	//go:embed fonts/DejaVuSans.ttf
	FontText []byte

	// FontMono is DejaVu Sans Mono, for tables of numbers.
	//go:embed fonts/DejaVuSansMono.ttf
	FontMono []byte

	// FontIcons is Font Awesome Free Solid 6.5.1 with the glyphs in icons.go.
	//go:embed fonts/fa-solid-900.ttf
	FontIcons []byte
)
