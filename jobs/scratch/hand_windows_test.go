package scratch

import "testing"

// mapAsWorker maps a file as a worker that is told of it does.
func mapAsWorker(t *testing.T, f *File) (*Mapping, error) {
	t.Helper()
	return NewTaker().Map(f.ID, f.Path, f.Size)
}
