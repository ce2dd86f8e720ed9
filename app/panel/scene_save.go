package panel

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"iceexplorer/app/export"
	"iceexplorer/app/session"
	"iceexplorer/app/stage"
	"iceexplorer/cache"
	"iceexplorer/cache/atomicfile"
	"iceexplorer/cache/unit"
	"iceexplorer/gfx"
)

// SaveOptions say which pictures are saved, and how.
type SaveOptions struct {
	Path        string // .png; for several frames with a place for the number
	W, H        int    // 0: as large as the scene
	Plain       bool   // nothing but the particles
	Transparent bool   // no background

	Sequence    bool
	First, Last cache.Number // frames of a Sequence
}

func (o *SaveOptions) picture() stage.PictureOptions {
	return stage.PictureOptions{W: o.W, H: o.H, Plain: o.Plain, Transparent: o.Transparent}
}

// What messages on saving are about: the actions, which fail and succeed alike.
var (
	aboutPicture  = session.About("save-picture")
	aboutSequence = session.About("save-sequence")
)

// save saves one picture now, or begins to save a sequence.
func (s *scenePanel) save(opt SaveOptions) error {
	go atomicfile.Sweep(filepath.Dir(opt.Path))
	if opt.Sequence {
		return s.saver.begin(opt)
	}
	opt.Path = pngName(opt.Path)
	if why := s.stage.Incomplete(); why != "" {
		return fmt.Errorf("%s: no picture was saved", why)
	}
	img, err := s.stage.Picture(opt.picture(), s.stage.Target())
	if err == nil {
		err = stage.WritePNG(opt.Path, img)
	}
	if err != nil {
		return err
	}
	s.host.Session.Settle(aboutPicture)
	s.host.Session.Tell(session.Info, "Picture saved: "+opt.Path)
	return nil
}

// pngName is the path with the ending that a picture needs.
func pngName(path string) string {
	if strings.EqualFold(filepath.Ext(path), ".png") {
		return path
	}
	return path + ".png"
}

// saver saves a sequence of pictures, one per frame of the window: the play head
// goes from frame to frame, and waits where one is not loaded yet.
type saver struct {
	scene   *scenePanel
	opt     SaveOptions
	name    export.Pattern
	camera  gfx.Camera
	numbers []cache.Number // to be saved; none: nothing is under way
	at      int
	back    cache.Number // where the play head was
	writing bool
	saved   int
	known   bool // all frames are measured: the colours' range and the bounds will stay
	failed  []cache.Number
	damaged []cache.Number // saved as far as they could be read

	canceled bool // by the user; a picture that is being written is finished and counts
}

func (v *saver) on() bool { return len(v.numbers) > 0 }

func (v *saver) begin(opt SaveOptions) error {
	if v.on() {
		return errors.New("a sequence is being saved already")
	}
	name, err := export.ParsePattern(opt.Path, export.Picture())
	if err != nil {
		return err
	}
	h := v.scene.host
	numbers, err := framesBetween(h.Session, opt.First, opt.Last)
	if err != nil {
		return err
	}
	if len(numbers) > 1 && !name.Numbered() {
		return errors.New("several frames need a place for the number in the name, such as frame_%04d.png")
	}
	h.Session.Stop()
	h.Session.Resume()
	h.Session.Hurry(true)
	head, _ := h.Session.Number()
	*v = saver{scene: v.scene, opt: opt, name: name.For(numbers), camera: v.scene.stage.Target(), numbers: numbers, back: head}
	v.scene.window.Wake()
	return nil
}

// framesBetween are the frames from first to last, of which there is at least one.
func framesBetween(s *session.Session, first, last cache.Number) ([]cache.Number, error) {
	frames := s.Frames()
	i, _ := slices.BinarySearch(frames, first)
	k, found := slices.BinarySearch(frames, last)
	if found {
		k++
	}
	if i >= k {
		return nil, fmt.Errorf("there are no frames from %v to %v", first, last)
	}
	return slices.Clone(frames[i:k]), nil
}

// ready reports that the next picture can be drawn.
func (v *saver) ready() bool {
	return v.on() && !v.writing && v.surveyed() && v.scene.host.Session.Ready(v.numbers[v.at]) && !v.scene.stage.Preparing()
}

// step saves the next picture if its frame is there.
func (v *saver) step() {
	if !v.on() || v.writing {
		return
	}
	h := v.scene.host
	number := v.numbers[v.at]
	if !slices.Contains(h.Session.Frames(), number) {
		v.end("the sequence was closed")
		return
	}
	if !v.surveyed() {
		return
	}
	if head, _ := h.Session.Number(); head != number || h.Session.Playing() {
		h.Session.Stop()
		h.Session.Seek(number)
	}
	if !h.Session.Ready(number) {
		return
	}
	switch st, _ := h.Session.StateAt(number); st {
	case session.Failed:
		v.failed = append(v.failed, number)
		v.next()
		return
	case session.Partial:
		if !slices.Contains(v.damaged, number) { // it may wait for trails
			v.damaged = append(v.damaged, number)
		}
	}
	if !v.scene.stage.Prepare() {
		return
	}
	img, err := v.scene.stage.Picture(v.opt.picture(), v.camera)
	if err != nil {
		v.failed = append(v.failed, number)
		v.scene.stage.Fault(err)
		v.next()
		return
	}
	v.writing = true
	path := v.name.Of(number)
	go func() {
		err := stage.WritePNG(path, img)
		v.scene.window.Post(func() { v.written(err) })
	}()
}

// written takes the outcome of the picture that was being written.
func (v *saver) written(err error) {
	v.writing = false
	if err != nil {
		v.end(err.Error())
		return
	}
	v.saved++
	if v.canceled {
		v.end("")
		return
	}
	v.next()
}

// surveyed reports that all frames are measured, so that no picture has another scale
// than the one before.
func (v *saver) surveyed() bool {
	if !v.known {
		done, failed, total := v.scene.host.Session.Measured()
		v.known = done+failed == total
	}
	return v.known
}

func (v *saver) next() {
	if v.at++; v.at == len(v.numbers) {
		v.end("")
	}
	v.scene.window.Wake()
}

// end stops because of an error ("": there is none), tells what was saved and goes
// back to the frame looked at before.
func (v *saver) end(why string) {
	s := v.scene.host.Session
	total := len(v.numbers)
	v.numbers = nil
	s.Hurry(false)
	s.Seek(v.back)
	if why == "" && !v.canceled {
		s.Settle(aboutSequence) // as far as this one does not fail alike
	}
	if len(v.failed) > 0 {
		s.TellOf(aboutSequence, session.Error, fmt.Sprintf("frames that could not be read were not saved: %s", list(v.failed)))
	}
	if len(v.damaged) > 0 {
		s.TellOf(aboutSequence, session.Warning, fmt.Sprintf("pictures of damaged files lack what could not be read, frames: %s", list(v.damaged)))
	}
	if why != "" {
		s.TellOf(aboutSequence, session.Error, why)
	}
	text := fmt.Sprintf("%s of %s saved: %s", unit.Count(v.saved), unit.Plural(total, "picture"), v.opt.Path)
	if v.canceled {
		text = "Canceled: " + text
	}
	s.Tell(session.Info, text)
}

// list writes the first few of some numbers.
func list(numbers []cache.Number) string {
	const most = 8
	var text []string
	for _, n := range numbers[:min(len(numbers), most)] {
		text = append(text, n.String())
	}
	if more := len(numbers) - most; more > 0 {
		text = append(text, fmt.Sprintf("and %d more", more))
	}
	return strings.Join(text, ", ")
}

func (v *saver) cancel() {
	if !v.on() {
		return
	}
	v.canceled = true
	if !v.writing {
		v.end("")
	}
}

// progress is for the status bar.
func (v *saver) progress() (part float64, text string, on bool) {
	if !v.on() {
		return 0, "", false
	}
	if done, _, total := v.scene.host.Session.Measured(); !v.known && total > 0 {
		return float64(done) / float64(total), fmt.Sprintf("measuring %d of %d", done, total), true
	}
	return float64(v.at) / float64(len(v.numbers)), fmt.Sprintf("saving %d of %d", v.at+1, len(v.numbers)), true
}
