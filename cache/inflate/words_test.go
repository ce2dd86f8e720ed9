package inflate

import (
	"bytes"
	"compress/gzip"
	"strings"
	"testing"
)

// "compressed data end at byte 3000" left users to guess that the file is not whole.
func TestATruncatedFileIsCalledCutShort(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write(bytes.Repeat([]byte("particles "), 1000)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	_, err := Gunzip(t.Context(), nil, b.Bytes()[:b.Len()/2], 1<<20)
	if err == nil || !strings.Contains(err.Error(), "the file is cut short at byte ") {
		t.Errorf("%v", err)
	}
}
