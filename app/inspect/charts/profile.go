package charts

import (
	"iceexplorer/app/inspect/profile"
	"iceexplorer/app/session"
)

// Profile is a curve over all frames of the active layer.
type Profile struct {
	session *session.Session
	name    string // "": the number of points

	key   profileKey
	curve *profile.Curve
	fault error
}

// profileKey is what a curve was made of.
type profileKey struct {
	layer    int
	name     string
	frames   int
	surveyed uint64
}

// Name is what the curve is of.
func (p *Profile) Name() string {
	if p.name == "" {
		return profile.PointCount
	}
	return p.name
}

// Show has the curve of something shown, by its name. The error is for users; the curve
// is then the one of before.
func (p *Profile) Show(name string) error {
	if l := p.session.Active(); l != nil {
		of, err := profile.Parse(l.Attributes(), name)
		if err != nil {
			return err
		}
		name = of.Title
	}
	p.name = name
	return nil
}

// Curve is the curve of the active layer; nil if none is open. The error says why there is
// none in this layer.
func (p *Profile) Curve() (*profile.Curve, error) {
	l := p.session.Active()
	if l == nil {
		return nil, nil
	}
	key := profileKey{l.ID, p.Name(), len(l.Seq.Frames), p.session.Surveyed()}
	if key == p.key {
		return p.curve, p.fault
	}
	p.key, p.curve = key, nil
	of, err := profile.Parse(l.Attributes(), key.name)
	if p.fault = err; err == nil {
		p.curve = l.Profile(of)
	}
	return p.curve, p.fault
}

// Choices are what there are curves of in the active layer.
func (p *Profile) Choices() []profile.Of {
	if l := p.session.Active(); l != nil {
		return profile.All(l.Attributes())
	}
	return nil
}
