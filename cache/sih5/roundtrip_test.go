package sih5

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"iceexplorer/cache"
)

// described is all that a column says but its places, ranges and lengths.
func described(a *cache.Attribute) string {
	c := a.Column
	c.Ranges, c.Lengths = nil, cache.Lengths{}
	for _, s := range c.Spans() {
		*s = cache.Span{}
	}
	return fmt.Sprintf("%+q", fmt.Sprintf("%+v", c))
}

func TestEveryTypeSurvivesWriting(t *testing.T) {
	t.Parallel()
	for _, n := range []int{0, 1, 2, 7, 4001} {
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			t.Parallel()
			want := everything(t, n)
			path, ix := mustWrite(t, want, cache.Stamp{Size: 1 << 40, MTime: -5})
			f, err := Open(path, Options{})
			if err != nil {
				t.Fatal(err)
			}
			defer f.Close()
			if !f.Mappable() || !reflect.DeepEqual(f.Index(), ix) {
				t.Fatalf("mappable %v\ngot  %+v\nwant %+v", f.Mappable(), f.Index(), ix)
			}
			sameFrames(t, mapped(t, path, f.Index()), want)
			if f.SourceStorage() != cache.StorageGzip || ix.Dialect != "plain" || !reflect.DeepEqual(ix.Warnings, want.Warnings) ||
				ix.Storage != cache.StorageMapped {
				t.Errorf("storage %q of %q, dialect %q, warnings %q", ix.Storage, f.SourceStorage(), ix.Dialect, ix.Warnings)
			}
			if src, ok := f.Source(); !ok || src != (cache.Stamp{Size: 1 << 40, MTime: -5}) {
				t.Errorf("source %+v, %v", src, ok)
			}
			for _, c := range ix.Columns {
				for _, s := range c.Spans() {
					if s.Offset%smallAlign != 0 || s.Len >= largeBytes && s.Offset%largeAlign != 0 {
						t.Errorf("attribute %s: a part at byte %d", c.Name, s.Offset)
					}
				}
			}
			dst := make([]byte, f.Need())
			copied, err := f.Fill(context.Background(), dst)
			if err != nil {
				t.Fatal(err)
			}
			frame, err := cache.NewFrame(copied, dst, nil)
			if err != nil {
				t.Fatal(err)
			}
			sameFrames(t, frame, want)
		})
	}
}

// readLong is what Open reads of a file whose header has no summary.
func readLong(t *testing.T, path string) *cache.Index {
	t.Helper()
	left, err := probe(path)
	if err != nil {
		t.Fatal(err)
	}
	st, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	r := &rawFile{left: left}
	err = exclusive(func() error {
		h, err := openFile(path)
		if err != nil {
			return err
		}
		defer h.Close()
		if err := r.readHeader(h); err != nil {
			return err
		}
		r.summary = ""
		return r.readColumns(h, &Options{})
	})
	if err != nil {
		t.Fatal(err)
	}
	c, err := r.check(uint64(st.Size()), DefaultMaxBytes)
	if err != nil {
		t.Fatal(err)
	}
	return c.index
}

func TestGroupsSayTheSameAsTheSummary(t *testing.T) {
	t.Parallel()
	path, ix := mustWrite(t, everything(t, 10), cache.Stamp{})
	if long := readLong(t, path); !reflect.DeepEqual(long, ix) {
		t.Errorf("got  %+v\nwant %+v", long, ix)
	}
}

func TestAnyNameComesBack(t *testing.T) {
	t.Parallel()
	names := []string{"", "_", "____", "a", "a_", "a__", "a___", "a____", "A", "a", "a", "", ".", "..", "/", "/a/b", "a/", "%", "%2F",
		"%~2", "a%~2", "50%", "%%%", "\x00", "a\x00b", "\xff\xfe", "grün", "点", " ", "a b", "PointPosition", "pointposition",
		strings.Repeat("long/", 800)}
	b := cache.NewBuilder(cache.Header{Version: 103, Points: 1})
	for i, n := range names {
		b.Int32s(n, []int32{int32(i)})
	}
	want, err := b.Frame()
	if err != nil {
		t.Fatal(err)
	}
	path, ix := mustWrite(t, want, cache.Stamp{})
	f, err := Open(path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	sameFrames(t, mapped(t, path, f.Index()), want)
	if long := readLong(t, path); !reflect.DeepEqual(long, ix) {
		t.Errorf("got  %+v\nwant %+v", long, ix)
	}
}

func TestRangesAreWrittenAndNotMeasuredAgain(t *testing.T) {
	t.Parallel()
	b := cache.NewBuilder(cache.Header{Version: 103, Points: 3})
	nan := float32(0)
	nan /= nan
	b.Float32s("UV", cache.TypeVector2, []float32{1, -2, 3, nan, 5, 4})
	f, err := b.Frame()
	if err != nil {
		t.Fatal(err)
	}
	_, ix := mustWrite(t, f, cache.Stamp{})
	want := []cache.Range{{Min: 1, Max: 5, Mean: 3, Finite: 3}, {Min: -2, Max: 4, Mean: 1, Finite: 2, NonFinite: 1}}
	if !reflect.DeepEqual(ix.Columns[0].Ranges, want) {
		t.Errorf("measured %+v", ix.Columns[0].Ranges)
	}
	f.Attributes[0].Ranges = []cache.Range{{Min: 8, Max: 9, Mean: 8, Finite: 3}, {NonFinite: 3}}
	_, ix = mustWrite(t, f, cache.Stamp{})
	if !reflect.DeepEqual(ix.Columns[0].Ranges, f.Attributes[0].Ranges) {
		t.Errorf("carried %+v", ix.Columns[0].Ranges)
	}
}

func TestManyAttributes(t *testing.T) {
	t.Parallel()
	b := cache.NewBuilder(cache.Header{Version: 103, Points: 2})
	for i := range 600 {
		b.Int32s(fmt.Sprintf("Attribute%d", i), []int32{int32(i), -1})
	}
	want, err := b.Frame()
	if err != nil {
		t.Fatal(err)
	}
	path, _ := mustWrite(t, want, cache.Stamp{})
	f, err := Open(path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	sameFrames(t, mapped(t, path, f.Index()), want)
}

func TestManyBlobTypesAndWarnings(t *testing.T) {
	t.Parallel()
	b := cache.NewBuilder(cache.Header{Version: 103, Points: 1})
	types := make([]string, 3000)
	for i := range types {
		types[i] = strings.Repeat("type", 8) + fmt.Sprint(i)
	}
	b.Add(cache.Column{Name: "Blobs", Type: cache.TypeCustom, BlobTypes: types}, []byte("x"), []uint64{0, 1})
	want, err := b.Frame()
	if err != nil {
		t.Fatal(err)
	}
	want.Warnings = []string{strings.Repeat("a long story ", 20000)}
	path, _ := mustWrite(t, want, cache.Stamp{})
	f, err := Open(path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	sameFrames(t, mapped(t, path, f.Index()), want)
	if !reflect.DeepEqual(f.Index().Warnings, want.Warnings) {
		t.Error("warnings differ")
	}
}

func TestFreshOnlyWhileTheSourceIsTheSame(t *testing.T) {
	t.Parallel()
	source := filepath.Join(t.TempDir(), "x.icecache")
	if err := os.WriteFile(source, []byte("1"), 0o666); err != nil {
		t.Fatal(err)
	}
	path := Path(source)
	if Fresh(path, source) {
		t.Error("fresh before it is written")
	}
	info, err := os.Stat(source)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Write(context.Background(), path, everything(t, 3), cache.StampOf(info), WriteOptions{}); err != nil {
		t.Fatal(err)
	}
	if !Fresh(path, source) {
		t.Error("not fresh once it is written")
	}
	if err := os.WriteFile(source, []byte("12"), 0o666); err != nil {
		t.Fatal(err)
	}
	if Fresh(path, source) {
		t.Error("fresh after the source changed")
	}
	if err := os.Remove(source); err != nil {
		t.Fatal(err)
	}
	if Fresh(path, source) {
		t.Error("fresh without a source")
	}
	path2, _ := mustWrite(t, everything(t, 3), cache.Stamp{})
	if f, err := Open(path2, Options{}); err != nil {
		t.Error(err)
	} else if src, ok := f.Source(); ok {
		t.Errorf("a frame without source has %+v", src)
	}
}

func TestPathIsBesideTheSource(t *testing.T) {
	t.Parallel()
	for source, want := range map[string]string{
		"a/b.1.icecache": "a/.sih5/b.1.icecache.sih5",
		"b.icecache":     ".sih5/b.icecache.sih5",
		"/b.icecache":    "/.sih5/b.icecache.sih5",
	} {
		if got := Path(source); got != filepath.FromSlash(want) {
			t.Errorf("%s: %s, want %s", source, got, want)
		}
	}
}

func TestWritingOverAFileThatIsMappedLeavesTheMapping(t *testing.T) {
	t.Parallel()
	path, ix := mustWrite(t, everything(t, 100), cache.Stamp{})
	old := mapped(t, path, ix)
	want := append([]byte(nil), old.Attributes[3].Bytes()...)
	b := cache.NewBuilder(cache.Header{Points: 1})
	b.Int32s("Other", []int32{1})
	f, err := b.Frame()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Write(context.Background(), path, f, cache.Stamp{}, WriteOptions{}); err != nil {
		t.Fatal(err)
	}
	if string(old.Attributes[3].Bytes()) != string(want) {
		t.Error("the mapped values changed")
	}
}

func TestIndexCanBeSentAsJSON(t *testing.T) {
	t.Parallel()
	_, ix := mustWrite(t, everything(t, 3), cache.Stamp{})
	b, err := json.Marshal(ix)
	if err != nil {
		t.Fatal(err)
	}
	var back cache.Index
	if err := json.Unmarshal(b, &back); err != nil {
		t.Fatal(err)
	}
	if len(back.Columns) != len(ix.Columns) {
		t.Errorf("%d columns of %d", len(back.Columns), len(ix.Columns))
	}
}

// A file is opened for a few of its columns in less time, which are where they are anyway.
func TestOnlyTheColumnsThatAreWantedAreLookedAt(t *testing.T) {
	t.Parallel()
	path, ix := mustWrite(t, simpleFrame(t, 10), cache.Stamp{})
	for _, only := range [][]string{{}, {"no such"}, {ix.Columns[1].Name}, {strings.ToUpper(cache.TrimPadding(ix.Columns[2].Name)), ix.Columns[0].Name + "_"}} {
		var want []cache.Column
		for _, c := range ix.Columns {
			if slices.ContainsFunc(only, func(n string) bool { return strings.EqualFold(cache.TrimPadding(n), cache.TrimPadding(c.Name)) }) {
				want = append(want, c)
			}
		}
		f, err := Open(path, Options{Only: only})
		if err != nil {
			t.Fatal(err)
		}
		if got := f.Index(); !f.Mappable() || got.Header != ix.Header || !reflect.DeepEqual(got.Columns, want) {
			t.Errorf("%q: got  %+v\nwant %+v", only, got.Columns, want)
		}
		f.Close()
	}
}
