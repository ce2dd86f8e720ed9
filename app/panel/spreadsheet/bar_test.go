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
