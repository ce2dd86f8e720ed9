package look

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"iceexplorer/gfx/style"
)

// MarshalText writes the mode as a word.
func (m RangeMode) MarshalText() ([]byte, error) { return style.Word(RangeModes, m) }

// UnmarshalText reads it. The error is written for users.
func (m *RangeMode) UnmarshalText(text []byte) error {
	return style.ParseWord(m, "range", RangeModes, text)
}

// MarshalText writes the mode as a word.
func (m ClipMode) MarshalText() ([]byte, error) { return style.Word(clipModes, m) }

// UnmarshalText reads it. The error is written for users.
func (m *ClipMode) UnmarshalText(text []byte) error {
	return style.ParseWord(m, "clip", clipModes, text)
}

// MarshalText writes the axis as a letter.
func (a Axis) MarshalText() ([]byte, error) { return style.Word(Axes, a) }

// UnmarshalText reads it. The error is written for users.
func (a *Axis) UnmarshalText(text []byte) error { return style.ParseWord(a, "axis", Axes, text) }

// MaxFile is how large a file of a look may be.
const MaxFile = 1 << 20

// Parse reads a look from JSON. Settings that are missing are those of a new window. The
// error is written for users.
func Parse(r io.Reader) (Look, error) {
	data, err := io.ReadAll(io.LimitReader(r, MaxFile+1))
	if err != nil {
		return Look{}, fmt.Errorf("read display settings: %w", err)
	}
	if len(data) > MaxFile {
		return Look{}, errors.New("this is too large to be display settings")
	}
	l := Default()
	d := json.NewDecoder(bytes.NewReader(bytes.TrimPrefix(data, []byte("\ufeff"))))
	d.DisallowUnknownFields()
	if err := d.Decode(&l); err != nil {
		return Look{}, plain(err)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return Look{}, errors.New("something follows the display settings")
	}
	return l, l.Check()
}

// plain says in plain words what is wrong with JSON.
func plain(err error) error {
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	switch text := err.Error(); {
	case errors.As(err, &kind) && kind.Field == "":
		return fmt.Errorf("these are not display settings but %s", kindText(kind.Value))
	case errors.As(err, &kind):
		return fmt.Errorf("%s cannot be %s", kind.Field, kindText(kind.Value))
	case errors.As(err, &syntax), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		return errors.New("these are not display settings: the JSON is not valid or not complete")
	case strings.HasPrefix(text, "json: unknown field "):
		return fmt.Errorf("there is no display setting %s", strings.TrimPrefix(text, "json: unknown field "))
	}
	return err
}

// kindText puts a kind of value, as encoding/json names it, or the number into words.
func kindText(kind string) string {
	if number, ok := strings.CutPrefix(kind, "number "); ok {
		return number
	}
	words := map[string]string{"bool": "true or false", "string": "a text", "array": "a list", "object": "a group of settings", "number": "a number"}
	return cmp.Or(words[kind], kind)
}

// Write writes the look as JSON. The error is written for users.
func (l *Look) Write(w io.Writer) error {
	if err := l.Check(); err != nil {
		return err
	}
	data, err := json.MarshalIndent(l, "", "\t")
	if err != nil {
		return err
	}
	_, err = w.Write(append(data, '\n'))
	return err
}

// Check reports values of a look that are not possible. The error is written for users.
func (l *Look) Check() error {
	for i := range amounts {
		a := &amounts[i]
		if v := l.Amount(Amount(i)); !a.within(v) {
			return fmt.Errorf("%s must be from %g to %g, not %g", a.label, a.min, a.max, v)
		}
	}
	for i := range tints {
		if c := l.Tint(Tint(i)); !colored(c) {
			return fmt.Errorf("%s must be three numbers from 0 to 1, not %v", tints[i].label, c)
		}
	}
	if err := style.CheckColormap(l.Colormap); err != nil {
		return err
	}
	if err := ends(l.Low, l.High); err != nil && (l.RangeMode == RangeFixed || !finite(l.Low, l.High, l.High-l.Low)) {
		return err
	}
	if l.ColorMode > style.ColorScalar || l.RangeMode > RangePercentAll || l.ClipMode > ClipSlab || int(l.SlabAxis) >= len(Axes) {
		return errors.New("there is no such choice")
	}
	for i := range 3 {
		if err := rising(l.ClipMin[i], l.ClipMax[i]); err != nil {
			return fmt.Errorf("clipping along %s: %w", Axes[i], err)
		}
	}
	if l.Component < style.Magnitude || l.Component >= maxComponents {
		return fmt.Errorf("a value has no component %d", l.Component)
	}
	if err := percentiles(l.PercentLow, l.PercentHigh); err != nil {
		return err
	}
	if l.ColorMode == style.ColorScalar && l.Scalar == "" && l.Expression == "" {
		return errors.New("the attribute to colour by is missing")
	}
	return l.checkNames()
}

// maxName is how long the name of an attribute may be.
const maxName = 1 << 10

func (l *Look) checkNames() error {
	names := []string{l.Scalar, l.ScalarTitle, l.Vectors, l.Expression, l.Values}
	if slices.ContainsFunc(names, func(s string) bool { return len(s) > maxName }) {
		return fmt.Errorf("the name of an attribute, or an expression, is longer than %d bytes", maxName)
	}
	if !slices.ContainsFunc(names, func(s string) bool { return !utf8.ValidString(s) }) {
		return nil
	}
	return errors.New("the name of an attribute is not UTF-8 text")
}
