// Package style is what the renderer shares with those who choose how it draws: where colours
// come from, and colormaps. It knows no OpenGL.
package style

import (
	"fmt"
	"io/fs"
	"slices"
	"strconv"
	"strings"

	"iceexplorer/assets"
)

// ColorMode says where a point's colour comes from.
type ColorMode uint8

// The colour modes.
const (
	ColorAttribute ColorMode = iota // the attribute Color, else the constant colour
	ColorConstant
	ColorScalar // an attribute's component or magnitude through a colormap
)

var colorModes = []string{ColorAttribute: "attribute", ColorConstant: "constant", ColorScalar: "scalar"}

// MarshalText writes the mode as a word.
func (m ColorMode) MarshalText() ([]byte, error) { return Word(colorModes, m) }

// UnmarshalText reads it. The error is written for users.
func (m *ColorMode) UnmarshalText(text []byte) error {
	return ParseWord(m, "colour mode", colorModes, text)
}

// Word is the name of a choice.
func Word[T ~uint8](names []string, v T) ([]byte, error) {
	if int(v) >= len(names) {
		return nil, fmt.Errorf("there is no choice %d of %s", v, strings.Join(names, ", "))
	}
	return []byte(names[v]), nil
}

// ParseWord sets v to the choice with a name. The error is written for users, and says what
// the choice is of.
func ParseWord[T ~uint8](v *T, of string, names []string, text []byte) error {
	i := slices.Index(names, string(text))
	if i < 0 {
		return fmt.Errorf("%s %q: want one of %s", of, text, strings.Join(names, ", "))
	}
	*v = T(i)
	return nil
}

// Magnitude, as a component, is the length of a vector.
const Magnitude = -1

// Colormaps are the names of the colormaps. Categorical is for whole numbers.
func Colormaps() []string {
	return []string{"viridis", "magma", "turbo", "coolwarm", "grey", Categorical}
}

// Categorical is the colormap of unordered whole numbers.
const Categorical = "categorical"

// CheckColormap reports whether name is that of a colormap or a valid list of stops. The error
// is written for users.
func CheckColormap(name string) error {
	if IsStops(name) {
		_, err := ParseStops(name)
		return err
	}
	if !slices.Contains(Colormaps(), name) {
		return fmt.Errorf("no colormap is called %q; there are %s", name, strings.Join(Colormaps(), ", "))
	}
	return nil
}

// ColormapColors reads a colormap's table, low end first, 0 to 1.
func ColormapColors(name string) ([][3]float32, error) {
	if name == "" {
		name = "viridis"
	}
	if err := CheckColormap(name); err != nil {
		return nil, err
	}
	if IsStops(name) {
		stops, err := ParseStops(name)
		return table(stops), err
	}
	b, err := fs.ReadFile(assets.Colormaps, "colormaps/"+name+".txt")
	if err != nil {
		return nil, fmt.Errorf("read colormap: %w", err)
	}
	var out [][3]float32
	for line := range strings.Lines(string(b)) {
		v, err := strconv.ParseUint(strings.TrimSpace(strings.TrimPrefix(line, "#")), 16, 24)
		if err != nil {
			return nil, fmt.Errorf("colormap %s: %w", name, err)
		}
		out = append(out, [3]float32{float32(v>>16) / 255, float32(v>>8&255) / 255, float32(v&255) / 255})
	}
	return out, nil
}
