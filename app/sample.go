package app

import (
	"errors"
	"fmt"
	"log/slog"

	"iceexplorer/app/sample"
	"iceexplorer/app/session"
	"iceexplorer/jobs/scratch"
)

// The window's sample.
const (
	samplePoints = 20_000
	sampleFrames = 48
)

// sampling reports whether the sample is being made.
func (a *App) sampling() bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.making
}

// startSample writes the sample to a temporary folder, beside the loop, and opens it
// as any folder is opened.
func (a *App) startSample() {
	a.mu.Lock()
	defer a.mu.Unlock()
	if !a.making && a.ctx.Err() == nil {
		a.making = true
		a.samples.Go(a.makeSample)
	}
}

func (a *App) makeSample() {
	a.mu.Lock()
	folder := a.sample
	a.mu.Unlock()
	var err error
	if folder == nil {
		folder, err = a.writeSample()
	}
	a.mu.Lock()
	a.sample = folder // even if the window is gone by then
	a.mu.Unlock()
	a.post(func() {
		if err != nil {
			a.made()
			a.session.TellOf(session.About("sample"), session.Error, fmt.Sprintf("make the sample: %v", err))
			return
		}
		a.session.Settle(session.About("sample"))
		a.session.Discover(func([]*session.Layer, error) {
			a.made()
			if a.opt.Sample {
				a.session.Play()
			}
		}, folder.Path())
	})
}

// made notes that the sample is open, or will not be.
func (a *App) made() {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.making = false
}

func (a *App) writeSample() (*scratch.Folder, error) {
	folder, err := scratch.TempFolder("sample")
	if err != nil {
		return nil, err
	}
	if err := sample.Write(a.ctx, folder.Path(), sample.Options{Points: samplePoints, Frames: sampleFrames}); err != nil {
		return nil, errors.Join(err, folder.Remove())
	}
	return folder, nil
}

// removeSample removes the sample's files, even if it is still being made.
func (a *App) removeSample() {
	a.mu.Lock()
	a.cancel() // no more are begun
	a.mu.Unlock()
	a.samples.Wait()
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.sample == nil {
		return
	}
	if err := a.sample.Remove(); err != nil {
		slog.Warn("remove the sample", "error", err)
	}
	a.sample = nil
}

// sampleFolder is where the sample lies; "" if it was not made.
func (a *App) sampleFolder() string {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.sample == nil {
		return ""
	}
	return a.sample.Path()
}
