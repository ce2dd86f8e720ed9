package jobs

import (
	"encoding/json"
	"slices"
)

// job is a request in progress. All fields are guarded by the pool's lock.
type job struct {
	id       ID
	req      Request
	seq      uint64 // order of submission
	attempts int    // workers it has killed
	changed  int    // times the source changed while it was read
	canceled bool
	outside  bool   // of what a worker could reach: it is for a fresh one
	bypassed *Error // what was wrong with the converted file
	held     *held  // of From: keeps the scratch file

	params  json.RawMessage // the request's, as they travel
	reads   []string        // the files that the job reads
	writes  string          // the file that the job writes, if any
	refused *Error
}

// check refuses a request that does not fit its task, or that asks for something the task
// would ignore.
func (j *job) check() *Error {
	r := &j.req
	if r.Task == nil {
		j.refused = failure(CodeRefused, "a request without a task: %s", r.path())
		return j.refused
	}
	var err error
	if j.params, err = r.Task.Encode(r.Params); err != nil {
		j.refused = failure(CodeRefused, "%v: %s", err, r.path())
		return j.refused
	}
	j.reads = r.Task.Reads(r.input(), r.Params)
	j.writes = r.Task.Writes(r.input(), r.Params)
	if r.From != nil && !r.Task.FromScratch() {
		j.refused = failure(CodeRefused, "%v does not work on a frame in memory: %s", r.Task, r.path())
	}
	return j.refused
}

// queue holds the jobs that wait. It is small (the session asks for a window of
// frames, not for all), so it is scanned rather than kept sorted: priorities change
// with every step of the play head.
type queue struct {
	jobs   []*job
	served map[int]uint64 // per layer: when it was last given a worker
	turn   uint64
}

// before reports whether a goes before b.
func (q *queue) before(a, b *job) bool {
	if ca, cb := a.req.Task.Class(), b.req.Task.Class(); ca != cb {
		return ca < cb
	}
	if a.attempts != b.attempts { // it was at the head when its worker died
		return a.attempts > b.attempts
	}
	if a.req.Priority != b.req.Priority {
		return a.req.Priority < b.req.Priority
	}
	if ta, tb := q.served[a.req.Layer], q.served[b.req.Layer]; ta != tb {
		return ta < tb
	}
	return a.seq < b.seq
}

// best finds the job that goes next among those that fits accepts, -1 if there is
// none.
func (q *queue) best(fits func(*job) bool) int {
	best := -1
	for i, j := range q.jobs {
		if (best < 0 || q.before(j, q.jobs[best])) && fits(j) {
			best = i
		}
	}
	return best
}

// take removes job i from the queue, and notes that its layer has had a turn.
func (q *queue) take(i int) *job {
	j := q.jobs[i]
	q.jobs = slices.Delete(q.jobs, i, i+1)
	q.turn++
	q.served[j.req.Layer] = q.turn
	return j
}

// remove takes out the jobs that match.
func (q *queue) remove(match func(*job) bool) []*job {
	var out []*job
	kept := q.jobs[:0]
	for _, j := range q.jobs {
		if match(j) {
			out = append(out, j)
		} else {
			kept = append(kept, j)
		}
	}
	clear(q.jobs[len(kept):])
	q.jobs = kept
	return out
}
