package camera

import (
	"testing"

	"iceexplorer/app/action"
	"iceexplorer/app/panel"
	"iceexplorer/app/session"
)

// A number that is typed reaches the action with all its digits and its sign.
func TestNumbersReachTheirAction(t *testing.T) {
	t.Parallel()
	var got [2]float64
	actions := action.NewRegistry()
	if err := actions.Add(action.Action{
		ID: "place", Label: "Place", Params: []action.Param{{Name: "x", Kind: action.Number}, {Name: "y", Kind: action.Number}},
		Do: func(args action.Args) error {
			got = [2]float64{args.Number("x"), args.Number("y")}
			return nil
		},
	}); err != nil {
		t.Fatal(err)
	}
	s := session.New(nil, nil, session.Options{})
	c := camera{host: &panel.Host{Actions: actions, Session: s}}
	want := [2]float64{-2.5000000001, 3e-30}
	if c.run("place")(want[:]); got != want {
		t.Errorf("%v became %v", want, got)
	}
	if c.run("place")(want[:1]); len(s.Messages()) != 1 {
		t.Errorf("an action that fails says %v", s.Messages())
	}
}
