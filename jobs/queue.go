package jobs

import "slices"

// job is a request on its way. All fields are guarded by the pool's lock.
type job struct {
	id       ID
	req      Request
	seq      uint64 // order of submission
	attempts int    // workers it has killed
	changed  int    // times the source changed while it was read
	canceled bool
	bypassed *Error // what was wrong with the converted file
	held     *held  // Convert with From: keeps the scratch file
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
	if ca, cb := class(a.req.Task), class(b.req.Task); ca != cb {
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

// take removes job i, whose layer has had its turn then.
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
