//go:build !cgo

package jobs_test

import "errors"

// The real worker links libhdf5.
func runRealWorker(string) error { return errors.New("built without cgo") }
