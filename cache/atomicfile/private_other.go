//go:build !unix

package atomicfile

import (
	"io/fs"
	"os"
)

// KeepPrivate does nothing: on Windows the folder says who may do what.
func KeepPrivate([]string) (back func()) { return func() {} }

// Sources are files that others are made of.
type Sources struct{}

// From does nothing likewise.
func From([]string) *Sources { return nil }

func (*Sources) atFirst() fs.FileMode { return fs.ModePerm }

func (*Sources) settle(*os.File) {}

func settleNew(*os.File) {}

func like(*os.File, fs.FileInfo, fs.FileMode) error { return nil }

func mine(fs.FileInfo) bool { return true }
