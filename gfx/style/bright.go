package style

// Bright reports whether dark ink is read better on a colour than light ink.
func Bright(c [3]float32) bool { return 0.299*c[0]+0.587*c[1]+0.114*c[2] > 0.5 }

// Between is the middle of two colours.
func Between(a, b [3]float32) (c [3]float32) {
	for i := range c {
		c[i] = (a[i] + b[i]) / 2
	}
	return c
}
