//go:build unix

package gfx

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"unsafe"
)

func TestAColumnOfACutFileIsAnErrorAndNotTheEnd(t *testing.T) {
	for _, opt := range []Options{{}, {NoPersist: true}} {
		r := newTestRenderer(t, opt)
		const n = 4096
		name := filepath.Join(t.TempDir(), "column")
		if err := os.WriteFile(name, make([]byte, n*12), 0o600); err != nil {
			t.Fatal(err)
		}
		file, err := os.OpenFile(name, os.O_RDWR, 0)
		if err != nil {
			t.Fatal(err)
		}
		defer file.Close()
		mem, err := syscall.Mmap(int(file.Fd()), 0, n*12, syscall.PROT_READ, syscall.MAP_SHARED)
		if err != nil {
			t.Fatal(err)
		}
		defer syscall.Munmap(mem)
		pos := unsafe.Slice((*float32)(unsafe.Pointer(&mem[0])), n*3)
		if err := file.Truncate(4096); err != nil {
			t.Fatal(err)
		}
		v := testView(Box{Vec3{-1, -1, -1}, Vec3{1, 1, 1}}, 96, 64)
		err = r.Draw(&v, []Cloud{{Layer: 1, Key: 1, N: n, Position: pos}}, 96, 64)
		if err == nil || !strings.Contains(err.Error(), "truncated") {
			t.Errorf("drawing a cut file: %v", err)
		}
		whole := newFountain(n)
		c := whole.cloud()
		c.Size = Attrib{F: pos[n*3-1:], Comps: 1} // a constant
		if err = r.Draw(&v, []Cloud{c}, 96, 64); err == nil || !strings.Contains(err.Error(), "truncated") {
			t.Errorf("drawing a cut constant: %v", err)
		}
		f := newFountain(10)
		if err := r.Draw(&v, []Cloud{f.cloud()}, 96, 64); err != nil {
			t.Errorf("drawing another afterwards: %v", err)
		}
		r.Free()
	}
}
