//go:build !linux || !cgo

package jobs_test

func runParent(string, string) {}
