package session

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
	RangeSequence                  // what the frames seen so far hold
	RangeFixed                     // what the user typed
)

// Magnitude, as a component, is the length of a vector.
const Magnitude = -1

// View is how things are looked at: what the user chose, apart from the camera.
type View struct {
	ColorMode   ColorMode
	Scalar      string // attribute of ColorScalar
	Component   int    // of Scalar, or Magnitude
	ScalarTitle string // how the two are written: PointVelocity.mag
	Colormap    string
	RangeMode   RangeMode
	Low, High   float64 // of RangeFixed
	Constant    [3]float32
	PointScale  float32 // factor on Size
	FixedSize   float32 // in pixels; 0: by Size
	PointSize   float32 // in pixels, of points without a Size
	Shapes      bool    // draw Shape as instanced meshes
	Vectors     string  // vector attribute drawn as lines; "" for none
	VectorScale float32
	Strands     bool
	Grid, Axes  bool
	Bounds      bool
	Legend      bool
	Density     bool
}

// DefaultView is how a new window looks at things.
func DefaultView() View {
	return View{
		Colormap: "viridis", Component: Magnitude, Constant: [3]float32{0.35, 0.75, 0.65},
		PointScale: 1, VectorScale: 0.04, Grid: true, Axes: true, Legend: true, Strands: true, High: 1,
	}
}
