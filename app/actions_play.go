package app

import (
	"fmt"
	"strconv"
	"strings"

	"iceexplorer/app/action"
	"iceexplorer/app/player"
	"iceexplorer/app/session"
	"iceexplorer/assets"
	"iceexplorer/cache"
)

// playing makes an action of the menu Playback.
func (a *App) playing(x action.Action, f func()) action.Action {
	x.Menu, x.Enabled = "Playback", a.hasFrames
	x.Do = do(f)
	return x
}

// playActions start and stop playback, and say how it goes.
func (a *App) playActions() []action.Action {
	p := a.session
	loop := func(l player.Loop, label, icon, help string) action.Action {
		return action.Action{
			ID: "loop-" + strings.ReplaceAll(l.String(), "loop", "around"), Label: label, Menu: "Playback/At the end", Icon: icon, Help: help,
			Checked: func() bool { return p.Loop() == l },
			Do: do(func() {
				p.SetLoop(l)
				a.settings.Preferences.Loop = l.String()
			}),
		}
	}
	mode := func(m player.Mode, label, help string) action.Action {
		return action.Action{
			ID: "mode-" + m.String(), Label: label, Menu: "Playback/When frames are late", Help: help,
			Checked: func() bool { return p.Mode() == m },
			Do: do(func() {
				p.SetMode(m)
				a.settings.Preferences.PlayMode = m.String()
			}),
		}
	}
	return []action.Action{
		a.playing(action.Action{ID: "play-toggle", Label: "Play or stop", Group: "play", Icon: assets.IconPlay, Keys: []string{"Space"}, Help: "Start and stop playback"}, p.Toggle),
		a.playing(action.Action{ID: "play", Aliases: []string{"shuttle-forward"}, Label: "Play forward", Group: "play", Icon: assets.IconPlay, Keys: []string{"L"}, Help: "Play forward; press again to play faster"}, func() { p.Shuttle(1) }),
		a.playing(action.Action{ID: "play-reverse", Label: "Play reverse", Group: "play", Icon: assets.IconReverse, Keys: []string{"J"}, Help: "Play backward; press again to play faster"}, func() { p.Shuttle(-1) }),
		a.playing(action.Action{ID: "stop", Label: "Stop", Group: "play", Icon: assets.IconStop, Keys: []string{"K"}, Help: "Stop where the play head is"}, p.Stop),
		{
			ID: "loop-toggle", Label: "Loop", Menu: "Playback", Group: "loop", Icon: assets.IconLoop, Keys: []string{"Ctrl+L"}, Help: "Start over at the end",
			Checked: func() bool { return p.Loop() != player.Once },
			Do: do(func() {
				if p.Loop() == player.Once {
					p.SetLoop(player.Around)
				} else {
					p.SetLoop(player.Once)
				}
				a.settings.Preferences.Loop = p.Loop().String()
			}),
		},
		loop(player.Around, "Start over", assets.IconLoop, "Begin again at the in point"),
		loop(player.PingPong, "Turn around", assets.IconPingPong, "Play back and forth"),
		loop(player.Once, "Stop there", assets.IconOnce, "Play once"),
		mode(player.EveryFrame, "Show every frame", "Play more slowly when frames are late"),
		mode(player.RealTime, "Keep real time", "Drop late frames, and count them"),
		{
			ID: "speed", Label: "Set speed", Help: "Play more slowly or faster than the frame rate",
			Params: []action.Param{{Name: "factor", Kind: action.Number, Min: player.MinSpeed, Max: player.MaxSpeed, Help: "1 is the frame rate, 0.5 half of it"}},
			Do: func(args action.Args) error {
				p.SetSpeed(args.Number("factor"))
				return nil
			},
		},
		{
			ID: "fps", Label: "Set frame rate", Help: "Set the playback rate in frames per second",
			Params: []action.Param{{Name: "rate", Kind: action.Number, Min: player.MinFPS, Max: player.MaxFPS, Help: "Frames per second"}},
			Do: func(args action.Args) error {
				p.SetFPS(args.Number("rate"))
				return nil
			},
		},
	}
}

// paceActions choose among common rates, speeds and units.
func (a *App) paceActions() []action.Action {
	var all []action.Action
	for _, fps := range player.Rates() {
		text := strconv.FormatFloat(fps, 'f', -1, 64)
		all = append(all, action.Action{
			ID: "fps-" + text, Label: text + " fps", Menu: "Playback/Frame rate", Group: "rate", Help: "Play " + text + " frames per second",
			Checked: func() bool { return a.session.FPS() == fps },
			Do: do(func() {
				a.session.SetFPS(fps)
				a.settings.Preferences.FPS = fps
			}),
		})
	}
	for _, speed := range []float64{0.1, 0.25, 0.5, 1, 2, 4, 8} {
		text := strconv.FormatFloat(speed, 'f', -1, 64)
		all = append(all, action.Action{
			ID: "speed-" + text, Label: text + "x", Menu: "Playback/Speed", Group: "rate", Help: "Play at " + text + " times the frame rate",
			Checked: func() bool { return a.session.Speed() == speed }, Do: do(func() { a.session.SetSpeed(speed) }),
		})
	}
	for _, u := range []player.Unit{player.Frames, player.Seconds, player.Timecode} {
		all = append(all, action.Action{
			ID: "units-" + u.String(), Label: strings.ToUpper(u.String()[:1]) + u.String()[1:], Menu: "Playback/Units of time", Group: "rate", Help: "Tell time in " + u.String() + " at the frame rate",
			Checked: func() bool { return a.settings.Preferences.Units == u.String() },
			Do:      do(func() { a.settings.Preferences.Units = u.String() }),
		})
	}
	return all
}

// headActions move the play head.
func (a *App) headActions() []action.Action {
	p := a.session
	frame := []action.Param{{Name: "frame", Kind: action.Frame, Optional: true, Help: "Without it the frame under the play head"}}
	return []action.Action{
		a.playing(action.Action{ID: "step-back", Label: "Step back", Group: "step", Icon: assets.IconStepBack, Keys: []string{"Left"}, Repeat: true, Help: "Go to the number before, though there may be no frame"}, func() { p.Step(-1) }),
		a.playing(action.Action{ID: "step-forward", Label: "Step forward", Group: "step", Icon: assets.IconStepForward, Keys: []string{"Right"}, Repeat: true, Help: "Go to the next number, though there may be no frame"}, func() { p.Step(1) }),
		a.playing(action.Action{ID: "previous-frame", Label: "Go to previous existing frame", Group: "step", Keys: []string{"Shift+Left"}, Repeat: true, Help: "Go to the frame before that exists, over missing numbers"}, func() { p.StepFrame(-1) }),
		a.playing(action.Action{ID: "next-frame", Label: "Go to next existing frame", Group: "step", Keys: []string{"Shift+Right"}, Repeat: true, Help: "Go to the next frame that exists, over missing numbers"}, func() { p.StepFrame(1) }),
		a.playing(action.Action{ID: "first", Label: "Go to first frame", Group: "step", Icon: assets.IconFirst, Keys: []string{"Home"}, Help: "Go to the first frame or the in point"}, p.First),
		a.playing(action.Action{ID: "last", Label: "Go to last frame", Group: "step", Icon: assets.IconLast, Keys: []string{"End"}, Help: "Go to the last frame or the out point"}, p.Last),
		{
			ID: "set-in", Label: "Set in point", Menu: "Playback", Group: "range", Keys: []string{"I", "["}, Help: "Playback begins at this frame", Enabled: a.hasFrames,
			Params: frame, Do: func(args action.Args) error {
				p.SetIn(a.frameOr(args, "frame"))
				return nil
			},
		},
		{
			ID: "set-out", Label: "Set out point", Menu: "Playback", Group: "range", Keys: []string{"]", "Shift+O"}, Help: "Playback ends at this frame", Enabled: a.hasFrames,
			Params: frame, Do: func(args action.Args) error {
				p.SetOut(a.frameOr(args, "frame"))
				return nil
			},
		},
		a.playing(action.Action{ID: "clear-range", Label: "Clear in and out points", Group: "range", Help: "Play all frames"}, p.ClearRange),
		{
			ID: "goto", Label: "Go to frame", Help: "Move the play head to a number, be there a frame or not", Enabled: a.hasFrames,
			Params: []action.Param{{Name: "frame", Kind: action.Frame, Help: "The frame's number"}},
			Do:     func(args action.Args) error { return a.goTo(args.Frame("frame")) },
		},
	}
}

// goTo moves the play head to a number between the first frame and the last.
func (a *App) goTo(number cache.Number) error {
	frames := a.session.Frames()
	if first, last := frames[0], frames[len(frames)-1]; number < first || number > last {
		return fmt.Errorf("frame %v is outside of what is open, frames %v to %v", number, first, last)
	}
	a.session.Seek(number)
	return nil
}

// timeActions say what time is like where frames are not.
func (a *App) timeActions() []action.Action {
	set := func(g session.Gaps) {
		a.session.SetGaps(g)
		a.settings.Preferences.Gaps = g.String()
	}
	item := func(g session.Gaps, label, help string) action.Action {
		return action.Action{
			ID: "gaps-" + g.String(), Label: label, Menu: "Playback/Where frames are missing", Help: help,
			Checked: func() bool { return a.session.Gaps() == g }, Do: do(func() { set(g) }),
		}
	}
	return []action.Action{
		{
			ID: "interpolate", Also: "slow motion between subframe", Label: "Interpolate", Menu: "Playback", Group: "rate", Icon: assets.IconBetween, Params: onOff, Checked: a.session.Interpolate,
			Help: "Show what is between frames, by ID and velocity: where the play head is put there, and when playing slower than at 1x",
			Do: func(args action.Args) error {
				on := args.Switch("state", a.session.Interpolate())
				a.session.SetInterpolate(on)
				a.settings.Preferences.Interpolate = on
				return nil
			},
		},
		item(session.HoldGaps, "Hold the frame before", "Show the frame before a missing one, and say so in the scene"),
		item(session.EmptyGaps, "Show nothing", "Show an empty scene where a frame is missing"),
		{
			ID: "gaps", Also: "missing frames hold", Label: "Set what missing frames show", Help: "Hold the frame before a missing one, or show nothing",
			Params: []action.Param{{Name: "show", Kind: action.Choice, Choices: []string{session.HoldGaps.String(), session.EmptyGaps.String()}}},
			Do: func(args action.Args) error {
				g, _ := session.ParseGaps(args.Text("show"))
				set(g)
				return nil
			},
		},
	}
}
