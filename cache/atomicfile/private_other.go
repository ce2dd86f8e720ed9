//go:build !unix

package atomicfile

import (
	"io/fs"
	"os"
)

// KeepPrivate does nothing: on Windows the folder says who may do what.
func KeepPrivate([]string) (back func()) { return func() {} }

func settleNew(*os.File) {}

func like(*os.File, fs.FileInfo, fs.FileMode) error { return nil }

func mine(fs.FileInfo) bool { return true }
