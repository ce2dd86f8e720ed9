package pathname

import (
	"encoding/json"
	"testing"
	"unicode/utf8"
)

var names = []string{"", "/a/b_1.icecache", "/d\xe9cor/fum\xe9e_1.icecache", "\xff", "\x00", "\x00YQ==", "a\x00", "/粒子", "/\xe7\xb2", "caf\u00e9\x81"}

func TestPathsSurviveJSON(t *testing.T) {
	t.Parallel()
	for _, name := range names {
		text, err := json.Marshal(Encode(name))
		var got string
		if err == nil {
			err = json.Unmarshal(text, &got)
		}
		if err != nil || Decode(got) != name {
			t.Errorf("%q: %q, %v", name, Decode(got), err)
		}
	}
	if got := Decode("\x00no code!"); got != "\x00no code!" {
		t.Errorf("%q", got)
	}
}

func TestNamesInLatin1CanBeRead(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"/d\xe9cor/fum\xe9e": "/décor/fumée", "/粒子": "/粒子", "caf\u00e9 \xe9": "café é", "\x81x": "\uFFFDx",
	} {
		if got := Display(name); got != want {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
}

func FuzzEncode(f *testing.F) {
	for _, name := range names {
		f.Add(name)
	}
	f.Fuzz(func(t *testing.T, name string) {
		code := Encode(name)
		if !utf8.ValidString(code) || Decode(code) != name || !utf8.ValidString(Display(name)) {
			t.Errorf("%q: %q", name, code)
		}
	})
}
