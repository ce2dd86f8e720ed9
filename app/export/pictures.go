package export

import (
	"context"
	"errors"
	"image"
)

// Pictures makes a Plan's files from pictures. A frame is drawn on the goroutine of the
// run; encoding and writing, one picture at a time, happen beside it. Pictures follow each
// other in the order of the jobs, whichever frames come first.
type Pictures struct {
	// Fetch brings the frames that a job shows. It calls ready once, on the goroutine of the
	// run: when all are there, when one cannot be had, or when ctx has ended. An error that
	// is a Fatal ends the run.
	Fetch func(ctx context.Context, j *Job, ready func(error))
	// Draw draws a job.
	Draw func(j *Job) (Drawn, error)
	// Write writes a picture. An error ends the run: the next picture would fail as well.
	Write func(ctx context.Context, path string, img *image.RGBA) error
	// Release lets go of what Fetch has brought for a job; nil: there is nothing.
	Release func(j *Job)

	busy  chan error // holds what came of the picture before, unless it is being written
	queue []*turn    // jobs begun and not drawn
}

// turn is a job's turn to be drawn.
type turn struct {
	there bool // what it shows, or not, is known
	draw  func()
}

// Drawn is a picture, and whether what it shows is not whole.
type Drawn struct {
	Image   *image.RGBA
	Write   func(path string) error // writes it in place of the Pictures' Write; nil: that writes Image
	Drop    func()                  // lets go of what Write needs, when it is written or never will be; nil: nothing
	Damaged bool
}

func (d *Drawn) drop() {
	if d.Drop != nil {
		d.Drop()
	}
}

// Fatal is an error that leaves no use in going on.
type Fatal struct{ Err error }

func (f Fatal) Error() string { return f.Err.Error() }
func (f Fatal) Unwrap() error { return f.Err }

var errCanceled = errors.New("canceled")

// Do implements Doer.
func (p *Pictures) Do(ctx context.Context, j *Job, done func(Outcome)) {
	if p.busy == nil {
		p.busy = make(chan error, 1)
		p.busy <- nil
	}
	t := &turn{}
	p.queue = append(p.queue, t)
	p.Fetch(ctx, j, func(err error) {
		t.there, t.draw = true, func() {
			p.draw(ctx, j, err, done)
			if p.Release != nil {
				p.Release(j)
			}
		}
		for len(p.queue) > 0 && p.queue[0].there {
			next := p.queue[0]
			p.queue = p.queue[1:]
			next.draw()
		}
	})
}

// draw draws a job whose frames are there, or failed to come.
func (p *Pictures) draw(ctx context.Context, j *Job, err error, done func(Outcome)) {
	switch {
	case ctx.Err() != nil:
		done(Outcome{Err: errCanceled, Canceled: true})
		return
	case err != nil:
		done(Outcome{Err: err, Stop: errors.As(err, new(Fatal))})
		return
	}
	drawn, err := p.Draw(j)
	if err != nil {
		done(Outcome{Err: err})
		return
	}
	// A second picture waits here with the loop, so that they do not pile up.
	if err := <-p.busy; err != nil {
		drawn.drop()
		p.busy <- err
		done(Outcome{Err: errCanceled, Canceled: true})
		return
	}
	go func() {
		err := p.write(ctx, j, &drawn)
		drawn.drop()
		p.busy <- err
		if errors.Is(err, context.Canceled) {
			done(Outcome{Err: errCanceled, Canceled: true})
			return
		}
		done(Outcome{Err: err, Stop: err != nil, Damaged: drawn.Damaged})
	}()
}

func (p *Pictures) write(ctx context.Context, j *Job, d *Drawn) error {
	if d.Write != nil {
		return d.Write(j.Target)
	}
	return p.Write(ctx, j.Target, d.Image)
}
