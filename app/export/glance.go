package export

// Glance tells whether a file of some name exists without keeping anybody waiting for a
// disk. It belongs to one goroutine.
type Glance struct {
	// Exists looks; it may take its time.
	Exists func(path string) bool
	// Post has a function called on the goroutine that the Glance belongs to.
	Post func(func())

	path   string // looked at last
	exists bool
	known  bool
	busy   bool
}

// At reports whether there is a file, if that is known yet. The answer is kept for as
// long as the same name is asked for.
func (g *Glance) At(path string) (exists, known bool) {
	if path != g.path || !g.known && !g.busy {
		g.path, g.known = path, false
		g.look()
	}
	return g.exists && g.known, g.known
}

// Forget has the next At look again.
func (g *Glance) Forget() { g.known, g.path = false, "" }

func (g *Glance) look() {
	if g.busy {
		return // one at a time: the next follows when it is over
	}
	g.busy = true
	path := g.path
	go func() {
		exists := g.Exists(path)
		g.Post(func() {
			g.busy = false
			if path == g.path {
				g.exists, g.known = exists, true
			} else if g.path != "" {
				g.look()
			}
		})
	}()
}
