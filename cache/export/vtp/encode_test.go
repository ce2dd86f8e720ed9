package vtp

import (
	"bytes"
	"encoding/base64"
	"math/rand/v2"
	"testing"
)

func TestBase64IsThatOfTheStandardLibrary(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(1, 2))
	for _, size := range []int{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 100, chunk - 1, chunk, chunk + 1, 3*chunk + 7} {
		data := make([]byte, size)
		for i := range data {
			data[i] = byte(random.Uint32())
		}
		for _, piece := range []int{1, 2, 5, 8, 4096, size + 1} {
			var got bytes.Buffer
			e := newEncoder(&got)
			for rest := data; len(rest) > 0; {
				n, err := e.Write(rest[:min(piece, len(rest))])
				if err != nil || n != min(piece, len(rest)) {
					t.Fatal(n, err)
				}
				rest = rest[n:]
			}
			if err := e.Close(); err != nil {
				t.Fatal(err)
			}
			if want := base64.StdEncoding.EncodeToString(data); got.String() != want {
				t.Errorf("%d bytes in pieces of %d: %.80q, want %.80q", size, piece, got.String(), want)
			}
		}
	}
}
