// Package camera is the panel with the camera's numbers, bookmarks and motion, and what is
// measured.
package camera

import (
	"fmt"
	"math"
	"strconv"
	"time"

	"github.com/AllenDang/giu"

	"iceexplorer/app/panel"
	"iceexplorer/app/stage"
	"iceexplorer/app/widget"
	"iceexplorer/assets"
	"iceexplorer/gfx"
)

// Name of the panel, as its tab shows it.
const Name = "Camera"

// Scene is what is asked of the stage.
type Scene interface {
	Camera() gfx.Camera
	Turning() time.Duration
	Chased() string
	Tape() stage.Tape
}

// New makes the panel.
func New(h *panel.Host, s Scene) panel.Panel {
	c := &camera{host: h, stage: s, seconds: 10}
	return panel.Panel{Name: Name, Side: panel.Right, Icon: assets.IconCamera, Share: 0.2, Least: [2]float32{305, 0}, Hidden: true, Layout: c.layout}
}

type camera struct {
	host  *panel.Host
	stage Scene

	position, target, lens widget.Numbers
	fov, turn              widget.Numbers
	seconds                float64 // of the turntable
	name                   string  // of a new bookmark
}

func (c *camera) layout() giu.Layout {
	return giu.Layout{
		widget.Section("Place"), c.place(),
		widget.Section("Lens"), c.optics(),
		widget.Section("Remembered"), c.bookmarks(),
		widget.Section("Motion"), c.motion(),
		widget.Section("Measure"), c.measure(),
	}
}

func column() float32 { return widget.Em(6.2) }

func row(label, help string, of giu.Widget) giu.Widget {
	return widget.Field{Label: label, Help: help, Column: column(), Of: of}
}

// run is an action with numbers.
func (c *camera) run(id string) func([]float64) {
	return func(values []float64) {
		var words []string
		for _, v := range values {
			words = append(words, strconv.FormatFloat(v, 'g', -1, 64))
		}
		c.host.Run(id, words...)
	}
}

// numbers sets up a row of fields whose numbers are the words of an action.
func (c *camera) numbers(f *widget.Numbers, id, format string, values ...float64) giu.Widget {
	f.ID, f.Values, f.Format, f.Change = "##"+id, values, format, c.run(id)
	return f
}

func (c *camera) place() giu.Widget {
	now := c.stage.Camera()
	eye := now.Eye()
	return giu.Layout{
		row("Position", "Where the camera is: x, y and z in world units", c.numbers(&c.position, "camera-position", "%.5g", eye[:]...)),
		row("Target", "What it looks at and turns around: x, y and z in world units", c.numbers(&c.target, "camera-target", "%.5g", now.Target[:]...)),
	}
}

func (c *camera) optics() giu.Widget {
	now := c.stage.Camera()
	return giu.Layout{
		row("Focal length", "Millimetres, for film 24 mm high", c.numbers(&c.lens, "camera-focal", "%.4g mm", now.Focal())),
		row("Field of view", "Degrees, from the lower to the upper edge", c.numbers(&c.fov, "camera-fov", "%.4g deg", now.FovY*180/math.Pi)),
		widget.Tip{Text: "Look without perspective, from any direction", Of: giu.Checkbox("Orthographic", &now.Ortho).OnChange(func() { c.host.Run("view-orthographic") })},
	}
}

func (c *camera) bookmarks() giu.Widget {
	add := func() {
		if c.name == "" {
			c.host.Run("camera-add")
		} else {
			c.host.Run("camera-add", "name="+c.name)
		}
		c.name = ""
	}
	l := giu.Layout{widget.Tip{Text: "Remember where the camera is", Of: widget.FieldAndButton{Label: "Remember", Click: add, Field: func(width float32) giu.Widget {
		return giu.InputText(&c.name).ID("##name").Hint("Name").Size(width).Flags(giu.InputTextFlagsEnterReturnsTrue).OnChange(add)
	}}}}
	for i, v := range c.host.Settings.Cameras {
		drop := giu.Button(fmt.Sprintf("%s##%d", assets.IconTrash, i)).OnClick(func() { c.host.Run("camera-remove", "name="+v.Name) })
		l = append(l, giu.Row(
			widget.Tip{Text: "Forget this camera", Of: drop},
			widget.Tip{Text: "Look from there", Of: giu.Selectable(fmt.Sprintf("%s##go%d", v.Name, i)).OnClick(func() { c.host.Run("camera-go", "name="+v.Name) })},
		))
	}
	return l
}

func (c *camera) motion() giu.Widget {
	c.turn.ID, c.turn.Values, c.turn.Format = "##turn", []float64{c.seconds}, "%.4g s"
	c.turn.Change = func(v []float64) {
		c.seconds = min(max(v[0], 0.1), 3600)
		if c.stage.Turning() > 0 {
			c.host.Run("turntable", fmt.Sprint(c.seconds))
		}
	}
	button := giu.Button("Turn").Size(widget.Rest, 0).OnClick(func() { c.host.Run("turntable", fmt.Sprint(c.seconds)) })
	if c.stage.Turning() > 0 {
		button = giu.Button("Stop turning").Size(widget.Rest, 0).OnClick(func() { c.host.Run("turntable", "0") })
	}
	follow := giu.Button("Follow the selected point").Size(widget.Rest, 0).OnClick(func() { c.host.Run("follow") })
	if who := c.stage.Chased(); who != "" {
		follow = giu.Button("Stop following "+who).Size(widget.Rest, 0).OnClick(func() { c.host.Run("follow") })
	}
	return giu.Layout{
		row("Turntable", "How long a turn round the scene takes", &c.turn), widget.Below{Column: column(), Of: button},
		widget.Tip{Text: "The camera goes with the point from frame to frame, by its ID", Of: follow},
	}
}

func (c *camera) measure() giu.Widget {
	tape := c.stage.Tape()
	text := "Click two points to see how far apart they are"
	if t := tape.Text(); t != "" {
		text = t
	}
	buttons := []giu.Widget{giu.Button("Measure").OnClick(func() { c.host.Run("measure") })}
	if len(tape.Places) > 0 {
		buttons = append(buttons, giu.Button("Clear").OnClick(func() { c.host.Run("measure-clear") }))
	}
	return giu.Layout{widget.Wrapped{Text: text}, giu.Row(buttons...)}
}
