package spreadsheet

import (
	"errors"
	"testing"
)

// What was wrong with a filter stood below the field when other caches were open.
func TestAWrongFilterIsForgottenWithItsSequence(t *testing.T) {
	t.Parallel()
	wrong := errors.New("no such attribute")
	for name, c := range map[string]struct {
		bar   bar
		layer int
		want  string
		gone  bool
	}{
		"same sequence":       {bar{filter: "Aeg > 1", wrong: wrong, layer: 1}, 1, "Aeg > 1", false},
		"another one":         {bar{filter: "Aeg > 1", wrong: wrong, layer: 1}, 2, "Age > 2", true},
		"another one, typing": {bar{filter: "Aeg > 1", wrong: wrong, layer: 1, editing: true}, 2, "Aeg > 1", false},
		"nothing wrong":       {bar{filter: "Age > 1", layer: 1}, 1, "Age > 2", true},
	} {
		b := c.bar
		b.follow(c.layer, "Age > 2")
		if b.filter != c.want || b.wrong == nil != c.gone {
			t.Errorf("%s: %q, %v", name, b.filter, b.wrong)
		}
	}
}

// A column that was added lay out of view, behind all others.
func TestAColumnThatWasAddedIsKnown(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		before, now []string
		want        int
	}{
		{[]string{"ID", "P"}, []string{"ID", "P", "v.mag"}, 2},
		{[]string{"ID", "P"}, []string{"ID", "v.mag", "P"}, 1},
		{[]string{"ID", "P"}, []string{"ID", "P"}, -1},
		{[]string{"ID", "P"}, []string{"P"}, -1},
		{[]string{"ID", "P"}, []string{"Age", "Mass", "Size", "Heat"}, -1},
		{nil, []string{"ID"}, -1},
	} {
		if got := added(c.before, c.now); got != c.want {
			t.Errorf("from %q to %q: %d, want %d", c.before, c.now, got, c.want)
		}
	}
}
