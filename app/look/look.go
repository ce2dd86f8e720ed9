// Package look is how things are drawn and coloured: what the user chose, apart from
// the camera. It knows neither caches nor OpenGL.
package look

import "iceexplorer/app/inspect"

// ColorMode says where a point's colour comes from.
type ColorMode uint8

const (
	ColorAttribute ColorMode = iota // the Color attribute, else the constant colour
	ColorConstant
	ColorScalar // an attribute's component or magnitude through a colormap
)

// RangeMode says which values the ends of a colormap stand for.
type RangeMode uint8

const (
	RangeFrame    RangeMode = iota // what the frame holds
	RangeSequence                  // what the frames loaded hold, of magnitudes those seen so far
	RangeFixed                     // what the user typed
)

// Magnitude, as a component, is the length of a vector.
const Magnitude = inspect.Magnitude

// ClipMode says which part of the scene is hidden.
type ClipMode uint8

const (
	ClipNone ClipMode = iota
	ClipBox           // what is outside ClipMin to ClipMax
	ClipSlab          // what is outside ClipMin to ClipMax along SlabAxis
)

// Look is how things are drawn and coloured.
type Look struct {
	ColorMode   ColorMode
	Scalar      string // attribute of ColorScalar
	Component   int    // of Scalar, or Magnitude
	ScalarTitle string // how the two are written: PointVelocity.mag
	Colormap    string
	RangeMode   RangeMode
	Low, High   float64 // of RangeFixed
	Constant    [3]float32

	PointScale float32 // factor on Size
	FixedSize  float32 // in pixels; 0: by Size
	PointSize  float32 // in pixels, of points without a Size
	Shapes     bool    // draw Shape as instanced meshes
	Density    bool
	Exposure   float32 // of Density, factor

	Vectors     string // vector attribute drawn as lines; "" for none
	VectorScale float32
	Strands     bool
	Trails      int     // frames that trails reach back; 0: no trails
	LineWidth   float32 // of vectors, strands and trails in pixels

	ClipMode         ClipMode
	ClipMin, ClipMax [3]float64 // in world units
	SlabAxis         int

	ShapeLimit int // shapes of clouds with more points are drawn as points
	PointLimit int // more points than this are thinned; 0: no limit

	Grid, Axes  bool
	Bounds      bool
	Legend      bool
	Help        bool // of the tool, in the scene
	DepthCue    float32
	Top, Bottom [3]float32 // background
}

// Default is how a new window draws things.
func Default() Look {
	return Look{
		Colormap: "viridis", Component: Magnitude, High: 1, Constant: [3]float32{0.35, 0.75, 0.65},
		PointScale: 1, Exposure: 1, VectorScale: 0.04, Strands: true, LineWidth: 1.5,
		ShapeLimit: 200_000,
		Grid:       true, Axes: true, Legend: true, Help: true, DepthCue: 0.25,
		Top: [3]float32{0.150, 0.158, 0.172}, Bottom: [3]float32{0.070, 0.074, 0.082},
	}
}

// ColorBy is what the colouring is called: Color, constant, PointVelocity.mag.
func (l *Look) ColorBy() string {
	switch l.ColorMode {
	case ColorAttribute:
		return "Color"
	case ColorConstant:
		return "constant"
	}
	return l.ScalarTitle
}

const (
	DefaultTrails = 12  // frames that trails reach back when they are turned on
	MaxTrails     = 500 // at most
)
