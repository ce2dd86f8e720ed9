package export

import (
	"errors"
	"testing"
)

func TestOptionsAreReadByTheirDeclarations(t *testing.T) {
	t.Parallel()
	f := Format{
		Label: "a table",
		Options: []Option{
			{Name: "head", Kind: Bool, Default: "true"},
			{Name: "up", Default: "y", Choices: []string{"y", "z"}},
			{Name: "digits", Kind: Integer, Default: "9", Choices: []string{"6", "9"}},
			{Name: "scale", Kind: Number, Default: "1"},
			{Name: "note"},
		},
		Check: func(v Values) error {
			if v.Number("scale") <= 0 {
				return errors.New("scale 0: want a number above 0")
			}
			return nil
		},
	}
	v, err := f.Parse(map[string]string{"digits": "6", "scale": "1e-2", "head": "false"})
	if err != nil || v.Bool("head") || v.Text("up") != "y" || v.Integer("digits") != 6 || v.Number("scale") != 0.01 || v.Text("note") != "" {
		t.Errorf("%v, %v", v, err)
	}
	for want, chosen := range map[string]map[string]string{
		"foot is not an option of a table": {"foot": "1"},
		`head "x": want true or false`:     {"head": "x"},
		`up "x": want y or z`:              {"up": "x"},
		`digits "x": want 6 or 9`:          {"digits": "x"},
		"digits 7: want 6 or 9":            {"digits": "7"},
		`scale "": want a number`:          {"scale": ""},
		"scale 0: want a number above 0":   {"scale": "0"},
	} {
		if _, err := f.Parse(chosen); err == nil || err.Error() != want {
			t.Errorf("%v: %v, want %s", chosen, err, want)
		}
	}
}

func TestHelpOfAnOptionTellsItsChoicesAndDefault(t *testing.T) {
	t.Parallel()
	for want, o := range map[string]Option{
		"digits of a number, 6 or 9 (default 9)": {Help: "digits of a number", Kind: Integer, Default: "9", Choices: []string{"6", "9"}},
		"a line of names first":                  {Help: "a line of names first", Kind: Bool, Default: "false"},
		"y or z":                                 {Choices: []string{"y", "z"}},
		"a note":                                 {Help: "a note"},
	} {
		if got := o.Usage(); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
