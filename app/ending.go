package app

import (
	"log/slog"
	"time"
)

// endsWithin is how long the window may take to end in order once it is asked to, before
// it is ended as it stands.
const endsWithin = 2 * time.Second

// statusInterrupted is the exit status of a program that was ended so; the verbs have it
// too.
const statusInterrupted = 130

// askedToEnd closes the window, or has it close as soon as it opens. It may be called
// from any goroutine.
func (a *App) askedToEnd() {
	a.interrupted.Store(true)
	a.cancel()
	a.post(func() {
		if a.window != nil {
			a.window.Fail(nil)
		}
	})
}

// end closes what outlives the window. It does not wait for a disk that is slow to take
// the settings.
func (a *App) end() {
	a.cancel() // nothing waits for the loop any more
	if a.window != nil {
		if err := a.settings.Save(a.keeper); err != nil {
			slog.Warn(err.Error())
		}
	}
	a.finishPictures()
	if a.exports != nil {
		a.exports.Close()
	}
	if a.session != nil {
		a.spread.Follow(false)
		a.charts.Close()
		a.probe.Close()
		a.session.CloseAll()
	}
	if err := a.pool.Close(); err != nil {
		slog.Warn("close the pool", "error", err)
	}
	if a.session != nil {
		a.session.DropResults()
	}
	remove := a.endKeeping()
	if err := a.keeper.Flush(endsWithin / 4); err != nil {
		slog.Warn(err.Error())
	}
	a.removeSettings(remove)
	a.removeSample()
}
