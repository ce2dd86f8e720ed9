//go:build cgo

package jobs_test

import (
	"path/filepath"
	"testing"

	"iceexplorer/jobs"
)

// A mapped file of another writer came without ranges: nothing was framed, all colours
// were one.
func TestLoadedForeignFilesHaveRanges(t *testing.T) {
	t.Parallel()
	path, err := filepath.Abs(filepath.Join("..", "testdata", "foreign", "plain_1.sih5"))
	if err != nil {
		t.Fatal(err)
	}
	b := newBench(t, "real", nil)
	for _, task := range []jobs.Task{jobs.Load, jobs.Index} {
		r := b.one(jobs.Request{Task: task, Converted: path})
		if !r.Mapped {
			t.Errorf("%v: not mapped", task)
		}
		for _, a := range r.Frame.Attributes {
			if len(a.Ranges) != a.Type.Components() || a.Ranges[0].Finite == 0 {
				t.Errorf("%v: %s: ranges %+v", task, a.Name, a.Ranges)
			}
		}
		r.Frame.Close()
	}
}
