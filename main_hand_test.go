package main

import (
	"fmt"
	"os"
	"runtime"
	"strings"
	"testing"

	"github.com/jezek/xgb"
	"github.com/jezek/xgb/xproto"
	"github.com/jezek/xgb/xtest"
)

// screen is the X server of the tests.
type screen struct {
	conn *xgb.Conn
	root xproto.Window
}

func newScreen(t *testing.T) *screen {
	t.Helper()
	display := os.Getenv("DISPLAY")
	if runtime.GOOS == "windows" {
		// Wine's windows are X's, but a program in there reaches X by the network alone.
		if display = os.Getenv("ICEEXPLORER_X"); display == "" {
			t.Skip("ICEEXPLORER_X names no X server, such as 127.0.0.1:5, that Wine's windows are on")
		}
	}
	c, err := xgb.NewConnDisplay(display)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return &screen{c, xproto.Setup(c).DefaultScreen(c).Root}
}

func (s *screen) atom(name string) xproto.Atom {
	r, err := xproto.InternAtom(s.conn, false, uint16(len(name)), name).Reply()
	if err != nil {
		return 0
	}
	return r.Atom
}

// find is the window of a process, by the process' number; 0: there is none yet. Wine tells X of another
// number: there it is the one that has our title.
func (s *screen) find(pid int) xproto.Window {
	pidAtom := s.atom("_NET_WM_PID")
	is := func(w xproto.Window) bool {
		p, err := xproto.GetProperty(s.conn, false, w, pidAtom, xproto.AtomCardinal, 0, 1).Reply()
		return err == nil && len(p.Value) == 4 && int(xgb.Get32(p.Value)) == pid
	}
	if runtime.GOOS == "windows" {
		is = func(w xproto.Window) bool { return strings.Contains(s.title(w), "ICE Explorer") }
	}
	var walk func(w xproto.Window) xproto.Window
	walk = func(w xproto.Window) xproto.Window {
		if is(w) {
			return w
		}
		tree, err := xproto.QueryTree(s.conn, w).Reply()
		if err != nil {
			return 0
		}
		for _, c := range tree.Children {
			if f := walk(c); f != 0 {
				return f
			}
		}
		return 0
	}
	return walk(s.root)
}

// inner is what lies in the frame of a window: Wine's are windows in others.
func (s *screen) inner(w xproto.Window) xproto.Window {
	tree, err := xproto.QueryTree(s.conn, w).Reply()
	if runtime.GOOS != "windows" || err != nil || len(tree.Children) == 0 {
		return w
	}
	return tree.Children[len(tree.Children)-1]
}

// title is what stands in the title bar of a window.
func (s *screen) title(w xproto.Window) string {
	p, err := xproto.GetProperty(s.conn, false, w, s.atom("_NET_WM_NAME"), xproto.GetPropertyTypeAny, 0, 1<<16).Reply()
	if err != nil {
		return ""
	}
	return string(p.Value)
}

// clipboard is the text that a program has put there, "" if none has.
func (s *screen) clipboard(t *testing.T) string {
	t.Helper()
	w, err := xproto.NewWindowId(s.conn)
	if err != nil {
		t.Fatal(err)
	}
	if err := xproto.CreateWindowChecked(s.conn, 0, w, s.root, 0, 0, 1, 1, 0, xproto.WindowClassInputOnly, 0, 0, nil).Check(); err != nil {
		t.Fatal(err)
	}
	defer xproto.DestroyWindow(s.conn, w)
	into := s.atom("ICEEXPLORER_TEST")
	xproto.ConvertSelection(s.conn, w, s.atom("CLIPBOARD"), s.atom("UTF8_STRING"), into, xproto.TimeCurrentTime)
	for { // the server answers if nobody has it
		switch e, err := s.conn.WaitForEvent(); n := e.(type) {
		case xproto.SelectionNotifyEvent:
			p, err := xproto.GetProperty(s.conn, true, w, into, xproto.GetPropertyTypeAny, 0, 1<<16).Reply()
			if n.Property == 0 || err != nil {
				return ""
			}
			return string(p.Value)
		case nil:
			t.Fatal("no clipboard: ", err)
		}
	}
}

// hand is the mouse and the keyboard, as X has them from devices.
type hand struct {
	*screen
	t     *testing.T
	codes map[xproto.Keysym]stroke
	over  xproto.Window // places are counted from its corner; 0: from that of the screen
}

// stroke is a key of the keyboard, and whether Shift makes it what it stands for.
type stroke struct {
	code  xproto.Keycode
	shift bool
}

func newHand(t *testing.T) *hand {
	t.Helper()
	h := &hand{screen: newScreen(t), t: t, codes: map[xproto.Keysym]stroke{}}
	if err := xtest.Init(h.conn); err != nil {
		t.Fatal(err)
	}
	info := xproto.Setup(h.conn)
	first := info.MinKeycode
	all, err := xproto.GetKeyboardMapping(h.conn, first, byte(info.MaxKeycode-first+1)).Reply()
	if err != nil {
		t.Fatal(err)
	}
	for i, sym := range all.Keysyms {
		level := i % int(all.KeysymsPerKeycode)
		if _, has := h.codes[sym]; sym != 0 && level < 2 && !has {
			h.codes[sym] = stroke{first + xproto.Keycode(i/int(all.KeysymsPerKeycode)), level == 1}
		}
	}
	return h
}

// The kinds of input, as the protocol numbers them.
const (
	keyDown = iota + xproto.KeyPress
	keyUp
	buttonDown
	buttonUp
	motion
)

func (h *hand) input(kind, detail byte, x, y int) {
	h.t.Helper()
	if err := xtest.FakeInputChecked(h.conn, kind, detail, 0, h.root, int16(x), int16(y), 0).Check(); err != nil {
		h.t.Fatal(err)
	}
}

func (h *hand) move(x, y int) {
	h.t.Helper()
	if h.over != 0 {
		at, err := xproto.TranslateCoordinates(h.conn, h.inner(h.over), h.root, int16(x), int16(y)).Reply()
		if err != nil {
			return // it is gone, which whoever waits for something sees
		}
		x, y = int(at.DstX), int(at.DstY)
	}
	h.input(motion, 0, x, y)
}

func (h *hand) button(kind byte, n byte) { h.t.Helper(); h.input(kind, n, 0, 0) }

// keysyms are the keys that have names of their own.
var keysyms = map[string]xproto.Keysym{
	"ctrl": 0xffe3, "shift": 0xffe1, "alt": 0xffe9, "Escape": 0xff1b, "Return": 0xff0d, "Tab": 0xff09, "BackSpace": 0xff08, "Delete": 0xffff,
	"Home": 0xff50, "Left": 0xff51, "Up": 0xff52, "Right": 0xff53, "Down": 0xff54, "PageUp": 0xff55, "PageDown": 0xff56, "End": 0xff57, "space": ' ',
}

// key is a key by its name, such as F11, or by its character.
func (h *hand) key(name string) stroke {
	h.t.Helper()
	sym, ok := keysyms[name]
	var n int
	if _, err := fmt.Sscanf(name, "F%d", &n); err == nil {
		sym, ok = 0xffbd+xproto.Keysym(n), true
	}
	if r := []rune(name); !ok && len(r) == 1 {
		sym, ok = xproto.Keysym(r[0]), true
	}
	k, there := h.codes[sym]
	if !ok || !there {
		h.t.Fatalf("there is no key %q", name)
	}
	return k
}

// strike presses keys together and lets go of them: "ctrl+shift+p".
func (h *hand) strike(chord string) {
	h.t.Helper()
	names := strings.Split(chord, "+")
	var held []xproto.Keycode
	for _, name := range names {
		k := h.key(name)
		if k.shift {
			held = append(held, h.key("shift").code)
			h.input(keyDown, byte(held[len(held)-1]), 0, 0)
		}
		held = append(held, k.code)
		h.input(keyDown, byte(k.code), 0, 0)
	}
	for i := len(held) - 1; i >= 0; i-- {
		h.input(keyUp, byte(held[i]), 0, 0)
	}
}
