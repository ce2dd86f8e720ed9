package action

import (
	"slices"
	"strings"
	"testing"
)

func TestLinesSplitIntoWords(t *testing.T) {
	t.Parallel()
	for line, want := range map[string][]string{
		"":                         nil,
		"   # all comment":         nil,
		"goto 12":                  {"goto", "12"},
		"\tgoto  -3  # back\r":     {"goto", "-3"},
		`open "a b" 'c "d"' e#f`:   {"open", "a b", `c "d"`, "e#f"},
		`open "C:\new\"dir`:        {"open", `C:\new\dir`},
		`open ""`:                  {"open", ""},
		`open /a/"b c"/d "x#y" #z`: {"open", "/a/b c/d", "x#y"},
		"öffne ä":                  {"öffne", "ä"},
	} {
		got, err := Split(line)
		if err != nil || !slices.Equal(got, want) {
			t.Errorf("%q: %q, %v; want %q", line, got, err, want)
		}
	}
	for _, line := range []string{`open "a b`, `open it's`} {
		if got, err := Split(line); err == nil {
			t.Errorf("%q: %q", line, got)
		}
	}
}

// Scripts took the quotes out of expressions, and refused those of several words.
func TestExpressionsStayAsTheyAreWritten(t *testing.T) {
	t.Parallel()
	expression := Param{Name: "expression", Kind: Expression}
	filter := &Action{ID: "filter", Params: []Param{expression}}
	sort := &Action{ID: "sort", Params: []Param{expression, {Name: "direction", Kind: Choice, Choices: []string{"up", "down"}, Optional: true}}}
	move := &Action{ID: "column-move", Params: []Param{expression, {Name: "place", Kind: Integer, Min: 1, Max: 99}}}
	use := &Action{ID: "use", Params: []Param{{Name: "how", Kind: Choice, Choices: []string{"all", "some"}}, expression}}
	maybe := &Action{ID: "probe", Params: []Param{{Name: "expression", Kind: Expression, Optional: true}}}
	for _, c := range []struct {
		a    *Action
		text string
		want []string
	}{
		{filter, `Name == "ash"`, []string{`Name == "ash"`}},
		{filter, `  Name == 'dry  ash' && ID in [3, 7..20]  # twice`, []string{`Name == 'dry  ash' && ID in [3, 7..20]`}},
		{filter, `Name == "# 1" or Name == "x#y" #`, []string{`Name == "# 1" or Name == "x#y"`}},
		{filter, "`my # heat` > 1", []string{"`my # heat` > 1"}},
		{filter, `Name == "ash`, []string{`Name == "ash`}},
		{filter, `'Age > 1 and P.y < 0'`, []string{"Age > 1 and P.y < 0"}},
		{filter, `"a" == "b"`, []string{`"a" == "b"`}},
		{filter, `expression=Age > 1`, []string{"Age > 1"}},
		{filter, `Age >= 1`, []string{"Age >= 1"}},
		{sort, "Age / AgeLimit", []string{"Age / AgeLimit"}},
		{sort, "Age / AgeLimit down", []string{"Age / AgeLimit", "down"}},
		{sort, "direction=down Age * 2", []string{"Age * 2", "down"}},
		{sort, "Age * 2 direction=up", []string{"Age * 2", "up"}},
		{sort, "expression=v.mag down", []string{"v.mag", "down"}},
		{sort, "down", []string{"down"}},
		{sort, "'v.mag' down", []string{"v.mag", "down"}},
		{move, "P * 2 3", []string{"P * 2", "3"}},
		{use, "all Age > 1", []string{"Age > 1", "all"}},
		{use, "expression=Age > 1 how=some", []string{"Age > 1", "some"}},
		{maybe, "", []string{""}},
	} {
		words, err := c.a.Words(c.text)
		if err != nil {
			t.Errorf("%s %s: %v", c.a.ID, c.text, err)
			continue
		}
		args, err := c.a.Parse(words)
		if err != nil {
			t.Errorf("%s %s: %v", c.a.ID, c.text, err)
			continue
		}
		got := []string{args.Text("expression")}
		for _, p := range c.a.Params {
			if args.Has(p.Name) && p.Kind == Choice {
				got = append(got, args.Text(p.Name))
			} else if args.Has(p.Name) && p.Kind == Integer {
				got = append(got, "3")
			}
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s %s: %q, want %q", c.a.ID, c.text, got, c.want)
		}
	}
	for text, a := range map[string]*Action{"": filter, "   # nothing": filter, "Age": move, "none Age": use} {
		if words, err := a.Words(text); err == nil {
			if _, err = a.Parse(words); err == nil {
				t.Errorf("%s %q is taken: %q", a.ID, text, words)
			}
		}
	}
	r := registry(t, Action{ID: "filter", Params: []Param{expression}})
	if _, _, err := r.Line("nope", "x"); err == nil || !strings.Contains(err.Error(), "unknown action") {
		t.Error(err)
	}
}
