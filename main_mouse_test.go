package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/jezek/xgb/xproto"

	"iceexplorer/app"
)

// patience is how long a test waits for what must come, however busy the machine is.
const patience = time.Minute

// desktop is a window that people use, by mouse and keys. The test sees what is drawn there, and what state the program
// is in, through a live script, which does nothing by itself.
type desktop struct {
	*hand
	cmd    *exec.Cmd
	window xproto.Window
	script io.WriteCloser
	lines  chan []byte // what it prints; closed at its end
	errs   bytes.Buffer
	ended  chan struct{} // closed when the program has ended

	seen app.Drawn // what was seen last
	was  app.State
}

// spot is a place in the window, in pixels from its corner.
type spot struct{ x, y int }

// opened opens a window of 1400 by 900 at scale 1, which keeps what it remembers in a folder, and waits until it is
// drawn and has the keyboard.
func opened(t *testing.T, config string, args ...string) *desktop {
	t.Helper()
	settings := filepath.Join(config, "settings.json")
	if _, err := os.Stat(settings); err != nil {
		if err := os.WriteFile(settings, []byte(`{"window": {"width": 1400, "height": 900}}`), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	cmd := program(t, append([]string{"--run", "-"}, args...)...)
	cmd.Env = append(cmd.Env, "ICEEXPLORER_CONFIG_DIR="+config)
	return sitAt(t, cmd)
}

// sitAt starts a window that has a live script.
func sitAt(t *testing.T, cmd *exec.Cmd) *desktop {
	t.Helper()
	d := &desktop{hand: newHand(t), cmd: cmd, lines: make(chan []byte, 16), ended: make(chan struct{})}
	cmd.Stderr = &d.errs
	out, err := cmd.StdoutPipe()
	if err == nil {
		d.script, err = cmd.StdinPipe()
	}
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	go func() {
		all := bufio.NewReader(out)
		for {
			line, err := all.ReadBytes('\n')
			if err != nil {
				break
			}
			d.lines <- line
		}
		_ = cmd.Wait() // its status is asked for where it matters
		close(d.ended)
		close(d.lines)
	}()
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		for range d.lines { // to its end
		}
	})
	d.do("preference-ui-scale 1")
	d.wait("a window", func() bool { d.window = d.find(cmd.Process.Pid); return d.window != 0 })
	d.over = d.window
	d.wait("a window that is drawn", func() bool {
		_, ok := d.text("##MainMenuBar", "File")
		return ok && d.focus()
	})
	return d
}

// focus gives the window the keyboard, as a window manager would, and reports that it has it.
func (d *desktop) focus() bool {
	d.t.Helper()
	// It is refused until the window is on the screen.
	_ = xproto.SetInputFocusChecked(d.conn, xproto.InputFocusPointerRoot, d.window, xproto.TimeCurrentTime).Check()
	has, err := xproto.GetInputFocus(d.conn).Reply()
	return err == nil && has.Focus == d.window && d.look().Keyboard
}

// ask has the script carry out lines of which the last one prints, and decodes that.
func (d *desktop) ask(into any, lines ...string) {
	d.t.Helper()
	if !d.answers(into, lines...) {
		d.fail("the window is gone")
	}
}

// answers is ask of a window that may have ended.
func (d *desktop) answers(into any, lines ...string) bool {
	d.t.Helper()
	if _, err := io.WriteString(d.script, strings.Join(lines, "\n")+"\n"); err != nil {
		<-d.ended
		return false
	}
	select {
	case line, ok := <-d.lines:
		if !ok {
			return false
		}
		if err := json.Unmarshal(line, into); err != nil {
			d.t.Fatalf("%v in %q", err, line)
		}
	case <-time.After(2 * patience):
		d.fail("no answer to %q", lines)
	}
	return true
}

// do has the script carry out lines.
func (d *desktop) do(lines ...string) {
	d.t.Helper()
	d.seen = app.Drawn{}
	d.ask(&d.seen, append(lines, "print drawn")...)
}

// look is what is drawn now.
func (d *desktop) look() *app.Drawn { d.t.Helper(); d.do(); return &d.seen }

// state is the state the program is in.
func (d *desktop) state() *app.State {
	d.t.Helper()
	d.was = app.State{}
	d.ask(&d.was, "print state")
	return &d.was
}

// wait waits for something that must come.
func (d *desktop) wait(what string, is func() bool) {
	d.t.Helper()
	for begun := time.Now(); !is(); time.Sleep(5 * time.Millisecond) {
		if time.Since(begun) > patience {
			d.fail("%v without %s", patience, what)
		}
	}
}

// until waits for a state of the program.
func (d *desktop) until(what string, is func(s *app.State) bool) *app.State {
	d.t.Helper()
	d.wait(what, func() bool { return is(d.state()) })
	return &d.was
}

// titled waits until the window has a title.
func (d *desktop) titled(title string) {
	d.t.Helper()
	d.wait(fmt.Sprintf("the title %q", title), func() bool { return d.title(d.window) == title })
}

// ends waits for the end of the program.
func (d *desktop) ends() {
	d.t.Helper()
	select {
	case <-d.ended:
	case <-time.After(patience):
		d.fail("the window is still open after %v", patience)
	}
}

// fail ends the test, and says what is seen instead of what should be.
func (d *desktop) fail(format string, args ...any) {
	d.t.Helper()
	select {
	case <-d.ended:
		d.t.Fatalf("%s; it has ended with %v, %s", fmt.Sprintf(format, args...), d.cmd.ProcessState, &d.errs)
	default:
	}
	state := []byte("never")
	if d.was.Layers != nil {
		state, _ = json.Marshal(&d.was)
	}
	shot := filepath.Join(d.t.ArtifactDir(), "window.png")
	_, _ = io.WriteString(d.script, "screenshot "+shot+"\nprint drawn\n")
	select {
	case line := <-d.lines:
		_ = json.Unmarshal(line, &d.seen)
	case <-time.After(20 * time.Second): // the loop turns no more
		shot = "none can be had"
	}
	pointer := "nowhere"
	if p, err := xproto.QueryPointer(d.conn, d.window).Reply(); err == nil {
		pointer = fmt.Sprint(p.WinX, p.WinY)
	}
	var words []string
	for _, t := range d.seen.Texts {
		words = append(words, fmt.Sprintf("%s %v", t.Text, t.At))
	}
	d.t.Fatalf("%s\ntitle %q, keyboard %v, typing %v, mouse at %v (X says %s), pressed %v, queued %v, panes %v\nwritten: %s\nstate when it was last asked for: %.2000s\nscreenshot: %s\n%s",
		fmt.Sprintf(format, args...), d.title(d.window), d.seen.Keyboard, d.seen.Typing, d.seen.Mouse, pointer, d.seen.Pressed, d.seen.Queued, d.seen.Panes, strings.Join(words, "; "), state, shot, &d.errs)
}
