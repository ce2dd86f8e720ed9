package cli

import (
	"context"
	"fmt"

	"iceexplorer/app/export"
	"iceexplorer/app/stage"
	"iceexplorer/gfx"
	"iceexplorer/gfx/still"
	"iceexplorer/jobs"
)

// shoot draws the pictures and writes them. The frames of the next ones are loaded
// meanwhile.
func (d *drawing) shoot(ctx context.Context, studio *still.Studio) (*export.Report, error) {
	out, err := d.open()
	if err != nil {
		return nil, err
	}
	defer context.AfterFunc(ctx, d.pool.CancelAll)()
	d.line = newProgress(d.env.Stderr, len(d.files.Jobs))
	pictures := &export.Pictures{
		Fetch: d.fetch, Release: d.release,
		Write: out.write,
		Draw:  func(j *export.Job) (export.Drawn, error) { return d.render(ctx, studio, d.byNumber[j.Number]) },
	}
	run := export.Start(ctx, d.files, pictures, export.RunOptions{
		Width: d.ahead(), Post: d.loop.Post, Finish: out.finish, Told: func(_ *export.Report, i int, j *export.Job, o *export.Outcome) {
			if s := d.byNumber[j.Number]; o.Err != nil && !o.Canceled && !o.Stop && s.err == nil {
				d.say(o.Err)
			}
			d.line.draw(i+1, 0)
		},
	})
	d.loop.Until(run.Ended)
	d.line.clear()
	return run.Report(), nil
}

// ahead is how many pictures may have their frames loaded: as many as keep the workers
// busy.
func (d *drawing) ahead() int {
	workers := max(len(d.pool.Stats().Workers), 1)
	parts := max(len(d.at)/len(d.files.Jobs), 1) // of each
	return 1 + (workers+parts-1)/parts
}

// fetch loads the parts of a picture that are not kept.
func (d *drawing) fetch(ctx context.Context, j *export.Job, ready func(error)) {
	s := d.byNumber[j.Number]
	if s.err != nil {
		ready(s.err)
		return
	}
	waits := 1
	arrived := func() {
		if waits--; waits > 0 {
			return
		}
		ready(s.err)
	}
	for i := range s.parts {
		at := spot{s, &s.parts[i]}
		for _, l := range at.part.loads() {
			waits++
			d.pool.Submit(l.request(func(r jobs.Result) {
				d.loop.Post(func() {
					if l.take(r.Frame); r.Err != nil && ctx.Err() == nil {
						d.fail(at, l.in, r.Err)
					}
					arrived()
				})
			}))
		}
	}
	if ctx.Err() != nil {
		d.pool.CancelAll() // frames that arrived after the others were canceled
	}
	arrived()
}

// release closes the frames of a picture that is drawn.
func (d *drawing) release(j *export.Job) {
	for i := range d.byNumber[j.Number].parts {
		d.byNumber[j.Number].parts[i].close()
	}
}

// render draws a shot, whose frames are there.
func (d *drawing) render(ctx context.Context, studio *still.Studio, s *shot) (export.Drawn, error) {
	v := d.desk.Now()
	var scenery stage.Scenery
	damaged := false
	for i := range s.parts {
		if err := s.parts[i].mix(s.number, d.fps); err != nil {
			return export.Drawn{}, fmt.Errorf("%w: %s", err, s.parts[i].in.Name)
		}
	}
	paints, err := d.paints(ctx, s)
	if err != nil {
		return export.Drawn{}, err
	}
	scales := d.scales(s, paints)
	for i := range s.parts {
		part := s.parts[i].shown(s)
		part.Column, part.Why, part.Only, part.OnlyKey, part.OnlyCount = paints[i].column, paints[i].why, paints[i].only, part.Key, paints[i].count
		part.Nowhere = s.parts[i].seq.nowhere(s.parts[i].frame, &v)
		scenery.Add(part, &v, scales[i])
		if s.parts[i].held {
			scenery.Notes = append(scenery.Notes, s.parts[i].note(s.number))
		}
		damaged = damaged || s.parts[i].frame.Damage != nil
	}
	scenery.Compose(&d.view, &v, s.number, d.pic)
	view := d.view
	view.Camera = d.cameraOf(s.number)
	drawn, err := d.picture.take(studio, &view, &scenery)
	if err != nil {
		return export.Drawn{}, fmt.Errorf("%w: %s", err, s.name())
	}
	drawn.Damaged = damaged
	return drawn, nil
}

// take draws the picture of a view.
func (p *picture) take(studio *still.Studio, v *gfx.View, sc *stage.Scenery) (export.Drawn, error) {
	if p.kind().Name != export.Layered().Name {
		img, err := studio.Render(v, sc.Clouds, p.pic.W, p.pic.H)
		return export.Drawn{Image: img}, err
	}
	layers, err := studio.Renderer().Layers(v, sc.Clouds, p.pic.W, p.pic.H)
	if err != nil {
		return export.Drawn{}, err
	}
	l, err := stage.NewLayered(layers, sc.Parts, p.fps)
	return export.Drawn{Write: func(path string) error { return l.Write(path, p.of) }}, err
}

// fail notes and says why a shot cannot be drawn.
func (d *drawing) fail(at spot, in *input, err error) {
	at.part.seq.failed[at.part.own] = true
	at.shot.err = in.Explain(err)
	if !d.idle.again(err) {
		d.say(at.shot.err)
	}
}

func (d *drawing) say(err error) {
	d.line.clear()
	d.env.say("%s", err)
}
