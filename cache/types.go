package cache

import "fmt"

// DataType is an attribute's data type, with the codes of the .icecache format
// (Softimage wiki, "Icecache File Format").
type DataType uint32

const (
	TypeBool       DataType = 0x1
	TypeLong       DataType = 0x2
	TypeFloat      DataType = 0x4
	TypeVector2    DataType = 0x8
	TypeVector3    DataType = 0x10
	TypeVector4    DataType = 0x20
	TypeQuaternion DataType = 0x40 // w x y z
	TypeMatrix33   DataType = 0x80 // row major
	TypeMatrix44   DataType = 0x100
	TypeColor4     DataType = 0x200
	TypeGeometry   DataType = 0x400 // no data
	TypeLocation   DataType = 0x800 // opaque bytes
	TypeExecute    DataType = 0x1000
	TypeReference  DataType = 0x2000
	TypeRotation   DataType = 0x4000 // quaternion w x y z
	TypeShape      DataType = 0x8000
	TypeCustom     DataType = 0x10000 // opaque bytes per element
	TypeString     DataType = 0x20000
	TypeIcon       DataType = 0x40000
)

// Elem is what one component of a stored value is made of.
type Elem uint8

const (
	ElemNone    Elem = iota // the type carries no data
	ElemFloat32             // little-endian IEEE float32
	ElemInt32               // little-endian int32
	ElemUint8               // bools (0 or 1), and the bytes of strings and blobs
)

// Size is the size of one component in bytes.
func (e Elem) Size() uint64 {
	switch e {
	case ElemFloat32, ElemInt32:
		return 4
	case ElemUint8:
		return 1
	}
	return 0
}

func (e Elem) String() string {
	switch e {
	case ElemFloat32:
		return "float32"
	case ElemInt32:
		return "int32"
	case ElemUint8:
		return "uint8"
	}
	return "none"
}

type typeInfo struct {
	name  string
	elem  Elem
	comps int // components of one value; 0: no data, or of variable length
}

func (t DataType) info() typeInfo {
	switch t {
	case TypeBool:
		return typeInfo{"bool", ElemUint8, 1}
	case TypeLong:
		return typeInfo{"long", ElemInt32, 1}
	case TypeFloat:
		return typeInfo{"float", ElemFloat32, 1}
	case TypeVector2:
		return typeInfo{"vector2", ElemFloat32, 2}
	case TypeVector3:
		return typeInfo{"vector3", ElemFloat32, 3}
	case TypeVector4:
		return typeInfo{"vector4", ElemFloat32, 4}
	case TypeQuaternion:
		return typeInfo{"quaternion", ElemFloat32, 4}
	case TypeMatrix33:
		return typeInfo{"matrix33", ElemFloat32, 9}
	case TypeMatrix44:
		return typeInfo{"matrix44", ElemFloat32, 16}
	case TypeColor4:
		return typeInfo{"color4", ElemFloat32, 4}
	case TypeGeometry:
		return typeInfo{"geometry", ElemNone, 0}
	case TypeLocation:
		return typeInfo{"location", ElemUint8, 0}
	case TypeExecute:
		return typeInfo{"execute", ElemNone, 0}
	case TypeReference:
		return typeInfo{"reference", ElemNone, 0}
	case TypeRotation:
		return typeInfo{"rotation", ElemFloat32, 4}
	case TypeShape:
		return typeInfo{"shape", ElemInt32, 1}
	case TypeCustom:
		return typeInfo{"custom", ElemUint8, 0}
	case TypeString:
		return typeInfo{"string", ElemUint8, 0}
	case TypeIcon:
		return typeInfo{"icon", ElemNone, 0}
	}
	return typeInfo{}
}

// Known reports whether the format defines the type.
func (t DataType) Known() bool { return t.info().name != "" }

// Elem is what the type's stored components are made of.
func (t DataType) Elem() Elem { return t.info().elem }

// Components is the number of components of one value: 3 for a vector3, 1 for a
// bool or the type number of a shape, 0 for types without data and for those of
// variable length.
func (t DataType) Components() int { return t.info().comps }

// Variable reports whether each value is a run of bytes of its own length.
func (t DataType) Variable() bool {
	return t == TypeString || t == TypeCustom || t == TypeLocation
}

// ValueSize is the size in bytes of one stored value, 0 where Components is.
func (t DataType) ValueSize() uint64 { return t.Elem().Size() * uint64(t.Components()) }

func (t DataType) String() string {
	if n := t.info().name; n != "" {
		return n
	}
	return fmt.Sprintf("type %#x", uint32(t))
}

// ComponentNames are the short names of a value's components, "x" "y" "z" for a
// vector3; nil where there is one component or none.
func (t DataType) ComponentNames() []string {
	switch t {
	case TypeVector2:
		return []string{"x", "y"}
	case TypeVector3:
		return []string{"x", "y", "z"}
	case TypeVector4:
		return []string{"x", "y", "z", "w"}
	case TypeQuaternion, TypeRotation:
		return []string{"w", "x", "y", "z"}
	case TypeColor4:
		return []string{"r", "g", "b", "a"}
	case TypeMatrix33:
		return matrixNames(3)
	case TypeMatrix44:
		return matrixNames(4)
	}
	return nil
}

func matrixNames(n int) []string {
	var names []string
	for r := range n {
		for c := range n {
			names = append(names, fmt.Sprintf("m%d%d", r, c))
		}
	}
	return names
}

// Structure says whether an element holds one value or an array of them.
type Structure uint32

const (
	Single Structure = 1
	Array  Structure = 2
)

func (s Structure) String() string {
	switch s {
	case Single:
		return "single"
	case Array:
		return "array"
	}
	return fmt.Sprintf("structure %d", uint32(s))
}

// Context says what an attribute's elements belong to.
type Context uint32

const (
	ContextSingleton Context = 1  // the object
	Context0D        Context = 2  // points
	Context1D        Context = 4  // edges
	Context2D        Context = 8  // polygons
	Context0D2D      Context = 16 // samples
)

func (c Context) String() string {
	switch c {
	case ContextSingleton:
		return "singleton"
	case Context0D:
		return "point"
	case Context1D:
		return "edge"
	case Context2D:
		return "polygon"
	case Context0D2D:
		return "sample"
	}
	return fmt.Sprintf("context %d", uint32(c))
}

// Category says who made an attribute.
type Category uint32

const (
	CategoryUnknown Category = 0
	CategoryBuiltin Category = 1
	CategoryCustom  Category = 2
)

func (c Category) String() string {
	switch c {
	case CategoryUnknown:
		return "unknown"
	case CategoryBuiltin:
		return "built-in"
	case CategoryCustom:
		return "custom"
	}
	return fmt.Sprintf("category %d", uint32(c))
}

// ObjectType is the kind of object a cache was written from.
type ObjectType uint32

const (
	ObjectPointCloud  ObjectType = 0
	ObjectPolygonMesh ObjectType = 1
	ObjectNurbsMesh   ObjectType = 2
	ObjectNurbsCurve  ObjectType = 3
)

func (o ObjectType) String() string {
	switch o {
	case ObjectPointCloud:
		return "point cloud"
	case ObjectPolygonMesh:
		return "polygon mesh"
	case ObjectNurbsMesh:
		return "NURBS mesh"
	case ObjectNurbsCurve:
		return "NURBS curve"
	}
	return fmt.Sprintf("object type %d", uint32(o))
}

// Shape types, the values of a TypeShape attribute's column.
const (
	ShapePoint = iota
	ShapeSegment
	ShapeDisc
	ShapeRectangle
	ShapeSphere
	ShapeBox
	ShapeCylinder
	ShapeCapsule
	ShapeCone
	ShapeBlob
	ShapeInstance  = 128
	ShapeReference = 129
)

// ShapeName is the name of a shape type.
func ShapeName(s int32) string {
	names := []string{"point", "segment", "disc", "rectangle", "sphere", "box", "cylinder", "capsule", "cone", "blob"}
	switch {
	case s >= 0 && int(s) < len(names):
		return names[s]
	case s == ShapeInstance:
		return "instance"
	case s == ShapeReference:
		return "reference"
	}
	return fmt.Sprintf("shape %d", s)
}
