package stage

import (
	"slices"
	"strings"
)

// Move is how a drag moves the camera.
type Move uint8

// The moves.
const (
	MoveOrbit Move = iota
	MovePan
	MoveDolly
)

func (m Move) String() string {
	return [...]string{MoveOrbit: "orbit", MovePan: "pan", MoveDolly: "dolly"}[m]
}

func (m Move) drag() dragKind {
	return [...]dragKind{MoveOrbit: dragOrbit, MovePan: dragPan, MoveDolly: dragZoom}[m]
}

// HeldKey is a key that navigates while it is held.
type HeldKey uint8

// The keys.
const (
	NoKey HeldKey = iota
	KeyS
	KeySpace
)

func (k HeldKey) String() string {
	return [...]string{NoKey: "", KeyS: "S", KeySpace: "Space"}[k]
}

// Gesture is a drag that moves the camera whatever the tool.
type Gesture struct {
	Key    HeldKey // that must be held; Mods do not count then
	Mods   Mods    // that must be held; with Alt others may be too
	Button Button
	Move   Move
}

// Input is how a gesture is written: Alt+left drag.
func (g *Gesture) Input() string {
	var words []string
	if g.Key != NoKey {
		words = append(words, g.Key.String())
	}
	for _, m := range []struct {
		mod  Mods
		name string
	}{{Alt, "Alt"}, {Ctrl, "Ctrl"}, {Shift, "Shift"}} {
		if g.Mods&m.mod != 0 {
			words = append(words, m.name)
		}
	}
	button := [...]string{ButtonLeft: "left", ButtonMiddle: "middle", ButtonRight: "right"}[g.Button]
	return strings.Join(append(words, button+" drag"), "+")
}

// Navigation is the mouse and keys of another program.
type Navigation uint8

// The presets.
const (
	NavigateOwn Navigation = iota
	NavigateSoftimage
	NavigateMaya
	NavigateHoudini
	NavigateBlender
)

// withAlt are the drags of every preset.
var withAlt = []Gesture{
	{Mods: Alt, Button: ButtonLeft, Move: MoveOrbit},
	{Mods: Alt, Button: ButtonMiddle, Move: MovePan},
	{Mods: Alt, Button: ButtonRight, Move: MoveDolly},
}

// presets are what the programs have beside withAlt. A key that a preset holds does nothing
// else while the mouse is over the scene.
var presets = [...]struct {
	name, label string
	key         HeldKey
	gestures    []Gesture
}{
	NavigateOwn: {name: "ice-explorer", label: "ICE Explorer"},
	NavigateSoftimage: {name: "softimage", label: "Softimage", key: KeyS, gestures: []Gesture{
		{Key: KeyS, Button: ButtonLeft, Move: MovePan},
		{Key: KeyS, Button: ButtonMiddle, Move: MoveDolly},
		{Key: KeyS, Button: ButtonRight, Move: MoveOrbit},
	}},
	NavigateMaya: {name: "maya", label: "Maya"},
	NavigateHoudini: {name: "houdini", label: "Houdini", key: KeySpace, gestures: []Gesture{
		{Key: KeySpace, Button: ButtonLeft, Move: MoveOrbit},
		{Key: KeySpace, Button: ButtonMiddle, Move: MovePan},
		{Key: KeySpace, Button: ButtonRight, Move: MoveDolly},
	}},
	NavigateBlender: {name: "blender", label: "Blender", gestures: []Gesture{
		{Button: ButtonMiddle, Move: MoveOrbit},
		{Mods: Shift, Button: ButtonMiddle, Move: MovePan},
		{Mods: Ctrl, Button: ButtonMiddle, Move: MoveDolly},
	}},
}

// Navigations are the names of the presets, in their order.
func Navigations() (names []string) {
	for i := range presets {
		names = append(names, presets[i].name)
	}
	return names
}

// ParseNavigation finds a preset by its name.
func ParseNavigation(name string) (Navigation, bool) {
	i := slices.Index(Navigations(), name)
	return Navigation(max(i, 0)), i >= 0
}

// Label is the preset's name as people write it.
func (n Navigation) Label() string { return presets[n].label }

func (n Navigation) String() string { return presets[n].name }

// Key is the key that navigates while it is held.
func (n Navigation) Key() HeldKey { return presets[n].key }

// Gestures are the drags that move the camera in every tool.
func (n Navigation) Gestures() []Gesture { return slices.Concat(presets[n].gestures, withAlt) }

// Uses are what the mouse does in the scene, as inputs and what they do.
func (n Navigation) Uses() (rows [][2]string) {
	does := map[Move]string{MoveOrbit: "Orbit", MovePan: "Pan", MoveDolly: "Move closer and away"}
	for _, g := range n.Gestures() {
		rows = append(rows, [2]string{g.Input(), does[g.Move] + ", in every tool"})
	}
	if _, taken := n.move(ButtonMiddle, 0, NoKey); !taken {
		rows = append(rows, [2]string{"middle drag", does[MovePan]})
	}
	return append(rows, [][2]string{
		{"right drag", does[MoveDolly] + "; with W A S D Q E: fly"},
		{"wheel", does[MoveDolly] + ", at the mouse"},
		{"left drag", "What the tool does"},
		{"Shift+left drag", "Pan; add where the tool selects"},
		{"Ctrl+left drag", "Remove where the tool selects"},
		{"double click", "Focus on the point"},
		{"rest", "Tell of the point"},
		{"drag a line between panes", "Give them other sizes; a double click makes them alike"},
	}...)
}

// move is what a button does with what is held; ok is false if that is the tool's.
func (n Navigation) move(b Button, mods Mods, key HeldKey) (m Move, ok bool) {
	for _, g := range n.Gestures() {
		if g.Button != b {
			continue
		}
		switch {
		case g.Key != NoKey:
			ok = g.Key == key
		case g.Mods&Alt != 0:
			ok = mods&Alt != 0
		default:
			ok = mods == g.Mods
		}
		if ok {
			return g.Move, true
		}
	}
	return 0, false
}

// Navigation is the preset in use.
func (s *Stage) Navigation() Navigation { return s.navigation }

// SetNavigation changes it.
func (s *Stage) SetNavigation(n Navigation) { s.navigation = n }

// HoldsKey reports that the preset has a use for a key where the mouse is.
func (s *Stage) HoldsKey(k HeldKey) bool {
	return k != NoKey && k == s.navigation.Key() && (s.mouse.over || s.drag.kind != dragNone)
}
