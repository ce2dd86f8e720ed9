package main

import (
	"encoding/json"
	"fmt"
	"net/url"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/jezek/xgb"
	"github.com/jezek/xgb/xproto"

	"iceexplorer/app"
	"iceexplorer/app/sample"
)

// dropper is a file manager as X sees it: it drops files by the XDND protocol,
// version 5.
type dropper struct {
	conn *xgb.Conn
	root xproto.Window
}

func newDropper(t *testing.T) *dropper {
	t.Helper()
	c, err := xgb.NewConn()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return &dropper{c, xproto.Setup(c).DefaultScreen(c).Root}
}

func (d *dropper) atom(name string) xproto.Atom {
	r, err := xproto.InternAtom(d.conn, false, uint16(len(name)), name).Reply()
	if err != nil {
		return 0
	}
	return r.Atom
}

// clipboard is the text that a program has put there, "" if none has.
func (d *dropper) clipboard(t *testing.T) string {
	t.Helper()
	w, err := xproto.NewWindowId(d.conn)
	if err != nil {
		t.Fatal(err)
	}
	if err := xproto.CreateWindowChecked(d.conn, 0, w, d.root, 0, 0, 1, 1, 0, xproto.WindowClassInputOnly, 0, 0, nil).Check(); err != nil {
		t.Fatal(err)
	}
	defer xproto.DestroyWindow(d.conn, w)
	into := d.atom("ICEEXPLORER_TEST")
	xproto.ConvertSelection(d.conn, w, d.atom("CLIPBOARD"), d.atom("UTF8_STRING"), into, xproto.TimeCurrentTime)
	for { // the server answers if nobody has it
		switch e, err := d.conn.WaitForEvent(); n := e.(type) {
		case xproto.SelectionNotifyEvent:
			p, err := xproto.GetProperty(d.conn, true, w, into, xproto.GetPropertyTypeAny, 0, 1<<16).Reply()
			if n.Property == 0 || err != nil {
				return ""
			}
			return string(p.Value)
		case nil:
			t.Fatal("no clipboard: ", err)
		}
	}
}

// find is the window of a process, by its title and the process' number.
func (d *dropper) find(pid int) xproto.Window {
	pidAtom := d.atom("_NET_WM_PID")
	var walk func(w xproto.Window) xproto.Window
	walk = func(w xproto.Window) xproto.Window {
		p, err := xproto.GetProperty(d.conn, false, w, pidAtom, xproto.AtomCardinal, 0, 1).Reply()
		if err == nil && len(p.Value) == 4 && int(xgb.Get32(p.Value)) == pid {
			return w
		}
		tree, err := xproto.QueryTree(d.conn, w).Reply()
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
	return walk(d.root)
}

func (d *dropper) send(to xproto.Window, kind string, data ...uint32) error {
	data = append(data, make([]uint32, 5-len(data))...)
	ev := xproto.ClientMessageEvent{Format: 32, Window: to, Type: d.atom(kind), Data: xproto.ClientMessageDataUnionData32New(data)}
	return xproto.SendEventChecked(d.conn, false, to, 0, string(ev.Bytes())).Check()
}

// drop drops files and waits until the window has taken them.
func (d *dropper) drop(to xproto.Window, files ...string) error {
	var uris []string
	for _, f := range files {
		uris = append(uris, (&url.URL{Scheme: "file", Path: f}).String())
	}
	list := []byte(strings.Join(uris, "\r\n") + "\r\n")
	own, err := xproto.NewWindowId(d.conn)
	if err != nil {
		return err
	}
	xproto.CreateWindow(d.conn, 0, own, d.root, 0, 0, 1, 1, 0, xproto.WindowClassInputOnly, 0, 0, nil)
	uriList, copyAction := d.atom("text/uri-list"), d.atom("XdndActionCopy")
	xproto.SetSelectionOwner(d.conn, own, d.atom("XdndSelection"), 0)
	src := uint32(own)
	if err := d.send(to, "XdndEnter", src, 5<<24, uint32(uriList)); err != nil {
		return err
	}
	if err := d.send(to, "XdndPosition", src, 0, 300<<16|300, 0, uint32(copyAction)); err != nil {
		return err
	}
	status, finished := d.atom("XdndStatus"), d.atom("XdndFinished")
	deadline := time.Now().Add(10 * time.Second)
	for time.Now().Before(deadline) {
		ev, err := d.conn.PollForEvent()
		if err != nil {
			return err
		}
		switch e := ev.(type) {
		case nil:
			time.Sleep(5 * time.Millisecond)
		case xproto.ClientMessageEvent:
			switch e.Type {
			case status:
				if e.Data.Data32[1]&1 == 0 {
					return fmt.Errorf("the window does not take files")
				}
				if err := d.send(to, "XdndDrop", src); err != nil {
					return err
				}
			case finished:
				return nil
			}
		case xproto.SelectionRequestEvent:
			xproto.ChangeProperty(d.conn, xproto.PropModeReplace, e.Requestor, e.Property, uriList, 8, uint32(len(list)), list)
			n := xproto.SelectionNotifyEvent{Time: e.Time, Requestor: e.Requestor, Selection: e.Selection, Target: e.Target, Property: e.Property}
			xproto.SendEvent(d.conn, false, e.Requestor, 0, string(n.Bytes()))
		}
	}
	return fmt.Errorf("the window did not answer")
}

func TestDroppedFoldersAndFilesAreOpened(t *testing.T) {
	needDisplay(t)
	one, two := filepath.Join(t.TempDir(), "a folder"), t.TempDir()
	for _, dir := range []string{one, two} {
		if err := sample.Write(t.Context(), dir, sample.Options{Points: 500, Frames: 3}); err != nil {
			t.Fatal(err)
		}
	}
	cmd, out := startWindow(t, "print state\nwait 4s\nwait loaded\nprint state\n", "--no-convert")
	if !out.Scan() {
		t.Fatal("no state")
	}
	d := newDropper(t)
	var w xproto.Window
	for deadline := time.Now().Add(10 * time.Second); w == 0 && time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		w = d.find(cmd.Process.Pid)
	}
	if w == 0 {
		t.Fatal("no window")
	}
	if err := d.drop(w, one, filepath.Join(two, sample.FileName(2))); err != nil {
		t.Fatal(err)
	}
	if !out.Scan() {
		t.Fatal("the window is gone")
	}
	var s app.State
	if err := json.Unmarshal(out.Bytes(), &s); err != nil {
		t.Fatal(err)
	}
	got := map[int]bool{}
	for _, l := range s.Layers {
		got[l.Frames] = true
	}
	if len(s.Layers) != 2 || !got[3] || !got[1] {
		t.Errorf("opened %+v, want a layer of 3 frames and one of 1", s.Layers)
	}
}
