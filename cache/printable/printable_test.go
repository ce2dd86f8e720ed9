package printable

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

var cases = []struct{ in, line string }{
	{"", ""},
	{"plain, grün, 粒子, \u3000wide", "plain, grün, 粒子, \u3000wide"},
	{"\x1b[2J\x1b]0;owned\x07\n2026 forged line", `\x1b[2J\x1b]0;owned\x07\n2026 forged line`},
	{"a\tb\r\x00\x7f", `a\tb\x0d\x00\x7f`},
	{"\u009b2J \u0085", `\u009b2J \u0085`},
	{"gpj.\u202egnp \u2066x\u2069 \u200f", `gpj.\u202egnp \u2066x\u2069 \u200f`},
	{"a\u2028b\u2029c\ufeff", `a\u2028b\u2029c\ufeff`},
	{"\U000e0041 \ue000", `\U000e0041 \ue000`},
	{"fum\xe9e \x9b2J \xff", `fum\xe9e \x9b2J \xff`},
	{"\xe7\xb2", `\xe7\xb2`},
	{"a real \ufffd stays", "a real \ufffd stays"},
	{"\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645 👩\u200d🚀", "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645 👩\u200d🚀"},
}

func TestATerminalActsOnNothing(t *testing.T) {
	t.Parallel()
	for _, tt := range cases {
		if got := Line(tt.in); got != tt.line {
			t.Errorf("Line(%q): %q, want %q", tt.in, got, tt.line)
		}
		text := strings.NewReplacer("\n", `\n`, "\t", `\t`).Replace(Text(tt.in))
		if text != tt.line {
			t.Errorf("Text(%q): %q, want %q", tt.in, text, tt.line)
		}
	}
}

func TestAWriterKeepsCharactersThatComeInPieces(t *testing.T) {
	t.Parallel()
	for _, tt := range cases {
		in := tt.in + " grün 粒子 👩\n"
		for step := 1; step < 6; step++ {
			var b bytes.Buffer
			w := NewWriter(&b)
			for rest := in; rest != ""; {
				n := min(step, len(rest))
				if m, err := w.Write([]byte(rest[:n])); m != n || err != nil {
					t.Fatal(m, err)
				}
				rest = rest[n:]
			}
			if b.String() != Text(in) {
				t.Errorf("%q in steps of %d: %q, want %q", in, step, b.String(), Text(in))
			}
		}
	}
}

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("no space left on device") }

func TestAWriterTellsOfAFullDisk(t *testing.T) {
	t.Parallel()
	if _, err := NewWriter(full{}).Write([]byte("x")); err == nil {
		t.Error("no error")
	}
}

func FuzzLine(f *testing.F) {
	for _, tt := range cases {
		f.Add(tt.in)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := Line(s)
		if !utf8.ValidString(got) || strings.ContainsFunc(got, func(r rune) bool {
			return unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r)
		}) {
			t.Errorf("%q: %q", s, got)
		}
		if Line(got) != got {
			t.Errorf("%q: %q, then %q", s, got, Line(got))
		}
	})
}
