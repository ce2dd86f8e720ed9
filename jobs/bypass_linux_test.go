//go:build cgo

package jobs_test

import (
	"fmt"
	"strings"
	"testing"

	"iceexplorer/jobs"
)

// A converted file that killed libhdf5 took its intact source with it, and the message
// was the last line of the registers: "gs 0x0".
func TestASourceIsReadWhenItsConvertedFileKillsTheWorker(t *testing.T) {
	t.Parallel()
	for mode, want := range map[string]string{
		"converted-kills": "ended by signal SIGSEGV while reading b.sih5",
		"converted-fails": "damaged: b.sih5",
	} {
		b := newBench(t, mode, nil)
		request := jobs.Request{Task: jobs.Load, Source: "a.icecache", Converted: "b.sih5"}
		for i := range 3 { // only the first time is it tried, and told
			r := b.one(request)
			if err := checkFake(r.Frame, "a.icecache"); err != nil {
				t.Error(err)
			}
			r.Frame.Close()
			if i > 0 && r.Bypassed != nil || i == 0 && (r.Bypassed == nil || !strings.HasSuffix(r.Bypassed.Error(), want)) {
				t.Errorf("%s: bypassed because %v, want %s", mode, r.Bypassed, want)
			}
		}
		b.Forgive("a.icecache")
		if r := b.one(request); r.Bypassed == nil {
			t.Errorf("%s: it is not tried again when it is forgiven", mode)
		} else {
			r.Frame.Close()
		}
		crashes := map[string]uint64{"converted-kills": 2, "converted-fails": 0}[mode]
		if got := b.Stats().Crashes; got != crashes {
			t.Errorf("%s: %d workers crashed, want %d", mode, got, crashes)
		}
	}
}

// What is to blame is named, with the signal.
func TestTheMessageOfACrashNamesTheFileAndTheSignal(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		mode              string
		source, converted string
		want              string
	}{
		{"segfault", "bad.icecache", "", "ended by signal SIGSEGV while reading bad.icecache"},
		{"die-job", "bad.icecache", "b.sih5", "ended by signal SIGKILL while reading bad.icecache"},
		{"panic-job", "bad.icecache", "", "ended (exit status 2: panic: decoder met job) while reading bad.icecache"},
		{"converted-kills", "", "b.sih5", "ended by signal SIGSEGV while reading b.sih5"},
	} {
		b := newBench(t, tc.mode, nil)
		b.submit(jobs.Request{Task: jobs.Load, Source: tc.source, Converted: tc.converted})
		if r := b.next(); jobs.CodeOf(r.Err) != jobs.CodeCrash || !strings.HasPrefix(r.Err.Error(), "twice in a row: worker ") || !strings.HasSuffix(r.Err.Error(), tc.want) {
			t.Errorf("%s: %v, want %s", tc.mode, fmt.Sprint(r.Err), tc.want)
		}
	}
}
