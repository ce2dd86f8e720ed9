package session

import (
	"slices"
	"time"

	"iceexplorer/app/player"
	"iceexplorer/cache"
)

// Change says what has changed.
type Change uint8

const (
	Drawn  Change = 1 << iota // something that a picture or a panel shows
	Frames                    // which frames there are
	Head                      // the frame under the play head, or the direction of play
	Play                      // how frames are played: playing or not, range, rate, modes
)

const everything = Drawn | Frames | Head | Play

// Subscribe has f called after each change, on the session's goroutine, for as long as
// the session lives. f must not command the session.
func (s *Session) Subscribe(f func(Change)) { s.subscribers = append(s.subscribers, f) }

func (s *Session) changed(c Change) {
	s.present()
	for _, f := range s.subscribers {
		f(c)
	}
}

// Number is the number under the play head, and false if nothing is open. There may be no
// frame of that number: between the first and the last, missing ones are places as well.
func (s *Session) Number() (cache.Number, bool) { return s.player.Head() }

// Frames are the numbers of all frames of all layers, ascending, each once.
func (s *Session) Frames() []cache.Number { return s.player.Frames() }

// reindex gives the player the frames of all layers.
func (s *Session) reindex() {
	s.version++
	s.shownTrack = nil
	var frames []cache.Number
	whole := false
	for _, l := range s.layers {
		l.placeFrames()
		whole = whole || !l.timing.whole()
		for i := range l.Seq.Frames {
			frames = append(frames, l.numberOf(i))
		}
	}
	s.player.SetFrames(frames, whole)
	s.schedule = schedule{}
}

// playback is the part of the player's state that commands and the clock change.
type playback struct {
	head             cache.Number
	index            int // of the frame at the head or before it
	dir              int
	playing, waiting bool
	boost, fps       float64
	speed            float64
	in, out          cache.Number
	hasIn, hasOut    bool
	loop             player.Loop
	mode             player.Mode
	dropped          int
	between          bool
	position         cache.Number // where the head rests
}

func (s *Session) playback() playback {
	p := s.player
	b := playback{
		index: p.Index(), dir: p.Dir(), playing: p.Playing(), waiting: p.Waiting(), boost: p.Boost(), fps: p.FPS(), speed: p.Speed(),
		loop: p.Loop(), mode: p.Mode(), dropped: p.Dropped(),
	}
	b.between = p.Between()
	if b.head, _ = p.Head(); !p.Playing() {
		b.position = p.Position()
	}
	b.in, b.hasIn = p.In()
	b.out, b.hasOut = p.Out()
	return b
}

// steer runs a command of the player, requests the frames wanted from where the head is
// then, and reports what has changed.
func (s *Session) steer(command func()) {
	was := s.playback()
	command()
	now := s.playback()
	if now == was {
		return
	}
	c := Play
	if now.head != was.head || now.dir != was.dir {
		c |= Head
		s.paused = false
		s.Settle(aboutSelection) // it was about another frame
		steps, frames := (now.index-was.index)*now.dir, len(s.Frames())
		s.schedule.follow((steps+frames)%frames, frames, now.dir != was.dir)
		s.pump()
	}
	if now.playing != was.playing {
		s.pumpVerify()
	}
	if now.position != was.position && !now.playing && !was.playing {
		c |= Head
	}
	s.changed(c)
}

// Advance moves the play head to where it belongs at now, and presents what is there of the
// frame: it is called before each picture. Frames that playing waits for are loaded even if
// loading was canceled.
func (s *Session) Advance(now time.Time) {
	s.steer(func() { s.player.Advance(now) })
	s.present()
	s.unseen = false
	if s.player.Playing() {
		s.Resume()
	}
}

// mayMoveTo reports whether playing may go on to a frame. If every frame is shown, the one
// under the head must come first, however late it is.
func (s *Session) mayMoveTo(number cache.Number) bool {
	return s.Ready(number) && (s.player.Mode() != player.EveryFrame || !s.unseen && !s.anyLate())
}

// NextDue is when Advance has something to do; ok is false if only a command or an arriving
// frame can change that.
func (s *Session) NextDue(now time.Time) (due time.Time, ok bool) { return s.player.NextDue(now) }

// Play plays in the direction last used; at the end of a range that is played once, it
// starts over.
func (s *Session) Play() { s.steer(s.player.Play) }

// Stop stops where the play head is.
func (s *Session) Stop() { s.steer(s.player.Stop) }

// Toggle plays when stopped and stops when playing.
func (s *Session) Toggle() { s.steer(s.player.Toggle) }

// Shuttle plays forward (1) or backward (-1), faster when called again, or stops (0).
func (s *Session) Shuttle(dir int) { s.steer(func() { s.player.Shuttle(dir) }) }

// Seek moves the play head to the frame, or the missing number, nearest to a number.
func (s *Session) Seek(number cache.Number) { s.steer(func() { s.player.Seek(number) }) }

// Nearest is the frame, or the missing number, nearest to a number.
func (s *Session) Nearest(number cache.Number) cache.Number { return s.player.Nearest(number) }

// Step stops and moves the play head by n numbers.
func (s *Session) Step(n int) { s.steer(func() { s.player.Step(n) }) }

// StepFrame stops and moves the play head to the next frame that exists, or for -1 to the one
// before.
func (s *Session) StepFrame(dir int) { s.steer(func() { s.player.StepFrame(dir) }) }

// First moves the play head to the in point.
func (s *Session) First() { s.steer(s.player.First) }

// Last moves the play head to the out point.
func (s *Session) Last() { s.steer(s.player.Last) }

// SetIn sets the in point. An out point before it is dropped.
func (s *Session) SetIn(number cache.Number) { s.steer(func() { s.player.SetIn(number) }) }

// SetOut sets the out point, itself played. An in point after it is dropped.
func (s *Session) SetOut(number cache.Number) { s.steer(func() { s.player.SetOut(number) }) }

// ClearRange drops in and out points, so that all frames are played.
func (s *Session) ClearRange() { s.steer(s.player.ClearRange) }

// SetFPS sets the playback rate in frames per second, within the player's limits.
func (s *Session) SetFPS(fps float64) { s.steer(func() { s.player.SetFPS(fps) }) }

// SetSpeed sets the factor on the rate, within the player's limits.
func (s *Session) SetSpeed(factor float64) { s.steer(func() { s.player.SetSpeed(factor) }) }

// SetMode says what gives way when frames come late.
func (s *Session) SetMode(m player.Mode) { s.steer(func() { s.player.SetMode(m) }) }

// SetLoop says what happens at the end of the range.
func (s *Session) SetLoop(l player.Loop) { s.steer(func() { s.player.SetLoop(l) }) }

// Playing reports whether the play head moves by itself.
func (s *Session) Playing() bool { return s.player.Playing() }

// Waiting reports that playing waits for a frame.
func (s *Session) Waiting() bool { return s.player.Waiting() }

// Dir is 1 if the play head moves, or would move, forward, else -1.
func (s *Session) Dir() int { return s.player.Dir() }

// Boost is the factor on the rate that Shuttle has reached.
func (s *Session) Boost() float64 { return s.player.Boost() }

// In is the in point; ok is false if there is none.
func (s *Session) In() (number cache.Number, ok bool) { return s.player.In() }

// Out is the out point; ok is false if there is none.
func (s *Session) Out() (number cache.Number, ok bool) { return s.player.Out() }

// Range is the first and the last frame that is played; ok is false if nothing is open.
func (s *Session) Range() (first, last cache.Number, ok bool) { return s.player.Range() }

// Limited reports that an in or out point leaves some of the frames to be played.
func (s *Session) Limited() bool { return s.player.Limited() }

// FPS is the rate that was set, in frames per second.
func (s *Session) FPS() float64 { return s.player.FPS() }

// Speed is the factor on the rate that was set.
func (s *Session) Speed() float64 { return s.player.Speed() }

// Rate is the rate aimed at, including Speed and Boost.
func (s *Session) Rate() float64 { return s.player.Rate() }

// PlayedRate is the rate reached over the last second or so; 0 if nothing is being played.
func (s *Session) PlayedRate(now time.Time) float64 { return s.player.Measured(now) }

// Mode says what gives way when frames come late.
func (s *Session) Mode() player.Mode { return s.player.Mode() }

// Loop says what happens at the end of the range.
func (s *Session) Loop() player.Loop { return s.player.Loop() }

// Dropped is how many frames were not shown in time since playing began.
func (s *Session) Dropped() int { return s.player.Dropped() }

// ahead is how many steps of play, over frames that exist, lead from the one at the head or
// before it to a frame, given by its index among all frames, going around at the end.
func (s *Session) ahead(index int) int {
	d := (index - s.player.Index()) * s.player.Dir()
	if d < 0 {
		d += len(s.Frames())
	}
	return d
}

// at is the index of the frame that is a number of steps of play away, going around at the
// end.
func (s *Session) at(step int) int {
	n := len(s.Frames())
	return ((s.player.Index()+step*s.player.Dir())%n + n) % n
}

// indexOf is the index among all frames of that with a number, or of the one before it.
func (s *Session) indexOf(number cache.Number) int {
	i, found := slices.BinarySearch(s.Frames(), number)
	if !found && i > 0 {
		i--
	}
	return i
}
