// Package toy shows how a format is added: it declares its kind and makes its files. Each
// file lists the frames of a sequence.
package toy

import (
	"context"
	"fmt"
	"io"
	"path/filepath"

	"iceexplorer/app/export"
	"iceexplorer/cache/atomicfile"
)

// Kind declares the lists.
func Kind() *export.Kind {
	return &export.Kind{
		Name: "toy", Ext: ".toy", Noun: "list", Did: "written", Holds: export.AllFrames,
		Beside: func(in *export.Input, dir string) string {
			if dir == "" {
				dir = filepath.Dir(in.Path())
			}
			return filepath.Join(dir, fmt.Sprintf("sequence%d.toy", in.Sequence))
		},
	}
}

// Doer writes the lists.
type Doer struct{}

// Do implements export.Doer.
func (Doer) Do(ctx context.Context, j *export.Job, done func(export.Outcome)) {
	go func() {
		err := atomicfile.Write(j.Target, atomicfile.Options{NoSync: true}, func(w io.Writer) error {
			for _, in := range j.Inputs {
				if err := ctx.Err(); err != nil {
					return err
				}
				if _, err := fmt.Fprintln(w, in.Number); err != nil {
					return err
				}
			}
			return nil
		})
		done(export.Outcome{Err: err, Canceled: ctx.Err() != nil, Bytes: uint64(len(j.Inputs))})
	}()
}
