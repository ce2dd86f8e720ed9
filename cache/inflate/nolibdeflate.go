//go:build !cgo || nolibdeflate

package inflate

// Implementation names the decoder behind Gunzip.
const Implementation = "go"

func newBest() fastDecoder { return nil }
