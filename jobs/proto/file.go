package proto

import (
	"io/fs"

	"iceexplorer/cache"
)

// File is a converted file to map.
type File struct {
	Path  string      `json:"path"`
	Stamp cache.Stamp `json:"stamp"`       // tells it from a newer one
	ID    FileID      `json:"id,omitzero"` // and from another in its place
}

// FileID tells a file from all others that there are; zero where the system has no numbers for that.
type FileID struct {
	Device uint64 `json:"device"`
	Inode  uint64 `json:"inode"`
}

// FileOf is the file that was looked at.
func FileOf(path string, st fs.FileInfo) File {
	return File{Path: path, Stamp: cache.StampOf(st), ID: IDOf(st)}
}
