//go:build !windows

package folder

// Drives are none: all folders lie below one.
func Drives() []string { return nil }
