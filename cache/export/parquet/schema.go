package parquet

import (
	"github.com/parquet-go/parquet-go/deprecated"
	"github.com/parquet-go/parquet-go/encoding/thrift"
	"github.com/parquet-go/parquet-go/format"

	"iceexplorer/cache"
)

// lists is how many lists a value is in: those of an array, and that of the components of
// a vector.
func (c *column) lists() int {
	n := 0
	if c.a.Structure == cache.Array {
		n++
	}
	if c.width > 1 {
		n++
	}
	return n
}

// path leads to the column's values: each list is a group around a group around its
// elements.
func (c *column) path() []string {
	out := []string{c.name}
	for range c.lists() {
		out = append(out, "list", "element")
	}
	return out
}

// schema declares the column. Nothing is ever missing in it.
func (c *column) schema() []format.SchemaElement {
	var out []format.SchemaElement
	name := c.name
	for range c.lists() {
		out = append(out,
			format.SchemaElement{
				Name: name, RepetitionType: thrift.New(format.Required), NumChildren: thrift.New(int32(1)),
				ConvertedType: thrift.New(deprecated.List), LogicalType: format.LogicalType{Value: &format.ListType{}},
			},
			format.SchemaElement{Name: "list", RepetitionType: thrift.New(format.Repeated), NumChildren: thrift.New(int32(1))})
		name = "element"
	}
	leaf := format.SchemaElement{Name: name, Type: thrift.New(c.typ), RepetitionType: thrift.New(format.Required)}
	if c.text {
		leaf.ConvertedType, leaf.LogicalType = thrift.New(deprecated.UTF8), format.LogicalType{Value: &format.StringType{}}
	}
	return append(out, leaf)
}
