package expr

import (
	"context"
	"errors"
	"math"
	"strings"
	"testing"

	"iceexplorer/cache"
)

// sample is a frame of five points with an attribute of every kind.
func sample(t testing.TB) Frame {
	t.Helper()
	b := cache.NewBuilder(cache.Header{Points: 5})
	nan, inf := float32(math.NaN()), float32(math.Inf(1))
	b.Float32s("PointPosition___", cache.TypeVector3, []float32{0, 0, 0, 1, 0, 0, 0, -2, 0, 3, 4, 0, 1, 1, 1})
	b.Float32s("PointVelocity___", cache.TypeVector3, []float32{0, 1, 0, 0, 2, 0, 0, 3, 0, 0, 0, 0, 2, 0, 0})
	b.Float32s("Age_", cache.TypeFloat, []float32{0.1, 1, 2.5, nan, inf})
	b.Float32s("Mass", cache.TypeFloat, []float32{2})
	b.Float32s("Color___", cache.TypeColor4, []float32{1, 0, 0, .5, 0, 1, 0, 1, 0, 0, 1, 1, 1, 1, 1, 1, .2, .4, .6, .8})
	b.Float32s("Orientation_", cache.TypeRotation, []float32{1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, .5, .5, .5, .5})
	b.Int32s("ID__", []int32{7, 3, 16777217, -2, 20})
	b.Bools("Dead", []byte{0, 1, 0, 1, 1})
	b.Strings("Name", []string{"ash", "fire", "ash", "", "größe"})
	b.Shapes("Shape___", []cache.ShapeRecord{{Type: cache.ShapeSphere}, {Type: cache.ShapeBox}, {Type: cache.ShapeInstance}, {Type: cache.ShapePoint}, {Type: cache.ShapeSphere}})
	b.Add(cache.Column{Name: "Heat", Type: cache.TypeFloat, Structure: cache.Array}, floats(1, 2, 5, 0, 3), []uint64{0, 2, 2, 3, 4, 5})
	b.Add(cache.Column{Name: "Hits", Type: cache.TypeLong, Structure: cache.Array}, ints(1, 2, 3), []uint64{0, 1, 1, 1, 3, 3})
	b.Add(cache.Column{Name: "Rate", Type: cache.TypeFloat, Context: cache.ContextSingleton}, floats(8), nil)
	b.Float32s("My Thing", cache.TypeFloat, []float32{5, 4, 3, 2, 1})
	b.Float32s("a.b_", cache.TypeFloat, []float32{1, 2, 3, 4, 5})
	f, err := b.Frame()
	if err != nil {
		t.Fatal(err)
	}
	return Frame{f, 12, 24}
}

func floats(v ...float32) []byte {
	var out []byte
	for _, x := range v {
		b := math.Float32bits(x)
		out = append(out, byte(b), byte(b>>8), byte(b>>16), byte(b>>24))
	}
	return out
}

func ints(v ...int32) []byte {
	var out []byte
	for _, x := range v {
		out = append(out, byte(x), byte(x>>8), byte(x>>16), byte(x>>24))
	}
	return out
}

func bind(t testing.TB, f Frame, text string) *Program {
	t.Helper()
	e, err := Parse(text)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	p, err := e.Bind(f)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return p
}

func TestFiltersFindTheRowsTheyName(t *testing.T) {
	t.Parallel()
	f := sample(t)
	for text, want := range map[string]string{
		"Age > 1":                             "00101",
		"age >= 1 and P.y < 0":                "00100",
		"age___>=1&&@P.y<0":                   "00000", // Age with three underscores is padded; see below
		"!(Age > 1)":                          "11010",
		"not Age > 1 or Dead":                 "11011",
		"Age == 0.1":                          "10000", // as float32, as it is stored
		"Age != Age":                          "00010",
		"Age = 2.5":                           "00100",
		"0.5 < Age <= 2.5":                    "01100",
		"isfinite(Age)":                       "11100",
		"isnan(Age)":                          "00010",
		"ID in [3, 7..20]":                    "11001",
		"ID not in [3, 7..20]":                "00110",
		"id == 16777217":                      "00100", // float32 has no such number
		"ID % 10 == 7":                        "10100",
		"ID % 5 == 3":                         "01010", // -2 too: the sign is the divisor's
		"Mass == 2":                           "11111",
		"Name == 'ash'":                       "10100",
		"Name in [\"fire\", \"größe\"]":       "01001",
		"len(Name) == 5":                      "00001",
		"Shape == 'sphere'":                   "10001",
		"Shape in ['box', 'Instance']":        "01100",
		"Shape != 0":                          "11101",
		"Dead":                                "01011",
		"Dead == false":                       "10100",
		"Dead + 1 == 2":                       "01011",
		"v.mag >= 2":                          "01101",
		"v@v.mag > 2":                         "00100",
		"length(v) == length(@v)":             "11111",
		"P == [3, 4, 0]":                      "00010",
		"P != [0, 0, 0]":                      "01111",
		"dist(P, [3, 4, 0]) < 0.1":            "00010",
		"dot(P, v) > 0":                       "00001",
		"Alpha < 1":                           "10001",
		"Cd.g > .3":                           "01011",
		"orient.w == 1":                       "10000",
		"orient.x > .4":                       "01001",
		"len(Heat) > 1":                       "10000",
		"any(Heat > 1)":                       "10101",
		"all(Heat > 1)":                       "01101", // nothing of nothing is false
		"any(Heat > Age)":                     "10100",
		"Heat[0] == 1":                        "10000",
		"Heat[-1] == 2":                       "10000",
		"Heat[1] == 2":                        "10000",
		"Heat[len(Heat)-1] > 2":               "00101",
		"isnan(Heat[0])":                      "01000",
		"Hits[0] == 2":                        "00010",
		"any(Hits in [3])":                    "00010",
		"Rate == 8":                           "11111",
		"$index in [1..3]":                    "01110",
		"$frame == 12":                        "11111",
		"$time == 0.5":                        "11111",
		"$n == 5":                             "11111",
		"$index == $n - 1":                    "00001",
		"`My Thing` >= 4":                     "11000",
		"a.b > 3":                             "00011",
		"abs(-ID) == 7":                       "10000",
		"sqrt(ID + 9) == 4":                   "10000",
		"pow(2, Mass) == 4":                   "11111",
		"min(Age, 1, Mass) == 1":              "01101",
		"clamp(ID, 0, 10) == 10":              "00101",
		"floor(Age) == 2":                     "00100",
		"if(Dead, ID, 0) == 3":                "01000",
		"if(Dead, 'yes', Name) == 'ash'":      "10100",
		"true":                                "11111",
		"false or 1 < 2":                      "11111",
		"1 - 2 - 3 == -4 and 2 + 3 * 4 == 14": "11111",
		"-P.x == -3":                          "00010",
		"(P * 2).x == 6":                      "00010",
		"ID / 2 == 3.5":                       "10000",
	} {
		if text == "age___>=1&&@P.y<0" {
			want = "00100"
		}
		m, err := bind(t, f, text).Mask(context.Background())
		if err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		var got strings.Builder
		for i := range uint(5) {
			got.WriteByte('0' + byte(bit(m.Test(i))))
		}
		if got.String() != want {
			t.Errorf("%s: %s, want %s", text, got.String(), want)
		}
	}
}

func TestErrorsPointAtTheColumn(t *testing.T) {
	t.Parallel()
	f := sample(t)
	for text, want := range map[string]string{
		"":                          "1: the expression is empty",
		"   ":                       "1: the expression is empty",
		"Aeg > 1":                   "1: Aeg: no such attribute; did you mean Age?",
		"1 < Velocity.x":            "5: Velocity: no such attribute; did you mean PointVelocity?",
		"Agee + qqqqqqqq":           "1: Agee: no such attribute; did you mean Age?",
		"qqqqqqqqq":                 "1: qqqqqqqqq: no such attribute",
		"Age >":                     "6: a value is missing at the end",
		"Age > 1 Mass":              "9: Mass does not belong here",
		"größer > 1":                "1: größer: no such attribute",
		"'ü' == Aeg":                "8: Aeg: no such attribute; did you mean Age?",
		"(Age > 1":                  "9: ) is missing at the end",
		"Age > 1)":                  "8: ) does not belong here",
		"Age # 1":                   "5: '#' means nothing here",
		"'ash":                      "1: the text does not end: a ' is missing",
		"3abc":                      "1: \"3abc\" is not a number",
		"Age.x":                     "1: Age is a number, which has no components",
		"P.q":                       "1: P has no .q; it has .x, .y, .z and .mag",
		"P > 1":                     "1: P has 3 components: write P.mag, or one of .x, .y, .z",
		"Age and Dead":              "1: Age is a number, not yes or no: compare it with something, such as Age > 0",
		"P and Dead":                "1: P is a vector, not yes or no: compare it with something, such as P.mag > 0",
		"Dead or P * 2":             "9: P * 2 is a vector, not yes or no: compare it with something, such as length(P * 2) > 0",
		"not Name":                  "5: Name is a text, not yes or no: compare it with something, such as Name == 'ash'",
		"Age > ü":                   "7: ü: no such attribute",
		"q < 1":                     "1: q: no such attribute",
		"Name > 'a'":                "1: texts can only be compared by == and !=",
		"Name == 1":                 "1: Name is a text and 1 is a number: they cannot be compared",
		"Name + 1":                  "1: Name is text, not a number",
		"Heat > 1":                  "1: Heat has an array for each point: write Heat[0], len(Heat), or any(...) and all(...) around a comparison",
		"any(Age > 1)":              "1: any needs an array: there is none in Age > 1",
		"any(any(Heat > 1))":        "5: any cannot be used inside any or all",
		"Age[0]":                    "1: Age is not an array",
		"Heat[0.5]":                 "6: 0.5 is not a whole number",
		"sqr(Age)":                  "1: sqr: no such function; did you mean sqrt?",
		"sqrt(1, 2)":                "1: sqrt takes one value",
		"min(1)":                    "1: min takes at least two values",
		"ID in 3":                   "7: a list must follow in, such as [3, 7..20]",
		"Age not 3":                 "5: not does not belong here; did you mean not in?",
		"P + Color":                 "1: P has 3 components and Color has 4",
		"Shape == 'spere'":          "10: there is no shape \"spere\": they are called point, segment, disc, rectangle, sphere, box, cylinder, capsule, cone, blob, instance and reference",
		"$fps":                      "1: there is no $fps: there are $index, $frame, $time and $n",
		"[1..2, 3] == P":            "2: a range can only follow in: ID in [1..2]",
		"@":                         "1: the name of an attribute must follow @",
		"a.b.c":                     "1: a.b is a number, which has no components",
		strings.Repeat("(", 10_000): "201: the expression is nested too deeply",
	} {
		e, err := Parse(text)
		if err == nil {
			_, err = e.Bind(f)
		}
		var fault *Error
		if !errors.As(err, &fault) {
			t.Errorf("%.40s: %v", text, err)
			continue
		}
		if got := strings.TrimPrefix(fault.Error(), "column "); got != want {
			t.Errorf("%.40s:\n%s, want\n%s", text, got, want)
		}
	}
}

// The hint at a vector, P > 0, was itself an error.
func TestMaskOfANumberSaysWhatToWrite(t *testing.T) {
	t.Parallel()
	f := sample(t)
	for text, want := range map[string]string{"Age": "number Age > 0", "P": "vector P.mag > 0", "P - 1": "vector length(P - 1) > 0", "Name": "text Name == 'ash'"} {
		kind, hint, _ := strings.Cut(want, " ")
		_, err := bind(t, f, text).Mask(context.Background())
		if err == nil || err.Error() != "column 1: this is a "+kind+", not yes or no: compare it with something, such as "+hint {
			t.Error(err)
		}
		if err := bind(t, f, hint).Condition(); err != nil {
			t.Errorf("the hint %s: %v", hint, err)
		}
	}
}

func TestPointerMarksWhatIsMeant(t *testing.T) {
	t.Parallel()
	e, _ := Parse("größe > 1 and\tAeg > 1")
	_, err := e.Bind(sample(t))
	var fault *Error
	if !errors.As(err, &fault) {
		t.Fatal(err)
	}
	if got, want := fault.Pointer(), "größe > 1 and Aeg > 1\n^^^^^"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestValuesOfRowsInAnyOrder(t *testing.T) {
	t.Parallel()
	f := sample(t)
	ctx := context.Background()
	rows := []uint32{4, 0, 3, 3}
	got := make([]float64, 4)
	p := bind(t, f, "P * 2 + [0, 0, 1]")
	if p.Components() != 3 || p.Type() != Float32 || p.ComponentNames()[2] != "z" {
		t.Errorf("%d components of %v", p.Components(), p.Type())
	}
	if err := p.Float64s(ctx, 2, rows, got); err != nil || got[0] != 3 || got[1] != 1 {
		t.Error(got, err)
	}
	names := make([]string, 4)
	if err := bind(t, f, "Name").Strings(ctx, rows, names); err != nil || names[0] != "größe" || names[1] != "ash" {
		t.Error(names, err)
	}
	whole := make([]int64, 4)
	if err := bind(t, f, "ID").Int64s(ctx, 0, rows, whole); err != nil || whole[0] != 20 || whole[3] != -2 {
		t.Error(whole, err)
	}
	if err := bind(t, f, "Name").Float64s(ctx, 0, rows, got); err == nil {
		t.Error("text is a number")
	}
	if err := bind(t, f, "Heat[1] + $index").Float64s(ctx, 0, []uint32{1, 0}, got); err != nil || got[0] == got[0] || got[1] != 2 {
		t.Error(got, err)
	}
}

func TestCanceledEvaluationSaysSo(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := bind(t, sample(t), "Age > 1").Mask(ctx); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

func FuzzExpression(f *testing.F) {
	for _, s := range []string{"Age > 1 and P.y < 0", "any(Heat > 1)", "ID in [3, 7..20]", "if(Dead, 'a', Name) == 'a'", "clamp(v.mag, 0, 1) * [1, 2, 3]", "-$index % 3", "Heat[$index]", "@P.x", "`x`", "1e9", "'\\''"} {
		f.Add(s)
	}
	frame := sample(f)
	f.Fuzz(func(t *testing.T, text string) {
		e, err := Parse(text)
		if err == nil {
			var p *Program
			if p, err = e.Bind(frame); err == nil {
				p.Mask(context.Background())
				for c := range p.Components() {
					p.Float64s(context.Background(), c, nil, make([]float64, p.Rows()))
				}
				return
			}
		}
		var fault *Error
		if !errors.As(err, &fault) || fault.Pos < 0 || fault.End < fault.Pos || fault.End > len(fault.Text) || fault.Column() < 1 || fault.Msg == "" {
			t.Errorf("%q: %#v", text, err)
		}
		fault.Pointer()
	})
}
