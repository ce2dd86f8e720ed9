package writers_test

import (
	"testing"

	"iceexplorer/cache/export/exporttest"
	"iceexplorer/cache/export/exporttest/toy"
	"iceexplorer/cache/export/writers"
)

func TestEveryFormatKeepsTheRules(t *testing.T) {
	t.Parallel()
	list := append(writers.All(), toy.Format(), toy.Index())
	exporttest.Declared(t, list)
	sides := map[string][]string{"mc": {"*Frame1.mc", "*Frame1Tick63.mc", "*Frame2.mc"}} // of frames 1, 1.25 and 2
	for _, f := range list {
		t.Run(f.Name, func(t *testing.T) {
			t.Parallel()
			exporttest.Run(t, f, sides[f.Name]...)
		})
	}
}
