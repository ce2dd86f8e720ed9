package folder

import (
	"iceexplorer/app/disk"
	"iceexplorer/cache"
)

// Presence knows which paths still lead anywhere. It looks beside the loop.
type Presence struct {
	disk    disk.Disk
	post    func(func())
	gone    map[string]bool
	looking map[string]bool
}

// NewPresence makes one that knows nothing.
func NewPresence(d disk.Disk, post func(func())) *Presence {
	return &Presence{disk: d, post: post, gone: map[string]bool{}, looking: map[string]bool{}}
}

// Look begins to look for paths. One that a disk does not answer for is asked for once.
func (p *Presence) Look(paths []string) {
	for _, path := range paths {
		if p.looking[path] {
			continue
		}
		p.looking[path] = true
		go func() {
			gone := !there(p.disk, path)
			p.post(func() {
				delete(p.looking, path)
				p.gone[path] = gone
			})
		}()
	}
}

// Gone reports whether a path led nowhere when it was last looked for.
func (p *Presence) Gone(path string) bool { return p.gone[path] }

// there reports whether a path leads anywhere: to a file, a folder, or a sequence by its name.
func there(d disk.Disk, path string) bool {
	if _, err := d.Stat(path); err == nil {
		return true
	}
	found, _ := (&cache.Finder{Disk: d}).Discover(path)
	return len(found.Sequences) > 0
}
