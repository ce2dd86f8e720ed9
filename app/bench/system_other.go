//go:build !linux

package bench

import "os"

func dropCached(*os.File) {}
