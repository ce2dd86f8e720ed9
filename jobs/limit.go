package jobs

import (
	"fmt"
	"runtime"
)

// perCore is how many workers a core may have: each keeps one busy while it decodes,
// and further ones work while it waits for a disk or a network.
const perCore = 4

// MaxWorkers is how many workers a pool has at most.
func MaxWorkers() int { return perCore * runtime.NumCPU() }

// Workers is how many workers a pool uses if n are asked for, with a sentence for the user if
// those are fewer. 0 means one per core.
func Workers(n int) (workers int, note string) {
	most := MaxWorkers()
	switch {
	case n <= 0:
		return runtime.NumCPU(), ""
	case n > most:
		cores := fmt.Sprintf("%d cores", runtime.NumCPU())
		if runtime.NumCPU() == 1 {
			cores = "1 core"
		}
		return most, fmt.Sprintf("%d worker processes are used, which is the most for %s", most, cores)
	}
	return n, ""
}
