package display

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"iceexplorer/app/panel"
	"iceexplorer/app/session"
	"iceexplorer/app/stage"
	"iceexplorer/cache"
	"iceexplorer/cache/measure"
	"iceexplorer/jobs"
)

// namedPool answers a load at once with a frame that has an attribute of its file's name.
type namedPool struct {
	t    *testing.T
	last jobs.ID
}

func (p *namedPool) Cancel(jobs.ID)                       {}
func (p *namedPool) CancelLayer(int)                      {}
func (p *namedPool) Reprioritise(func(*jobs.Request) int) {}
func (p *namedPool) Forgive(string)                       {}
func (p *namedPool) Retry()                               {}
func (p *namedPool) Stats() jobs.Stats                    { return jobs.Stats{} }

func (p *namedPool) Submit(r jobs.Request) jobs.ID {
	b := cache.NewBuilder(cache.Header{Version: 103, Points: 1})
	b.Float32s("PointPosition", cache.TypeVector3, []float32{1, 2, 3})
	own := filepath.Base(r.Source)[:4]
	b.Float32s(own, cache.TypeFloat, []float32{1})
	b.Float32s(own+"Flow", cache.TypeVector3, []float32{1, 2, 3})
	f, err := b.Frame()
	if err != nil {
		p.t.Fatal(err)
	}
	for _, a := range f.Attributes {
		measure.Column(&a.Column, a.Bytes())
	}
	p.last++
	r.Done(jobs.Result{ID: p.last, Request: r, Frame: f, Mapped: true})
	return p.last
}

// What the palette and Display offer to colour by is what the active sequence has; what
// another has can be named all the same.
func TestColoursAndVectorsOfferedAreTheActiveSequences(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for _, name := range []string{"Heat_1.icecache", "Mood_1.icecache"} {
		if err := os.WriteFile(filepath.Join(dir, name), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	var later []func()
	ss := session.New(&namedPool{t: t}, func(f func()) { later = append(later, f) }, session.Options{Budget: 1 << 30})
	d := &display{host: &panel.Host{Session: ss}}
	if got := stage.Colorings(d.attributes()); !slices.Equal(got, []string{"Color", "constant"}) {
		t.Errorf("%q are offered where nothing is open", got)
	}
	found, err := cache.Discover(dir)
	if err != nil {
		t.Fatal(err)
	}
	layers := ss.Add(found.Sequences)
	for len(later) > 0 {
		f := later[0]
		later = later[1:]
		f()
	}
	for i, own := range []string{"Heat", "Mood"} {
		other := []string{"Mood", "Heat"}[i]
		ss.SetActive(layers[i])
		if got := stage.Colorings(d.attributes()); !slices.Contains(got, own) || slices.Contains(got, other) {
			t.Errorf("%q are offered where %s is active", got, own)
		}
		if got := d.vectors(""); !slices.Equal(got, []string{own + "Flow"}) {
			t.Errorf("vectors %q are offered where %s is active", got, own)
		}
		if got := d.vectors(other + "Flow"); !slices.Equal(got, []string{own + "Flow", other + "Flow"}) {
			t.Errorf("vectors %q, where one of another sequence is drawn", got)
		}
		if _, err := stage.ParseScalar(ss.Attributes(), other); err != nil {
			t.Error(err)
		}
	}
}
