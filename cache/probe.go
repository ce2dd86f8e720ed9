package cache

import (
	"runtime"

	"iceexplorer/cache/fault"
)

// Probe touches both ends of every column of the frame and reports fault.Err if one
// of them is gone.
func (f *Frame) Probe() error {
	return fault.Guard(func() {
		var sum byte
		for _, a := range f.Attributes {
			for _, s := range a.Spans() {
				if b := a.span(*s); len(b) > 0 {
					sum ^= b[0] ^ b[len(b)-1]
				}
			}
		}
		runtime.KeepAlive(sum)
	})
}
