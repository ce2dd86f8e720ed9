package app

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"time"

	"iceexplorer/app/action/script"
	"iceexplorer/app/inspect/probing"
	"iceexplorer/app/inspect/spread"
	"iceexplorer/app/panel/spreadsheet"
	"iceexplorer/app/reopen"
	"iceexplorer/app/session"
	"iceexplorer/app/window"
	"iceexplorer/cache"
	"iceexplorer/cache/pathname"
	"iceexplorer/cache/regular"
	"iceexplorer/gfx"
)

func readScript(path string) (*script.Script, error) {
	f, err := regular.Open(path)
	if err != nil {
		return nil, fmt.Errorf("read script: %w: %s", pathname.Reason(err), path)
	}
	defer f.Close()
	return script.Parse(path, f)
}

// live is the name of a script that comes through standard input.
const live = "-"

// makeRunner sets up the script; its lines run from the first frame on.
func (a *App) makeRunner(steps *script.Script) error {
	switch {
	case steps != nil:
		if err := steps.Check(a.checkStep, knownCondition); err != nil {
			return err
		}
		a.runner = script.NewRunner(steps, (*scriptHost)(a))
	case a.opt.Script == live:
		a.runner = script.NewLive("standard input", (*scriptHost)(a))
	}
	return nil
}

// listen hands a live script the lines that another program writes, for as long as it does.
// There must be a window.
func (a *App) listen() {
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		text := lines.Text()
		a.post(func() {
			if a.runner == nil {
				return
			}
			if err := a.runner.Add(text, a.checkStep, knownCondition); err != nil {
				a.failScript(err)
			}
		})
	}
	a.post(func() {
		if a.runner != nil {
			a.runner.End()
		}
	})
}

// scripted reports that a script acts now, so that nobody is there to answer.
func (a *App) scripted() bool { return a.runner != nil && a.runner.Acts() }

// failScript ends the program with an error of its script.
func (a *App) failScript(err error) {
	a.runner = nil
	a.scriptErr, a.unsaved.leaving = err, true
	a.window.Fail(nil)
	a.window.Close()
}

// checkStep says what is wrong with an action of a script, before any is run.
func (a *App) checkStep(name, text string) error {
	at, words, err := a.actions.Line(name, text)
	if err == nil {
		_, _, err = a.actions.Parse(at.ID, words...)
	}
	return err
}

// tickScript goes on with the script; its end, or an error, closes the window.
func (a *App) tickScript(now time.Time) {
	if a.runner == nil || a.scriptWaits() {
		return
	}
	a.scriptBegun = true
	done, err := a.runner.Tick(now)
	if !done {
		return
	}
	quit := a.runner.Quit()
	if err != nil {
		a.failScript(err)
		return
	}
	a.runner = nil
	if quit {
		a.unsaved.leaving = true // nobody is there to answer
		a.window.Close()
	}
}

// scriptWaits reports that a script has to wait until the paths of the command line are open.
func (a *App) scriptWaits() bool { return !a.scriptBegun && len(a.session.Readings()) > 0 }

// scriptHost is the program as a script sees it.
type scriptHost App

func (h *scriptHost) Do(name, text string) error {
	h.doErr = nil
	at, words, err := h.actions.Line(name, text)
	if err != nil {
		return err
	}
	return h.actions.Run(at.ID, words...)
}

func (h *scriptHost) Pending() (bool, error) {
	h.spread.Follow(h.panels.Shown(spreadsheet.Name))
	return len(h.session.Readings()) > 0 || h.saver.Saving() || h.saver.Writing() || h.exports.Busy() || h.working > 0 || h.session.Selecting() || !h.spread.Answered() || h.charts.Histogram.Busy() || !h.probe.Answered(), h.doErr
}

// knownCondition reports whether a script can wait for a condition.
func knownCondition(name string) bool {
	return name == "loaded" || name == "converted" || name == "idle"
}

func (h *scriptHost) Met(condition string) (bool, error) {
	if (*App)(h).sampling() || len(h.session.Readings()) > 0 {
		return false, nil
	}
	if err := h.pool.Broken(); err != nil {
		return false, err
	}
	switch condition {
	case "loaded":
		return h.session.Settled(false), nil
	case "converted":
		return h.session.Settled(true), nil
	case "idle":
		return h.session.Settled(true) && (*App)(h).judged() && h.spread.Answered() && !h.charts.Busy() && h.probe.Answered() && !h.stage.Busy() && !h.saver.Saving() && !h.saver.Writing() && !h.exports.Busy(), nil
	}
	return false, fmt.Errorf("unknown condition %q", condition)
}

func (h *scriptHost) Screenshot(path string, done func(error)) { h.window.Screenshot(path, done) }

func (h *scriptHost) Print(what string) error {
	out := json.NewEncoder(os.Stdout)
	switch what {
	case "state":
		return out.Encode((*App)(h).state())
	case "drawn":
		return out.Encode(h.window.Drawn())
	case "faults":
		return out.Encode(Legibility{Faults: h.window.Faults(), Seen: h.window.Seen(), Above: h.window.Above()})
	}
	return fmt.Errorf("unknown report %q", what)
}

// State is what `print state` writes, as one line of JSON.
type State struct {
	TimeState
	Layers     []LayerState     `json:"layers"`
	Active     string           `json:"active"` // name of the active layer, empty if none is open
	Frame      cache.Number     `json:"frame"`
	Playing    bool             `json:"playing"`
	FPS        float64          `json:"fps"` // measured while playing, else the rate set
	Points     uint64           `json:"points"`
	Selected   int              `json:"selected"`
	ColorBy    string           `json:"colorBy"`
	Decoded    int              `json:"decoded"`   // frames gunzipped in this run
	Indexed    int              `json:"indexed"`   // frames opened from a .sih5
	Converted  int              `json:"converted"` // .sih5 written in this run
	Workers    int              `json:"workers"`
	Sheet      spread.State     `json:"sheet"`     // rows of the spreadsheet, while it is shown
	Histogram  *HistogramState  `json:"histogram"` // null: none is shown
	Profile    *ProfileState    `json:"profile"`
	Attributes []AttributeState `json:"attributes"` // of the active layer
	Probe      *probing.State   `json:"probe"`      // null: no points are followed
	Browse     *BrowseState     `json:"browse"`     // null: no file is being chosen
	Session    string           `json:"session"`    // the file of the session; empty: it has none
	Changed    bool             `json:"changed"`    // it differs from its file
	Camera     CameraState      `json:"camera"`
	Panes      *PanesState      `json:"panes"`     // null: one camera fills the scene
	Following  string           `json:"following"` // the point that the camera goes with
	Turning    float64          `json:"turning"`   // seconds of a turn of the turntable; 0: it stands
	Measure    *MeasureState    `json:"measure"`   // null: nothing is measured
	Loops      int64            `json:"loops"`     // of the window so far
	Pictures   uint64           `json:"pictures"`  // of the scene, drawn so far: at rest both stand still
	Turn       float64          `json:"turn"`      // milliseconds of the loop's longest turn since the report before
	Build      float64          `json:"build"`     // milliseconds that building a frame of the window takes
}

// Fault is a part of the window that cannot be read or reached.
type Fault = window.Fault

// Drawn is what `print drawn` writes, as one line of JSON.
type Drawn = window.Drawn

// DrawnText is a text of Drawn, and DrawnPane a panel.
type (
	DrawnText = window.Text
	DrawnPane = window.Pane
)

// Legibility is what `print faults` writes, as one line of JSON.
type Legibility struct {
	Faults []Fault  `json:"faults"` // texts and controls that are cut off or lie over others; null: there are none
	Seen   []string `json:"seen"`   // docked panels that no tab hides
	Above  []string `json:"above"`  // dialogs, menus and tooltips, as ImGui names them
}

// BrowseState is the dialog that files are chosen in.
type BrowseState struct {
	Folder   string   `json:"folder"`
	Lines    []string `json:"lines"`
	Selected []string `json:"selected"`
}

func (a *App) browseState() *BrowseState {
	b := a.files.Browser()
	if !b.IsOpen() {
		return nil
	}
	s := &BrowseState{Folder: b.Dir(), Lines: []string{}, Selected: []string{}}
	for i := range b.Len() {
		e := b.At(i)
		s.Lines = append(s.Lines, e.String())
		if b.Selected(i) {
			s.Selected = append(s.Selected, e.Name)
		}
	}
	return s
}

// CameraState is where the scene is seen from.
type CameraState struct {
	Target   [3]float64 `json:"target"`
	Distance float64    `json:"distance"`
	Yaw      float64    `json:"yaw"` // degrees
	Pitch    float64    `json:"pitch"`
	Fov      float64    `json:"fov"` // vertical, degrees
	Ortho    bool       `json:"ortho"`
}

func cameraState(c gfx.Camera) CameraState {
	k := reopen.Kept(c)
	return CameraState{Target: k.Target, Distance: k.Distance, Yaw: k.Yaw, Pitch: k.Pitch, Fov: k.Fov, Ortho: k.Ortho}
}

// PanesState is the scene in four panes.
type PanesState struct {
	Active int         `json:"active"` // from 1 on
	Panes  []PaneState `json:"panes"`
}

// PaneState is one of the four panes.
type PaneState struct {
	Name   string      `json:"name"`
	Camera CameraState `json:"camera"`
}

func (a *App) panesState() *PanesState {
	if !a.stage.Quad() {
		return nil
	}
	s := &PanesState{Active: a.stage.ActivePane() + 1}
	for i, c := range a.stage.Cameras() {
		s.Panes = append(s.Panes, PaneState{a.stage.PaneName(i), cameraState(c)})
	}
	return s
}

// MeasureState is a measurement between two places.
type MeasureState struct {
	From     [3]float64 `json:"from"`
	To       [3]float64 `json:"to"`
	Distance float64    `json:"distance"`
}

func (a *App) measureState() *MeasureState {
	t := a.stage.Tape()
	length, _, ok := t.Length()
	if !ok {
		return nil
	}
	return &MeasureState{From: t.Places[0], To: t.Places[1], Distance: length}
}

// LayerState is one layer of State.
type LayerState struct {
	Name    string         `json:"name"`
	Frames  int            `json:"frames"`
	Missing int            `json:"missing"`
	Shown   *cache.Number  `json:"shown"` // the number of the frame shown, null: none is
	Held    bool           `json:"held"`  // because the sequence lacks that under the play head
	Visible bool           `json:"visible"`
	Hidden  bool           `json:"hidden"` // by the user, whatever is shown alone
	Solo    bool           `json:"solo"`
	Locked  bool           `json:"locked"`
	OwnLook bool           `json:"ownLook"`
	ColorBy string         `json:"colorBy"`
	Timing  session.Timing `json:"timing"` // where its frames lie in time
	States  map[string]int `json:"states"`
}

func (a *App) state() State {
	t, v := a.session.Totals(), a.look.Now()
	s := State{
		Layers: []LayerState{}, Playing: a.session.Playing(), FPS: a.session.FPS(), Points: a.session.Points(),
		Selected: a.session.SelectionSize(), ColorBy: v.ColorBy(),
		Decoded: t.Decoded, Indexed: t.Indexed, Converted: t.Converted, Workers: len(a.pool.Stats().Workers),
		Loops: a.window.Frames(), Pictures: a.renderer.Pictures(),
		Turn:  float64(a.window.LongestTurn().Microseconds()) / 1000,
		Build: float64(a.window.BuildTime().Microseconds()) / 1000,
	}
	s.Frame, _ = a.session.Number()
	s.TimeState = a.timeState()
	s.Sheet = a.spread.State()
	s.Histogram, s.Profile, s.Attributes = a.histogramState(), a.profileState(), a.attributeStates()
	s.Probe = a.probe.State()
	s.Following, s.Turning, s.Measure = a.stage.Chased(), a.stage.Turning().Seconds(), a.measureState()
	s.Browse = a.browseState()
	s.Session, s.Changed = a.view.path, a.changedNow()
	s.Camera, s.Panes = cameraState(a.stage.Camera()), a.panesState()
	if s.Playing {
		s.FPS = a.session.PlayedRate(time.Now())
	}
	if l := a.session.Active(); l != nil {
		s.Active = a.session.NameOf(l)
	}
	for _, l := range a.session.Layers() {
		look := a.look.Of(l.ID)
		ls := LayerState{Visible: l.Visible, Hidden: l.Hidden(), Solo: l.Solo(), Locked: l.Locked(), OwnLook: a.look.HasOwn(l.ID), ColorBy: look.ColorBy(),
			Name: l.Name(), Frames: len(l.Seq.Frames), Missing: l.Seq.Missing(), Timing: l.Timing(), States: map[string]int{}}
		for _, st := range session.States() {
			ls.States[st.String()] = l.Count(st)
		}
		if sh := a.session.Shown(l); sh.Frame != nil {
			ls.Shown, ls.Held = &sh.Number, sh.Missing
		}
		s.Layers = append(s.Layers, ls)
	}
	return s
}
