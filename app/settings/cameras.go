package settings

import (
	"fmt"
	"slices"

	"iceexplorer/app/look"
)

// maxCameras bounds the list of cameras.
const maxCameras = 200

// Camera is the camera with a name.
func (s *Settings) Camera(name string) (v look.Viewpoint, ok bool) {
	i := s.camera(name)
	if i < 0 {
		return v, false
	}
	return s.Cameras[i], true
}

func (s *Settings) camera(name string) int {
	return slices.IndexFunc(s.Cameras, func(v look.Viewpoint) bool { return v.Name == name })
}

// KeepCamera adds a camera, or replaces the one with its name; without a name it gets one. The
// error is written for users.
func (s *Settings) KeepCamera(v look.Viewpoint) (name string, err error) {
	for n := 1; v.Name == ""; n++ {
		if text := fmt.Sprintf("Camera %d", n); s.camera(text) < 0 {
			v.Name = text
		}
	}
	if err := v.Check(); err != nil {
		return "", err
	}
	if i := s.camera(v.Name); i >= 0 {
		s.Cameras[i] = v
		return v.Name, nil
	}
	if len(s.Cameras) >= maxCameras {
		return "", fmt.Errorf("%d cameras are remembered already: remove one", maxCameras)
	}
	s.Cameras = append(s.Cameras, v)
	return v.Name, nil
}

// DropCamera removes the camera with a name.
func (s *Settings) DropCamera(name string) (ok bool) {
	i := s.camera(name)
	if i < 0 {
		return false
	}
	s.Cameras = slices.Delete(s.Cameras, i, i+1)
	return true
}

// clampCameras leaves out what cannot be looked from.
func (s *Settings) clampCameras() {
	all := s.Cameras
	s.Cameras = nil
	for _, v := range all {
		if v.Check() == nil && s.camera(v.Name) < 0 && len(s.Cameras) < maxCameras {
			s.Cameras = append(s.Cameras, v)
		}
	}
}
