package stage

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"iceexplorer/app/export"
	"iceexplorer/app/look"
	"iceexplorer/cache"
	"iceexplorer/gfx"
)

// Course is how the camera goes over the pictures of a sequence. The zero value stands still.
type Course struct {
	Degrees  float64 // round the target, over all pictures; 0: it does not turn
	Keys     []Key   // cameras that it passes; none: it stays
	Straight bool    // from one to the next, and not on a curve that begins and ends slowly
}

// Key is a camera and, if it is given, the frame at which the camera is there.
type Key struct {
	look.Viewpoint
	At *cache.Number
}

// FullTurn is how far a turntable goes if nothing is said.
const FullTurn = 360

// ParseCourse reads turntable, turntable:180, bookmarks and bookmarks:front@1,side@24,top@48, which
// names some of the cameras that are remembered and where they are passed. The error is
// written for users.
func ParseCourse(text string, cameras []look.Viewpoint) (m Course, err error) {
	how, rest, more := strings.Cut(text, ":")
	switch how {
	case "turntable":
		m.Degrees = FullTurn
		if more {
			if m.Degrees, err = strconv.ParseFloat(rest, 64); err != nil || math.IsNaN(m.Degrees) || math.Abs(m.Degrees) > 36000 {
				return m, fmt.Errorf("turntable:%s: want degrees such as 180 or -720", rest)
			}
		}
		return m, nil
	case "bookmarks":
	default:
		return m, fmt.Errorf("%q: want turntable, turntable:180, bookmarks or bookmarks:NAME@FRAME,NAME@FRAME", text)
	}
	if len(cameras) == 0 {
		return m, errors.New("no camera is remembered to go through")
	}
	if !more {
		return CourseThrough(cameras)
	}
	for _, part := range strings.Split(rest, ",") {
		key, err := parseKey(strings.TrimSpace(part), cameras)
		if err != nil {
			return m, err
		}
		m.Keys = append(m.Keys, key)
	}
	return m, m.Check()
}

// CourseThrough goes through cameras one after the other, evenly.
func CourseThrough(cameras []look.Viewpoint) (m Course, err error) {
	for _, c := range cameras {
		m.Keys = append(m.Keys, Key{Viewpoint: c})
	}
	return m, m.Check()
}

func parseKey(text string, cameras []look.Viewpoint) (k Key, err error) {
	name := text
	i := slices.IndexFunc(cameras, func(v look.Viewpoint) bool { return v.Name == name })
	if at := strings.LastIndexByte(text, '@'); i < 0 && at >= 0 {
		n, ok := cache.ParseNumber(text[at+1:])
		if !ok {
			return k, fmt.Errorf("%q: want a frame behind @", text)
		}
		name, k.At = text[:at], &n
		i = slices.IndexFunc(cameras, func(v look.Viewpoint) bool { return v.Name == name })
	}
	if i < 0 {
		var names []string
		for _, c := range cameras {
			names = append(names, c.Name)
		}
		return k, fmt.Errorf("no camera is named %q: there are %s", name, strings.Join(names, ", "))
	}
	k.Viewpoint = cameras[i]
	return k, nil
}

// Check refuses keys that no time can be found for.
func (m *Course) Check() error {
	given := 0
	var last *cache.Number
	for i := range m.Keys {
		at := m.Keys[i].At
		if at == nil {
			continue
		}
		given++
		if last != nil && *at <= *last {
			return fmt.Errorf("the cameras are passed one after the other: frame %v does not come behind %v", *at, *last)
		}
		last = at
	}
	if given > 0 && given < len(m.Keys) {
		return errors.New("either all cameras have a frame or none has")
	}
	return nil
}

// Still reports that the camera does not move.
func (m *Course) Still() bool { return m.Degrees == 0 && len(m.Keys) == 0 }

// Camera is where the picture i of several is seen from, that of a number between the first and
// the last; base is the camera without the course.
func (m *Course) Camera(base gfx.Camera, i, pictures int, number, first, last cache.Number) gfx.Camera {
	c := base
	if len(m.Keys) > 0 {
		c = m.through(float64(number), float64(first), float64(last))
		c.ZUp = base.ZUp
	}
	if m.Degrees != 0 {
		c = c.Turned(m.Degrees / 360 * m.share(i, pictures))
	}
	return c
}

// CameraOf is where a picture of a plan is seen from.
func (m *Course) CameraOf(base gfx.Camera, p *export.Plan, j *export.Job) gfx.Camera {
	if m.Still() {
		return base
	}
	i := slices.IndexFunc(p.Jobs, func(k export.Job) bool { return k.Number == j.Number })
	return m.Camera(base, max(i, 0), len(p.Jobs), j.Number, p.Jobs[0].Number, p.Jobs[len(p.Jobs)-1].Number)
}

// share is the part of the way of a picture. A turntable that comes back to its beginning does
// not show it twice, so that a film may go round for ever.
func (m *Course) share(i, pictures int) float64 {
	steps := pictures
	if math.Mod(m.Degrees, 360) != 0 {
		steps--
	}
	return float64(i) / float64(max(steps, 1))
}

// pose is a camera as numbers that may be gone between.
type pose [7]float64

func poseOf(v look.Viewpoint) pose {
	return pose{v.Target[0], v.Target[1], v.Target[2], math.Log(v.Distance), v.Yaw, v.Pitch, math.Log(v.Fov)}
}

// through is the camera at a time on the way past the keys: on the cubic curve through them,
// which begins and ends at rest, or straight.
func (m *Course) through(t, first, last float64) gfx.Camera {
	n := len(m.Keys)
	times, poses := make([]float64, n), make([]pose, n)
	for i, k := range m.Keys {
		times[i] = first + (last-first)*float64(i)/float64(max(n-1, 1))
		if k.At != nil {
			times[i] = float64(*k.At)
		}
		if poses[i] = poseOf(k.Viewpoint); i > 0 { // the short way round
			poses[i][4] = poses[i-1][4] + math.Remainder(poses[i][4]-poses[i-1][4], 360)
		}
	}
	after, on := slices.BinarySearchFunc(times, t, cmp.Compare[float64])
	switch {
	case on:
		return m.at(after, poses[after])
	case after == 0 || after == n:
		at := min(after, n-1)
		return m.at(at, poses[at])
	}
	i, span := after-1, times[after]-times[after-1]
	s := (t - times[i]) / span
	var p pose
	for k := range p {
		a, b := poses[i][k], poses[after][k]
		if p[k] = a + (b-a)*s; !m.Straight {
			p[k] = hermite(a, b, slope(times, poses, i, k)*span, slope(times, poses, after, k)*span, s)
		}
	}
	return m.at(i, p)
}

// at is the camera of a pose behind the key i.
func (m *Course) at(i int, p pose) gfx.Camera {
	v := m.Keys[i].Viewpoint
	v.Target, v.Distance, v.Yaw, v.Pitch, v.Fov = [3]float64{p[0], p[1], p[2]}, math.Exp(p[3]), p[4], min(max(p[5], -90), 90), math.Exp(p[6])
	return CameraAt(v)
}

// slope is how fast a number changes at a key: not at all at the ends.
func slope(times []float64, poses []pose, i, k int) float64 {
	if i == 0 || i == len(times)-1 {
		return 0
	}
	return (poses[i+1][k] - poses[i-1][k]) / (times[i+1] - times[i-1])
}

// hermite is the cubic curve from a to b that leaves with v and arrives with w.
func hermite(a, b, v, w, s float64) float64 {
	return (1+2*s)*(1-s)*(1-s)*a + s*(1-s)*(1-s)*v + s*s*(3-2*s)*b + s*s*(s-1)*w
}
