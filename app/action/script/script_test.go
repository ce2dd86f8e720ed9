package script

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

var t0 = time.Unix(1_000_000, 0)

// host records what it is asked and meets conditions after some looks.
type host struct {
	log   []string
	looks map[string]int // looks left until a condition is met
	shots []func(error)

	pending int // looks left until what was done is at its end
	failed  error
}

func (h *host) Pending() (bool, error) {
	if h.pending--; h.pending >= 0 {
		return true, nil
	}
	return false, h.failed
}

func (h *host) Do(name, text string) error {
	h.log = append(h.log, fmt.Sprintf("%s %s", name, text))
	if name == "fail" {
		return errors.New("disk is full")
	}
	return nil
}

func (h *host) Met(c string) (bool, error) {
	n, ok := h.looks[c]
	if !ok {
		return false, fmt.Errorf("unknown condition %q", c)
	}
	h.looks[c] = n - 1
	return n <= 0, nil
}

func (h *host) Screenshot(path string, done func(error)) {
	h.log = append(h.log, "shot "+path)
	h.shots = append(h.shots, done)
}

func (h *host) Print(what string) error {
	h.log = append(h.log, "print "+what)
	return nil
}

func parse(t *testing.T, text string) *Script {
	t.Helper()
	s, err := Parse("x.txt", strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// drive ticks every 10 ms until done, at most n times.
func drive(r *Runner, n int) (ticks int, done bool, err error) {
	now := t0
	for ticks = 1; ticks <= n; ticks++ {
		if done, err = r.Tick(now); done {
			return ticks, done, err
		}
		now = now.Add(10 * time.Millisecond)
	}
	return n, done, err
}

func TestFaultyLinesAreAllNamed(t *testing.T) {
	t.Parallel()
	_, err := Parse("x.txt", strings.NewReader("play\nwait\n\nwait 5\ntimeout soon\nscreenshot\nprint\nquit now\n\"x\nwait -3s\nwait a b\nwait ''\n"))
	if err == nil {
		t.Fatal("parsed")
	}
	for _, line := range []string{"2", "4", "5", "6", "7", "8", "9", "10", "11", "12"} {
		if !strings.Contains(err.Error(), "x.txt:"+line+": ") {
			t.Errorf("line %s is not named in\n%v", line, err)
		}
	}
	if strings.Contains(err.Error(), "x.txt:1:") || strings.Contains(err.Error(), "x.txt:3:") {
		t.Errorf("good lines are named in\n%v", err)
	}
}

func TestTooLongLineIsAnError(t *testing.T) {
	t.Parallel()
	if _, err := Parse("x.txt", strings.NewReader("play\nopen "+strings.Repeat("a", maxLine))); err == nil || !strings.Contains(err.Error(), "x.txt:2:") {
		t.Error(err)
	}
}

func TestScriptRunsOneLineATick(t *testing.T) {
	t.Parallel()
	h := &host{looks: map[string]int{"loaded": 2}}
	r := NewRunner(parse(t, "\ufeffopen 'a b' c\nwait loaded\nplay\nwait 25ms\nprint state\nscreenshot o.png\nquit\nplay\n"), h)
	now := t0
	tick := func(want int) {
		t.Helper()
		done, err := r.Tick(now)
		if err != nil || done || len(h.log) != want {
			t.Fatalf("%v after %q: done %v, %v", now.Sub(t0), h.log, done, err)
		}
		now = now.Add(10 * time.Millisecond)
	}
	tick(1)                               // open
	for _, n := range []int{1, 1, 1, 2} { // wait, wait, met, play
		tick(n)
	}
	for _, n := range []int{2, 2, 2, 2} { // 0, 10, 20, 30 ms
		tick(n)
	}
	tick(3) // print
	tick(4) // screenshot begins
	tick(4)
	if r.Line() != "screenshot o.png" {
		t.Errorf("at %q", r.Line())
	}
	h.shots[0](nil)
	tick(4)
	done, err := r.Tick(now)
	if !done || err != nil || !r.Quit() || r.Line() != "" {
		t.Fatalf("done %v, %v, quit %v", done, err, r.Quit())
	}
	r.Tick(now)
	want := []string{"open 'a b' c", "play ", "print state", "shot o.png"}
	if !slices.Equal(h.log, want) || len(h.shots) != 1 {
		t.Errorf("%q, want %q", h.log, want)
	}
}

func TestScriptEndsWithoutQuit(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"", "# nothing", "play"} {
		r := NewRunner(parse(t, text), &host{})
		if _, done, err := drive(r, 5); !done || err != nil || r.Quit() {
			t.Errorf("%q: done %v, %v, quit %v", text, done, err, r.Quit())
		}
	}
}

func TestErrorsEndTheScriptAndNameTheLine(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"play\nfail":                  "x.txt:2: disk is full",
		"wait moon":                   `x.txt:1: unknown condition "moon"`,
		"wait never":                  `x.txt:1: waited 2m0s for "never" in vain`,
		"timeout 1s\n\nwait never":    `x.txt:3: waited 1s for "never" in vain`,
		"timeout 1s\nscreenshot o\n":  `x.txt:2: waited 1s for the screenshot "o" in vain`,
		"wait soon\nfail\nplay\nplay": "x.txt:2: disk is full",
	} {
		h := &host{looks: map[string]int{"never": 1 << 30, "soon": 1}}
		r := NewRunner(parse(t, text), h)
		_, done, err := drive(r, 20000)
		if !done || err == nil || err.Error() != want || r.Quit() {
			t.Errorf("%q: done %v, %v; want %s", text, done, err, want)
		}
		n := len(h.log)
		if _, again := r.Tick(t0.Add(time.Hour)); again != err || len(h.log) != n {
			t.Errorf("%q went on after its error", text)
		}
	}
}

func TestScreenshotThatFailsEndsTheScript(t *testing.T) {
	t.Parallel()
	h := &host{}
	r := NewRunner(parse(t, "screenshot /no/where.png\nplay"), h)
	r.Tick(t0)
	h.shots[0](errors.New("no such folder"))
	if done, err := r.Tick(t0); !done || err == nil || err.Error() != "x.txt:1: no such folder" {
		t.Errorf("%v, %v", done, err)
	}
}

func TestWaitTakesItsTimeFromItsOwnBeginning(t *testing.T) {
	t.Parallel()
	h := &host{looks: map[string]int{"late": 90, "later": 90}}
	r := NewRunner(parse(t, "timeout 1s\nwait late\nwait later"), h)
	if ticks, done, err := drive(r, 500); !done || err != nil {
		t.Errorf("after %d ticks: %v, %v", ticks, done, err)
	}
}

func TestNextDueWakesForWhatComes(t *testing.T) {
	t.Parallel()
	h := &host{looks: map[string]int{"loaded": 0, "x": 9}}
	r := NewRunner(parse(t, "play\nwait 300ms\nwait x"), h)
	due := func(now time.Time) time.Duration {
		d, ok := r.NextDue(now)
		if !ok {
			return -1
		}
		return d.Sub(now)
	}
	if d := due(t0); d != 0 {
		t.Errorf("due in %v at the beginning", d)
	}
	r.Tick(t0)
	r.Tick(t0)
	if d := due(t0.Add(100 * time.Millisecond)); d != 200*time.Millisecond {
		t.Errorf("due in %v while waiting", d)
	}
	now := t0.Add(300 * time.Millisecond)
	r.Tick(now)
	r.Tick(now)
	if d := due(now); d <= 0 || d > 100*time.Millisecond {
		t.Errorf("a condition is looked at in %v", d)
	}
	for range 10 {
		r.Tick(now)
	}
	if d := due(now); d != -1 {
		t.Errorf("due in %v when done", d)
	}
}

func TestCheckFindsUnknownNamesBeforeRunning(t *testing.T) {
	t.Parallel()
	s := parse(t, "play\nplya\nwait loaded\nwait laoded\nwait 3s\nquit\nscreenshot x\nprint state\ntimeout 3s\nplay twice")
	plays := func(name, text string) error {
		switch {
		case name != "play":
			return fmt.Errorf("unknown action: %q", name)
		case text != "":
			return errors.New("play takes no arguments")
		}
		return nil
	}
	loaded := func(name string) bool { return name == "loaded" }
	err := s.Check(plays, loaded)
	if err == nil || err.Error() != "x.txt:2: unknown action: \"plya\"\nx.txt:4: unknown condition \"laoded\"\nx.txt:10: play takes no arguments" {
		t.Error(err)
	}
	if err := s.Check(nil, nil); err != nil {
		t.Error(err)
	}
}

// Folders are read beside the loop: what is done with them comes in the next line.
func TestALineWaitsForWhatTheOneBeforeHasBegun(t *testing.T) {
	t.Parallel()
	h := &host{pending: 3}
	r := NewRunner(parse(t, "open a\nplay\n"), h)
	if ticks, done, err := drive(r, 10); !done || err != nil || ticks != 5 {
		t.Errorf("%d ticks, done %v, %v", ticks, done, err)
	}
	if want := []string{"open a", "play "}; !slices.Equal(h.log, want) {
		t.Errorf("did %q, want %q", h.log, want)
	}
	h = &host{pending: 2, failed: errors.New("no particle caches in the folder: a")}
	_, done, err := drive(NewRunner(parse(t, "open a\nplay\n"), h), 10)
	if !done || err == nil || err.Error() != "x.txt:1: no particle caches in the folder: a" || len(h.log) != 1 {
		t.Errorf("done %v, %v, did %q", done, err, h.log)
	}
	h = &host{pending: 1000}
	_, done, err = drive(NewRunner(parse(t, "timeout 50ms\nopen a\n"), h), 20)
	if !done || err == nil || err.Error() != `x.txt:2: waited 50ms for the end of "open" in vain` {
		t.Errorf("done %v, %v", done, err)
	}
}
