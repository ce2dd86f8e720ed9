package icecache

import (
	"fmt"
	"testing"

	"iceexplorer/cache"
)

// subjects are what a file may have besides positions.
func subjects(n int) map[string][]made {
	s := map[string][]made{
		"bool":     {madeOf("Flag", 1, n, boolOf)},
		"constant": {constantOf(madeOf("Mass", 4, max(n, 1), floatsOf(1))), constantOf(madeOf("On", 1, max(n, 1), boolOf))},
		"array": {arrayOf(madeOf("StrandPosition", 16, n, floatsOf(3))), arrayOf(madeOf("Marks", 1, n, boolOf)),
			constantOf(arrayOf(madeOf("Same", 2, max(n, 1), longOf)))},
		"string": {madeOf("Text", 0x20000, n, stringOf), arrayOf(madeOf("Words", 0x20000, n, stringOf)),
			constantOf(madeOf("Title", 0x20000, max(n, 1), stringOf))},
		"shape": {madeOf("Shape", 0x8000, n, shapeOf), madeOf("Plain", 0x8000, n, shapeFewOf),
			constantOf(madeOf("One", 0x8000, max(n, 1), shapeOf)), arrayOf(madeOf("Shapes", 0x8000, n, shapeOf))},
	}
	for code, comps := range map[uint32]int{4: 1, 8: 2, 16: 3, 32: 4, 64: 4, 128: 9, 256: 16, 512: 4, 0x4000: 4} {
		s["types"] = append(s["types"], madeOf(fmt.Sprintf("Type%x", code), code, n, floatsOf(comps)))
	}
	s["types"] = append(s["types"], madeOf("ID", 2, n, longOf))
	return s
}

func positions(n int) made { return madeOf("PointPosition", 16, n, floatsOf(3)) }

// TestEveryDialectIsReadRight is the product of the dialects, of the counts around
// full chunks and of what a file may hold.
func TestEveryDialectIsReadRight(t *testing.T) {
	t.Parallel()
	versions := []uint32{103, 102, 101, 100}
	turn := 0
	var d Decoder
	var mem []byte
	for _, n := range []int{0, 1, 3999, 4000, 4001, 8000, 8001} {
		for name, attrs := range subjects(n) {
			for bits := range 32 {
				if name == "types" && bits%15 != 0 {
					continue // of these, dialects differ in nothing
				}
				m := maker{
					noTrailing: bits&1 != 0, bool1: bits&2 != 0, constOnce: bits&4 != 0, barePos: bits&8 != 0, paddedLens: bits&16 != 0,
					version: versions[turn%4],
				}
				if m.version == 101 {
					m.like = []uint32{100, 102, 103}[turn/4%3]
				}
				members := max(0, turn%9-5)
				m.zeroFlags = turn%3 == 0
				turn++
				t.Run(fmt.Sprintf("%d points, %s, %05b, version %d, %d members", n, name, bits, m.version, members), func(t *testing.T) {
					all := append([]made{positions(n)}, attrs...)
					src := m.file(n, all)
					if members > 0 {
						src = pack(t, src, members)
					}
					file, err := d.OpenBytes(t.Context(), src, Options{})
					if err != nil {
						t.Fatal(err)
					}
					if uint64(len(mem)) < file.Need() {
						mem = alignedBytes(2 * file.Need())
					}
					ix, err := file.Fill(t.Context(), mem)
					if err != nil {
						t.Fatal(err)
					}
					f, err := cache.NewFrame(ix, mem, nil)
					if err != nil {
						t.Fatal(err)
					}
					if len(f.Warnings) > 0 {
						t.Errorf("warnings %q", f.Warnings)
					}
					if want := map[bool]cache.Storage{true: cache.StoragePlain, false: cache.StorageGzip}[members == 0]; f.Storage != want {
						t.Errorf("storage %s, want %s", f.Storage, want)
					}
					compare(t, f, n, all)
					if bits == 0 {
						roundTrip(t, f, EncodeOptions{Storage: cache.StoragePlain}, EncodeOptions{Storage: cache.StorageText},
							EncodeOptions{Version: 102, Level: 1}, EncodeOptions{Version: 100, Storage: cache.StoragePlain})
					}
				})
			}
		}
	}
}
