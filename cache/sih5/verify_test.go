package sih5

import (
	"context"
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"iceexplorer/cache"
)

// flip changes a bit of a file.
func flip(t testing.TB, path string, bit int64) {
	t.Helper()
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var b [1]byte
	if _, err := f.ReadAt(b[:], bit/8); err != nil {
		t.Fatal(err)
	}
	b[0] ^= 1 << (bit % 8)
	if _, err := f.WriteAt(b[:], bit/8); err != nil {
		t.Fatal(err)
	}
}

// Files with flipped bits were up to date.
func TestEveryFlippedBitIsFound(t *testing.T) {
	t.Parallel()
	for name, f := range map[string]*cache.Frame{"many types": everything(t, 500), "large": simpleFrame(t, 5000), "tiny": simpleFrame(t, 1)} {
		path, ix := mustWrite(t, f, cache.Stamp{Size: 1, MTime: 2})
		st, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		size := st.Size()
		verify := func() error {
			_, err := Verify(context.Background(), path, VerifyOptions{})
			return err
		}
		if err := verify(); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		r := rand.New(rand.NewPCG(1, 2))
		bits := []int64{0, 8*size - 1}
		for range 60 {
			bits = append(bits, r.Int64N(8*size))
		}
		for _, c := range ix.Columns {
			if c.Data.Len == 0 {
				continue
			}
			bits = append(bits, 8*int64(c.Data.Offset)-1, 8*int64(c.Data.Offset), 8*int64(c.Data.End())-1)
		}
		for _, bit := range bits {
			flip(t, path, bit)
			err := verify()
			flip(t, path, bit)
			if !cache.Permanent(err) || !strings.HasSuffix(err.Error(), path) {
				t.Errorf("%s: bit %d of byte %d: %v", name, bit%8, bit/8, err)
			}
		}
		if err := verify(); err != nil {
			t.Errorf("%s: after all: %v", name, err)
		}
	}
}

func TestWhatDiffersIsNamed(t *testing.T) {
	t.Parallel()
	f := simpleFrame(t, 100)
	path, ix := mustWrite(t, f, cache.Stamp{})
	flip(t, path, 8*int64(ix.Columns[1].Data.Offset))
	flip(t, path, 8*int64(ix.Columns[3].Data.Offset))
	if _, err := Verify(context.Background(), path, VerifyOptions{}); err == nil || !strings.Contains(err.Error(), "is damaged: attribute Color, attribute ID: not what was written, by the checksums") {
		t.Error(err)
	}
}

func TestValuesAreHeldAgainstTheSource(t *testing.T) {
	t.Parallel()
	f := everything(t, 300)
	path, _ := mustWrite(t, f, cache.Stamp{})
	steps := 0
	v, err := Verify(context.Background(), path, VerifyOptions{Frame: f, Disk: true, Step: func() { steps++ }})
	if err != nil || v.Unknown != "" {
		t.Fatalf("%+v, %v", v, err)
	}
	st, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if n := sumsLen(f.Index().Columns); v.Bytes+n != uint64(st.Size()) {
		t.Errorf("%d bytes were read of %d, less %d of checksums", v.Bytes, st.Size(), n)
	}
	for _, tc := range []struct {
		of   *cache.Frame
		want string
	}{
		{everything(t, 301), "its header is not that of the source"},
		{simpleFrame(t, 300), "its header is not that of the source"},
	} {
		if _, err := Verify(context.Background(), path, VerifyOptions{Frame: tc.of}); err == nil || !strings.Contains(err.Error(), tc.want) {
			t.Errorf("%v, want %s", err, tc.want)
		}
	}
	other := everything(t, 300) // whose checksums are as true
	other.Attributes[0].Bytes()[7] ^= 1
	path, _ = mustWrite(t, other, cache.Stamp{})
	if _, err := Verify(context.Background(), path, VerifyOptions{Frame: f}); err == nil || !strings.Contains(err.Error(), "attribute Single_bool: not what the source holds") {
		t.Error(err)
	}
}

func TestFilesWithoutChecksumsSayWhy(t *testing.T) {
	t.Parallel()
	for path, want := range map[string]string{
		oldFile(t): "no checksum",
		filepath.Join(corpus(t, "original_sih5"), "original_1200.icecache.sih5"): "no checksum: written by another program",
	} {
		if v, err := Verify(context.Background(), path, VerifyOptions{}); err != nil || v.Unknown != want {
			t.Errorf("%+v, %v, want %s", v, err, want)
		}
	}
}

func TestVerifyingCanBeCanceled(t *testing.T) {
	t.Parallel()
	path, _ := mustWrite(t, simpleFrame(t, 1000), cache.Stamp{})
	if _, err := Verify(&countdown{context.Background(), 3}, path, VerifyOptions{}); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

// BenchmarkVerify compares verifying with reading alone.
func BenchmarkVerify(b *testing.B) {
	path, _ := mustWrite(b, simpleFrame(b, 1_000_000), cache.Stamp{})
	st, err := os.Stat(path)
	if err != nil {
		b.Fatal(err)
	}
	b.Run("verify", func(b *testing.B) {
		b.SetBytes(st.Size())
		for b.Loop() {
			if _, err := Verify(context.Background(), path, VerifyOptions{}); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("read", func(b *testing.B) {
		b.SetBytes(st.Size())
		f, err := os.Open(path)
		if err != nil {
			b.Fatal(err)
		}
		defer f.Close()
		buf := make([]byte, pieceBytes)
		for b.Loop() {
			for at := int64(0); at < st.Size(); at += pieceBytes {
				_, _ = f.ReadAt(buf, at)
			}
		}
	})
}
