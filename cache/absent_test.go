package cache

import "testing"

// Of frames that were asked for and are not there nothing was said.
func TestFramesThatAreNotThereAreNamedAsRanges(t *testing.T) {
	t.Parallel()
	for asked, want := range map[string]string{
		"15-30": "21-30", "1-20": "", "0-3": "0", "18-22x2": "22", "19-29x2": "21-29x2", "5,25,25,-2..1": "25, -2 to 0", "21-22,31": "21-22, 31", "20-21.5": "21",
	} {
		spans, ok := ParseFrames(asked)
		if !ok {
			t.Fatal(asked)
		}
		var numbers []Number
		for n := range 20 {
			numbers = append(numbers, Number(20-n))
		}
		if got := Absent(spans, numbers); got != want {
			t.Errorf("%s: %q, want %q", asked, got, want)
		}
	}
	if got := Absent([]FrameSpan{{First: 1, Last: 3}}, []Number{1.5, 3}); got != "2" {
		t.Errorf("of parts of frames: %q", got)
	}
}
