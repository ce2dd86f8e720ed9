package cache

import (
	"io/fs"
	"time"
)

// Stamp tells whether a file is still the same. The zero Stamp belongs to no file.
type Stamp struct {
	Size  int64 `json:"size"`
	MTime int64 `json:"mtime"` // ns since 1970
}

// StampOf is the stamp of the file that info describes.
func StampOf(info fs.FileInfo) Stamp {
	return Stamp{Size: info.Size(), MTime: info.ModTime().UnixNano()}
}

// Matches reports whether a file that had the stamp o may have s still, though its time may have
// gone through a clock that is coarser: Windows counts in 100 ns, FAT and archives in 2 s, and
// file servers in whatever they like. Times differ by less than the unit of the coarser one
// then. Two whole seconds that differ were set so.
func (s Stamp) Matches(o Stamp) bool {
	if s.Size != o.Size {
		return false
	}
	a, b := unitOf(s.MTime), unitOf(o.MTime)
	if a >= time.Second && b >= time.Second {
		return s.MTime == o.MTime
	}
	d := time.Duration(s.MTime - o.MTime)
	return d == 0 || d.Abs() < max(a, b)
}

// units are those that clocks of file systems count in, the coarsest first.
var units = []time.Duration{2 * time.Second, time.Second, 10 * time.Millisecond, time.Millisecond, time.Microsecond, 100}

// unitOf is the coarsest unit that a time in ns is a whole number of.
func unitOf(ns int64) time.Duration {
	for _, u := range units {
		if ns%int64(u) == 0 {
			return u
		}
	}
	return 1
}
