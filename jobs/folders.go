package jobs

import (
	"path/filepath"
	"slices"
	"strings"
	"syscall"

	"iceexplorer/cache/pathname"
	"iceexplorer/jobs/proto"
)

// folders are those that the latest jobs were about. A worker is confined to them with its first
// job, so that it can do others like them. The lock of the pool guards them.
type folders struct {
	read, write []string // latest last
	ahead       []string // that jobs will write to which are still to come
	made        []string // by workers; they go with the pool if they are empty
}

// maxFolders is how many are kept: a job about another folder costs the start of a worker.
const maxFolders = 1024

// maxAhead is how many folders are made before their jobs have come.
const maxAhead = 64

// note keeps a job's folders.
func (f *folders) note(j *job) {
	for _, path := range j.reads {
		f.read = latest(f.read, filepath.Dir(path))
	}
	if j.writes != "" {
		dir := filepath.Dir(j.writes)
		f.write = latest(f.write, dir)
		f.ahead = f.ahead[slices.Index(f.ahead, dir)+1:]
	}
}

// Expect tells of a job to come, which reads a file and writes one, if that is not "": workers are
// confined to many folders at once. Without it a job about a further folder costs a worker.
// Jobs come in the order in which they were expected.
func (p *Pool) Expect(read, write string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	f := &p.folders
	f.read = latest(f.read, filepath.Dir(read))
	if write == "" {
		return
	}
	if dir := filepath.Dir(write); len(f.ahead) == 0 || f.ahead[len(f.ahead)-1] != dir {
		f.ahead = append(f.ahead, dir)
	}
}

func latest(all []string, dir string) []string {
	n := len(all)
	if n > 0 && all[n-1] == dir || n > 1 && all[n-2] == dir { // as mostly: a frame's and that of its converted file
		return all
	}
	if i := slices.Index(all, dir); i >= 0 {
		all = slices.Delete(all, i, i+1)
	} else if n == maxFolders {
		all = slices.Delete(all, 0, 1)
	}
	return append(all, dir)
}

// maxTold bounds the bytes of each list's names in a message, where they may take six times the
// room.
const maxTold = proto.MaxBody / 32

// told is what a worker is told of them, the latest, and of those that jobs in the queue write to.
func (f *folders) told(queue []*job) *proto.Folders {
	var next []string
	for _, j := range queue {
		if j.writes != "" {
			next = latest(next, filepath.Dir(j.writes))
		}
	}
	for _, dir := range f.ahead[:min(len(f.ahead), maxAhead)] {
		next = latest(next, dir)
	}
	return &proto.Folders{Read: texts(f.read), Write: texts(f.write), Next: texts(next)}
}

// texts are names as they travel, as many as there is room for, the last first.
func texts(dirs []string) (t []pathname.Text) {
	room := maxTold
	for _, d := range slices.Backward(dirs) {
		if room -= len(d); room < 0 {
			break
		}
		t = append(t, pathname.Text(d))
	}
	return t
}

// noteMade keeps what a worker says it has made, if it was to do that: folders of files to write, and
// those around these.
func (f *folders) noteMade(j *job, told, made []pathname.Text) {
	for _, m := range made {
		around := func(dir string) bool { return strings.HasPrefix(dir+sep, string(m)+sep) }
		if j.writes != "" && around(filepath.Dir(j.writes)) || slices.ContainsFunc(told, func(t pathname.Text) bool { return around(string(t)) }) {
			f.made = append(f.made, string(m))
		}
	}
}

const sep = string(filepath.Separator)

// tidy removes the folders that workers have made for nothing. The pool has ended.
func (f *folders) tidy() {
	slices.SortFunc(f.made, func(a, b string) int { return len(b) - len(a) }) // the innermost first
	for _, dir := range f.made {
		_ = syscall.Rmdir(dir) // fails where there is something
	}
}

// freshen ends a worker that has nothing to do if jobs wait for a fresh one, and none is there or
// coming. The lock is held.
func (p *Pool) freshen() {
	if !slices.ContainsFunc(p.queue.jobs, func(j *job) bool { return j.outside }) {
		return
	}
	var idle *worker
	for _, w := range p.workers {
		switch {
		case w.state == stateStarting || w.idle() && w.turn == 0:
			return
		case w.idle():
			idle = w
		}
	}
	if idle != nil && p.mayStart() {
		idle.quit()
		p.start()
	}
}
