package cache

import "testing"

// An attribute that is called by a short name is meant by it, and not the one that the name stands for.
func TestAShortNameIsOfAnAttributeWhereNoneIsCalledSo(t *testing.T) {
	t.Parallel()
	position, p := Column{Name: "PointPosition"}, Column{Name: "P___"}
	for _, tc := range []struct {
		columns []Column
		name    string
		want    int
	}{
		{[]Column{position}, "p", 0}, {[]Column{position}, "P___", 0}, {[]Column{position, p}, "p", 1},
		{[]Column{position}, "pointposition___", 0}, {[]Column{position}, "Q", -1}, {[]Column{{Name: "Color"}}, "alpha", -1},
	} {
		if got := Meant(tc.columns, tc.name); got != tc.want {
			t.Errorf("%s: %d, want %d", tc.name, got, tc.want)
		}
	}
}
