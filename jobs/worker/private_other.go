//go:build !unix

package worker

import "iceexplorer/jobs/task"

// keepPrivate does nothing: on Windows the folder says who may read what is in it.
func (j *Job) keepPrivate([]task.ExportFrame) (back func()) { return func() {} }
