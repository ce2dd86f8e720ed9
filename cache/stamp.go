package cache

import "io/fs"

// Stamp tells whether a file is still the same. The zero Stamp belongs to no file.
type Stamp struct {
	Size  int64 `json:"size"`
	MTime int64 `json:"mtime"` // ns since 1970
}

// StampOf is the stamp of the file that info describes.
func StampOf(info fs.FileInfo) Stamp {
	return Stamp{Size: info.Size(), MTime: info.ModTime().UnixNano()}
}
