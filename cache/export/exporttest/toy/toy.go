// Package toy is a format as one is added: a file lists the points' IDs, one a line.
package toy

import (
	"context"
	"errors"
	"fmt"
	"io"

	"iceexplorer/cache/export"
)

// Format declares it.
func Format() export.Format {
	return export.Format{
		Name: "toy", Label: "a list of IDs", Ext: ".toy",
		Options: []export.Option{
			{Name: "before", Arg: "TEXT", Help: "text before each ID", Default: "#"},
			{Name: "head", Help: "begin it with the number of its points", Kind: export.Bool, Default: "false"},
		},
		Check: func(v export.Values) error {
			if v.Text("before") == "" && v.Bool("head") {
				return errors.New("head needs a text before the IDs, or it would look like one")
			}
			return nil
		},
		Attributes: func(export.Values) []string { return []string{"ID"} },
		Write:      export.Stream(write),
	}
}

func write(_ context.Context, w io.Writer, j *export.Job) error {
	if j.Options.Bool("head") {
		if _, err := fmt.Fprintf(w, "%d points\n", j.Frame.Header.Points); err != nil {
			return err
		}
	}
	for _, a := range j.Frame.Attributes {
		for _, id := range a.Int32s() {
			if _, err := fmt.Fprintf(w, "%s%d\n", j.Options.Text("before"), id); err != nil {
				return err
			}
		}
	}
	return nil
}
