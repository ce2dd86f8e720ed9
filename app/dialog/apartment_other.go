//go:build !windows

package dialog

func apartment() (leave func()) { return func() {} }
