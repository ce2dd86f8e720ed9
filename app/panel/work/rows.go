package work

import (
	"fmt"
	"time"

	"iceexplorer/cache/pathname"
	"iceexplorer/cache/unit"
	"iceexplorer/jobs"
)

// row is a worker, or a job that waits.
type row struct {
	job   jobs.ID // 0: there is nothing to cancel
	cells [7]string
}

// does says what a task is doing.
func does(task string) string {
	switch task {
	case jobs.Load.String():
		return "reads"
	case jobs.Measure.String():
		return "measures"
	case jobs.Convert.String():
		return "converts"
	case jobs.Export.String():
		return "exports"
	}
	return task
}

// list are the workers, and then the jobs that wait in the order in which they go.
func list(s *jobs.Stats, waiting []jobs.Waiting, now time.Time) []row {
	rows := make([]row, 0, len(s.Workers)+len(waiting))
	for i, w := range s.Workers {
		r := row{job: w.Job, cells: [7]string{fmt.Sprintf("%d", i+1), string(w.State)}}
		if w.Job != 0 {
			r.cells[1], r.cells[2], r.cells[6] = does(w.Task), w.Frame.String(), pathname.Display(w.File)
			r.cells[3] = unit.Duration(max(now.Sub(w.Begun), 0))
		}
		if w.Rate > 0 {
			r.cells[4] = unit.Rate(w.Rate, 1)
		}
		if w.Private > 0 {
			r.cells[5] = unit.Bytes(w.Private)
		}
		rows = append(rows, r)
	}
	for _, w := range waiting {
		rows = append(rows, row{job: w.Job, cells: [7]string{"waits", does(w.Task), w.Frame.String(), "", "", "", pathname.Display(w.File)}})
	}
	return rows
}

// find is the row of a job, or the one that was chosen if that had none.
func find(rows []row, job jobs.ID, chosen int64) int64 {
	if job == 0 {
		return min(chosen, int64(len(rows))-1)
	}
	for i := range rows {
		if rows[i].job == job {
			return int64(i)
		}
	}
	return -1
}

// busy reports whether workers start or work, whose figures change by themselves.
func busy(s *jobs.Stats) bool {
	for _, w := range s.Workers {
		if w.Job != 0 || !w.State.Living() {
			return true
		}
	}
	return s.Queued > 0
}

// summary counts workers and jobs.
func summary(s *jobs.Stats) string {
	speed := 0.0
	for _, w := range s.Workers {
		if w.Job != 0 {
			speed += w.Rate
		}
	}
	text := fmt.Sprintf("%d of %d workers busy, %s waiting, %s done", s.Running, len(s.Workers), unit.Count(int64(s.Queued)), unit.Count(s.Done))
	if s.Failed > 0 {
		text += fmt.Sprintf(", %s failed", unit.Count(s.Failed))
	}
	if s.Canceled > 0 {
		text += fmt.Sprintf(", %s canceled", unit.Count(s.Canceled))
	}
	if speed > 0 {
		text += ", " + unit.Rate(speed, 1)
	}
	return text
}
