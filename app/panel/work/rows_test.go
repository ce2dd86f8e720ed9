package work

import (
	"testing"
	"time"

	"iceexplorer/jobs"
)

func TestTheListSaysWhatEachWorkerDoesAndWhatWaits(t *testing.T) {
	t.Parallel()
	now := time.Unix(100, 0)
	s := jobs.Stats{Queued: 1, Running: 1, Done: 1200, Failed: 2, Workers: []jobs.WorkerStats{
		{State: "busy", Job: 7, Task: jobs.Load.String(), File: "/a/b_12.icecache", Frame: 12, Begun: now.Add(-2 * time.Second), Rate: 3e6, Private: 5 << 20},
		{State: "idle"},
	}}
	waiting := []jobs.Waiting{{Job: 9, Task: jobs.Convert.String(), File: "/a/b_13.icecache", Frame: 13}}
	rows := list(&s, waiting, now)
	for i, want := range [][2]string{{"1", "reads"}, {"2", "idle"}, {"waits", "converts"}} {
		if got := [2]string(rows[i].cells[:2]); got != want {
			t.Errorf("row %d is %q, want %q", i, got, want)
		}
	}
	if got := rows[0].cells; got[2] != "12" || got[3] == "" || got[4] == "" || got[6] != "/a/b_12.icecache" {
		t.Errorf("the busy worker's row is %q", got)
	}
	if got, want := summary(&s), "1 of 2 workers busy, 1 waiting, 1,200 done, 2 failed, 3.0 MB/s"; got != want {
		t.Errorf("the line says %q, want %q", got, want)
	}
	if !busy(&s) || busy(&jobs.Stats{Workers: []jobs.WorkerStats{{State: "idle"}}}) {
		t.Error("the panel is drawn again though nothing happens, or not though workers are busy")
	}
	// The row that was chosen moves when a job before it ends.
	for _, tc := range []struct {
		job    jobs.ID
		chosen int64
		want   int64
	}{{9, 5, 2}, {7, 2, 0}, {8, 1, -1}, {0, 1, 1}, {0, 8, 2}} {
		if got := find(rows, tc.job, tc.chosen); got != tc.want {
			t.Errorf("job %d, row %d: row %d, want %d", tc.job, tc.chosen, got, tc.want)
		}
	}
}
