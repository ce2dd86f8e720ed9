package settings

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"iceexplorer/gfx/style"
)

// Kind is what the value of an item must be.
type Kind uint8

// The kinds.
const (
	Number Kind = iota
	Whole       // a whole number
	Switch      // on or off
	Choice      // one of Choices
	Text
)

// Page is a part of the preferences as people look for them.
type Page uint8

// The pages. What says none is on that of the interface.
const (
	Interface Page = iota
	Files
	Playback
	Display
	Keys
)

// Pages are all, in the order in which they are shown.
func Pages() []Page { return []Page{Files, Playback, Display, Interface, Keys} }

func (p Page) String() string {
	return [...]string{Interface: "Interface", Files: "Files and memory", Playback: "Playback", Display: "Display", Keys: "Keys"}[p]
}

// Item is one preference: its key in the file and in actions, and what is allowed.
type Item struct {
	Key      string
	Page     Page
	Label    string // as people see it, with its unit; "": by its key
	Help     string // what it means, its unit; without a full stop
	Kind     Kind
	Min, Max float64
	Choices  []string
	Labels   []string // of the choices, for people; nil: the choices

	at func(*Preferences) any // a pointer to the field; of Number: *float64 or *int64 in units of unit
}

// megabyte is what memory is written in.
const megabyte = 1e6

// Items are all preferences, in the order in which they are written.
func Items() []Item {
	return []Item{
		{Key: "workers", Page: Files, Label: "Worker processes", Help: "Worker processes; 0: one per core", Kind: Whole, Max: 1 << 20, at: func(p *Preferences) any { return &p.Workers }},
		{Key: "memory", Page: Files, Label: "Scratch memory (MB)", Help: "Scratch memory for frames that are not converted, in MB; 0: a quarter of memory", Kind: Number, Max: 1e9, at: func(p *Preferences) any { return &p.ScratchBytes }},
		{Key: "largest-file", Page: Files, Label: "Largest file (MB)", Help: "The most that one file may unpack to, in MB; 0: the reader's limit", Kind: Number, Max: 1e9, at: func(p *Preferences) any { return &p.CacheMaxBytes }},
		{Key: "convert", Page: Files, Label: "Convert what is loaded", Help: "Write a .sih5 of each .icecache that is loaded, which opens at once the next time", Kind: Switch, at: func(p *Preferences) any { return &p.Convert }},
		{Key: "convert-to", Page: Files, Label: "Folder for converted frames", Help: "Folder that converted frames of what is opened from now on are written to and read from; empty: beside each source", Kind: Text, at: func(p *Preferences) any { return &p.ConvertTo }},
		{Key: "verify", Page: Files, Label: "Verify converted frames when idle", Help: "While nothing else is to be done, read converted frames whole and hold them against their checksums; what a disk has damaged is read from its source, and converted anew", Kind: Switch, at: func(p *Preferences) any { return &p.Verify }},
		{Key: "ask-unsaved", Label: "Before changes are lost", Help: "Ask before changes of a session that has a name are lost", Kind: Switch, at: func(p *Preferences) any { return &p.AskUnsaved }},
		{Key: "open-folder", Page: Files, Label: "Folder to open from", Help: "Folder that dialogs for opening begin in; empty: where something was opened last", Kind: Text, at: func(p *Preferences) any { return &p.OpenDir }},
		{Key: "export-folder", Page: Files, Label: "Folder to save to", Help: "Folder that exports and pictures go to unless another is chosen; empty: beside the caches", Kind: Text, at: func(p *Preferences) any { return &p.ExportDir }},
		{Key: "rate", Page: Playback, Label: "Frame rate (fps)", Help: "Frames per second", Kind: Number, Min: MinFPS, Max: MaxFPS, at: func(p *Preferences) any { return &p.FPS }},
		{Key: "play-mode", Page: Playback, Label: "Play", Help: "Show every frame, or keep to the clock and leave frames out", Kind: Choice, Choices: []string{"every-frame", "real-time"}, Labels: []string{"Every frame", "In real time"}, at: func(p *Preferences) any { return &p.PlayMode }},
		{Key: "loop", Page: Playback, Label: "After the last frame", Help: "What comes after the last frame", Kind: Choice, Choices: []string{"loop", "once", "ping-pong"}, Labels: []string{"Begin again", "Stop", "Play backwards"}, at: func(p *Preferences) any { return &p.Loop }},
		{Key: "gaps", Page: Playback, Label: "Where frames are missing", Help: "Where frames are missing: hold the frame before, or show nothing", Kind: Choice, Choices: []string{"hold", "empty"}, Labels: []string{"Hold the frame before", "Show nothing"}, at: func(p *Preferences) any { return &p.Gaps }},
		{Key: "interpolate", Page: Playback, Label: "Between frames", Help: "Show what is between frames: where the play head is put there, and when playing slowly", Kind: Switch, at: func(p *Preferences) any { return &p.Interpolate }},
		{Key: "units", Page: Playback, Label: "Timeline counts in", Help: "What the timeline counts in", Kind: Choice, Choices: []string{"frames", "seconds", "timecode"}, Labels: []string{"Frames", "Seconds", "Timecode"}, at: func(p *Preferences) any { return &p.Units }},
		{Key: "z-up", Page: Display, Label: "Z is up", Help: "The scene's up axis is Z, not Y", Kind: Switch, at: func(p *Preferences) any { return &p.ZUp }},
		{Key: "grid-units", Page: Display, Label: "Units of the grid", Help: "What one unit of the scene is, which the numbers of the grid say", Kind: Choice, Choices: GridUnits, Labels: GridUnitLabels, at: func(p *Preferences) any { return &p.GridUnits }},
		{Key: "navigation", Page: Keys, Label: "Navigate as in", Help: "The program whose mouse and keys move the camera", Kind: Choice, Choices: Navigations, Labels: []string{"ICE Explorer", "Softimage", "Maya", "Houdini", "Blender"}, at: func(p *Preferences) any { return &p.Navigation }},
		{Key: "colormap", Page: Display, Label: "Colormap", Help: "The colormap that the program starts with", Kind: Choice, Choices: style.Colormaps(), at: func(p *Preferences) any { return &p.Colormap }},
		{Key: "point-size", Page: Display, Label: "Point size (pixels)", Help: "Diameter of points without a Size, in pixels", Kind: Number, Min: MinPointSize, Max: MaxPointSize, at: func(p *Preferences) any { return &p.PointSize }},
		{Key: "profile-strip", Label: "Curve in the timeline", Help: "The timeline shows the curve of Profile", Kind: Switch, at: func(p *Preferences) any { return &p.ProfileStrip }},
		{Key: "theme", Label: "Theme", Help: "Colours of the window", Kind: Choice, Choices: Themes, Labels: []string{"Dark", "Light"}, at: func(p *Preferences) any { return &p.Theme }},
		{Key: "ui-scale", Label: "Size of text and buttons", Help: "Size of text and buttons, times the display's own", Kind: Number, Min: MinThemeScale, Max: MaxThemeScale, at: func(p *Preferences) any { return &p.ThemeScale }},
	}
}

// Name is what people call it.
func (i *Item) Name() string {
	if i.Label != "" {
		return i.Label
	}
	text := strings.ReplaceAll(i.Key, "-", " ")
	return strings.ToUpper(text[:1]) + text[1:]
}

// ChoiceNames are the choices as people call them.
func (i *Item) ChoiceNames() []string {
	if len(i.Labels) == len(i.Choices) {
		return i.Labels
	}
	return i.Choices
}

// Default is the value of a first start.
func (i *Item) Default() any { return i.Get(&Default("").Preferences) }

// Holds reports whether every word of a query is in what is shown of it, its key or its page.
func (i *Item) Holds(query string) bool {
	text := strings.ToLower(strings.Join([]string{i.Key, i.Name(), i.Help, i.Page.String(), strings.Join(i.ChoiceNames(), " ")}, " "))
	return !slices.ContainsFunc(strings.Fields(strings.ToLower(query)), func(w string) bool { return !strings.Contains(text, w) })
}

// Wanted says which values are allowed.
func (i *Item) Wanted() string {
	switch i.Kind {
	case Choice:
		return "one of " + strings.Join(i.Choices, ", ")
	case Switch:
		return "true or false"
	case Text:
		return "text in quotes"
	case Whole:
		return fmt.Sprintf("a whole number from %g to %.10g", i.Min, i.Max)
	}
	return fmt.Sprintf("a number from %g to %.10g", i.Min, i.Max)
}

// Get is the value as the file has it: float64, int64, bool or string.
func (i *Item) Get(p *Preferences) any {
	switch v := i.at(p).(type) {
	case *int:
		return int64(*v)
	case *int64:
		return float64(*v) / megabyte
	case *float64:
		return *v
	case *bool:
		return *v
	case *string:
		return *v
	}
	return nil
}

// Set takes a value as a file has it. The error is written for users.
func (i *Item) Set(p *Preferences, value any) error {
	bad := fmt.Errorf("%s is %s, want %s", i.Key, literal(value), i.Wanted())
	n, isNumber := value.(float64)
	if w, ok := value.(int64); ok {
		n, isNumber = float64(w), true
	}
	switch to := i.at(p).(type) {
	case *string:
		text, ok := value.(string)
		if !ok || i.Kind == Choice && !slices.Contains(i.Choices, text) {
			return bad
		}
		*to = text
		return nil
	case *bool:
		on, ok := value.(bool)
		if !ok {
			return bad
		}
		*to = on
		return nil
	case *int, *int64, *float64:
		if !isNumber || !(n >= i.Min && n <= i.Max) || i.Kind == Whole && n != math.Trunc(n) {
			return bad
		}
		switch to := to.(type) {
		case *int:
			*to = int(n)
		case *int64:
			*to = int64(math.Round(n * megabyte))
		case *float64:
			*to = n
		}
	}
	return nil
}

// literal is a value as TOML writes it.
func literal(value any) string {
	switch v := value.(type) {
	case string:
		return quoted(v)
	case float64:
		if math.IsInf(v, 0) || math.IsNaN(v) {
			return strings.ToLower(strings.TrimPrefix(fmt.Sprint(v), "+"))
		}
		return strconv.FormatFloat(v, 'f', -1, 64)
	case []string:
		all := make([]string, len(v))
		for i, s := range v {
			all[i] = quoted(s)
		}
		return "[" + strings.Join(all, ", ") + "]"
	}
	return fmt.Sprint(value)
}

// quoted is a basic string of TOML, on one line.
func quoted(text string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range text {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r < ' ' || r == 0x7f:
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}
