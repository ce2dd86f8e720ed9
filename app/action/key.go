package action

import (
	"fmt"
	"strings"
)

// Key is a key of the keyboard by what is printed on it on a US layout.
type Key uint8

// The keys a shortcut may use. Digits, letters and function keys are ordered,
// so that Key0+n, KeyA+n and KeyF1+n name the others.
const (
	KeyNone Key = iota
	Key0
	Key1
	Key2
	Key3
	Key4
	Key5
	Key6
	Key7
	Key8
	Key9
	KeyA
	KeyB
	KeyC
	KeyD
	KeyE
	KeyF
	KeyG
	KeyH
	KeyI
	KeyJ
	KeyK
	KeyL
	KeyM
	KeyN
	KeyO
	KeyP
	KeyQ
	KeyR
	KeyS
	KeyT
	KeyU
	KeyV
	KeyW
	KeyX
	KeyY
	KeyZ
	KeyF1
	KeyF2
	KeyF3
	KeyF4
	KeyF5
	KeyF6
	KeyF7
	KeyF8
	KeyF9
	KeyF10
	KeyF11
	KeyF12
	KeySpace
	KeyEnter
	KeyEscape
	KeyTab
	KeyBackspace
	KeyDelete
	KeyInsert
	KeyHome
	KeyEnd
	KeyPageUp
	KeyPageDown
	KeyLeft
	KeyRight
	KeyUp
	KeyDown
	KeyComma
	KeyPeriod
	KeySlash
	KeySemicolon
	KeyApostrophe
	KeyLeftBracket
	KeyRightBracket
	KeyBackslash
	KeyGrave
	KeyMinus
	KeyEqual
	numKeys
)

var keyNames = func() (names [numKeys]string) {
	for i, digit := range strings.Split("0123456789", "") {
		names[Key0+Key(i)] = digit
	}
	for i, letter := range strings.Split("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "") {
		names[KeyA+Key(i)] = letter
	}
	for i := range Key(12) {
		names[KeyF1+i] = fmt.Sprintf("F%d", i+1)
	}
	for k, n := range map[Key]string{
		KeySpace: "Space", KeyEnter: "Enter", KeyEscape: "Esc", KeyTab: "Tab", KeyBackspace: "Backspace",
		KeyDelete: "Delete", KeyInsert: "Insert", KeyHome: "Home", KeyEnd: "End", KeyPageUp: "PageUp", KeyPageDown: "PageDown",
		KeyLeft: "Left", KeyRight: "Right", KeyUp: "Up", KeyDown: "Down",
		KeyComma: ",", KeyPeriod: ".", KeySlash: "/", KeySemicolon: ";", KeyApostrophe: "'",
		KeyLeftBracket: "[", KeyRightBracket: "]", KeyBackslash: "\\", KeyGrave: "`", KeyMinus: "-", KeyEqual: "=",
	} {
		names[k] = n
	}
	return names
}()

func (k Key) String() string {
	if k < numKeys {
		return keyNames[k]
	}
	return ""
}

// Keys returns every key but KeyNone.
func Keys() []Key {
	keys := make([]Key, 0, numKeys-1)
	for k := KeyNone + 1; k < numKeys; k++ {
		keys = append(keys, k)
	}
	return keys
}

// Mods is a set of modifier keys.
type Mods uint8

// The modifiers. Ctrl is the Command key on macOS.
const (
	Ctrl Mods = 1 << iota
	Shift
	Alt
)

// Shortcut is a key with the modifiers that must be down, no others.
type Shortcut struct {
	Mods Mods
	Key  Key
}

// String formats a shortcut as menus show it: "Ctrl+Shift+O".
func (s Shortcut) String() string {
	var b strings.Builder
	for _, m := range modNames {
		if s.Mods&m.mod != 0 {
			b.WriteString(m.name + "+")
		}
	}
	return b.String() + s.Key.String()
}

var modNames = [...]struct {
	mod  Mods
	name string
}{{Ctrl, "Ctrl"}, {Shift, "Shift"}, {Alt, "Alt"}}

// ParseShortcut reads what String writes; upper and lower case are the same
// and the modifiers may come in any order.
func ParseShortcut(text string) (Shortcut, error) {
	var s Shortcut
	rest := text
next:
	for {
		for _, m := range modNames {
			if head, tail, ok := strings.Cut(rest, "+"); ok && strings.EqualFold(head, m.name) {
				if s.Mods&m.mod != 0 {
					return Shortcut{}, fmt.Errorf("shortcut has %s twice: %q", m.name, text)
				}
				s.Mods |= m.mod
				rest = tail
				continue next
			}
		}
		break
	}
	for _, k := range Keys() {
		if strings.EqualFold(rest, k.String()) {
			s.Key = k
			return s, nil
		}
	}
	return Shortcut{}, fmt.Errorf("shortcut names no known key: %q", text)
}
