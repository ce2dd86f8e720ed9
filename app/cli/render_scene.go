package cli

import (
	"context"
	"time"

	"iceexplorer/app/export"
	"iceexplorer/app/inspect/expr"
	"iceexplorer/app/inspect/spread"
	"iceexplorer/app/look"
	"iceexplorer/app/reopen"
	"iceexplorer/app/session"
	"iceexplorer/app/sessionfile"
	"iceexplorer/app/settings"
	"iceexplorer/app/stage"
	"iceexplorer/cache"
	"iceexplorer/gfx"
	"iceexplorer/jobs"
)

// openedScene is what the window is made of, without the window: a session, a stage and the
// loop that they belong to.
type openedScene struct {
	ctx     context.Context
	env     Env
	pool    *jobs.Pool
	loop    *export.Loop
	clock   time.Time // runs ahead, so that nothing is waited for but work
	session *session.Session
	desk    *look.Desk
	spread  *spread.Spread
	stage   *stage.Stage
	saver   *stage.Saver
	line    *progress

	where *expr.Expr // nil: the session's filter
	masks map[int]maskOf
	fault error // of the filter
}

// maskOf is which points of a layer's frame --where holds for.
type maskOf struct {
	key  uint64
	only stage.Only
}

// picturesOnly draws no scene, but pictures.
type picturesOnly struct{ *gfx.Renderer }

func (picturesOnly) Draw(*gfx.View, []gfx.Cloud, int, int) error { return nil }
func (picturesOnly) RequestPick(gfx.PickQuery)                   {}
func (picturesOnly) PollPick() (gfx.PickResult, bool)            { return gfx.PickResult{}, false }

// openScene opens sequences.
func openScene(ctx context.Context, f *flags, env Env, found []sessionfile.Found) *openedScene {
	sc := &openedScene{ctx: ctx, env: env, loop: export.NewLoop(), clock: time.Now(), desk: look.NewDesk(), masks: map[int]maskOf{}}
	files := 0
	for i := range found {
		files += len(found[i].Seq.Frames)
	}
	sc.pool = newPoolIn(f, env, files, func(need jobs.Need, r jobs.Request) bool { return sc.session.AskRoom(ctx, need, r) })
	sc.session = session.New(sc.pool, sc.loop.Post, session.Options{
		Budget: sc.pool.Stats().ScratchBudget,
		Drawn: func(l *session.Layer) []string {
			v := sc.desk.Of(l.ID)
			return v.Columns()
		},
		Prepare: func(l *session.Layer, fr *cache.Frame, n cache.Number, key uint64) func() {
			return sc.stage.PrepareFrame(l, fr, n, key)
		},
	})
	sc.desk.Subscribe(func(look.Change) { sc.session.Redrawn() })
	sc.spread = spread.New(sc.session, &settings.Spreadsheet{}, sc.loop.Post, sc.wake)
	sc.stage = stage.New(stage.Options{
		Session: sc.session, Look: sc.desk, Post: sc.loop.Post, Wake: sc.wake,
		Now: func() time.Time { return sc.clock }, Only: sc.only, Pool: sc.pool,
	})
	sc.saver = stage.NewSaver(sc.stage)
	sc.session.Hurry(true)
	sc.session.Add(reopen.Sequences(found))
	return sc
}

func (sc *openedScene) close() {
	sc.session.CloseAll()
	sc.pool.Close()
}

// wake has the loop turn once more.
func (sc *openedScene) wake() { sc.loop.Post(func() {}) }

// until turns the loop until something has come about, or the program is to end.
func (sc *openedScene) until(done func() bool) {
	defer context.AfterFunc(sc.ctx, sc.wake)()
	sc.loop.Until(func() bool {
		if done() || sc.ctx.Err() != nil {
			return true
		}
		sc.turn()
		return done()
	})
}

// turn is a turn of the window's loop.
func (sc *openedScene) turn() {
	sc.clock = sc.clock.Add(time.Second)
	sc.session.Advance(sc.clock)
	sc.session.Resume()
	sc.spread.Follow(false)
	sc.stage.Advance()
	sc.stage.Draw()
	sc.saver.Step()
	if _, due := sc.stage.Due(); due {
		sc.wake()
	}
}

// measure waits until all is known of all frames that are shown, and the camera is where it
// is to be.
func (sc *openedScene) measure() error {
	sc.line = newProgress(sc.env.Stderr, 0)
	sc.until(func() bool {
		done, failed, total := sc.session.Measured()
		sc.line.total = total
		sc.line.draw(done+failed, 0)
		return done+failed == total && !sc.stage.Busy()
	})
	sc.line.clear()
	return sc.ctx.Err()
}

// save saves pictures. The report is nil if it did not come to that.
func (sc *openedScene) save(opt stage.SaveOptions) (report *export.Report, err error) {
	ended := false
	if err := sc.saver.Save(opt, func(e error) { ended, err = true, e }); err != nil {
		return nil, err
	}
	sc.line = newProgress(sc.env.Stderr, 0)
	defer sc.line.clear()
	sc.until(func() bool {
		if done, of := sc.saver.Count(); of > 0 {
			sc.line.total = of
			sc.line.draw(done, 0)
		}
		return ended
	})
	if !ended {
		sc.saver.Cancel()
		sc.loop.Until(func() bool { return ended })
	}
	return sc.saver.Report(), err
}

// only is what is drawn of a layer's frame.
func (sc *openedScene) only(l *session.Layer, sh session.Shown) stage.Only {
	if sc.where == nil {
		return stage.Only(sc.spread.Drawn(l, sh))
	}
	if m, ok := sc.masks[l.ID]; ok && m.key == sh.Key {
		return m.only
	}
	o := stage.Only{Some: true, Key: sh.Key}
	program, err := sc.where.Bind(expr.Frame{Frame: sh.Frame, Number: sh.Number, FPS: sc.session.FPS()})
	if err == nil {
		mask, fault := program.Mask(sc.ctx)
		if err = fault; err == nil {
			o.Words, o.Count = mask.Words(), int(mask.Count())
		}
	}
	if err != nil {
		o.Why, sc.fault = err.Error(), err
	}
	sc.masks[l.ID] = maskOf{sh.Key, o}
	return o
}
