package derived

import (
	"context"
	"errors"
	"math"
	"slices"
	"strings"
	"testing"

	"iceexplorer/app/inspect"
	"iceexplorer/app/inspect/expr"
	"iceexplorer/cache"
)

// frameOf has Heat of the given values, Wind of three times as many, and a Name.
func frameOf(t *testing.T, heat ...float32) expr.Frame {
	t.Helper()
	n := len(heat)
	b := cache.NewBuilder(cache.Header{Version: 103, Points: uint32(n)})
	b.Float32s("Heat", cache.TypeFloat, heat)
	wind := make([]float32, 3*n)
	for i := range n {
		wind[3*i], wind[3*i+1] = 3*heat[i], 4*heat[i]
	}
	b.Float32s("Wind", cache.TypeVector3, wind)
	b.Strings("Name", make([]string, n))
	f, err := b.Frame()
	if err != nil {
		t.Fatal(err)
	}
	return expr.Frame{Frame: f, Number: 48}
}

func TestColumnsAreWhatExpressionsGive(t *testing.T) {
	t.Parallel()
	nan := float32(math.NaN())
	f := frameOf(t, 1, 2, nan, 5)
	for text, want := range map[string]struct {
		values []float32
		lo, hi float64
	}{
		"Heat * 2":     {[]float32{2, 4, nan, 10}, 2, 10},
		"Wind":         {[]float32{5, 10, nan, 25}, 5, 25},
		"Heat > 1":     {[]float32{0, 1, 0, 1}, 0, 1},
		"$index + 1":   {[]float32{1, 2, 3, 4}, 1, 4},
		"$time":        {[]float32{2}, 2, 2},
		"Wind.y - 1/0": {[]float32{-float32(math.Inf(1)), -float32(math.Inf(1)), nan, -float32(math.Inf(1))}, math.Inf(1), math.Inf(-1)},
	} {
		c, err := Of(t.Context(), f, Wish{Text: text, FPS: 24})
		if err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		same := func(a, b float32) bool { return a == b || a != a && b != b }
		if !slices.EqualFunc(c.Values, want.values, same) || c.Span != (inspect.Span{Lo: want.lo, Hi: want.hi}) {
			t.Errorf("%s: %v, %v", text, c.Values, c.Span)
		}
		if span, err := ExtentOf(t.Context(), f, text); err != nil || span != (Extent{c.Span, c.Odd}) {
			t.Errorf("%s: range alone %v, %v", text, span, err)
		}
	}
	bare, err := Of(t.Context(), frameOf(t, 0, 10, 20, 30, 40), Wish{Text: "`Heat`", Bare: true, Low: 25, High: 90})
	if err != nil || bare.Values != nil || bare.Span != (inspect.Span{Lo: 0, Hi: 40}) || bare.Ends != (inspect.Span{Lo: 10, Hi: 36}) {
		t.Errorf("percentiles: %+v, %v", bare, err)
	}
	if c, err := Of(t.Context(), frameOf(t), Wish{Text: "Heat", Low: 1, High: 99}); err != nil || !c.Span.Empty() || !c.Ends.Empty() {
		t.Errorf("no points: %+v, %v", c, err)
	}
}

func TestWhatIsNoNumberHasAPlaceInTheText(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"Heat + Haet": "column 8: Haet: no such attribute; did you mean Heat?",
		"Name":        "column 1: this is text",
		"Heat +":      "column 7: ",
	} {
		_, err := Of(t.Context(), frameOf(t, 1), Wish{Text: text})
		if fault := (*expr.Error)(nil); !errors.As(err, &fault) || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%s: %v, want %q", text, err, want)
		}
	}
}

func TestAttributesAreExpressions(t *testing.T) {
	t.Parallel()
	for want, got := range map[string]string{
		"`my heat`": OfAttribute("my heat", cache.TypeFloat, 0), "`Wind`.mag": OfAttribute("Wind", cache.TypeVector3, -1), "`Wind`.y": OfAttribute("Wind", cache.TypeVector3, 1),
		"`Turn`.m01": OfAttribute("Turn", cache.TypeMatrix33, 1),
	} {
		if got != want {
			t.Errorf("%s, want %s", got, want)
		}
		if _, err := expr.Parse(got); err != nil {
			t.Error(err)
		}
	}
}

// What was made is kept; what is on its way for an older wish is given up.
func TestTheNewestWishWins(t *testing.T) {
	t.Parallel()
	var c Cache
	f := frameOf(t, 1, 2)
	a, b := Wish{Text: "Heat + 1"}, Wish{Text: "Heat + 2"}
	c.Want(a)
	c.Make(7, f, a)
	col, err, ok := c.Get(7, a)
	if col.Key == 0 || !ok || err != nil || col.Values[0] != 2 {
		t.Fatalf("%v, %v, %v", col, err, ok)
	}
	c.Make(7, expr.Frame{}, a) // there already: not made again
	c.Make(7, f, b)
	if _, _, ok := c.Get(7, b); ok {
		t.Error("made though it is not wished")
	}
	c.Want(b)
	c.Make(7, f, b)
	c.Make(8, f, Wish{Text: "Heat + 2"})
	for _, frame := range []uint64{7, 8} {
		if _, _, ok := c.Get(frame, b); !ok {
			t.Errorf("frame %d is not there", frame)
		}
	}
	c.Want(Wish{Text: "Cold"})
	c.Make(7, f, Wish{Text: "Cold"})
	if _, err, ok := c.Get(7, Wish{Text: "Cold"}); !ok || err == nil {
		t.Errorf("a fault is not kept: %v", err)
	}
	canceled, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Of(canceled, f, a); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
}

func TestTheCacheHoldsWhatWasUsedLast(t *testing.T) {
	t.Parallel()
	c := Cache{made: map[place]*entry{}}
	big := &Column{Values: make([]float32, Budget/4/2)}
	for i := range uint64(3) {
		c.clock++
		at := place{frame: i}
		c.made[at] = &entry{column: big, used: c.clock}
		c.bytes += c.made[at].bytes()
		c.Get(0, Wish{})
		c.trim(at)
	}
	for i, want := range []bool{true, false, true} {
		if _, _, ok := c.Get(uint64(i), Wish{}); ok != want {
			t.Errorf("frame %d kept: %v", i, ok)
		}
	}
}
