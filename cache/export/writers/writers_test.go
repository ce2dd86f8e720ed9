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
	sides := map[string][]string{ // of frames 1, 1.25 and 2
		"hdf":  {".sih5"},
		"mc":   {"*Frame1.mc", "*Frame1Tick63.mc", "*Frame2.mc"},
		"usda": {"*.1.usda", "*.1.25.usda", "*.2.usda", "*.manifest.usda"},
	}
	for _, f := range list {
		t.Run(f.Name, func(t *testing.T) {
			t.Parallel()
			exporttest.Run(t, f, sides[f.Name]...)
		})
	}
}
