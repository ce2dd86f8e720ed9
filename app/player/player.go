// Package player is playback as a pure state machine: a play head over a list of frame
// numbers, in and out points, loop modes, direction, speed and a clock that is passed in.
// It never sleeps, starts nothing and knows no window; all it knows of caches is frame
// numbers. Its owner calls Advance from one goroutine.
package player

import (
	"math"
	"slices"
	"time"

	"iceexplorer/cache"
)

// DefaultFPS is the frame rate of a new player, in frames a second.
const DefaultFPS = 24

// Limits of SetFPS and SetSpeed; values outside are clamped.
const (
	MinFPS, MaxFPS     = 0.1, 1000
	MinSpeed, MaxSpeed = 0.1, 8
)

// maxBoost caps the factor that repeated J or L presses reach.
const maxBoost = 8

// Loop says what happens when the play head reaches the end of its range.
type Loop uint8

// The loop modes. Once stops at the end, Around starts over, PingPong turns.
const (
	Around Loop = iota
	Once
	PingPong
)

var loopNames = [...]string{Around: "loop", Once: "once", PingPong: "ping-pong"}

func (l Loop) String() string { return nameOf(loopNames[:], int(l)) }

// ParseLoop is the inverse of Loop.String; ok is false for unknown names.
func ParseLoop(name string) (l Loop, ok bool) {
	i := slices.Index(loopNames[:], name)
	return Loop(max(i, 0)), i >= 0
}

// Mode says what gives way when frames do not come fast enough.
type Mode uint8

// EveryFrame shows each frame, slower if it must be: it waits for a frame that
// is not ready. RealTime keeps the clock and drops frames.
const (
	EveryFrame Mode = iota
	RealTime
)

var modeNames = [...]string{EveryFrame: "every-frame", RealTime: "real-time"}

func (m Mode) String() string { return nameOf(modeNames[:], int(m)) }

// ParseMode is the inverse of Mode.String; ok is false for unknown names.
func ParseMode(name string) (m Mode, ok bool) {
	i := slices.Index(modeNames[:], name)
	return Mode(max(i, 0)), i >= 0
}

func nameOf(names []string, i int) string {
	if i < len(names) {
		return names[i]
	}
	return "unknown"
}

// Player holds the state of playback. The zero value is not usable: call New.
//
// The head stands on a listed frame or on a whole number that is missing between two of them,
// for as long as it is to the next: a quarter of a period from 101.5 to 101.75.
type Player struct {
	// Ready reports whether a number can be gone to now. nil means always.
	// In EveryFrame mode the head waits for it, in RealTime mode a frame
	// that is due and not ready counts as dropped.
	Ready func(number cache.Number) bool

	track track
	at    int  // place of the head on the track
	moved bool // the head was moved since the last Advance

	in, out       cache.Number
	hasIn, hasOut bool

	fps, speed float64
	boost      float64 // factor of the shuttle keys: 1, 2, 4, 8
	dir        int     // +1 or -1
	loop       Loop
	mode       Mode

	between  bool
	part     float64      // of the way to the next place, where the head rests
	started  float64      // part, when playing began
	position cache.Number // as of the last Advance or command

	playing bool
	timed   bool      // base is set
	base    time.Time // when the frame under the head was due
	waiting bool
	dropped int

	shown  [24]moment // ring of the times the head moved by playing
	nShown int
	gone   float64 // frames that playing has shown
}

// moment is when the head moved, and what gone was then.
type moment struct {
	at   time.Time
	gone float64
}

// New returns a stopped player without frames, 24 fps, forward, looping.
func New() *Player {
	return &Player{fps: DefaultFPS, speed: 1, boost: 1, dir: 1}
}

// SetFrames replaces the list of frame numbers, in any order, duplicates
// allowed; the slice is copied. With whole every whole number between them is a place, else
// those that no frame stands for. The head stays on its number or goes to the
// nearest one. In and out points are kept: they are numbers, not places.
func (p *Player) SetFrames(frames []cache.Number, whole bool) {
	var head cache.Number
	had := p.track.len() > 0
	if had {
		head = p.track.number(p.at)
	}
	p.track = newTrack(frames, whole)
	p.at = 0
	if p.track.len() == 0 {
		p.Stop()
		p.moved = p.moved || had
		return
	}
	if had {
		p.at = p.track.nearest(head)
	}
	if !had || p.track.number(p.at) != head {
		p.moved, p.part = true, 0
	}
	p.position = p.find(time.Time{})
}

// Frames returns the listed numbers, ascending. It must not be changed.
func (p *Player) Frames() []cache.Number { return p.track.listed }

// Head returns the number under the play head, which may be missing among the frames; ok is
// false when there are no frames.
func (p *Player) Head() (frame cache.Number, ok bool) {
	if p.track.len() == 0 {
		return 0, false
	}
	return p.track.number(p.at), true
}

// Index returns the index in Frames of the frame under the head, or of the one before it
// where a number is missing; -1 when there are none.
func (p *Player) Index() int {
	if p.track.len() == 0 {
		return -1
	}
	return p.track.base(p.at)
}

// Seek moves the head to the frame or missing number nearest to frame, for scrubbing and
// for going to a number. Playing goes on from there, a whole period later.
func (p *Player) Seek(frame cache.Number) {
	if p.track.len() > 0 {
		p.rest(frame)
		p.position = p.find(time.Time{})
	}
}

// Nearest is the place that is nearest to a number.
func (p *Player) Nearest(frame cache.Number) cache.Number {
	if p.track.len() == 0 {
		return frame
	}
	return p.track.number(p.track.nearest(frame))
}

// StepFrame stops and moves the head to the next listed frame, or for -1 to the one before.
func (p *Player) StepFrame(dir int) {
	p.Stop()
	if p.track.len() == 0 {
		return
	}
	i := p.track.base(p.at)
	if on := p.track.place(i) == p.at && p.part == 0; dir > 0 || on {
		i += sign(dir)
	}
	p.place(p.track.place(min(max(i, 0), len(p.track.listed)-1)))
}

// Step stops and moves the head by n numbers, missing ones among them; it does not wrap.
func (p *Player) Step(n int) {
	p.Stop()
	if p.track.len() > 0 {
		last := p.track.len() - 1
		if p.part > 0 && n < 0 {
			n++ // the place before is the head's
		}
		n = min(max(n, -last), last)
		p.place(min(max(p.at+n, 0), last))
	}
}

// First moves the head to the in point.
func (p *Player) First() {
	if p.track.len() > 0 {
		lo, _ := p.bounds()
		p.place(lo)
	}
}

// Last moves the head to the out point.
func (p *Player) Last() {
	if p.track.len() > 0 {
		_, hi := p.bounds()
		p.place(hi)
	}
}

func (p *Player) place(i int) {
	if i != p.at || p.part != 0 {
		p.at, p.part, p.moved = i, 0, true
	}
	p.timed, p.waiting = false, false
	p.position = p.find(time.Time{})
}

// SetIn sets the in point. An out point before it is dropped.
func (p *Player) SetIn(frame cache.Number) {
	p.in, p.hasIn = frame, true
	p.hasOut = p.hasOut && p.out >= frame
}

// SetOut sets the out point, itself played. An in point after it is dropped.
func (p *Player) SetOut(frame cache.Number) {
	p.out, p.hasOut = frame, true
	p.hasIn = p.hasIn && p.in <= frame
}

// ClearRange drops in and out points.
func (p *Player) ClearRange() { p.hasIn, p.hasOut = false, false }

// In returns the in point; ok is false when it is not set.
func (p *Player) In() (frame cache.Number, ok bool) { return p.in, p.hasIn }

// Out returns the out point; ok is false when it is not set.
func (p *Player) Out() (frame cache.Number, ok bool) { return p.out, p.hasOut }

// Range returns the first and last number that is played; ok is false when there are
// no frames.
func (p *Player) Range() (first, last cache.Number, ok bool) {
	if p.track.len() == 0 {
		return 0, 0, false
	}
	lo, hi := p.bounds()
	return p.track.number(lo), p.track.number(hi), true
}

// bounds returns the places of the range. Points that leave no place between them
// count as unset. There must be frames.
func (p *Player) bounds() (lo, hi int) {
	lo, hi = 0, p.track.len()-1
	if p.hasIn {
		lo, _ = p.track.find(p.in)
	}
	if p.hasOut {
		i, found := p.track.find(p.out)
		if !found {
			i--
		}
		hi = i
	}
	if lo > hi || lo >= p.track.len() || hi < 0 {
		return 0, p.track.len() - 1
	}
	return lo, hi
}

// Limited reports that an in or out point is set and leaves frames to play.
func (p *Player) Limited() bool {
	if !p.hasIn && !p.hasOut || p.track.len() == 0 {
		return false
	}
	lo, hi := p.bounds()
	return (!p.hasIn || p.track.number(lo) >= p.in) && (!p.hasOut || p.track.number(hi) <= p.out)
}

// FPS returns the frame rate at speed 1, in frames a second.
func (p *Player) FPS() float64 { return p.fps }

// SetFPS sets the frame rate, clamped to MinFPS..MaxFPS. NaN is ignored.
func (p *Player) SetFPS(fps float64) { p.fps = clamp(fps, MinFPS, MaxFPS, p.fps) }

// Speed returns the factor on the frame rate, without the shuttle's.
func (p *Player) Speed() float64 { return p.speed }

// SetSpeed sets the factor, clamped to MinSpeed..MaxSpeed. NaN is ignored.
func (p *Player) SetSpeed(s float64) { p.speed = clamp(s, MinSpeed, MaxSpeed, p.speed) }

// Rate returns the frames per second aimed at: fps, speed and shuttle together.
func (p *Player) Rate() float64 { return p.fps * p.speed * p.boost }

func clamp(v, lo, hi, old float64) float64 {
	if math.IsNaN(v) {
		return old
	}
	return min(max(v, lo), hi)
}

// Loop returns the loop mode.
func (p *Player) Loop() Loop { return p.loop }

// SetLoop sets the loop mode.
func (p *Player) SetLoop(l Loop) { p.loop = l }

// Mode says what gives way when frames come too slowly.
func (p *Player) Mode() Mode { return p.mode }

// SetMode sets the mode and restarts the clock.
func (p *Player) SetMode(m Mode) {
	if m != p.mode {
		p.mode, p.timed, p.waiting = m, false, false
	}
}

// Dir returns +1 when the head moves (or would move) forward, else -1.
func (p *Player) Dir() int { return p.dir }

// Boost returns the shuttle's factor: 1, 2, 4 or 8.
func (p *Player) Boost() float64 { return p.boost }

// Playing reports whether the head moves by itself.
func (p *Player) Playing() bool { return p.playing }

// Waiting reports whether EveryFrame playback is held up by a frame that is not ready.
func (p *Player) Waiting() bool { return p.playing && p.waiting }

// Dropped returns how many frames RealTime playback has skipped since Play.
func (p *Player) Dropped() int { return p.dropped }
