//go:build cgo

package jobs_test

import "iceexplorer/jobs/worker"

func runRealWorker(pipeName string) error { return worker.Run(pipeName, testBuild) }
