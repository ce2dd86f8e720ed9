package sih5

import (
	"iceexplorer/cache"
	"iceexplorer/cache/measure"
)

// ranges sums up the components of data, the stored values of type t; nil for types
// without components and without values.
func ranges(t cache.DataType, data []byte) []cache.Range {
	if t.Components() == 0 || len(data) == 0 {
		return nil
	}
	acc := measure.New(t.Components())
	measure.Copy(t.Elem(), nil, data, acc)
	return acc.Ranges()
}
