package cache

import "testing"

// An index is a worker's word: Check stands between it and the use of memory.
func TestCheckTrustsNoSpan(t *testing.T) {
	t.Parallel()
	const size = 4096
	good := Column{Name: "a", Type: TypeFloat, Structure: Single, Context: Context0D, Rows: 10, Values: 10, Data: Span{64, 40}}
	none := Column{Name: "a", Type: TypeFloat, Structure: Array, Context: Context0D}
	for name, tc := range map[string]struct {
		of     Column
		change func(*Column)
		fits   bool
	}{
		"as it is":                 {good, func(*Column) {}, true},
		"data beyond the end":      {good, func(c *Column) { c.Data.Offset = size - 36 }, false},
		"data that wraps around":   {good, func(c *Column) { c.Data.Offset = ^uint64(0) - 63 }, false},
		"data out of step":         {good, func(c *Column) { c.Data.Offset = 66 }, false},
		"fewer bytes than values":  {good, func(c *Column) { c.Data.Len = 36 }, false},
		"values that wrap around":  {good, func(c *Column) { c.Rows, c.Values = 1<<62+10, 1<<62+10 }, false},
		"without rows":             {none, func(*Column) {}, true},
		"offsets without rows":     {none, func(c *Column) { c.Offsets = Span{64, 8} }, true},
		"offsets far away":         {none, func(c *Column) { c.Offsets = Span{1 << 40, 8} }, false},
		"value offsets far away":   {none, func(c *Column) { c.ValueOffsets = Span{1 << 40, 8} }, false},
		"records far away":         {none, func(c *Column) { c.Records = Span{size, 1} }, false},
		"record offsets that wrap": {none, func(c *Column) { c.RecordOffs = Span{^uint64(0), 8} }, false},
		"data without rows":        {none, func(c *Column) { c.Data = Span{0, 4} }, false},
	} {
		c := tc.of
		tc.change(&c)
		ix := Index{Header: Header{Version: 103, Points: 10}, Columns: []Column{c}}
		err := ix.Check(size)
		if (err == nil) != tc.fits {
			t.Errorf("%s: error %v", name, err)
		}
		if err != nil {
			continue
		}
		f, err := NewFrame(&ix, make([]byte, size), nil)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if err := f.Probe(); err != nil { // reads every span
			t.Errorf("%s: %v", name, err)
		}
		f.Close()
	}
}

func TestAPartOfAFrameHasItsValuesInItsOrder(t *testing.T) {
	t.Parallel()
	b := NewBuilder(Header{Version: 103, Points: 2})
	b.Int32s("ID", []int32{7, 8})
	b.Float32s("Size", TypeFloat, []float32{1, 2})
	b.Float32s("Mass", TypeFloat, []float32{3})
	f, err := b.Frame()
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	part := f.Only([]string{"mass", "Age", "ID"})
	if len(part.Attributes) != 2 || part.Attributes[0].Int32s()[1] != 8 || part.Attribute("Mass").NumRows() != 2 || part.Header != f.Header || len(f.Attributes) != 3 {
		t.Errorf("%+v", part)
	}
}
