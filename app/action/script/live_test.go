package script

import (
	"slices"
	"testing"
	"time"
)

func TestALiveScriptCarriesOutLinesAsTheyCome(t *testing.T) {
	t.Parallel()
	h := &host{looks: map[string]int{"loaded": 2}}
	r := NewLive("-", h)
	add := func(text string) {
		t.Helper()
		if err := r.Add(text, nil, nil); err != nil {
			t.Fatal(err)
		}
	}
	rests := func() {
		t.Helper()
		if done, err := r.Tick(t0); done || err != nil || !r.Waits() || r.Line() != "" {
			t.Fatalf("done %v, %v, waits %v at %q", done, err, r.Waits(), r.Line())
		}
		if due, ok := r.NextDue(t0); ok {
			t.Fatalf("due in %v without a line", due.Sub(t0))
		}
	}
	rests()
	add("open 'a b'")
	add("# nothing")
	add("wait loaded")
	add("play")
	if _, ok := r.NextDue(t0); !ok || r.Waits() {
		t.Fatal("lines that came are not due")
	}
	for range 5 {
		if done, err := r.Tick(t0); done || err != nil {
			t.Fatalf("done %v, %v", done, err)
		}
	}
	rests()
	add("stop")
	r.End()
	if _, ok := r.NextDue(t0); !ok {
		t.Error("the last line is not due")
	}
	if done, err := r.Tick(t0); !done || err != nil || r.Quit() {
		t.Errorf("done %v, %v, quit %v", done, err, r.Quit())
	}
	if want := []string{"open 'a b'", "play ", "stop "}; !slices.Equal(h.log, want) {
		t.Errorf("did %q, want %q", h.log, want)
	}
}

func TestALiveScriptThatHasNoMoreLinesIsDone(t *testing.T) {
	t.Parallel()
	r := NewLive("-", &host{})
	r.Tick(t0)
	r.End()
	if _, ok := r.NextDue(t0); !ok {
		t.Error("its end is not due")
	}
	if done, err := r.Tick(t0); !done || err != nil || r.Quit() {
		t.Errorf("done %v, %v, quit %v", done, err, r.Quit())
	}
}

func TestErrorsOfALiveScriptNameTheLine(t *testing.T) {
	t.Parallel()
	loaded := func(name string) bool { return name == "loaded" }
	for _, tc := range []struct{ line, want string }{
		{"wait", `-:3: write "wait CONDITION or wait DURATION"`},
		{"wait moon", `-:3: unknown condition "moon"`},
	} {
		r := NewLive("-", &host{})
		for _, good := range []string{"play", "wait 1s"} {
			if err := r.Add(good, nil, loaded); err != nil {
				t.Fatal(err)
			}
		}
		if err := r.Add(tc.line, nil, loaded); err == nil || err.Error() != tc.want {
			t.Errorf("%q: %v, want %s", tc.line, err, tc.want)
		}
	}
	r := NewLive("-", &host{})
	for _, line := range []string{"play", "", "fail"} {
		if err := r.Add(line, nil, nil); err != nil {
			t.Fatal(err)
		}
	}
	r.Tick(t0)
	if done, err := r.Tick(t0.Add(time.Second)); !done || err == nil || err.Error() != "-:3: disk is full" || r.Waits() {
		t.Errorf("done %v, %v", done, err)
	}
}

// A window that was closed by its user as a line came was taken to be closed by the script.
func TestALiveScriptActsOnlyWhileALineIsCarriedOut(t *testing.T) {
	t.Parallel()
	h := &host{pending: 1}
	r := NewLive("-", h)
	if err := r.Add("open a", nil, nil); err != nil {
		t.Fatal(err)
	}
	if r.Acts() {
		t.Error("it acts before its line has begun")
	}
	r.Tick(t0)
	if !r.Acts() {
		t.Error("it does not act while its line is under way")
	}
	r.Tick(t0)
	if r.Acts() {
		t.Error("it acts after its line has ended")
	}
	if !NewRunner(parse(t, "play"), h).Acts() {
		t.Error("a script from a file does not act")
	}
}
