//go:build unix

package jobs_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
	"time"

	"iceexplorer/jobs"
)

// A file of the same size and time that took the place of the one that a worker had looked at was mapped, with the
// index of that.
func TestAFileThatIsSwappedBeforeItIsMappedIsLookedAtAgain(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "a.sih5")
	now := time.Now()
	for name, value := range map[string]byte{path: 'a', path + ".other": 'b'} {
		if err := os.WriteFile(name, bytes.Repeat([]byte{value}, fakeBytes), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(name, now, now); err != nil {
			t.Fatal(err)
		}
	}
	r := newBench(t, "swaps", nil).one(jobs.Request{Task: jobs.Load, Converted: path})
	defer r.Frame.Close()
	if got := r.Frame.Attributes[0].Bytes()[0]; got != 'b' || r.Frame.Dialect != "b" {
		t.Errorf("values of %c, index of %s", got, r.Frame.Dialect)
	}
}
