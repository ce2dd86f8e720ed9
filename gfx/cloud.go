package gfx

import (
	"math/bits"

	"iceexplorer/gfx/style"
)

// Attrib is a column of values, one per point, or one for all points. Exactly
// one of F, I and U is set; an Attrib without any is absent. The slices may point
// into a mapped file and are read only during Draw.
type Attrib struct {
	F     []float32
	I     []int32
	U     []uint8 // bools
	Comps int     // components of one value; a slice of this length is a constant
}

// Present is true if there are values.
func (a Attrib) Present() bool { return a.Comps > 0 && a.len() >= a.Comps }

// Constant is true if one value holds for all points.
func (a Attrib) Constant() bool { return a.Comps > 0 && a.len() == a.Comps }

func (a Attrib) len() int { return max(len(a.F), len(a.I), len(a.U)) }

// Rows is the number of values.
func (a Attrib) Rows() int {
	if a.Comps <= 0 {
		return 0
	}
	return a.len() / a.Comps
}

// Cloud is one layer at one frame.
//
// Data already uploaded is not uploaded again: a column is known by Layer, Key,
// the address of its first value and its length. So choosing another attribute
// for Scalar uploads that column alone, and memory may be used for other values
// only under another Key. Key 0 uploads at every Draw.
type Cloud struct {
	Layer uint64 // a stable name of the sequence; two clouds of one Draw have different ones
	Key   uint64 // the frame's data
	N     int    // points

	Position []float32 // xyz, 3*N long, or 3 for points that are all in one place

	// Optional columns. Missing ones mean: white, size 1, point, no turn, scale 1.
	Color       Attrib // 3 or 4 floats
	Size        Attrib // 1 float, half the width of the particle in world units
	Shape       Attrib // 1 int, see Shape
	Orientation Attrib // 4 floats, quaternion w x y z
	Scale       Attrib // 3 floats, times Size
	Scalar      Attrib // any column of up to 16 components, for Coloring.Mode ColorScalar
	ScalarKey   uint64 // stands for Scalar's contents as Key does; 0: they are the frame's own
	Vector      Attrib // 3 floats, drawn as arrows with VectorOptions

	Strands Strands // one per point: hair that starts at the point
	Trails  Strands // one per point: where the point came from, oldest first

	Transform *Mat4 // places the layer in the world; nil is the identity
	Coloring  Coloring
	Drawing   *Drawing // nil: the view's
	Unpicked  bool     // its points cannot be picked, and hide none that can

	// Selected tells which points are highlighted: point i by bit i%64 of word i/64;
	// words may be missing at the end. Change SelectedKey with the contents; 0 uploads
	// them at every Draw.
	Selected    []uint64
	SelectedKey uint64

	// Only tells which points are drawn, with all that belongs to them, and can be picked,
	// as bits like those of Selected; nil: all of them. Change OnlyKey with the contents; 0
	// uploads them at every Draw.
	Only    []uint64
	OnlyKey uint64
}

// Shown is how many points would be drawn without thinning.
func (c *Cloud) Shown() int {
	if c.Only == nil {
		return c.N
	}
	return min(countBits(c.Only), c.N)
}

func countBits(words []uint64) int {
	n := 0
	for _, w := range words {
		n += bits.OnesCount64(w)
	}
	return n
}

// Strands are polylines, one per point.
type Strands struct {
	// Offsets has N+1 entries: strand i is points Offsets[i] to Offsets[i+1]-1.
	Offsets []uint64
	Points  []float32 // xyz
	// Key stands for the contents as Cloud.Key does; 0: they are the frame's own.
	Key uint64
}

// Present is true if there is a line to draw.
func (s Strands) Present() bool { return len(s.Offsets) > 1 && len(s.Points) >= 3 }

// Shape is a particle's shape as caches number it.
type Shape int32

// The shapes.
const (
	ShapePoint     Shape = 0
	ShapeSegment   Shape = 1
	ShapeDisc      Shape = 2
	ShapeRectangle Shape = 3
	ShapeSphere    Shape = 4
	ShapeBox       Shape = 5
	ShapeCylinder  Shape = 6
	ShapeCapsule   Shape = 7
	ShapeCone      Shape = 8
	ShapeBlob      Shape = 9
	ShapeInstance  Shape = 128
	ShapeReference Shape = 129
)

func (s Shape) String() string {
	switch s {
	case ShapePoint, ShapeSegment, ShapeDisc, ShapeRectangle, ShapeSphere, ShapeBox, ShapeCylinder, ShapeCapsule, ShapeCone, ShapeBlob:
		return [...]string{"point", "segment", "disc", "rectangle", "sphere", "box", "cylinder", "capsule", "cone", "blob"}[s]
	case ShapeInstance:
		return "instance"
	case ShapeReference:
		return "reference"
	}
	return "unknown shape"
}

// Coloring says how a cloud is coloured.
type Coloring struct {
	Mode      style.ColorMode
	Constant  [4]float32 // linear 0..1; the zero value means a light grey
	Map       string     // a name of style.Colormaps, or stops; "" is viridis
	Component int        // of Cloud.Scalar, or style.Magnitude
	// Min and Max are what the ends of the map stand for; values outside take the end
	// colours. Max may be less than Min, which inverts the map.
	Min, Max float32
	Title    string     // for the legend, such as "PointVelocity.mag (units/s)"
	Note     string     // for the legend: a note about the range
	NoRange  bool       // no value is known: the legend has no scale
	Missing  string     // for the legend, where there is no Scalar: why the points have the Constant
	Bad      [4]float32 // for NaN and infinities; the zero value means magenta
	Finite   bool       // there are no such values, and the legend leaves their colour out
	// For values less than Min and Max, and for those greater than both; the zero value
	// means the end's colour.
	Below, Above [4]float32
	Alpha        bool // honour Color's alpha, by leaving out pixels
}
