package stage

import (
	"errors"
	"fmt"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"

	"iceexplorer/cache"
)

// FileName is the name of a picture, or of several: with a place for the frame's
// number.
type FileName struct {
	text     string
	numbered bool
	decimals int // of every number
}

var framePlace = regexp.MustCompile(`%(0?[0-9]?)d`)

// ParseFileName reads frame.png or frame_%04d.png; %% is a percent sign.
func ParseFileName(s string) (FileName, error) {
	if !strings.EqualFold(filepath.Ext(s), ".png") {
		return FileName{}, fmt.Errorf("%q: want a name that ends in .png", s)
	}
	bare := strings.ReplaceAll(s, "%%", "")
	places := framePlace.FindAllString(bare, -1)
	if strings.Count(bare, "%") != len(places) || len(places) > 1 {
		return FileName{}, fmt.Errorf("%q: want one place for the frame, such as %%d or %%04d; %%%% is a percent sign", s)
	}
	return FileName{text: s, numbered: len(places) == 1}, nil
}

// Numbered reports whether frames have names of their own.
func (n FileName) Numbered() bool { return n.numbered }

func (n FileName) String() string { return n.text }

// For gives all frames' numbers as many decimals as one of them needs, so that names
// sort as the frames do: 0101.00, 0101.25.
func (n FileName) For(frames []cache.Number) FileName {
	n.decimals = 0
	for _, f := range frames {
		n.decimals = max(n.decimals, f.Decimals())
	}
	return n
}

// Of is the name of a frame's picture.
func (n FileName) Of(frame cache.Number) string {
	percent := strings.NewReplacer("%%", "%").Replace
	if !n.numbered {
		return percent(n.text)
	}
	at := framePlace.FindStringSubmatchIndex(strings.ReplaceAll(n.text, "%%", "\x00\x00"))
	whole, fraction, dot := strings.Cut(strconv.FormatFloat(float64(frame), 'f', max(n.decimals, frame.Decimals()), 64), ".")
	width := n.text[at[2]:at[3]] // 04, of the whole number and its sign
	pad, _ := strconv.Atoi(width)
	for len(whole) < pad {
		if !strings.HasPrefix(width, "0") {
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
	return percent(n.text[:at[0]]) + whole + percent(n.text[at[1]:])
}

// maxSide is more than graphics cards draw; they say what their limit is.
const maxSide = 65536

// ParseSize reads a picture's width and height, such as 1920x1080.
func ParseSize(s string) (w, h int, err error) {
	a, b, ok := strings.Cut(strings.ToLower(s), "x")
	w, errW := strconv.Atoi(a)
	h, errH := strconv.Atoi(b)
	if !ok || errors.Join(errW, errH) != nil || w < 1 || h < 1 || w > maxSide || h > maxSide {
		return 0, 0, fmt.Errorf("%q: want a width and a height such as 1920x1080", s)
	}
	return w, h, nil
}
