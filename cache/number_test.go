package cache

import (
	"encoding/json"
	"math/rand/v2"
	"strings"
	"testing"
)

func TestNumbersAreExactDecimals(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"0": "0", "-0": "0", "-0.0": "0", "7": "7", "007": "7", "-5": "-5", "-0005": "-5",
		"101.5": "101.5", "101.50": "101.5", "0101.250": "101.25", "-1.75": "-1.75", "0.1": "0.1", "101.333333": "101.333333",
		"999999999999999": "999999999999999", "99999999999999.9": "99999999999999.9", "0.000000000000001": "0.000000000000001",
		"0000000000000000001": "1", "1.0000000000000000": "1",
	} {
		n, ok := ParseNumber(text)
		if !ok || n.String() != want {
			t.Errorf("ParseNumber(%q) = %v, %v; want %s", text, n, ok, want)
		}
		if again, ok := ParseNumber(n.String()); !ok || again != n {
			t.Errorf("%v is read back as %v", n, again)
		}
		if got, err := json.Marshal(n); err != nil || n.Whole() && string(got) != want {
			t.Errorf("%v is %s in JSON", n, got)
		}
	}
	for _, text := range []string{
		"", "-", ".", "1.", ".5", "+1", "1e3", "0x1", "inf", "NaN", "1_000", "1,5", " 1", "1 ", "--1", "1.-5", "1.2.3", "\u0661\u0662", "\uff11",
		"1234567890123456", "1234567890.123456",
	} {
		if n, ok := ParseNumber(text); ok {
			t.Errorf("ParseNumber(%q) = %v", text, n)
		}
	}
}

func TestNumbersWithDifferentDigitsDiffer(t *testing.T) {
	t.Parallel()
	rnd := rand.New(rand.NewPCG(1, 2))
	text := func() string {
		whole := strings.Repeat("0", rnd.IntN(3)) + big(rnd, 1+rnd.IntN(9))
		if rnd.IntN(2) == 0 {
			return whole
		}
		return whole + "." + big(rnd, 1+rnd.IntN(6))
	}
	plain := func(s string) string {
		whole, fraction, _ := strings.Cut(s, ".")
		return strings.TrimLeft(whole, "0") + "." + strings.TrimRight(fraction, "0")
	}
	for range 20_000 {
		a, b := text(), text()
		if rnd.IntN(2) == 0 { // mostly neighbours
			b = a[:len(a)-1] + big(rnd, 1)
		}
		x, okX := ParseNumber(a)
		y, okY := ParseNumber(b)
		if !okX || !okY {
			t.Fatalf("%s or %s is no number", a, b)
		}
		if (x == y) != (plain(a) == plain(b)) {
			t.Fatalf("%s == %s is %v", a, b, x == y)
		}
	}
}

func big(rnd *rand.Rand, digits int) string {
	b := make([]byte, digits)
	for i := range b {
		b[i] = '0' + byte(rnd.IntN(10))
	}
	return string(b)
}

func TestDecimalsOfNumbers(t *testing.T) {
	t.Parallel()
	for n, want := range map[Number]int{0: 0, 12: 0, -5: 0, 1.5: 1, 101.25: 2, -0.125: 3} {
		if got := n.Decimals(); got != want || n.Whole() != (want == 0) {
			t.Errorf("%v has %d decimals, whole %v", n, got, n.Whole())
		}
	}
}
