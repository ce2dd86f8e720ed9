package cli

import (
	"fmt"
	"math"
	"path/filepath"
	"strings"
	"testing"

	"iceexplorer/cache"
	"iceexplorer/cache/icecache"
)

// An ID of 123,456,789 was summed up as 1.23456789e+08.
func TestStatsShowWholeNumbersWhole(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for n, ids := range [][]int32{{math.MinInt32, 123456789, math.MaxInt32}, {5, 123456789, 123456790}} {
		b := cache.NewBuilder(cache.Header{Version: 103, Points: uint32(len(ids))})
		b.Int32s("ID", ids)
		b.Float32s("Age", cache.TypeFloat, []float32{0.5, 2, 1 << 30})
		f, err := b.Frame()
		if err != nil {
			t.Fatal(err)
		}
		if err := icecache.WriteFile(t.Context(), filepath.Join(dir, fmt.Sprintf("whole_%d.icecache", n+1)), f, icecache.EncodeOptions{}); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct {
		args []string
		want []string // of the rows' min, max and median
	}{
		{[]string{"--by", "frame", "--of", "ID"}, []string{"-2147483648 2147483647 123456789", "5 123456790 123456789"}},
		{[]string{"--of", "ID,ID * 4,Age"}, []string{"-2147483648 2147483647 ", "-8589934592 8589934588 ", "0.5 1.073741824e+09 "}},
	} {
		titles, rows := rowsOf(t, must(t, append(append([]string{"stats", "--format", "csv"}, c.args...), dir)...))
		var got []string
		for _, r := range rows {
			cell := map[string]string{}
			for i, title := range titles {
				cell[title] = r[i]
			}
			got = append(got, cell["min"]+" "+cell["max"]+" "+cell["median"])
		}
		if strings.Join(got, "; ") != strings.Join(c.want, "; ") {
			t.Errorf("%v: %q, want %q", c.args, got, c.want)
		}
	}
	if table := must(t, "stats", "--of", "ID", dir); !strings.Contains(table, "-2147483648  2147483647") {
		t.Error(table)
	}
}
