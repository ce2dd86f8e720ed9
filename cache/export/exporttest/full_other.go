//go:build !linux

package exporttest

import "testing"

func (r *rig) fullDisk(t *testing.T) { t.Skip("a small disk is made on Linux") }
