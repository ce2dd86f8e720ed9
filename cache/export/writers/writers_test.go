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
	for _, f := range list {
		t.Run(f.Name, func(t *testing.T) {
			t.Parallel()
			exporttest.Run(t, f)
		})
	}
}
