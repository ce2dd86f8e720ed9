// Package look is how things are drawn and coloured: all that the user chose except for the
// camera. A Look is a value, which can be JSON too; a Desk owns the common one and those that
// layers have of their own, and commands change them. The package knows neither caches nor
// OpenGL.
package look

import (
	"math"

	"iceexplorer/gfx/style"
)

// RangeMode says which values the ends of a colormap stand for.
type RangeMode uint8

const (
	RangeFrame      RangeMode = iota // what the frame holds
	RangeSequence                    // what all frames hold
	RangeFixed                       // what the user typed
	RangePercent                     // percentiles of what the frame holds
	RangePercentAll                  // percentiles of what all frames hold
)

// RangeModes are the words for the modes, in their order.
var RangeModes = []string{RangeFrame: "frame", RangeSequence: "all", RangeFixed: "fixed", RangePercent: "percent", RangePercentAll: "percent-all"}

// ClipMode says which part of the scene is hidden.
type ClipMode uint8

const (
	ClipNone ClipMode = iota
	ClipBox           // all outside ClipMin to ClipMax
	ClipSlab          // all outside ClipMin to ClipMax along SlabAxis
)

var clipModes = []string{ClipNone: "none", ClipBox: "box", ClipSlab: "slab"}

// Axis is one of the three axes of space.
type Axis uint8

// Axes are the words for x, y and z.
var Axes = []string{"x", "y", "z"}

// Look is how things are drawn and coloured.
type Look struct {
	ColorMode   style.ColorMode `json:"colorMode"`
	Scalar      string          `json:"scalar"`      // attribute of ColorScalar
	Component   int             `json:"component"`   // of Scalar, or style.Magnitude
	ScalarTitle string          `json:"scalarTitle"` // both as users write them: PointVelocity.mag
	Expression  string          `json:"expression"`  // of ColorScalar, in place of an attribute; "": Scalar
	Colormap    string          `json:"colormap"`    // its name, or its stops as style.ParseStops reads them
	RangeMode   RangeMode       `json:"range"`
	Low         float64         `json:"low"` // of RangeFixed
	High        float64         `json:"high"`
	PercentLow  float64         `json:"percentLow"` // of RangePercent and RangePercentAll, 0 to 100
	PercentHigh float64         `json:"percentHigh"`
	Reversed    bool            `json:"reversed"`  // the colormap is turned around
	OwnScales   bool            `json:"ownScales"` // each sequence has its own range, rather than one for all
	Outside     bool            `json:"outside"`   // values below and above the range have colours of their own
	Below       [3]float32      `json:"below"`
	Above       [3]float32      `json:"above"`
	NoNumber    [3]float32      `json:"noNumber"` // of values that are not finite
	Constant    [3]float32      `json:"constant"`

	Opacity    float32 `json:"opacity"`    // below 1 other layers are seen through
	PointScale float32 `json:"pointScale"` // factor on Size
	FixedSize  float32 `json:"fixedSize"`  // in pixels; 0: by Size
	PointSize  float32 `json:"pointSize"`  // in pixels, of points without a Size; 0: the renderer's
	Shapes     bool    `json:"shapes"`     // draw Shape as instanced meshes
	Density    bool    `json:"density"`
	Exposure   float32 `json:"exposure"` // of Density, factor

	Vectors     string  `json:"vectors"` // vector attribute drawn as lines; "" for none
	VectorScale float32 `json:"vectorScale"`
	Strands     bool    `json:"strands"`
	Trails      int     `json:"trails"`    // frames that trails reach back; 0: no trails
	LineWidth   float32 `json:"lineWidth"` // of vectors, strands and trails in pixels

	Values string `json:"values"` // attribute or expression whose values stand beside points; "" for none

	ClipMode ClipMode   `json:"clip"`
	ClipMin  [3]float64 `json:"clipMin"` // in world units
	ClipMax  [3]float64 `json:"clipMax"`
	SlabAxis Axis       `json:"slabAxis"`

	ShapeLimit int `json:"shapeLimit"` // shapes of clouds with more points are drawn as points
	PointLimit int `json:"pointLimit"` // more points than this are thinned; 0: no limit

	Grid     bool       `json:"grid"`
	Axes     bool       `json:"axes"`
	Bounds   bool       `json:"bounds"`
	Legend   bool       `json:"legend"`
	Help     bool       `json:"help"` // of the tool, in the scene
	DepthCue float32    `json:"depthCue"`
	Top      [3]float32 `json:"top"` // of the background
	Bottom   [3]float32 `json:"bottom"`
}

// DefaultTrails is how many frames trails reach back when they are turned on.
const DefaultTrails = 12

// Default is how a new window draws things.
func Default() Look {
	return Look{
		Colormap: "viridis", Component: style.Magnitude, High: 1, Constant: [3]float32{0.35, 0.75, 0.65},
		PercentLow: 1, PercentHigh: 99, Below: [3]float32{0.1, 0.2, 1}, Above: [3]float32{1, 0.1, 0.1}, NoNumber: [3]float32{1, 0, 0.8},
		Opacity: 1, PointScale: 1, Exposure: 1, VectorScale: 0.04, Strands: true, LineWidth: 1.5,
		ShapeLimit: 200_000,
		Grid:       true, Axes: true, Legend: true, Help: true, DepthCue: 0.25,
		Top: DarkSky[0], Bottom: DarkSky[1],
	}
}

// ColorBy is the name of the colouring: Color, constant, PointVelocity.mag.
func (l *Look) ColorBy() string {
	switch l.ColorMode {
	case style.ColorAttribute:
		return "Color"
	case style.ColorConstant:
		return "constant"
	}
	if l.Expression != "" {
		return l.Expression
	}
	return l.ScalarTitle
}

// In is the look of one layer in a scene that another look sets up: what can only be for all
// layers is as that has it.
func (l *Look) In(scene *Look) Look {
	c := *l
	c.OwnScales, c.PointSize, c.Density, c.Exposure, c.Values = scene.OwnScales, scene.PointSize, scene.Density, scene.Exposure, scene.Values
	c.ClipMode, c.ClipMin, c.ClipMax, c.SlabAxis = scene.ClipMode, scene.ClipMin, scene.ClipMax, scene.SlabAxis
	c.ShapeLimit, c.PointLimit, c.DepthCue, c.Top, c.Bottom = scene.ShapeLimit, scene.PointLimit, scene.DepthCue, scene.Top, scene.Bottom
	c.Grid, c.Axes, c.Bounds, c.Legend, c.Help = scene.Grid, scene.Axes, scene.Bounds, scene.Legend, scene.Help
	return c
}

// SameColors reports whether two looks colour by the same, through the same colormap and range.
func (l *Look) SameColors(o *Look) bool { return *l == l.Recolor(o) }

// Recolor is the look with the colours of another.
func (l *Look) Recolor(o *Look) Look {
	c := *l
	c.ColorMode, c.Scalar, c.Component, c.ScalarTitle, c.Expression = o.ColorMode, o.Scalar, o.Component, o.ScalarTitle, o.Expression
	c.Colormap, c.Reversed, c.RangeMode, c.Low, c.High = o.Colormap, o.Reversed, o.RangeMode, o.Low, o.High
	c.PercentLow, c.PercentHigh, c.OwnScales = o.PercentLow, o.PercentHigh, o.OwnScales
	return c
}

// Columns are the names of the attributes that a picture needs.
func (l *Look) Columns() []string {
	names := []string{"PointPosition", "Size"}
	switch l.ColorMode {
	case style.ColorAttribute:
		names = append(names, "Color")
	case style.ColorScalar:
		if l.Expression == "" { // what it reads is brought into memory where it is evaluated
			names = append(names, l.Scalar)
		}
	}
	if l.Vectors != "" {
		names = append(names, l.Vectors)
	}
	if l.Shapes {
		names = append(names, "Shape", "Scale", "Orientation", "Rotation")
	}
	if l.Strands {
		names = append(names, "StrandPosition")
	}
	return names
}

// WithColumns is the look with what decides on Columns as another has it.
func (l *Look) WithColumns(o *Look) Look {
	c := l.Recolor(o)
	c.Vectors, c.Shapes, c.Strands = o.Vectors, o.Shapes, o.Strands
	return c
}

// Wished is what must be made of a frame's values before it can be drawn with its colours;
// ok is false if nothing has to be.
func (l *Look) Wished() (text string, low, high float64, ok bool) {
	if l.ColorMode != style.ColorScalar {
		return "", 0, 0, false
	}
	if l.RangeMode == RangePercent {
		low, high = l.PercentLow, l.PercentHigh
	}
	return l.Expression, low, high, l.Expression != "" || l.RangeMode == RangePercent
}

// Overall is what must be measured in all frames, of an attribute's component or of an
// expression, for its range or its percentiles; ok is false if nothing has to be: an
// attribute's range is in the indexes.
func (l *Look) Overall() (percentiles, ok bool) {
	if l.ColorMode != style.ColorScalar {
		return false, false
	}
	percentiles = l.RangeMode == RangePercentAll
	return percentiles, percentiles || l.RangeMode == RangeSequence && l.Expression != ""
}

// Scalar is what points are coloured by through a colormap.
type Scalar struct {
	Attribute string
	Component int    // or style.Magnitude
	Title     string // both as users write them: PointVelocity.mag
}

func finite(values ...float64) bool {
	for _, v := range values {
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return false
		}
	}
	return true
}
