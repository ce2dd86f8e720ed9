package preferences

import (
	"fmt"
	"math"
	"slices"

	"github.com/AllenDang/cimgui-go/imgui"
	"github.com/AllenDang/giu"

	"iceexplorer/app/folder"
	"iceexplorer/app/settings"
	"iceexplorer/app/widget"
	"iceexplorer/assets"
)

// row is a preference: its name, its control, a way back to its default, and what it means.
func (d *dialog) row(item *settings.Item) giu.Widget {
	return widget.Scope{ID: item.Key, Of: giu.Custom(func() {
		room, back := imgui.ContentRegionAvail().X, buttonRoom(assets.IconUndo)
		at := widget.Em(16)
		imgui.AlignTextToFramePadding()
		imgui.TextUnformatted(item.Name())
		width := room - at - back
		if width < widget.Em(12) { // the control has a line of its own
			at, width = 0, room-back
		} else {
			imgui.SameLineV(at, -1)
		}
		widget.Wide{Width: min(width, widget.Em(26)), Of: d.control(item, min(width, widget.Em(26)))}.Build()
		if d.value(item) != item.Default() {
			widget.OnLine{widget.Tip{Text: "Back to " + d.said(item, item.Default()), Of: giu.Button(assets.IconUndo + "##back").OnClick(func() {
				delete(d.typed, item.Key)
				d.set(item, item.Default())
			})}}.Build()
		}
		widget.Wrapped{Text: item.Help + "."}.Build()
		if item.Key == "workers" {
			d.manyWorkers(item).Build()
		}
		imgui.Dummy(imgui.Vec2{Y: widget.Em(0.3)})
	})}
}

// buttonRoom is how wide a button behind a field is, with the gap between them.
func buttonRoom(icon string) float32 {
	return widget.ButtonWidth(icon) + imgui.CurrentStyle().ItemSpacing().X
}

// value is what is typed, or else the preference.
func (d *dialog) value(item *settings.Item) any {
	if v, ok := d.typed[item.Key]; ok {
		return v
	}
	if item.Key == "ui-scale" && d.trial.on() {
		return d.trial.scale
	}
	return item.Get(d.now())
}

// said is a value as people read it.
func (d *dialog) said(item *settings.Item, value any) string {
	switch v := value.(type) {
	case bool:
		if v {
			return "on"
		}
		return "off"
	case string:
		if i := slices.Index(item.Choices, v); i >= 0 {
			return item.ChoiceNames()[i]
		}
		if v == "" {
			return "none"
		}
		return v
	}
	return fmt.Sprint(value)
}

// control is the field of a preference.
func (d *dialog) control(item *settings.Item, width float32) giu.Widget {
	value := d.value(item)
	after := widget.After(func() { d.take(item) })
	switch item.Kind {
	case settings.Switch:
		if item.Key == "convert" {
			return d.conversion()
		}
		on, _ := value.(bool)
		return giu.Checkbox(d.said(item, on)+"##value", &on).OnChange(func() { d.set(item, on) })
	case settings.Choice:
		text, _ := value.(string)
		return widget.Choice{ID: "##value", Names: item.ChoiceNames(), At: slices.Index(item.Choices, text), Chosen: func(i int) { d.set(item, item.Choices[i]) }}
	case settings.Text:
		text, _ := value.(string)
		return giu.Layout{
			widget.Wide{Width: width - buttonRoom(assets.IconFolder), Of: giu.InputText(&text).Hint("None").OnChange(func() { d.typed[item.Key] = text })}, after,
			widget.OnLine{widget.Tip{Text: "Choose a folder", Of: giu.Button(assets.IconFolder + "##choose").OnClick(func() { d.choose(item, text) })}},
		}
	}
	if lo, hi, ok := slides(item); ok {
		v, _ := value.(float64)
		return giu.Layout{widget.Slider{Label: "##value", Value: float32(v), Min: lo, Max: hi, Format: "%.2f", Change: func(x float32) {
			d.typed[item.Key] = math.Round(float64(x)*100) / 100
		}}, after}
	}
	if item.Key == "rate" {
		v, _ := value.(float64)
		return giu.Layout{widget.RateInput{Label: "##value", FPS: v, Change: func(fps float64) { d.typed[item.Key] = min(max(fps, item.Min), item.Max) }}, after}
	}
	n := int32(0)
	switch v := value.(type) {
	case int64:
		n = int32(min(v, math.MaxInt32))
	case float64:
		n = int32(min(v, math.MaxInt32))
	}
	step := 1
	if item.Kind == settings.Number {
		step = 100
	}
	return giu.Layout{giu.InputInt(&n).ID("##value").StepSize(step).StepSizeFast(4 * step).OnChange(func() {
		v := min(max(float64(n), item.Min), item.Max)
		d.typed[item.Key] = any(v)
		if item.Kind == settings.Whole {
			d.typed[item.Key] = int64(v)
		}
	}), after}
}

// slides are the ends of a slider, for numbers that are tried out rather than typed.
func slides(item *settings.Item) (lo, hi float32, ok bool) {
	switch item.Key {
	case "point-size":
		return float32(item.Min), 16, true
	case "ui-scale":
		return float32(item.Min), float32(item.Max), true
	}
	return 0, 0, false
}

// choose asks for a folder; the dialog is shown again after that.
func (d *dialog) choose(item *settings.Item, now string) {
	giu.CloseCurrentPopup()
	search := d.search
	d.opt.Ask(folder.Options{Title: item.Name(), Dir: now, Want: folder.Folders}, func(paths []string) {
		if len(paths) > 0 {
			d.set(item, paths[0])
		}
		d.opt.Show(Name)
		d.search = search
	})
}

// Where frames are converted to.
const (
	convertBeside = iota
	convertFolder
	convertNever
)

// conversion chooses whether frames are converted, and where to.
func (d *dialog) conversion() giu.Widget {
	at := convertBeside
	switch p := d.now(); {
	case !p.Convert:
		at = convertNever
	case p.ConvertTo != "":
		at = convertFolder
	}
	return widget.Choice{ID: "##value", Names: []string{convertBeside: "Beside each source", convertFolder: "In one folder", convertNever: "Never"}, At: at, Chosen: d.convert}
}

func (d *dialog) convert(to int) {
	next := *d.now()
	next.Convert = to != convertNever
	if to == convertBeside {
		next.ConvertTo = ""
	}
	d.put(next)
	if to == convertFolder && next.ConvertTo == "" {
		d.choose(d.item("convert-to"), "")
	}
}

func (d *dialog) item(key string) *settings.Item {
	return &d.items[slices.IndexFunc(d.items, func(i settings.Item) bool { return i.Key == key })]
}
