package widget

import (
	"fmt"
	"testing"
)

// 23.976 was shown as 24, and 29.97 as 30.
func TestRatesAreShownAsTheyAre(t *testing.T) {
	t.Parallel()
	for fps, want := range map[float64]string{
		24: "24", 23.976: "23.976", 24000. / 1001: "23.976", 23.98: "23.98", 29.97: "29.97", 30000. / 1001: "29.97", 59.94: "59.94",
		12.5: "12.5", 0.1: "0.1", 120: "120", 1000: "1000", 100: "100", 191.808: "191.808",
	} {
		if got := Rate(fps); got != want {
			t.Errorf("%v: %s, want %s", fps, got, want)
		}
		if got := fmt.Sprintf(rateFormat(fps), fps); got != want+" fps" {
			t.Errorf("%v in a field: %s, want %s fps", fps, got, want)
		}
	}
	for _, typed := range []float64{23.976, 29.97, 59.94, 24, 0.1, 999.999} {
		if got := typedRate(float32(typed)); got != typed {
			t.Errorf("%v became %v", typed, got)
		}
	}
}
