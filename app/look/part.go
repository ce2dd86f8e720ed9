package look

import "math"

// Option is a part of a look that is on or off.
type Option uint8

const (
	Grid Option = iota
	CornerAxes
	BoundingBox
	Legend
	Help
	Shapes
	Strands
	Density
	Reversed
	OwnScales
	Outside
)

var options = [...]struct {
	label string
	of    func(*Look) *bool
}{
	Grid:        {"Grid", func(l *Look) *bool { return &l.Grid }},
	CornerAxes:  {"Axes", func(l *Look) *bool { return &l.Axes }},
	BoundingBox: {"Bounding box", func(l *Look) *bool { return &l.Bounds }},
	Legend:      {"Legend", func(l *Look) *bool { return &l.Legend }},
	Help:        {"Tool help", func(l *Look) *bool { return &l.Help }},
	Shapes:      {"Shapes", func(l *Look) *bool { return &l.Shapes }},
	Strands:     {"Strands", func(l *Look) *bool { return &l.Strands }},
	Density:     {"Density", func(l *Look) *bool { return &l.Density }},
	Reversed:    {"Reversed", func(l *Look) *bool { return &l.Reversed }},
	OwnScales:   {"Own scales", func(l *Look) *bool { return &l.OwnScales }},
	Outside:     {"Mark what is outside", func(l *Look) *bool { return &l.Outside }},
}

func (o Option) String() string { return options[o].label }

// On reports whether an option is on.
func (l *Look) On(o Option) bool { return *options[o].of(l) }

// Amount is a number of a look that has bounds.
type Amount uint8

const (
	PointScale Amount = iota
	Opacity
	Diameter        // of every point, in pixels; 0: by Size
	DefaultDiameter // of points without a Size, in pixels; a preference
	Exposure
	VectorLength
	LineWidth
	DepthCue
	Trails
	PointLimit
	ShapeLimit
)

// amount says where a number lies in a look, and what values it may have.
type amount struct {
	label    string
	min, max float64
	real     func(*Look) *float32 // or
	whole    func(*Look) *int
}

var amounts = [...]amount{
	Opacity:         {label: "Opacity", min: 0.05, max: 1, real: func(l *Look) *float32 { return &l.Opacity }},
	PointScale:      {label: "Point scale", min: 0.001, max: 1000, real: func(l *Look) *float32 { return &l.PointScale }},
	Diameter:        {label: "Point diameter", max: 1024, real: func(l *Look) *float32 { return &l.FixedSize }},
	DefaultDiameter: {label: "Diameter of points without a Size", max: 1024, real: func(l *Look) *float32 { return &l.PointSize }},
	Exposure:        {label: "Exposure", min: 0.001, max: 1000, real: func(l *Look) *float32 { return &l.Exposure }},
	VectorLength:    {label: "Vector length", min: 0.0001, max: 1000, real: func(l *Look) *float32 { return &l.VectorScale }},
	LineWidth:       {label: "Line width", min: 0.5, max: 64, real: func(l *Look) *float32 { return &l.LineWidth }},
	DepthCue:        {label: "Depth cue", max: 1, real: func(l *Look) *float32 { return &l.DepthCue }},
	Trails:          {label: "Trails", max: 500, whole: func(l *Look) *int { return &l.Trails }},
	PointLimit:      {label: "Point limit", max: math.MaxInt32, whole: func(l *Look) *int { return &l.PointLimit }},
	ShapeLimit:      {label: "Shape limit", max: math.MaxInt32, whole: func(l *Look) *int { return &l.ShapeLimit }},
}

func (a Amount) String() string { return amounts[a].label }

// Bounds are the least and the greatest value of the number.
func (a Amount) Bounds() (lo, hi float64) { return amounts[a].min, amounts[a].max }

// Whole reports whether it is a whole number.
func (a Amount) Whole() bool { return amounts[a].whole != nil }

// Amount is a number of the look.
func (l *Look) Amount(a Amount) float64 {
	if at := amounts[a].whole; at != nil {
		return float64(*at(l))
	}
	return float64(*amounts[a].real(l))
}

// within reports whether a stored value is one that the amount may have.
func (a *amount) within(v float64) bool {
	if a.whole == nil {
		return v >= float64(float32(a.min)) && v <= float64(float32(a.max))
	}
	return v >= a.min && v <= a.max
}

// set brings the number as near to v as its bounds allow.
func (a *amount) set(l *Look, v float64) {
	v = min(max(v, a.min), a.max)
	if a.whole != nil {
		*a.whole(l) = int(math.Round(v))
		return
	}
	*a.real(l) = float32(v)
}

// Tint is a colour of a look.
type Tint uint8

const (
	Points Tint = iota // without a colour of their own
	BackgroundTop
	BackgroundBottom
	Below // the range of the colours
	Above
	NoNumber // values that are not finite
)

var tints = [...]struct {
	label string
	of    func(*Look) *[3]float32
}{
	Points:           {"Point colour", func(l *Look) *[3]float32 { return &l.Constant }},
	BackgroundTop:    {"Background at the top", func(l *Look) *[3]float32 { return &l.Top }},
	BackgroundBottom: {"Background at the bottom", func(l *Look) *[3]float32 { return &l.Bottom }},
	Below:            {"Colour below the range", func(l *Look) *[3]float32 { return &l.Below }},
	Above:            {"Colour above the range", func(l *Look) *[3]float32 { return &l.Above }},
	NoNumber:         {"Colour of what is no number", func(l *Look) *[3]float32 { return &l.NoNumber }},
}

func (t Tint) String() string { return tints[t].label }

// Tint is a colour of the look.
func (l *Look) Tint(t Tint) [3]float32 { return *tints[t].of(l) }

// colored reports whether the components of a colour are valid.
func colored(c [3]float32) bool {
	for _, v := range c {
		if !(v >= 0 && v <= 1) {
			return false
		}
	}
	return true
}

// maxComponents is how many components a value has at most: those of a 4x4 matrix.
const maxComponents = 16
