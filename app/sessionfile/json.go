package sessionfile

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"path/filepath"

	"iceexplorer/app/look"
	"iceexplorer/cache"
	"iceexplorer/cache/atomicfile"
	"iceexplorer/cache/pathname"
	"iceexplorer/cache/regular"
)

// Limits of a file.
const (
	maxFile      = 64 << 20
	maxSequences = 100_000
)

// Open reads a session from a file. The error is written for users.
func Open(path string) (*File, error) {
	r, err := regular.Open(path)
	if err != nil {
		return nil, told("open", err, path)
	}
	defer r.Close()
	data, err := io.ReadAll(io.LimitReader(r, maxFile+1))
	if err != nil {
		return nil, told("open", err, path)
	}
	f, err := Parse(data)
	if err != nil {
		return nil, told("open", err, path)
	}
	for i := range f.Sequences {
		if s := &f.Sequences[i]; s.Was == "" { // written by hand
			s.Was = pathname.Text(s.place(filepath.Dir(path)))
		}
	}
	return f, nil
}

// Parse reads a session. The error is written for users.
func Parse(data []byte) (*File, error) {
	if len(data) > maxFile {
		return nil, errors.New("this is too large to be a session")
	}
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	var head struct {
		Version   *json.Number    `json:"version"`
		Sequences json.RawMessage `json:"sequences"`
	}
	if err := json.Unmarshal(data, &head); err != nil {
		return nil, errors.New("this is no session, or it is damaged: the JSON is not valid or not complete")
	}
	if head.Version == nil || head.Sequences == nil {
		return nil, errors.New("this is no session of ICE Explorer")
	}
	switch v, err := head.Version.Int64(); {
	case err != nil || v < 1:
		return nil, fmt.Errorf("the session is damaged: it has no version %s", *head.Version)
	case v > Version:
		return nil, fmt.Errorf("a newer ICE Explorer has saved this session (version %d, this program reads up to %d)", v, Version)
	}
	f := &File{Look: look.Default()}
	if err := json.Unmarshal(data, f); err != nil {
		return nil, plain(err)
	}
	if err := f.check(); err != nil {
		return nil, fmt.Errorf("the session is damaged: %w", err)
	}
	return f, nil
}

// plain says in plain words what a value cannot be.
func plain(err error) error {
	if kind := (*json.UnmarshalTypeError)(nil); errors.As(err, &kind) && kind.Field != "" {
		return fmt.Errorf("the session is damaged: %s cannot be what it is there", kind.Field)
	}
	return fmt.Errorf("the session is damaged: %w", err)
}

func (c *Camera) check() error {
	for _, v := range []float64{c.Target[0], c.Target[1], c.Target[2], c.Distance, c.Yaw, c.Pitch, c.Fov} {
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return errors.New("the camera is nowhere")
		}
	}
	if c.Distance <= 0 || math.Abs(c.Pitch) > 90.001 || !(c.Fov > 0 && c.Fov < 180) {
		return errors.New("the camera is nowhere")
	}
	return nil
}

// check reports values that are not possible.
func (f *File) check() error {
	if len(f.Sequences) > maxSequences {
		return fmt.Errorf("it has more than %d sequences", maxSequences)
	}
	for i := range f.Sequences {
		if s := &f.Sequences[i]; s.File == "" || s.Folder == "" && s.Was == "" {
			return fmt.Errorf("sequence %d has no file or no folder", i+1)
		} else if t := s.Timing; t != nil && (!number(t.Offset) || !(t.Scale > 0)) {
			return fmt.Errorf("sequence %d lies nowhere in time", i+1)
		} else if s.Look != nil {
			if err := s.Look.Check(); err != nil {
				return fmt.Errorf("display of sequence %d: %w", i+1, err)
			}
		}
	}
	if err := f.Look.Check(); err != nil {
		return fmt.Errorf("display: %w", err)
	}
	var cameras []Camera
	if f.Camera != nil {
		cameras = append(cameras, *f.Camera)
	}
	if p := f.Panes; p != nil {
		if cameras = append(cameras, p.Cameras[:]...); p.Active < 0 || p.Active >= len(p.Cameras) {
			return errors.New("there is no active pane")
		}
	}
	for i := range cameras {
		if err := cameras[i].check(); err != nil {
			return err
		}
	}
	for i := range f.Cameras {
		if err := f.Cameras[i].Check(); err != nil {
			return err
		}
	}
	for _, n := range []*cache.Number{f.Frame, f.In, f.Out} {
		if n != nil && !number(*n) {
			return errors.New("a frame has no number")
		}
	}
	if !(f.FPS >= 0 && f.FPS <= 1e6) {
		return fmt.Errorf("%g frames per second cannot be played", f.FPS)
	}
	return nil
}

func number(n cache.Number) bool { return !math.IsNaN(float64(n)) && !math.IsInf(float64(n), 0) }

// Encode is the session as the file at path holds it.
func (f *File) Encode(path string) ([]byte, error) {
	f.Version = Version
	f.place(filepath.Dir(path))
	text, err := json.MarshalIndent(f, "", "\t")
	if err != nil {
		return nil, told("save", err, path)
	}
	return append(text, '\n'), nil
}

// Save writes the session to a file. The error is written for users.
func (f *File) Save(path string) error {
	text, err := f.Encode(path)
	if err != nil {
		return err
	}
	if err := atomicfile.Write(path, atomicfile.Options{}, func(w io.Writer) error {
		_, err := w.Write(text)
		return err
	}); err != nil {
		return told("save", err, path)
	}
	return nil
}

// told says what could not be done with a file, with its path last.
func told(what string, err error, path string) error {
	return fmt.Errorf("%s session: %w: %s", what, pathname.Reason(err), pathname.Display(path))
}
