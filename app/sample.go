package app

import (
	"context"
	"fmt"
	"os"

	"iceexplorer/app/sample"
	"iceexplorer/app/session"
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
	if !a.making {
		a.making = true
		go a.makeSample(a.sampleDir)
	}
}

func (a *App) makeSample(dir string) {
	var err error
	if dir == "" {
		if dir, err = os.MkdirTemp("", "iceexplorer-sample-"); err == nil {
			err = sample.Write(context.Background(), dir, sample.Options{Points: samplePoints, Frames: sampleFrames})
		}
		if err != nil && dir != "" {
			_ = os.RemoveAll(dir) // the error is told below
			dir = ""
		}
	}
	a.mu.Lock()
	a.sampleDir = dir // also if the window is gone when post comes
	a.mu.Unlock()
	a.post(func() {
		a.mu.Lock()
		a.making = false
		a.mu.Unlock()
		if err != nil {
			a.session.TellOf(session.About("sample"), session.Error, fmt.Sprintf("make the sample: %v", err))
			return
		}
		a.session.Settle(session.About("sample"))
		a.session.Open(dir)
		a.syncFrames()
		if a.opt.Sample {
			a.player.Play()
		}
	})
}
