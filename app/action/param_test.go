package action

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"
)

func TestParametersAreReadByPlaceAndByName(t *testing.T) {
	t.Parallel()
	clip := &Action{ID: "clip", Params: []Param{
		{Name: "axis", Kind: Choice, Choices: []string{"x", "y"}}, {Name: "low", Kind: Number}, {Name: "high", Kind: Number, Optional: true},
	}}
	open := &Action{ID: "open", Params: []Param{{Name: "path", Kind: Path, Many: true}}}
	for _, c := range []struct {
		a     *Action
		words string
		want  string // values by name, in the order of the parameters
	}{
		{clip, "x 1", "x 1 -"},
		{clip, "y -2.5e3 7", "y -2500 7"},
		{clip, "high=3 x 1", "x 1 3"},
		{clip, "low=1 high=2 axis=y", "y 1 2"},
		{open, "a b=c path=d", "a b=c d"},
	} {
		args, err := c.a.Parse(strings.Split(c.words, " "))
		if err != nil {
			t.Errorf("%s %s: %v", c.a.ID, c.words, err)
			continue
		}
		got := strings.Join(args.Texts("path"), " ")
		if c.a == clip {
			got = args.Text("axis") + " " + num(args, "low") + " " + num(args, "high")
		}
		if got != c.want {
			t.Errorf("%s %s: %q, want %q", c.a.ID, c.words, got, c.want)
		}
	}
}

func num(a Args, name string) string {
	if !a.Has(name) {
		return "-"
	}
	return strconv.FormatFloat(a.Number(name), 'g', -1, 64)
}

func TestWrongParametersAreNamed(t *testing.T) {
	t.Parallel()
	a := &Action{ID: "set", Params: []Param{
		{Name: "size", Kind: Number, Min: 0.5, Max: 8}, {Name: "count", Kind: Integer, Optional: true, Min: 0, Max: math.Inf(1)},
		{Name: "mode", Kind: Choice, Choices: []string{"a", "b"}, Optional: true}, {Name: "state", Kind: Switch, Optional: true},
		{Name: "tint", Kind: Color, Optional: true},
	}}
	for words, want := range map[string]string{
		"":                  "set needs SIZE: write set SIZE [COUNT] [a|b] [on|off] [TINT]",
		"count=1":           "needs SIZE",
		"9":                 `size "9": want a number from 0.5 to 8`,
		"nan":               `size "nan": want a number`,
		"inf":               `size "inf": want a number`,
		"1x":                `size "1x": want a number`,
		"1 1.5":             `count "1.5": want a whole number from 0`,
		"1 -1":              `count "-1": want a whole number from 0`,
		"1 1 c":             `mode "c": want one of a, b`,
		"1 1 a yes":         `state "yes": want on or off`,
		"1 tint=12345":      `tint "12345": want RRGGBB`,
		"1 tint=gggggg":     `tint "gggggg": want RRGGBB`,
		"1 size=2":          "size is given twice",
		"1 1 a on ffffff x": `"x" is one value too many`,
	} {
		if _, err := a.Parse(strings.Fields(words)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("set %s: %v, want %q", words, err, want)
		}
	}
}

func TestASwitchThatIsNotGivenTurnsAround(t *testing.T) {
	t.Parallel()
	a := &Action{ID: "grid", Params: []Param{{Name: "state", Kind: Switch, Optional: true}}}
	for _, c := range []struct {
		words     []string
		now, want bool
	}{{nil, true, false}, {nil, false, true}, {[]string{"on"}, true, true}, {[]string{"off"}, false, false}, {[]string{"state=on"}, false, true}} {
		args, err := a.Parse(c.words)
		if err != nil || args.Switch("state", c.now) != c.want {
			t.Errorf("%q when %v: %v, %v", c.words, c.now, args.Switch("state", c.now), err)
		}
	}
}

func TestColorsAreHexadecimal(t *testing.T) {
	t.Parallel()
	a := &Action{ID: "tint", Params: []Param{{Name: "color", Kind: Color}}}
	args, err := a.Parse([]string{"ff8000"})
	if c := args.Color("color"); err != nil || c[0] != 1 || math.Abs(float64(c[1])-0.50196) > 1e-5 || c[2] != 0 {
		t.Errorf("%v, %v", c, err)
	}
}

func TestFaultyParametersAreRefused(t *testing.T) {
	t.Parallel()
	for want, params := range map[string][]Param{
		"bad parameter name":      {{Name: "A"}},
		"two parameters":          {{Name: "a"}, {Name: "a"}},
		"no choices":              {{Name: "a", Kind: Choice}},
		"which takes many":        {{Name: "a", Many: true}, {Name: "b"}},
		"follows an optional one": {{Name: "a", Optional: true}, {Name: "b"}},
	} {
		if err := NewRegistry().Add(Action{ID: "x", Label: "X", Do: nothing, Params: params}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%+v: %v, want %q", params, err, want)
		}
	}
}

func TestUsageAndCompletions(t *testing.T) {
	t.Parallel()
	by := Param{Name: "name", Suggest: func() []string { return []string{"Age", "ID"} }}
	a := &Action{ID: "color-by", Params: []Param{by}}
	if got := a.Usage(); got != "color-by NAME" || !a.Needs() {
		t.Errorf("%q, needs %v", got, a.Needs())
	}
	if !slices.Equal(by.Completions(), []string{"Age", "ID"}) {
		t.Errorf("%q", by.Completions())
	}
	if p := (Param{Name: "x", Kind: Switch, Optional: true}); !slices.Equal(p.Completions(), []string{"on", "off"}) || p.Usage() != "[on|off]" {
		t.Errorf("%q, %q", p.Completions(), p.Usage())
	}
	if p := (Param{Name: "file", Kind: Path}); p.Completions() != nil || p.Check("") != nil {
		t.Error("a path is completed from something")
	}
}

func TestFramesAreNumbersAsFilesHaveThem(t *testing.T) {
	t.Parallel()
	a := &Action{ID: "goto", Params: []Param{{Name: "frame", Kind: Frame}}}
	for text, want := range map[string]string{"12": "12", "-5": "-5", "0012": "12", "101.50": "101.5", "frame=-1.25": "-1.25", "999999999999999": "999999999999999"} {
		args, err := a.Parse([]string{text})
		if got := args.Frame("frame").String(); err != nil || got != want {
			t.Errorf("%s: %s, %v", text, got, err)
		}
	}
	for _, text := range []string{"", "x", "1e3", "inf", "1,5", "1.", "12345678901234567"} {
		if _, err := a.Parse([]string{text}); err == nil || !strings.Contains(err.Error(), "want the number of a frame") {
			t.Errorf("%q: %v", text, err)
		}
	}
}
