package expr

// The comparisons of lanes_amd64.s: bits of 64 rows for each of words > 0, of values at
// every place or at every third one. The values end no earlier than those of the last row
// would if they began at a.
//
//go:noescape
func belowOne(out *uint64, a *float32, words int, c float32)

//go:noescape
func aboveOne(out *uint64, a *float32, words int, c float32)

//go:noescape
func equalsOne(out *uint64, a *float32, words int, c float32)

//go:noescape
func belowThree(out *uint64, a *float32, words int, c float32)

//go:noescape
func aboveThree(out *uint64, a *float32, words int, c float32)

//go:noescape
func equalsThree(out *uint64, a *float32, words int, c float32)

// lanes compares by op as many words of 64 rows as it can, and says how many those are. The
// first row's value is a[0], and step leads to the next one's.
func lanes(op string) func(out []uint64, a []float32, step, n int, c float32) (words int) {
	kernels := map[string][2]func(*uint64, *float32, int, float32){
		"<": {belowOne, belowThree}, ">": {aboveOne, aboveThree}, "==": {equalsOne, equalsThree},
	}[op]
	return func(out []uint64, a []float32, step, n int, c float32) (words int) {
		kernel := kernels[0]
		switch step {
		case 1:
		case 3:
			kernel = kernels[1]
		default:
			return 0
		}
		if words = min(n, len(a)/step) / 64; words > 0 {
			kernel(&out[0], &a[0], words, c)
		}
		return words
	}
}
