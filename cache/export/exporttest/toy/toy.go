// Package toy has formats as they are added: a list of a frame's IDs, one a line, and a list
// of a sequence's frames with checksums.
package toy

import (
	"context"
	"errors"
	"fmt"
	"hash/crc32"
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

// Index declares the list of frames.
func Index() export.Format {
	return export.Format{Name: "toyindex", Label: "a list of frames", Ext: ".toyindex", Holds: export.AllFrames, Write: export.Stream(writeIndex)}
}

func writeIndex(_ context.Context, w io.Writer, j *export.Job) error {
	for f, err := range j.Frames {
		if err != nil {
			return err
		}
		sum := crc32.NewIEEE()
		for _, a := range f.Attributes {
			sum.Write(a.Bytes())
		}
		if _, err := fmt.Fprintf(w, "%v: %d points, checksum %08x\n", f.Number, f.Header.Points, sum.Sum32()); err != nil {
			return err
		}
	}
	return nil
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
