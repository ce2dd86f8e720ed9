//go:build !linux && !windows

package worker

import "context"

// claim does nothing: locks keep others from reading here.
func (j *Job) claim(context.Context) (release func(), err error) { return func() {}, nil }
