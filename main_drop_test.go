package main

import (
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/jezek/xgb/xproto"

	"iceexplorer/app"
	"iceexplorer/app/sample"
)

// dropper is a file manager as X sees it: it drops files by the XDND protocol,
// version 5.
type dropper struct{ *screen }

func (d dropper) send(to xproto.Window, kind string, data ...uint32) error {
	data = append(data, make([]uint32, 5-len(data))...)
	ev := xproto.ClientMessageEvent{Format: 32, Window: to, Type: d.atom(kind), Data: xproto.ClientMessageDataUnionData32New(data)}
	return xproto.SendEventChecked(d.conn, false, to, 0, string(ev.Bytes())).Check()
}

// drop drops files and waits until the window has taken them.
func (d dropper) drop(to xproto.Window, files ...string) error {
	var uris []string
	for _, f := range files {
		if rest, ok := strings.CutPrefix(f, "C:"); ok { // what X's programs call Wine's drive
			f = os.Getenv("ICEEXPLORER_DRIVE_C") + filepath.ToSlash(rest)
		}
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
	deadline := time.Now().Add(patience)
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
	d := opened(t, t.TempDir(), "--no-convert")
	if err := (dropper{newScreen(t)}).drop(d.window, one, filepath.Join(two, sample.FileName(2))); err != nil {
		t.Fatal(err)
	}
	d.until("a layer of 3 frames and one of 1", func(s *app.State) bool {
		got := map[int]bool{}
		for _, l := range s.Layers {
			got[l.Frames] = true
		}
		return len(s.Layers) == 2 && got[3] && got[1]
	})
}
