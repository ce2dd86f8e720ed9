package stage

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
)

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
