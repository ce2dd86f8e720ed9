//go:build !unix

package bench

func limitMemory(uint64) error { return nil }
