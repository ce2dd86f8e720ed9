//go:build unix

package window

import (
	"bufio"
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// cpu is the processor time of this process in seconds.
func cpu() float64 {
	var u syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return time.Duration(u.Utime.Nano() + u.Stime.Nano()).Seconds()
}

// dump ends a process, which says where its goroutines are.
func dump(p *os.Process) error { return p.Signal(syscall.SIGQUIT) }

func TestWithoutADisplayRunSaysSoInOneSentence(t *testing.T) {
	t.Parallel()
	for _, display := range []string{"", ":9999"} {
		out, err := command(t, "idle", "DISPLAY="+display).CombinedOutput()
		if err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		if r := parseResult(t, out); !strings.HasPrefix(r.Err, "no display: ") || strings.Contains(r.Err, "\n") {
			t.Errorf("DISPLAY=%q: %q", display, r.Err)
		}
	}
}

func TestTerminationKeepsTheLayout(t *testing.T) {
	t.Parallel()
	if os.Getenv("DISPLAY") == "" {
		t.Skip("no DISPLAY")
	}
	ini := filepath.Join(t.TempDir(), "layout.ini")
	cmd := command(t, "signal", envIni+"="+ini)
	var out bytes.Buffer
	pipe, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(pipe)
	for lines.Scan() {
		fmt.Fprintln(&out, lines.Text())
		if lines.Text() == "READY" {
			time.Sleep(300 * time.Millisecond)
			if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := cmd.Wait(); err != nil {
		t.Fatalf("%v\n%s", err, out.Bytes())
	}
	if r := parseResult(t, out.Bytes()); r.Err != "" || len(r.Log) != 1 || r.Log[0] != "destroyed" || !hasLayout(kept(ini)) {
		t.Errorf("%+v, layout kept: %v", r, hasLayout(kept(ini)))
	}
}
