//go:build cgo

package jobs_test

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"iceexplorer/jobs"
	"iceexplorer/jobs/pipe"
	"iceexplorer/jobs/proto"
	"iceexplorer/jobs/task"
)

// A worker believes a pool as little as the pool believes it.
func TestWorkerEndsAtAPoolThatBreaksTheProtocol(t *testing.T) {
	t.Parallel()
	src := writeSource(t, t.TempDir(), "a", 200_000, 40)
	job := proto.Job{Task: "load", Input: task.Input{Source: src.path}, MaxBytes: 1 << 30, Threads: 1}
	type message struct {
		kind proto.Kind
		id   uint64
		body any
	}
	for name, tc := range map[string]struct {
		send []message
		raw  string
		want string // "" for a clean end
	}{
		"quit":           {send: []message{{proto.KindQuit, 0, nil}}},
		"quit at a job":  {send: []message{{proto.KindJob, 1, job}, {proto.KindQuit, 0, nil}}},
		"stale messages": {send: []message{{proto.KindCancel, 5, nil}, {proto.KindGrant, 5, proto.Grant{}}, {proto.KindForget, 0, proto.Forget{IDs: []uint64{9}}}, {proto.KindQuit, 0, nil}}},
		"garbage":        {raw: strings.Repeat("garbage!", 10), want: "protocol"},
		"half a message": {raw: "\x10\x00\x00\x00\x01\x03", want: "ended inside"},
		"two jobs":       {send: []message{{proto.KindJob, 1, job}, {proto.KindJob, 2, job}}, want: "while 1 is running"},
		"unasked grant":  {send: []message{{proto.KindJob, 1, job}, {proto.KindGrant, 1, proto.Grant{ID: 1, Path: "x", Size: 1}}}, want: "nobody asked"},
		"foreign kind":   {send: []message{{proto.KindHello, 0, proto.Hello{}}}, want: "does not send hello"},
		"unknown field":  {send: []message{{proto.KindJob, 1, map[string]int{"more": 1}}}, want: "protocol"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server, err := pipe.Listen(t.TempDir())
			if err != nil {
				t.Fatal(err)
			}
			defer server.Close()
			conn, err := server.Conn()
			if err != nil {
				t.Fatal(err)
			}
			argv := append(command(t, "real"), server.Name())
			cmd := exec.Command(argv[0], argv[1:]...)
			var stderr bytes.Buffer
			cmd.Stderr = &stderr
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			stuck := time.AfterFunc(20*time.Second, func() { cmd.Process.Kill() })
			defer stuck.Stop()
			if m, err := proto.NewReader(conn).Read(); err != nil || m.Kind != proto.KindHello {
				t.Fatalf("%v, %v", m.Kind, err)
			}
			server.Connected()
			for _, m := range tc.send {
				if err := proto.Write(conn, m.kind, m.id, m.body); err != nil {
					t.Fatal(err)
				}
			}
			if tc.raw != "" {
				if _, err := conn.Write([]byte(tc.raw)); err != nil {
					t.Fatal(err)
				}
				conn.Close()
			}
			err = cmd.Wait()
			if (err == nil) != (tc.want == "") || !strings.Contains(stderr.String(), tc.want) {
				t.Errorf("%v, stderr %q, want %q", err, stderr.String(), tc.want)
			}
		})
	}
}

// A converted file whose source was gone for a moment was taken for the state of the
// file that came next.
func TestAConvertedFileOfASourceThatIsGoneIsNotRead(t *testing.T) {
	t.Parallel()
	src := writeSource(t, t.TempDir(), "a", 1000, 31)
	b := newBench(t, "real", nil)
	b.one(src.request(jobs.Convert)).Frame.Close()
	if err := os.Remove(src.path); err != nil {
		t.Fatal(err)
	}
	for _, task := range []*task.Task{jobs.Load, jobs.Convert} {
		b := newBench(t, "real", nil)
		b.submit(src.request(task))
		r := b.next()
		if st := b.Stats(); jobs.CodeOf(r.Err) != proto.CodeGone || st.Scratch+st.ScratchIdle != 0 {
			t.Errorf("%v: code %q, error %v, %d bytes of memory", task, jobs.CodeOf(r.Err), r.Err, st.Scratch+st.ScratchIdle)
		}
	}
}

// With HDF5_PLUGIN_PATH set, a file made a worker load and run a foreign library.
func TestVariablesOfHDF5DoNotReachWorkers(t *testing.T) {
	t.Setenv("HDF5_PLUGIN_PATH", t.TempDir())
	t.Setenv("hdf5_debug", "all")
	t.Setenv("LANG", "C")
	b := newBench(t, "good", nil)
	b.load("ok-1")
	b.next()
	for _, w := range b.Stats().Workers {
		env, err := os.ReadFile(fmt.Sprintf("/proc/%d/environ", w.PID))
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(strings.ToLower(string(env)), "hdf5_") || !strings.Contains(string(env), "LANG=C\x00") {
			t.Errorf("%q", env)
		}
	}
}
