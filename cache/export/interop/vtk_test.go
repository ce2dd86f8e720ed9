package interop_test

import (
	"os"
	"path/filepath"
	"testing"

	"iceexplorer/cache"
	"iceexplorer/cache/export/exporttest"
)

// VTK has no arrays without values.
func TestArraysAreReadByVTK(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"vtp", "hdf"} {
		f := format(t, name)
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			each(t, func(t *testing.T, frame *cache.Frame) {
				got := columns(t, python(t, "vtk", "vtk_read.py", exporttest.File(t, f, frame, nil)))
				if frame.Header.Points > 0 {
					compare(t, f, frame, got, kinds)
					return
				}
				for name, values := range got {
					if values != "" {
						t.Errorf("%s: %q", name, values)
					}
				}
			})
		})
	}
}

// A folder is moved with all that is in it.
func TestASideFileFindsItsFrameInAnotherFolder(t *testing.T) {
	t.Parallel()
	f, frame := format(t, "hdf"), exporttest.Frames(t)["odd, 3 points"]
	path := exporttest.File(t, f, frame, nil)
	moved := filepath.Join(t.TempDir(), "100% of %b")
	if err := os.Rename(filepath.Dir(path), moved); err != nil {
		t.Fatal(err)
	}
	compare(t, f, frame, columns(t, python(t, "vtk", "vtk_read.py", filepath.Join(moved, filepath.Base(path)))), kinds)
}

// Of a PLY it reads the positions, and no attributes of other names.
func TestPositionsOfPLYAreReadByVTK(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, frame *cache.Frame) {
		got := columns(t, python(t, "vtk", "vtk_read.py", exporttest.File(t, format(t, "ply"), frame, nil)))
		if want := rows(frame.Attribute("PointPosition"), uint64(frame.Header.Points)); got["Points"] != want {
			t.Errorf("%.150q, want %.150q", got["Points"], want)
		}
	})
}
