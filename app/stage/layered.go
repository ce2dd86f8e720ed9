package stage

import (
	"iceexplorer/app/export/exr"
	"iceexplorer/app/inspect/probe"
	"iceexplorer/cache"
	"iceexplorer/cache/atomicfile"
	"iceexplorer/cache/fault"
	"iceexplorer/gfx"
)

// Layered is a picture for compositing, on its way to an OpenEXR file. Release must be called.
type Layered struct {
	Rate float64 // pictures per second

	layers  *gfx.Layers
	picture *exr.Picture // nil: it is made when it is written
	clouds  []named      // as the layers count them
	release []func()
}

// named is a cloud of a Layered.
type named struct {
	name string
	ids  []int32 // of the points, in the frame's mapping; nil: they have none
}

// NewLayered is a picture of what parts show, whose frames may be closed after it.
func NewLayered(from *gfx.Layers, parts []Part, rate float64) (*Layered, error) {
	l := &Layered{Rate: rate, layers: from}
	for i := range parts {
		l.name(parts[i].Name, parts[i].Frame)
	}
	return l, l.make()
}

func (l *Layered) name(name string, f *cache.Frame) {
	l.clouds = append(l.clouds, named{name, probe.IDs(f)})
}

// Layered draws what the scene shows like Picture, for compositing.
func (s *Stage) Layered(opt PictureOptions, camera gfx.Camera) (*Layered, error) {
	sc, v, w, h := s.composed(opt, camera)
	layers, err := s.renderer.Layers(&v, sc.Clouds, w, h)
	s.drawn = drawn{} // picks need a Draw after it
	if err != nil {
		return nil, err
	}
	l := &Layered{layers: layers}
	for i, sh := range sc.shown {
		f, release := sh.layer.AcquireShown() // between frames the points are those of the earlier one
		l.release = append(l.release, release)
		l.name(sc.Parts[i].Name, f)
	}
	return l, nil
}

// Release lets go of the frames.
func (l *Layered) Release() {
	for _, release := range l.release {
		release()
	}
	l.release = nil
}

// Write writes the picture, beside the loop. It is called once; of is as of WritePNG.
func (l *Layered) Write(path string, of *atomicfile.Sources) error {
	if l.picture == nil {
		if err := l.make(); err != nil {
			return err
		}
	}
	return exr.Write(path, of, l.picture)
}

// make puts the points' identities in place of their rows. The error is that a file was cut short
// meanwhile.
func (l *Layered) make() error {
	from := l.layers
	p := &exr.Picture{W: from.W, H: from.H, Color: from.Color, Depth: from.Distance, ID: from.Index, Sequence: from.Cloud, Rate: l.Rate}
	for _, c := range l.clouds {
		what := "index"
		if c.ids != nil {
			what = "ID"
		}
		p.Sequences = append(p.Sequences, exr.Named{Name: c.name, IDs: what})
	}
	l.picture = p
	return fault.Guard(func() {
		for i, cloud := range from.Cloud {
			if cloud == 0 {
				p.Depth[i] = exr.Far
				continue
			}
			if ids := l.clouds[cloud-1].ids; ids != nil {
				p.ID[i] = uint32(ids[from.Index[i]])
			}
		}
	})
}
