// Package reopen sets up what a session file says: sequences as they lay in time and looked,
// time, cameras. The window and pictures that are made without one share it.
package reopen

import (
	"math"

	"iceexplorer/app/look"
	"iceexplorer/app/session"
	"iceexplorer/app/sessionfile"
	"iceexplorer/app/stage"
	"iceexplorer/cache"
	"iceexplorer/gfx"
)

// Sequences are those to open of what was found, in their order.
func Sequences(found []sessionfile.Found) (all []cache.Sequence) {
	for _, f := range found {
		all = append(all, f.Seq)
	}
	return all
}

// Layers sets up layers, of the sequences found. The faults are of what cannot be, which is
// left out.
func Layers(s *session.Session, desk *look.Desk, layers []*session.Layer, found []sessionfile.Found) (faults []error) {
	note := func(err error) {
		if err != nil {
			faults = append(faults, err)
		}
	}
	for i, l := range layers {
		want := &found[i].Want
		s.SetVisible(l, !want.Hidden)
		s.SetSolo(l, want.Solo)
		note(s.Rename(l, want.Title))
		if t := want.Timing; t != nil {
			note(s.SetTiming(l, session.Timing(*t)))
		}
		s.SetLocked(l, want.Locked)
		if want.Look != nil {
			note(desk.PutOwn(l.ID, want.Look.Look))
		}
		if want.Active {
			s.SetActive(l)
		}
	}
	return faults
}

// Time sets rate, bookmarks, in and out points and the play head.
func Time(s *session.Session, f *sessionfile.File) {
	if f.FPS > 0 {
		s.SetFPS(f.FPS)
	}
	for _, b := range s.Bookmarks() {
		s.RemoveBookmark(b.Name)
	}
	for _, b := range f.Bookmarks {
		s.AddBookmark(b.Name, b.Number)
	}
	s.ClearRange()
	if f.In != nil {
		s.SetIn(*f.In)
	}
	if f.Out != nil {
		s.SetOut(*f.Out)
	}
	if f.Interpolate != nil {
		s.SetInterpolate(*f.Interpolate)
	}
	if f.Frame != nil {
		s.Seek(*f.Frame)
	}
}

// Cameras sets up the camera and the four panes.
func Cameras(s *stage.Stage, f *sessionfile.File) {
	if p := f.Panes; p != nil {
		var all stage.Cameras
		for i := range p.Cameras {
			all[i] = Camera(&p.Cameras[i], f.ZUp)
		}
		s.PutPanes(p.On, p.Active, all)
	} else {
		s.SetQuad(false)
	}
	if f.Camera != nil {
		s.SetCamera(Camera(f.Camera, f.ZUp))
	}
}

// Camera is a camera of a file.
func Camera(c *sessionfile.Camera, zUp bool) gfx.Camera {
	to := gfx.Camera{Target: c.Target, Distance: c.Distance, Yaw: radians(c.Yaw), Pitch: radians(c.Pitch), FovY: radians(c.Fov), Ortho: c.Ortho, KeepOrtho: c.KeepOrtho, ZUp: zUp}
	return to.Normalized()
}

// Kept is a camera for a file: the inverse of Camera.
func Kept(c gfx.Camera) *sessionfile.Camera {
	return &sessionfile.Camera{Target: c.Target, Distance: c.Distance, Yaw: degrees(c.Yaw), Pitch: degrees(c.Pitch), Fov: degrees(c.FovY), Ortho: c.Ortho, KeepOrtho: c.KeepOrtho}
}

func degrees(radians float64) float64 { return radians * 180 / math.Pi }
func radians(degrees float64) float64 { return degrees * math.Pi / 180 }
