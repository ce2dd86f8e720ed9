//go:build !linux

package inflate

func adviseHuge([]byte) {}
