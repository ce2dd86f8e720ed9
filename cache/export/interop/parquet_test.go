package interop_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"iceexplorer/cache"
	"iceexplorer/cache/export"
	"iceexplorer/cache/export/exporttest"
)

func TestParquetIsReadByDuckDB(t *testing.T) {
	t.Parallel()
	f := format(t, "parquet")
	read := func(t *testing.T, frame *cache.Frame, how string) {
		path := exporttest.File(t, f, frame, map[string]string{"compress": how})
		compare(t, f, frame, columns(t, node(t, "@duckdb/node-api", "duckdb.mjs", path)), rows)
	}
	each(t, func(t *testing.T, frame *cache.Frame) { read(t, frame, "none") })
	for _, how := range []string{"snappy", "zstd"} {
		t.Run(how, func(t *testing.T) { read(t, exporttest.Frames(t)["odd, 4001 points"], how) })
	}
}

func TestParquetIsReadByHyparquet(t *testing.T) {
	t.Parallel()
	f := format(t, "parquet")
	each(t, func(t *testing.T, frame *cache.Frame) {
		path := exporttest.File(t, f, frame, map[string]string{"compress": "snappy"}) // it has no zstd of its own
		compare(t, f, frame, columns(t, node(t, "hyparquet", "hyparquet.mjs", path)), rows)
	})
}

// Folders that are named for frames are a column of the table, by which a query over all of
// them leaves out files.
func TestOneQueryOfDuckDBSpansASequence(t *testing.T) {
	t.Parallel()
	f := format(t, "parquet")
	v, err := f.Parse(nil)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for n, points := range []int{130_000, 1, 3} { // two row groups, and one
		path := filepath.Join(dir, fmt.Sprintf("frame=%d", n+1), "a.parquet")
		if err := os.Mkdir(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := f.Do(t.Context(), export.Job{Frame: exporttest.Cloud(t, points), Number: cache.Number(n + 1), Path: path, Options: v}); err != nil {
			t.Fatal(err)
		}
	}
	got := node(t, "@duckdb/node-api", "query.mjs", "select frame, count(*), min(ID), max(ID) from read_parquet('"+
		strings.ReplaceAll(dir, "'", "''")+"/*/*.parquet', hive_partitioning = true) where ID > 1 group by frame order by frame")
	if want := []string{"1\t129998\t2\t129999", "3\t1\t2\t2"}; !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
}
