package app

import (
	"math"

	"iceexplorer/app/action"
	"iceexplorer/jobs"
)

// jobActions are about single jobs of the pool.
func (a *App) jobActions() []action.Action {
	return []action.Action{{
		ID: "cancel-job", Label: "Cancel job", Help: "Stop one of the jobs that the panel Jobs lists; a frame that is not read so is left out until it is reloaded",
		Enabled: func() bool {
			s := a.pool.Stats()
			return s.Queued+s.Running > 0
		},
		Params: []action.Param{{Name: "job", Kind: action.Integer, Min: 1, Max: math.MaxInt32, Help: "Its number, counted from the start of the program"}},
		Do: func(args action.Args) error {
			a.session.CancelJob(jobs.ID(args.Integer("job")))
			return nil
		},
	}}
}
