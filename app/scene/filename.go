package scene

import (
	"errors"
	"fmt"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
)

// FileName is the name of a picture, or of several: with a place for the frame's
// number.
type FileName struct {
	text     string
	numbered bool
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
	return FileName{s, len(places) == 1}, nil
}

// Numbered reports whether frames have names of their own.
func (n FileName) Numbered() bool { return n.numbered }

func (n FileName) String() string { return n.text }

// Of is the name of a frame's picture.
func (n FileName) Of(frame int) string {
	if n.numbered {
		return fmt.Sprintf(n.text, frame)
	}
	return strings.ReplaceAll(n.text, "%%", "%")
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
