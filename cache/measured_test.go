package cache_test

import (
	"testing"

	"iceexplorer/cache"
	"iceexplorer/cache/measure"
)

// A frame whose arrays are all empty counted as one that could not be measured.
func TestEmptyArraysAreMeasured(t *testing.T) {
	t.Parallel()
	for _, typ := range []cache.DataType{cache.TypeColor4, cache.TypeVector3, cache.TypeFloat} {
		c := cache.Column{Name: "Cs", Type: typ, Structure: cache.Array, Rows: 1}
		measure.Column(&c, nil)
		if !c.Measured() {
			t.Errorf("%v: %+v", typ, c)
		}
		c = cache.Column{Name: "Cs", Type: typ, Structure: cache.Array, Rows: 1, Values: 1}
		if c.Measured() {
			t.Errorf("%v: one value is taken for measured", typ)
		}
	}
}
