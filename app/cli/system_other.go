//go:build !windows && !linux

package cli

// systemVerbs are those that only this system has.
func systemVerbs() []verb { return nil }
