package jobs

import (
	"path/filepath"
	"slices"

	"iceexplorer/cache/pathname"
	"iceexplorer/jobs/proto"
)

// folders are those that the latest jobs were about. A worker is confined to them with its first
// job, so that it can do others like them. The lock of the pool guards them.
type folders struct{ read, write []string } // latest last

// maxFolders is how many are kept: a job about another folder costs the start of a worker.
const maxFolders = 128

// note keeps a job's folders.
func (f *folders) note(j *job) {
	for _, path := range j.reads {
		f.read = latest(f.read, filepath.Dir(path))
	}
	if j.writes != "" {
		f.write = latest(f.write, filepath.Dir(j.writes))
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

// maxTold bounds the bytes of either list's names in a message, where each may take six times the
// room.
const maxTold = proto.MaxBody / 16

// told is what a worker is told of them: the latest.
func (f *folders) told() *proto.Folders {
	texts := func(dirs []string) (t []pathname.Text) {
		room := maxTold
		for _, d := range slices.Backward(dirs) {
			if room -= len(d); room < 0 {
				break
			}
			t = append(t, pathname.Text(d))
		}
		return t
	}
	return &proto.Folders{Read: texts(f.read), Write: texts(f.write)}
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
