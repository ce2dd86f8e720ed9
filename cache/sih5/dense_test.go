package sih5

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"reflect"
	"testing"
	"time"

	"iceexplorer/cache"
)

// 5,000 frames of 2.4 MB in total became 372 MB.
func TestSmallFramesMakeSmallFiles(t *testing.T) {
	t.Parallel()
	for _, n := range []int{1, 30, 400, 4000} {
		f := simpleFrame(t, n)
		data := 0
		for _, a := range f.Attributes {
			for _, p := range a.Parts() {
				data += len(p)
			}
		}
		path, _ := mustWrite(t, f, cache.Stamp{Size: 1, MTime: 2})
		st, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		// The least block for strings of variable length is 4 KB, the groups that Softimage's
		// files have are 700 bytes per attribute, the summary takes 300.
		most := data + 6<<10 + 1000*len(f.Attributes)
		if n == 4000 {
			most = data * 3 / 2
		}
		if st.Size() > int64(most) {
			t.Errorf("%d points, %d bytes of data: a file of %d bytes, more than %d", n, data, st.Size(), most)
		}
	}
}

// libhdf5 noted when the root group was made.
func TestEqualFramesMakeEqualFiles(t *testing.T) {
	t.Parallel()
	var first []byte
	for i := range 2 {
		if i > 0 {
			time.Sleep(1100 * time.Millisecond) // libhdf5 notes seconds
		}
		path, _ := mustWrite(t, everything(t, 1000), cache.Stamp{Size: 1, MTime: 2})
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if i == 0 {
			first = b
		} else if !bytes.Equal(b, first) {
			t.Errorf("files of %d and %d bytes differ", len(b), len(first))
		}
	}
}

// The groups of small columns leave to the summary what other programs do not ask for.
func TestAFileWithoutItsSummaryStillHasAllValues(t *testing.T) {
	t.Parallel()
	for _, n := range []int{3, 5000} {
		want := simpleFrame(t, n)
		path, ix := mustWrite(t, want, cache.Stamp{})
		long := readLong(t, path)
		sameFrames(t, mapped(t, path, long), want)
		for i, c := range long.Columns {
			if c.Data.Len >= largeBytes && !reflect.DeepEqual(c, ix.Columns[i]) {
				t.Errorf("got  %+v\nwant %+v", c, ix.Columns[i])
			}
		}
	}
}

// A file of this program is read by the one before it too: groups, their order and the
// places of the data are asked of libhdf5.
func TestColumnsLieInTheOrderOfTheFile(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "a.sih5")
	ix, err := Write(context.Background(), path, simpleFrame(t, 5000), cache.Stamp{}, WriteOptions{NoSync: true})
	if err != nil {
		t.Fatal(err)
	}
	end := map[bool]uint64{}
	for _, c := range ix.Columns {
		large := c.Data.Len >= largeBytes
		if c.Data.Offset < end[large] {
			t.Errorf("attribute %s begins at byte %d, before byte %d", c.Name, c.Data.Offset, end[large])
		}
		end[large] = c.Data.End()
	}
	if end[false] > 64<<10 {
		t.Errorf("small columns end at byte %d", end[false])
	}
}
