package lazy

import "testing"

func TestAPatternIsCompiledOnceAndWhenItIsNeeded(t *testing.T) {
	t.Parallel()
	digits, none := Regexp(`^[0-9]+$`), Regexp(`(`)
	if first := digits(); !first.MatchString("12") || first.MatchString("1x") || digits() != first {
		t.Errorf("%v, then %v", first, digits())
	}
	defer func() {
		if recover() == nil {
			t.Error("what is no pattern was compiled")
		}
	}()
	none()
}
