package gfx

// View is everything about a picture but the data: plain values, to be kept,
// copied and stored by the host. Lengths in pixels are multiplied by UIScale.
type View struct {
	Camera  Camera
	Panes   []Pane  // with cameras of their own; none: all of the picture is seen from Camera
	Bounds  Box     // of the clouds in the world: near, far and depth cue follow it
	Extent  Box     // of all points, however far away a few are: the bounds box; empty: Bounds
	UIScale float64 // content scale of the screen; 0 is 1

	Drawing // of clouds that have none of their own
	Detail  DetailOptions

	Background Background
	Grid       bool
	GridLabels bool
	GridUnit   string // behind the numbers: cm
	Gizmo      bool   // axes at the bottom left; see GizmoHit
	GizmoHover int    // the arm under the mouse, as GizmoHit counts; 0: none
	BoundsBox  bool
	Legend     bool // for each cloud coloured by a scalar, and for instances

	Samples  int     // anti-aliasing samples per pixel: 0 the default of 4, 1 none
	DepthCue float64 // 0 none to 1: far points fade into the background
	Density  Density
	Clip     Clip

	Texts  []Text
	Labels []Label // earlier ones have priority
	Spans  []Span  // between places
	Hover  *Mark   // a point drawn with a ring
}

// Drawing says how a cloud is drawn.
type Drawing struct {
	Points   PointOptions
	NoShapes bool // all shapes as points, as the user wishes: no note is shown
	Vectors  VectorOptions
	Strands  LineOptions
	Trails   LineOptions
	// Transparency is how much of other clouds is seen through this one, 0 to 1. What of the
	// cloud itself lies behind its front is not.
	Transparency float64
}

// PointOptions say how points are drawn.
type PointOptions struct {
	Fixed  float64 // diameter in pixels of every point; 0: by Size
	Scale  float64 // times Size; 0 is 1
	MinPx  float64 // smallest and largest diameter when drawn by Size;
	MaxPx  float64 // 0: 1.5 and 256
	Flat   bool    // discs of one colour instead of shaded balls
	NoSize float64 // Size of points of a cloud without Size; 0: 1/400 of the bounds' diagonal
}

// DetailOptions keep large clouds fluid. The picture and Stats say what they leave out.
type DetailOptions struct {
	ShapeLimit  int  // shapes of clouds with more points are drawn as points; 0: 200,000, < 0: always points
	PointLimit  int  // more points than this are thinned evenly; 0: no limit
	Moving      bool // the camera or time moves: use the limits below instead
	MovingShape int  // 0: 50,000
	MovingPoint int  // 0: no limit
}

// VectorOptions draw Cloud.Vector as arrows.
type VectorOptions struct {
	On    bool
	Scale float64 // world units per unit of the vector; 0 is 1
	Width float64 // pixels; 0 is 1.5
	Limit int     // thinned evenly above; 0: 200,000
}

// LineOptions draw Cloud.Strands or Cloud.Trails.
type LineOptions struct {
	On    bool
	Width float64 // pixels; 0 is 1.5
	Fade  bool    // from nothing at the first point to opaque at the last
}

// Background is a vertical gradient.
type Background struct {
	Top, Bottom [3]float32
	Transparent bool // for pictures: nothing behind the points
}

// Density adds the points' light up instead of hiding one behind another; for
// very large clouds. Shapes are drawn as points then.
type Density struct {
	On       bool
	Exposure float64 // 0 is 1
}

// Clip hides particles whose centre is outside; lines are cut.
type Clip struct {
	On  bool
	Box Box // a slab is a box with infinite ends on two axes
	// Bare draws neither the box nor its handles: for pictures that are kept.
	Bare bool
}

// Slab is the clip box that keeps lo to hi along axis 0, 1 or 2.
func Slab(axis int, lo, hi float64) Clip {
	b := Box{Vec3{-inf, -inf, -inf}, Vec3{inf, inf, inf}}
	b.Min[axis], b.Max[axis] = lo, hi
	return Clip{On: true, Box: b}
}

// Corner is a place for text.
type Corner int

// The corners.
const (
	TopLeft Corner = iota
	TopRight
	BottomLeft // beside the axes
	BottomRight
	TopCenter
)

// Text is a block of lines in a corner of the picture. The first line is
// brighter. Lines longer than the picture are cut.
type Text struct {
	Corner Corner
	Lines  []string
	Warn   bool // in the colour of warnings
	Plate  bool // on a plate, on which it can be read over points of any colour
}

// Label is text beside a place of the world.
type Label struct {
	At   Vec3
	Text string
}

// Mark names a point.
type Mark struct {
	Layer uint64
	Index uint64
}

// DefaultView is what a user sees first: a dark neutral background, the grid,
// the axes and the legend.
func DefaultView() View {
	return View{
		Camera: DefaultCamera(),
		Bounds: EmptyBox(),
		Extent: EmptyBox(),
		Background: Background{
			Top:    [3]float32{0.150, 0.158, 0.172},
			Bottom: [3]float32{0.070, 0.074, 0.082},
		},
		Grid: true, GridLabels: true, Gizmo: true, Legend: true,
		DepthCue: 0.25,
		Drawing:  Drawing{Strands: LineOptions{On: true}, Trails: LineOptions{On: true, Fade: true}},
	}
}

// Stats say what the last Draw did.
type Stats struct {
	Points         int  // in all clouds
	Drawn          int  // after thinning
	Labels         int  // that had room
	ShapesAsPoints bool // shapes were left out by ShapeLimit
	Uploaded       int  // bytes copied to GL
	Objects        int  // GL objects alive
}
