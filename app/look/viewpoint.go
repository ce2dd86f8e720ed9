package look

import (
	"errors"
	"fmt"
	"math"
	"strings"
	"unicode/utf8"
)

// Viewpoint is a place to look at the scene from, under a name: a bookmark of the camera.
type Viewpoint struct {
	Name     string     `json:"name"`
	Target   [3]float64 `json:"target"`
	Distance float64    `json:"distance"` // of the camera from the target
	Yaw      float64    `json:"yaw"`      // degrees, as are the others
	Pitch    float64    `json:"pitch"`
	Fov      float64    `json:"fov"`
	Ortho    bool       `json:"ortho"`
}

// Check reports what cannot be looked from. The error is written for users.
func (v *Viewpoint) Check() error {
	if err := CheckViewpointName(v.Name); err != nil {
		return err
	}
	if !finite(v.Target[:]...) || !finite(v.Distance, v.Yaw, v.Pitch, v.Fov) || v.Distance <= 0 || math.Abs(v.Pitch) > 90 || !(v.Fov > 0 && v.Fov < 180) {
		return fmt.Errorf("the camera %q is nowhere", v.Name)
	}
	return nil
}

// longestName is how many bytes the name of a viewpoint may have.
const longestName = 200

// CheckViewpointName reports what cannot be a name. The error is written for users.
func CheckViewpointName(name string) error {
	switch {
	case strings.TrimSpace(name) == "":
		return errors.New("a camera needs a name")
	case len(name) > longestName || !utf8.ValidString(name) || strings.ContainsAny(name, "\r\n\t\x00"):
		return errors.New("the name of a camera is one short line of text")
	}
	return nil
}
