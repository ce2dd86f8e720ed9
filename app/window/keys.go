package window

import (
	"slices"
	"unsafe"

	"github.com/AllenDang/cimgui-go/imgui"

	"iceexplorer/app/action"
)

// imguiKeys returns the ImGui keys that stand for a key of a shortcut: the main
// one and, for Enter and the digits, the one of the numeric pad.
func imguiKeys(k action.Key) []imgui.Key {
	switch {
	case k >= action.Key0 && k <= action.Key9:
		n := imgui.Key(k - action.Key0)
		return []imgui.Key{imgui.Key0 + n, imgui.KeyKeypad0 + n}
	case k >= action.KeyA && k <= action.KeyZ:
		return []imgui.Key{imgui.KeyA + imgui.Key(k-action.KeyA)}
	case k >= action.KeyF1 && k <= action.KeyF12:
		return []imgui.Key{imgui.KeyF1 + imgui.Key(k-action.KeyF1)}
	}
	switch k {
	case action.KeySpace:
		return []imgui.Key{imgui.KeySpace}
	case action.KeyEnter:
		return []imgui.Key{imgui.KeyEnter, imgui.KeyKeypadEnter}
	case action.KeyEscape:
		return []imgui.Key{imgui.KeyEscape}
	case action.KeyTab:
		return []imgui.Key{imgui.KeyTab}
	case action.KeyBackspace:
		return []imgui.Key{imgui.KeyBackspace}
	case action.KeyDelete:
		return []imgui.Key{imgui.KeyDelete}
	case action.KeyInsert:
		return []imgui.Key{imgui.KeyInsert}
	case action.KeyHome:
		return []imgui.Key{imgui.KeyHome}
	case action.KeyEnd:
		return []imgui.Key{imgui.KeyEnd}
	case action.KeyPageUp:
		return []imgui.Key{imgui.KeyPageUp}
	case action.KeyPageDown:
		return []imgui.Key{imgui.KeyPageDown}
	case action.KeyLeft:
		return []imgui.Key{imgui.KeyLeftArrow}
	case action.KeyRight:
		return []imgui.Key{imgui.KeyRightArrow}
	case action.KeyUp:
		return []imgui.Key{imgui.KeyUpArrow}
	case action.KeyDown:
		return []imgui.Key{imgui.KeyDownArrow}
	case action.KeyComma:
		return []imgui.Key{imgui.KeyComma}
	case action.KeyPeriod:
		return []imgui.Key{imgui.KeyPeriod}
	case action.KeySlash:
		return []imgui.Key{imgui.KeySlash}
	case action.KeySemicolon:
		return []imgui.Key{imgui.KeySemicolon}
	case action.KeyApostrophe:
		return []imgui.Key{imgui.KeyApostrophe}
	case action.KeyLeftBracket:
		return []imgui.Key{imgui.KeyLeftBracket}
	case action.KeyRightBracket:
		return []imgui.Key{imgui.KeyRightBracket}
	case action.KeyBackslash:
		return []imgui.Key{imgui.KeyBackslash}
	case action.KeyGrave:
		return []imgui.Key{imgui.KeyGraveAccent}
	case action.KeyMinus:
		return []imgui.Key{imgui.KeyMinus, imgui.KeyKeypadSubtract}
	case action.KeyEqual:
		return []imgui.Key{imgui.KeyEqual, imgui.KeyKeypadAdd}
	}
	return nil
}

// fireShortcuts carries out the actions whose keys were pressed in this frame.
// None fires while a text field has the keyboard or a menu or dialog is open,
// nor one that captured takes.
func fireShortcuts(cfg *Config) {
	io := imgui.CurrentIO()
	if io.WantTextInput() || io.KeySuper() || imgui.IsPopupOpenStrV("", imgui.PopupFlagsAnyPopupId|imgui.PopupFlagsAnyPopupLevel) {
		return
	}
	now := mods(io)
	before := modsAtPress(now)
	for _, a := range cfg.Actions.All() {
		for _, s := range a.Shortcuts() {
			if pressed(s, a.Repeat, now, before) && a.Available() && (cfg.Captured == nil || !cfg.Captured(s)) {
				if cfg.Firing != nil {
					cfg.Firing()
				}
				if err := a.Do(action.Args{}); err != nil && cfg.OnActionError != nil {
					cfg.OnActionError(a, err)
				}
				break
			}
		}
	}
}

// Pressed is the shortcut that was pressed in this frame.
func Pressed() (s action.Shortcut, ok bool) {
	now := mods(imgui.CurrentIO())
	before := modsAtPress(now)
	for _, k := range action.Keys() {
		for _, key := range imguiKeys(k) {
			if !imgui.IsKeyPressedBoolV(key, false) {
				continue
			}
			m, has := before[key]
			if !has {
				m = now
			}
			return action.Shortcut{Mods: m, Key: k}, true
		}
	}
	return s, false
}

func mods(io *imgui.IO) (m action.Mods) {
	if io.KeyCtrl() {
		m |= action.Ctrl
	}
	if io.KeyShift() {
		m |= action.Shift
	}
	if io.KeyAlt() {
		m |= action.Alt
	}
	return m
}

// pressed reports whether a shortcut's key was pressed in this frame, or repeats, with its
// modifiers: those at the press, which before holds, or else those of now.
func pressed(s action.Shortcut, repeat bool, now action.Mods, before map[imgui.Key]action.Mods) bool {
	for _, key := range imguiKeys(s.Key) {
		m, ok := before[key]
		if !ok {
			m = now
		}
		if m == s.Mods && imgui.IsKeyPressedBoolV(key, repeat) {
			return true
		}
	}
	return false
}

// inputEvent is ImGui 1.92's ImGuiInputEvent with a key in its union, which the
// binding does not show.
type inputEvent struct {
	kind, source int32
	id           uint32
	key          int32
	down         bool
	analog       float32
	added        bool
}

// modsAtPress is the modifiers that were held when each key of this frame was pressed. A frame
// takes in several key events: someone who types fast may press R with Ctrl and have let go
// of Ctrl by the end of the frame.
func modsAtPress(now action.Mods) map[imgui.Key]action.Mods {
	trail := imgui.CurrentContext().InputEventsTrail()
	if trail.Size == 0 || trail.Data == nil {
		return nil
	}
	events := unsafe.Slice((*inputEvent)(unsafe.Pointer(trail.Data.CData)), trail.Size)
	at := map[imgui.Key]action.Mods{}
	for _, e := range slices.Backward(events) {
		if e.kind != int32(imgui.InputEventTypeKey) {
			continue
		}
		mod := map[imgui.Key]action.Mods{imgui.ModCtrl: action.Ctrl, imgui.ModShift: action.Shift, imgui.ModAlt: action.Alt}[imgui.Key(e.key)]
		switch {
		case mod != 0 && e.down:
			now &^= mod
		case mod != 0:
			now |= mod
		case e.down:
			at[imgui.Key(e.key)] = now
		}
	}
	return at
}

// inputLeft is true while ImGui keeps input for the next frames: it takes one change of each
// key or button per frame, so that none is missed.
func inputLeft() bool {
	events := imgui.CurrentContext().InputEventsQueue()
	return events.Size > 0
}

// Typed is the text that was typed in this frame, wherever.
func Typed() string {
	queue := imgui.CurrentIO().InputQueueCharacters()
	if queue.Size == 0 || queue.Data == nil {
		return ""
	}
	var text []rune
	for _, c := range unsafe.Slice(queue.Data, queue.Size) {
		text = append(text, rune(c))
	}
	return string(text)
}
