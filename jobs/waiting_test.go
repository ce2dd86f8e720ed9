package jobs

import (
	"testing"

	"iceexplorer/jobs/task"
)

func TestWaitingJobsAreListedInTheOrderInWhichTheyGo(t *testing.T) {
	t.Parallel()
	p := &Pool{queue: queue{served: map[int]uint64{}}}
	for i, priority := range []int{5, 0, 3} {
		p.queue.jobs = append(p.queue.jobs, &job{id: ID(i + 1), seq: uint64(i), req: Request{Task: task.Load, Priority: priority, Source: "a.icecache", Frame: 7}})
	}
	got := p.Waiting(2)
	if len(got) != 2 || got[0].Job != 2 || got[1].Job != 3 || got[0].Task != "load" || got[0].File != "a.icecache" || got[0].Frame != 7 {
		t.Errorf("%+v", got)
	}
	if p.queue.jobs[0].id != 1 || len(p.Waiting(9)) != 3 {
		t.Error("looking at the queue has changed it")
	}
}
