package inflate

import (
	"bytes"
	"compress/zlib"
	"errors"
	"strings"
	"testing"
)

func packed(t testing.TB, b []byte) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zlib.NewWriter(&out)
	if _, err := z.Write(b); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestZlibFillsExactly(t *testing.T) {
	t.Parallel()
	text := []byte(strings.Repeat("the same again, ", 1000))
	src := packed(t, text)
	for name, tt := range map[string]struct {
		src  []byte
		n    int
		want string // part of the error
	}{
		"whole":           {src, len(text), ""},
		"with more after": {append(bytes.Clone(src), "more"...), len(text), ""},
		"empty":           {packed(t, nil), 0, ""},
		"too short":       {src, len(text) + 1, "the data end early, after 16000 bytes"},
		"too long":        {src, len(text) - 1, "more data than there should be"},
		"cut":             {src[:len(src)-5], len(text), "zlib: "},
		"wrong sum":       {append(bytes.Clone(src[:len(src)-1]), src[len(src)-1]^1), len(text), "zlib: "},
		"no zlib":         {text, len(text), "zlib: invalid header"},
		"nothing":         {nil, 10, "zlib: "},
	} {
		dst := make([]byte, tt.n)
		err := Zlib(dst, tt.src)
		var e *ZlibError
		switch {
		case tt.want == "":
			if err != nil || !bytes.Equal(dst, text[:tt.n]) {
				t.Errorf("%s: %v", name, err)
			}
		case !errors.As(err, &e) || !strings.Contains(err.Error(), tt.want):
			t.Errorf("%s: %v, want %q", name, err, tt.want)
		}
	}
}
