package writers

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"iceexplorer/cache"
	"iceexplorer/cache/export"
	"iceexplorer/cache/export/hdf"
	"iceexplorer/cache/owner"
	"iceexplorer/cache/pathname"
	"iceexplorer/cache/sih5"
)

var errNoPoints = errors.New("there is no PointPosition, and points of an .hdf must have one")

// writeHDF writes the .sih5 if there is none that is the frame's, and the file that leads to
// it.
func writeHDF(ctx context.Context, j *export.Job) error {
	place, others := hdf.Choose(j.Frame.Index(), j.Options)
	if place < 0 && j.Frame.Header.Points > 0 {
		return fmt.Errorf("cannot be written: %w: %s", errNoPoints, j.Path)
	}
	data := hdf.DataPath(j.Path, j.Source != (cache.Stamp{}))
	made := owner.Doubt(data, j.From) != "" || owner.Linked(filepath.Dir(data)) || !holds(data, j)
	if made {
		if _, err := sih5.Write(ctx, data, j.Frame, j.Source, sih5.WriteOptions{Writer: j.Program, Like: j.From}); err != nil {
			os.Remove(filepath.Dir(data)) // if it is empty
			for inner := err; inner != nil; inner = errors.Unwrap(inner) {
				err = inner // without the other file's path
			}
			return fmt.Errorf("cannot be written: its .sih5: %w: %s", pathname.Step(err), j.Path)
		}
	}
	v := sih5.VTK{Frame: j.Frame, Place: place}
	for _, c := range others {
		v.Arrays = append(v.Arrays, sih5.VTKArray{Name: c.As[0], Column: c.Column})
	}
	v.Data = filepath.ToSlash(filepath.Join(cache.ConvertedDir, filepath.Base(data)))
	err := sih5.WriteVTK(ctx, j.Path, &v)
	if err != nil && made {
		os.Remove(data)
		os.Remove(filepath.Dir(data))
	}
	return err
}

// holds reports that a .sih5 is the job's frame, as it was converted before.
func holds(path string, j *export.Job) bool {
	if j.Source == (cache.Stamp{}) {
		return false
	}
	f, err := sih5.Open(path, sih5.Options{Whole: true})
	if err != nil {
		return false
	}
	defer f.Close()
	src, ok := f.Source()
	ix := f.Index()
	if !ok || src != j.Source || ix.Storage != cache.StorageMapped || ix.Header != j.Frame.Header || len(ix.Columns) != len(j.Frame.Attributes) {
		return false
	}
	for i, a := range j.Frame.Attributes {
		c := ix.Columns[i]
		if c.Name != a.Name || c.Type != a.Type || c.Structure != a.Structure || c.Rows != a.Rows || c.Data.Len != a.Data.Len {
			return false
		}
	}
	return true
}
