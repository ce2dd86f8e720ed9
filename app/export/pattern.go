package export

import (
	"fmt"
	"path/filepath"
	"strconv"
	"strings"

	"iceexplorer/cache"
	"iceexplorer/cache/lazy"
)

// Pattern is the name of a file, or of several: with a place for the frame's number.
type Pattern struct {
	text     string
	numbered bool
	decimals int // of every number
}

var framePlace = lazy.Regexp(`%(0?[0-9]?)d`)

// ParsePattern reads frame.png or frame_%04d.png, with the kind's extension; %% is a
// percent sign.
func ParsePattern(s string, k *Kind) (Pattern, error) {
	if !strings.EqualFold(filepath.Ext(s), k.Ext) {
		return Pattern{}, fmt.Errorf("%q: want a name that ends in %s", s, k.Ext)
	}
	bare := strings.ReplaceAll(s, "%%", "")
	places := framePlace().FindAllString(bare, -1)
	if strings.Count(bare, "%") != len(places) || len(places) > 1 {
		return Pattern{}, fmt.Errorf("%q: want one place for the frame, such as %%d or %%04d; %%%% is a percent sign", s)
	}
	return Pattern{text: s, numbered: len(places) == 1}, nil
}

// Named is the name of a single file, whatever is in it.
func Named(path string) Pattern { return Pattern{text: strings.ReplaceAll(path, "%", "%%")} }

// Numbered reports whether frames have names of their own.
func (n Pattern) Numbered() bool { return n.numbered }

func (n Pattern) String() string { return n.text }

// For gives all frames' numbers as many decimals as one of them needs, so that names
// sort as the frames do: 0101.00, 0101.25.
func (n Pattern) For(frames []cache.Number) Pattern {
	n.decimals = 0
	for _, f := range frames {
		n.decimals = max(n.decimals, f.Decimals())
	}
	return n
}

// Of is the name of a frame's file.
func (n Pattern) Of(frame cache.Number) string {
	percent := strings.NewReplacer("%%", "%").Replace
	if !n.numbered {
		return percent(n.text)
	}
	at := framePlace().FindStringSubmatchIndex(strings.ReplaceAll(n.text, "%%", "\x00\x00"))
	width := n.text[at[2]:at[3]] // 04, of the whole number and its sign
	pad, _ := strconv.Atoi(width)
	whole := padded(frame, pad, strings.HasPrefix(width, "0"), n.decimals)
	return percent(n.text[:at[0]]) + whole + percent(n.text[at[1]:])
}

// padded is a number of at least so many decimals, whose whole part and sign are filled up to a width
// with zeros or blanks.
func padded(n cache.Number, width int, zeros bool, decimals int) string {
	whole, fraction, dot := strings.Cut(strconv.FormatFloat(float64(n), 'f', max(decimals, n.Decimals()), 64), ".")
	for len(whole) < width {
		if !zeros {
			whole = " " + whole
		} else if digits, minus := strings.CutPrefix(whole, "-"); minus {
			whole = "-0" + digits
		} else {
			whole = "0" + whole
		}
	}
	if dot {
		whole += "." + fraction
	}
	return whole
}
