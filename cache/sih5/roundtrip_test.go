package sih5

import (
	"context"
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"iceexplorer/cache"
)

func simpleFrame(t testing.TB, n int) *cache.Frame {
	t.Helper()
	b := cache.NewBuilder(cache.Header{Version: 103, Points: uint32(n), Substeps: 1})
	pos, size, id, flag := make([]float32, 3*n), make([]float32, n), make([]int32, n), make([]byte, n)
	for i := range n {
		pos[3*i], size[i], id[i], flag[i] = float32(i), float32(i)/10, int32(-i), byte(i&1)
	}
	b.Float32s("PointPosition", cache.TypeVector3, pos)
	b.Float32s("Size", cache.TypeFloat, size)
	b.Int32s("ID", id)
	b.Bools("Flag", flag)
	b.Float32s("Mass", cache.TypeFloat, []float32{1.5})
	f, err := b.Frame()
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestWriteThenOpenGivesTheSameIndex(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.icecache.sih5")
	f := simpleFrame(t, 1000)
	ix, err := Write(context.Background(), path, f, Source{Size: 7, MTime: 9}, WriteOptions{})
	if err != nil {
		t.Fatal(err)
	}
	got, err := Open(path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer got.Close()
	if !got.Mappable() || !reflect.DeepEqual(got.Index(), ix) {
		t.Errorf("mappable %v\ngot  %+v\nwant %+v", got.Mappable(), got.Index(), ix)
	}
	mem, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := got.Index().Check(uint64(len(mem))); err != nil {
		t.Error(err)
	}
}

func BenchmarkOpen10Attributes(b *testing.B) {
	bl := cache.NewBuilder(cache.Header{Version: 103, Points: 1000, Substeps: 1})
	for i := range 10 {
		bl.Float32s("Attribute"+string(rune('a'+i)), cache.TypeVector3, make([]float32, 3000))
	}
	f, _ := bl.Frame()
	path := filepath.Join(b.TempDir(), "a.icecache.sih5")
	if _, err := Write(context.Background(), path, f, Source{Size: 7, MTime: 9}, WriteOptions{}); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		got, err := Open(path, Options{})
		if err != nil {
			b.Fatal(err)
		}
		got.Close()
	}
}
