// Package probe follows single points through the frames of a sequence.
package probe

// Find is the row of an identity. It looks first around hint, the point's row in the frame
// before: simulations keep points in order, and points that die before it move it only a
// little. ok is false if no point has the identity.
func Find(ids []int32, id int32, hint int) (row int, ok bool) {
	const near = 4096
	hint = min(max(hint, 0), len(ids))
	lo, hi := max(hint-near, 0), min(hint+near, len(ids))
	for _, part := range [...][2]int{{lo, hi}, {0, lo}, {hi, len(ids)}} {
		for i, v := range ids[part[0]:part[1]] {
			if v == id {
				return part[0] + i, true
			}
		}
	}
	return 0, false
}
